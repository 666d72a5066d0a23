#include "engine/extract/stance/polarity.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/stance/polarity_lexicon.h"
#include "engine/extract/topics/word_family.h"

namespace onrecord {
namespace extract {
namespace {

using absl::string_view;

struct Entry {
  std::vector<std::string> words;     // as written
  std::vector<std::string> families;  // of each
  Effect effect = Effect::kPromote;
};

// The entries by the family of their first word, longest first.
using EntryIndex = absl::flat_hash_map<std::string, std::vector<Entry>>;

EntryIndex MakeIndex() {
  EntryIndex index;
  for (const PolarityList& list : PolarityLexicon()) {
    for (const string_view text : absl::StrSplit(list.entries, ", ")) {
      Entry entry;
      entry.effect = list.effect;
      entry.words = absl::StrSplit(text, ' ');
      for (const std::string& word : entry.words) {
        entry.families.push_back(WordFamily(word));
      }
      const std::string first = entry.families[0];
      index[first].push_back(std::move(entry));
    }
  }
  for (auto& [family, entries] : index) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) {
                       return a.words.size() > b.words.size();
                     });
  }
  return index;
}

// Whether `token` may stand between the words of an entry.
bool IsFiller(const Token& token) {
  if (token.lemma == "no") return false;  // "made NO sense" made none
  return token.tag == Tag::kDT || token.tag == Tag::kPRPS ||
         token.tag == Tag::kRB || token.tag == Tag::kJJ ||
         token.tag == Tag::kPRP;
}

// Single words are matched by family; in longer entries, short words by
// themselves ("in", "not"), so that chance likenesses do not add up.
bool IsWord(const Token& token, const std::string& family,
            const std::string& word, const std::string& word_family) {
  constexpr size_t kShort = 4;
  return token.lemma == word ||
         (word.size() > kShort - 1 && family == word_family);
}

// The token after `entry`, whose first word is at `first`; 0 if it is not
// there.
uint32_t Match(const Document& document,
               const std::vector<std::string>& families, uint32_t first,
               const Entry& entry) {
  constexpr int kMaxFillers = 2;
  const std::vector<Token>& tokens = document.tokens();
  const uint32_t end = document.sentences()[tokens[first].sentence].last;
  uint32_t at = first;
  for (size_t i = 0; i < entry.words.size(); ++i) {
    const auto is_here = [&](uint32_t token) {
      return IsWord(tokens[token], families[token], entry.words[i],
                    entry.families[i]);
    };
    int fillers = 0;
    while (i > 0 && at < end && !is_here(at) && fillers < kMaxFillers &&
           IsFiller(tokens[at])) {
      ++at;
      ++fillers;
    }
    if (at >= end || !is_here(at)) return 0;
    ++at;
  }
  return at;
}

// Whether the second word of `entry` is a particle that stands behind the
// object of its verb: "TEAR the old dam DOWN".
bool IsAroundObject(const Document& document, uint32_t first,
                    const Entry& entry) {
  constexpr uint32_t kMaxObject = 4;
  const std::vector<Token>& tokens = document.tokens();
  if (entry.words.size() != 2 ||
      !InList(entry.words[1], "away off out down up home back") ||
      !IsVerb(tokens[first].tag) || tokens[first].lemma != entry.words[0]) {
    return false;
  }
  const uint32_t end =
      std::min(document.sentences()[tokens[first].sentence].last,
               first + kMaxObject + 2);
  for (uint32_t i = first + 1; i < end; ++i) {
    if (tokens[i].lemma == entry.words[1]) return i > first + 1;
    if (!IsFiller(tokens[i]) && !IsNoun(tokens[i].tag)) return false;
  }
  return false;
}

// "The toll must GO": nothing follows that it goes to.
bool IsEndOfIt(const Document& document, uint32_t token) {
  const std::vector<Token>& tokens = document.tokens();
  if (tokens[token].lemma != "go" || token == 0 ||
      (tokens[token - 1].tag != Tag::kMD &&
       tokens[token - 1].tag != Tag::kTO)) {
    return false;
  }
  const uint32_t end = document.sentences()[tokens[token].sentence].last;
  const uint32_t next = token + 1;
  return next == end || tokens[next].tag >= Tag::kQuote ||
         tokens[next].tag == Tag::kCC;
}

}  // namespace

std::vector<PolarityHit> FindPolarity(const Document& document) {
  static const EntryIndex* const kIndex = new EntryIndex(MakeIndex());
  const std::vector<Token>& tokens = document.tokens();
  std::vector<std::string> families;
  families.reserve(tokens.size());
  for (const Token& token : tokens) {
    families.push_back(WordFamily(token.lemma));
    if (token.tag != Tag::kVBN) continue;
    // "I would like it gone": a participle that is a word of its own.
    std::string own = WordFamily(absl::AsciiStrToLower(document.TextOf(token)));
    if (kIndex->contains(own)) families.back() = std::move(own);
  }
  std::vector<PolarityHit> hits;
  for (uint32_t i = 0; i < tokens.size();) {
    uint32_t end = 0;
    const auto found = kIndex->find(families[i]);
    const Tag tag = tokens[i].tag;
    if (found != kIndex->end() && tag != Tag::kNNP && tag != Tag::kMD) {
      // An entry with this very word goes before one of its family.
      const Entry* best = nullptr;
      for (const Entry& entry : found->second) {
        if (best != nullptr && entry.words.size() < best->words.size()) break;
        uint32_t match = Match(document, families, i, entry);
        if (match == 0 && IsAroundObject(document, i, entry)) match = i + 1;
        if (match == 0) continue;
        if (best != nullptr && entry.words[0] != tokens[i].lemma) continue;
        best = &entry;
        end = match;
      }
      if (best != nullptr) {
        // "Protest against" is one refusal.
        if (best->effect == Effect::kHinder && end < tokens.size() &&
            tokens[end].lemma == "against") {
          ++end;
        }
        hits.push_back({{i, end}, best->effect});
      }
    }
    if (end == 0 && IsEndOfIt(document, i)) {
      end = i + 1;
      hits.push_back({{i, end}, Effect::kHinder});
    }
    i = end == 0 ? i + 1 : end;
  }
  return hits;
}

std::vector<PolarityHit>::const_iterator FirstPolarityFrom(
    const std::vector<PolarityHit>& hits, uint32_t from) {
  return std::lower_bound(
      hits.begin(), hits.end(), from,
      [](const PolarityHit& h, uint32_t t) { return h.range.first < t; });
}

std::vector<PolarityHit> PolarityIn(const std::vector<PolarityHit>& hits,
                                    TokenRange range) {
  std::vector<PolarityHit> inside;
  for (auto hit = FirstPolarityFrom(hits, range.first);
       hit != hits.end() && hit->range.last <= range.last; ++hit) {
    inside.push_back(*hit);
  }
  return inside;
}

}  // namespace extract
}  // namespace onrecord
