// Speech without a cue of its own: quotations beside others of the same
// speaker, and first-person speech that lost its quotation marks.

#include <map>
#include <string>
#include <vector>

#include "engine/extract/grammar/words.h"
#include "engine/extract/sieves/sieve.h"

namespace onrecord {
namespace extract {
namespace {

// A quotation of fewer words is a term, not speech.
constexpr uint32_t kLeastQuotedTokens = 6;

// A narrated attitude less likely than this is no sign of a narrator.
constexpr double kLikely = 0.4;

// The attributions found so far that say who speaks, in the order of the text.
class SpeakerIndex {
 public:
  explicit SpeakerIndex(const SieveState& state) : state_(state) {
    for (size_t i = 0; i < state.found.size(); ++i) Add(i);
  }

  // Takes in the attribution of this index. One inside a quotation is somebody
  // quoted, not the one who speaks.
  void Add(size_t index) {
    const Finding& found = state_.found[index];
    if (found.source.empty() && found.carried_from < 0) return;
    if (!found.cue.empty() &&
        state_.document().tokens()[found.cue.first].quotation >= 0) {
      return;
    }
    at_[found.begin()] = static_cast<int>(index);
  }

  // The last one before `token`, in its paragraph or the `reach` ones before;
  // -1 for none.
  int LastBefore(uint32_t token, uint32_t reach) const {
    auto next = at_.lower_bound(token);
    if (next == at_.begin()) return -1;
    --next;
    return ParagraphOf(next->first) + reach < ParagraphOf(token) ? -1
                                                                 : next->second;
  }

  // The first one in the paragraph of `token` whose cue stands behind it.
  int NextAfter(uint32_t token) const {
    for (auto next = at_.lower_bound(token);
         next != at_.end() && ParagraphOf(next->first) == ParagraphOf(token);
         ++next) {
      const Finding& found = state_.found[next->second];
      if (!found.source.empty() && !found.cue.empty()) return next->second;
    }
    return -1;
  }

  // The last one in the paragraph before that of `token` that quotes; -1 for
  // none.
  int LastQuotingBefore(uint32_t token) const;

 private:
  uint32_t ParagraphOf(uint32_t token) const {
    const Document& document = state_.document();
    return document.sentences()[document.tokens()[token].sentence].paragraph;
  }

