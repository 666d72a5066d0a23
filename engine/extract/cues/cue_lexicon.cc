#include "engine/extract/cues/cue_lexicon.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/extract/grammar/words.h"

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kFrameLetters = "tcwigopnr";

// At most so many words may stand between two words of an entry ("voiced
// strong and growing support for").
constexpr uint32_t kMaxGap = 4;

CueEntry MakeEntry(const CueRow& row) {
  CueEntry entry;
  entry.words = absl::StrSplit(row.words, ' ');
  entry.cue_class = row.cue_class;
  if (entry.words.front() == "not") {
    entry.wants_negation = true;
    entry.words.erase(entry.words.begin());
    if (entry.words.front() == "immediately") {
      entry.words.erase(entry.words.begin());
    }
  }
  for (absl::string_view frame :
       absl::StrSplit(row.frames, ' ', absl::SkipEmpty())) {
    const size_t index = kFrameLetters.find(frame[0]);
    int percent = 0;
    if (index != absl::string_view::npos &&
        absl::SimpleAtoi(frame.substr(1), &percent)) {
      entry.weight[index] = percent / 100.0;
    }
  }
  return entry;
}

// American spelling of a British lemma: "criticise", "favour".
std::string Americanized(const std::string& lemma) {
  if (lemma.size() > 5 && absl::EndsWith(lemma, "ise")) {
    return lemma.substr(0, lemma.size() - 3) + "ize";
  }
  const size_t our = lemma.find("our");
  if (our != std::string::npos && our > 1) {
    return lemma.substr(0, our) + "or" + lemma.substr(our + 3);
  }
  return lemma;
}

bool MayStandBetween(Tag tag) {
  return IsAdverb(tag) || IsAdjective(tag) || tag == Tag::kDT ||
         tag == Tag::kPRPS || tag == Tag::kCC || tag == Tag::kVBG ||
         tag == Tag::kVBN;
}

// The end of `words`, from the second on, in the tokens from `at`; 0 if they
// are not there.
uint32_t MatchRest(const Document& document,
                   const std::vector<std::string>& words, uint32_t at,
                   uint32_t last) {
  const std::vector<Token>& tokens = document.tokens();
  for (size_t i = 1; i < words.size(); ++i) {
    const uint32_t limit = std::min(last, at + kMaxGap + 1);
    for (;; ++at) {
      if (at >= limit) return 0;
      if (tokens[at].lemma == words[i] || WordIs(document, at, words[i]) ||
          Americanized(tokens[at].lemma) == words[i]) {
        break;
      }
      if (!MayStandBetween(tokens[at].tag)) return 0;
      // A particle or preposition stands right behind its verb.
      if (words.size() == 2 && words[0] != "be") return 0;
    }
    ++at;
  }
  // The "to" of an infinitive is no preposition.
  if (words.back() == "to" && at < last && tokens[at].tag == Tag::kVB) return 0;
  return at;
}

}  // namespace

const CueLexicon& CueLexicon::Get() {
  static const CueLexicon* const lexicon = new CueLexicon();
  return *lexicon;
}

CueLexicon::CueLexicon() {
  for (size_t i = 0; i < kCueRowCount; ++i) {
    CueEntry entry = MakeEntry(kCueRows[i]);
    entries_[entry.words.front()].push_back(std::move(entry));
  }
  for (auto& [word, list] : entries_) {
    std::stable_sort(list.begin(), list.end(),
                     [](const CueEntry& a, const CueEntry& b) {
                       if (a.words.size() != b.words.size()) {
                         return a.words.size() > b.words.size();
                       }
                       return a.wants_negation && !b.wants_negation;
                     });
  }
}

const std::vector<CueEntry>* CueLexicon::EntriesOf(
    const std::string& lemma) const {
  auto found = entries_.find(lemma);
  if (found == entries_.end()) found = entries_.find(Americanized(lemma));
  return found == entries_.end() ? nullptr : &found->second;
}

const CueEntry* CueLexicon::Find(absl::string_view words) const {
  const std::vector<std::string> wanted = absl::StrSplit(words, ' ');
  const std::vector<CueEntry>* list = EntriesOf(wanted.front());
  if (list == nullptr) return nullptr;
  for (const CueEntry& entry : *list) {
    if (entry.words == wanted && !entry.wants_negation) return &entry;
  }
  return nullptr;
}

std::optional<CueMatch> CueLexicon::Match(const Grammar& grammar,
                                          const VerbGroup& group,
                                          uint32_t last) const {
  const Document& document = grammar.document();
  const std::string& lemma = document.tokens()[group.head].lemma;
  if (group.passive) {
    // "It is reported that", "is opposed to": an entry of the passive itself.
    for (const CueEntry& entry : *EntriesOf("be")) {
      if (!WordIs(document, group.head, entry.words[1])) continue;
      const uint32_t end = MatchRest(document, entry.words, group.head, last);
      if (end != 0) return CueMatch{&entry, {group.range.first, end}};
    }
  }
  if (InList(lemma, "remain become stay feel 's")) {
    const std::vector<CueEntry>* copular = EntriesOf("be");
    for (const CueEntry& entry : *copular) {
      const uint32_t end =
          MatchRest(document, entry.words, group.range.last, last);
      if (end != 0) return CueMatch{&entry, {group.range.first, end}};
    }
  }
  const std::vector<CueEntry>* list = EntriesOf(lemma);
  if (list == nullptr) return std::nullopt;
  for (const CueEntry& entry : *list) {
    if (entry.wants_negation && !group.negated) continue;
    uint32_t end = group.range.last;
    if (entry.words.size() > 1) {
      end = MatchRest(document, entry.words, group.range.last, last);
      if (end == 0) continue;
    }
    return CueMatch{&entry, {group.range.first, end}};
  }
  return std::nullopt;
}

}  // namespace extract
}  // namespace onrecord
