// Speech without a cue of its own: quotations beside others of the same
// speaker, and first-person speech that lost its quotation marks.

#include <algorithm>
#include <string>

#include "engine/extract/sieve.h"
#include "engine/extract/words.h"

namespace onrecord {
namespace extract {
namespace {

// A quotation of fewer words is a term, not speech.
constexpr uint32_t kLeastQuotedTokens = 6;

// The attribution outside other quotations whose words end last before
// `token`, in this paragraph or the `reach` ones before; -1 for none.
int LastSpeakerBefore(const SieveState& state, uint32_t token, uint32_t reach) {
  const Document& document = state.document();
  const std::vector<Token>& tokens = document.tokens();
  const uint32_t paragraph =
      document.sentences()[tokens[token].sentence].paragraph;
  int best = -1;
  uint32_t best_at = 0;
  for (size_t i = 0; i < state.found.size(); ++i) {
    const Attribution& found = state.found[i];
    if (found.source.empty() && found.carried_from < 0) continue;
    const uint32_t at = found.begin();
    if (at >= token) continue;
    if (!found.cue.empty() && tokens[found.cue.first].quotation >= 0) continue;
    const uint32_t its_paragraph =
        document.sentences()[tokens[at].sentence].paragraph;
    if (its_paragraph + reach < paragraph) continue;
    if (best < 0 || at > best_at) {
      best = static_cast<int>(i);
      best_at = at;
    }
  }
  return best;
}

// The first attribution behind `token` in the same paragraph that is speech.
int NextSpeakerAfter(const SieveState& state, uint32_t token) {
  const Document& document = state.document();
  const std::vector<Token>& tokens = document.tokens();
  const uint32_t paragraph =
      document.sentences()[tokens[token].sentence].paragraph;
  int best = -1;
  for (size_t i = 0; i < state.found.size(); ++i) {
    const Attribution& found = state.found[i];
    if (found.source.empty() || found.cue.empty() || found.cue.first < token ||
        document.sentences()[tokens[found.cue.first].sentence].paragraph !=
            paragraph) {
      continue;
    }
    if (best < 0 || found.begin() < state.found[best].begin()) {
      best = static_cast<int>(i);
    }
  }
  return best;
}

bool HasQuotation(const SieveState& state, const Attribution& found) {
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

// True if no attribution takes words from `paragraph`.
std::vector<bool> ParagraphsWithAttributions(const SieveState& state) {
  const Document& document = state.document();
  std::vector<bool> has(document.paragraphs().size(), false);
  for (const Attribution& found : state.found) {
    const uint32_t sentence = document.tokens()[found.begin()].sentence;
    has[document.sentences()[sentence].paragraph] = true;
  }
  return has;
}

}  // namespace

void SiftLooseQuotation(const char* name, SieveState& state) {
  const Document& document = state.document();
  const std::vector<Token>& tokens = document.tokens();
  const std::vector<Quotation>& quotations = document.quotations();
  for (size_t i = 0; i < quotations.size(); ++i) {
    const Quotation& quote = quotations[i];
    if (state.quotation_used[i] ||
        quote.last - quote.first < kLeastQuotedTokens) {
      continue;
    }
    const Sentence& opening =
        document.sentences()[tokens[quote.first].sentence];
    const Sentence& closing =
        document.sentences()[tokens[quote.last - 1].sentence];
    const bool fills =
        quote.first == opening.first && quote.last == closing.last;
    if (!fills && !quote.carried) continue;
    const Paragraph& paragraph = document.paragraphs()[quote.paragraph];
    const bool alone = quote.begin == paragraph.begin;
    int speaker = LastSpeakerBefore(state, quote.first, alone ? 1 : 0);
    double confidence = quote.carried ? 0.85 : 0.75;
    if (speaker < 0 || (!HasQuotation(state, state.found[speaker]) && alone)) {
      const int next = NextSpeakerAfter(state, quote.last);
      if (next >= 0) speaker = next;
      confidence = 0.6;
    }
    if (speaker < 0) continue;
    if (state.found[speaker].carried_from >= 0) {
      speaker = state.found[speaker].carried_from;
    }
    Attribution found;
    found.content = {{quote.first, quote.last}};
    found.carried_from = speaker;
    found.frame = Frame::kParenthetical;
    found.confidence = confidence;
    found.sieve = name;
    state.quotation_used[i] = true;
    state.found.push_back(std::move(found));
  }
}

void SiftUnmarkedSpeech(const char* name, SieveState& state) {
  const Document& document = state.document();
  const std::vector<Token>& tokens = document.tokens();
  const std::vector<bool> attributed = ParagraphsWithAttributions(state);
  // An article whose writer says "I" elsewhere is no evidence.
  for (uint32_t p = 1; p < document.paragraphs().size(); ++p) {
    const Paragraph& paragraph = document.paragraphs()[p];
    if (attributed[p] || paragraph.first >= paragraph.last) continue;
    const uint32_t first = document.sentences()[paragraph.first].first;
    const uint32_t last = document.sentences()[paragraph.last - 1].last;
    if (first >= last) continue;
    bool first_person = false;
    for (uint32_t i = first; i < last; ++i) {
      if (tokens[i].quotation >= 0) {
        first_person = false;
        break;
      }
      first_person |= IsFirstPersonSingular(Lower(document, i));
    }
    if (!first_person) continue;
    // The paragraph before must quote somebody in the first person.
    const int speaker = LastSpeakerBefore(state, first, 1);
    if (speaker < 0) continue;
    int quoted = -1;
    for (size_t k = 0; k < state.found.size(); ++k) {
      const Attribution& other = state.found[k];
      const uint32_t its =
          document.sentences()[tokens[other.begin()].sentence].paragraph;
      if (its + 1 == p && HasQuotation(state, other) &&
          (other.carried_from >= 0 || !other.source.empty())) {
        quoted = static_cast<int>(k);
      }
    }
    if (quoted < 0) continue;
    if (state.found[quoted].carried_from >= 0) {
      quoted = state.found[quoted].carried_from;
    }
    bool speaks_in_first_person = false;
    for (TokenRange range : state.found[quoted].content) {
      for (uint32_t i = range.first; i < range.last; ++i) {
        speaks_in_first_person |= IsFirstPerson(Lower(document, i));
      }
    }
    if (!speaks_in_first_person) continue;
    Attribution found;
    found.content = {{first, last}};
    found.carried_from = quoted;
    found.inferred = true;
    found.frame = Frame::kParenthetical;
    found.confidence = 0.6;
    found.sieve = name;
    state.found.push_back(std::move(found));
  }
}

}  // namespace extract
}  // namespace onrecord