  const SieveState& state_;
  std::map<uint32_t, int> at_;  // by first token
};

bool HasQuotation(const SieveState& state, const Finding& found) {
  for (TokenRange range : found.content) {
    for (uint32_t i = range.first; i < range.last; ++i) {
      if (state.document().tokens()[i].quotation >= 0) return true;
    }
  }
  return false;
}

bool IsFirstPerson(const std::string& word) {
  return InList(word, "i my me mine myself we our us ours");
}

bool IsFirstPersonSingular(const std::string& word) {
  return InList(word, "i my me mine myself");
}

int SpeakerIndex::LastQuotingBefore(uint32_t token) const {
  const uint32_t paragraph = ParagraphOf(token);
  for (auto next = at_.lower_bound(token); next != at_.begin();) {
    --next;
    const uint32_t its = ParagraphOf(next->first);
    if (its + 1 < paragraph) return -1;
    if (its + 1 == paragraph &&
        HasQuotation(state_, state_.found[next->second])) {
      return next->second;
    }
  }
  return -1;
}

// The paragraphs that a likely attribution takes words from.
std::vector<bool> ParagraphsWithAttributions(const SieveState& state) {
  const Document& document = state.document();
  std::vector<bool> has(document.paragraphs().size(), false);
  for (const Finding& found : state.found) {
    if (found.confidence < kLikely || found.only_nested) continue;
    const uint32_t sentence = document.tokens()[found.begin()].sentence;
    has[document.sentences()[sentence].paragraph] = true;
  }
  return has;
}

bool SpeaksInFirstPerson(const SieveState& state, const Finding& found) {
  for (TokenRange range : found.content) {
    for (uint32_t i = range.first; i < range.last; ++i) {
      if (IsFirstPerson(Lower(state.document(), i))) return true;
    }
  }
  return false;
}

// True if the words [first, last) have "I" or "my", and no quotation marks.
bool IsUnmarkedFirstPerson(const Document& document, uint32_t first,
                           uint32_t last) {
  bool first_person = false;
  for (uint32_t i = first; i < last; ++i) {
    if (document.tokens()[i].quotation >= 0) return false;
    first_person |= IsFirstPersonSingular(Lower(document, i));
  }
  return first_person;
}

// Who goes on speaking if he was himself carried from another.
int Origin(const SieveState& state, int speaker) {
  return state.found[speaker].carried_from >= 0
             ? state.found[speaker].carried_from
             : speaker;
}

// Whether a paragraph is nothing but a few quoted words without a full stop, as
// between the parts of an article: ‘Best thing in a bad year’.
bool IsCrosshead(const Document& document, const Quotation& quote) {
  constexpr uint32_t kMostTokens = 12;
  const Paragraph& paragraph = document.paragraphs()[quote.paragraph];
  const uint32_t first = document.sentences()[paragraph.first].first;
  const uint32_t last = document.sentences()[paragraph.last - 1].last;
  if (quote.first != first || quote.last != last || !quote.closed ||
      last - first > kMostTokens) {
    return false;
  }
  for (uint32_t i = first; i < last; ++i) {
    const Tag tag = document.tokens()[i].tag;
    if (tag == Tag::kStop || tag == Tag::kComma) return false;
  }
  return true;
}

}  // namespace

void SiftLooseQuotation(const char* name, SieveState& state) {
  const Document& document = state.document();
  const std::vector<Token>& tokens = document.tokens();
  const std::vector<Quotation>& quotations = document.quotations();
  SpeakerIndex speakers(state);
  for (size_t i = 0; i < quotations.size(); ++i) {
    const Quotation& quote = quotations[i];
    if (state.quotation_used[i] ||
        quote.last < quote.first + kLeastQuotedTokens ||
        IsCrosshead(document, quote)) {
      continue;
    }
    const Sentence& opening =
        document.sentences()[tokens[quote.first].sentence];
    const Sentence& closing =
        document.sentences()[tokens[quote.last - 1].sentence];
    const bool fills =
        quote.first == opening.first && quote.last == closing.last;
    if (!fills && !quote.carried) continue;
    const bool alone =
        quote.begin == document.paragraphs()[quote.paragraph].begin;
    int speaker = speakers.LastBefore(quote.first, alone ? 1 : 0);
    double confidence = quote.carried ? 0.85 : 0.75;
    if (speaker < 0 || (alone && !HasQuotation(state, state.found[speaker]))) {
      const int next = speakers.NextAfter(quote.last - 1);
      if (next >= 0) speaker = next;
      confidence = 0.6;
    }
    if (speaker < 0) continue;
    Finding found;
    found.content = {{quote.first, quote.last}};
    found.carried_from = Origin(state, speaker);
    found.frame = Frame::kParenthetical;
    found.confidence = confidence;
    found.sieve = name;
    state.quotation_used[i] = true;
    state.found.push_back(std::move(found));
    speakers.Add(state.found.size() - 1);
  }
}

void SiftUnmarkedSpeech(const char* name, SieveState& state) {
  const Document& document = state.document();
  const std::vector<bool> attributed = ParagraphsWithAttributions(state);
  const SpeakerIndex speakers(state);
  std::vector<Finding> more;
  for (uint32_t p = 1; p < document.paragraphs().size(); ++p) {
    const Paragraph& paragraph = document.paragraphs()[p];
    if (attributed[p] || paragraph.first >= paragraph.last) continue;
    const uint32_t first = document.sentences()[paragraph.first].first;
    uint32_t last = document.sentences()[paragraph.last - 1].last;
    if (first >= last || !IsUnmarkedFirstPerson(document, first, last)) {
      continue;
    }
    // The paragraph before must quote somebody, in the first person.
    int quoted = speakers.LastQuotingBefore(first);
    if (quoted < 0) continue;
    quoted = Origin(state, quoted);
    if (!SpeaksInFirstPerson(state, state.found[quoted])) continue;
    Finding found;
    found.content = {{first, last}};
    found.carried_from = quoted;
    found.inferred = true;
    found.frame = Frame::kParenthetical;
    found.confidence = 0.6;
    found.sieve = name;
    more.push_back(std::move(found));
  }
  state.found.insert(state.found.end(), more.begin(), more.end());
}

}  // namespace extract
}  // namespace onrecord
