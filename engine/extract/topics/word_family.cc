#include "engine/extract/topics/word_family.h"

#include <iterator>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace onrecord {
namespace extract {
namespace {

struct Ending {
  absl::string_view ending;
  absl::string_view instead;
  size_t min_stem;  // letters that must be left
};

// The first that fits is taken off, once; the longer stand first.
constexpr Ending kEndings[] = {
    {"isation", "", 4},   {"ization", "", 4},   {"uction", "uc", 2},
    {"ension", "end", 2}, {"ansion", "and", 2}, {"ations", "", 4},
    {"ation", "", 4},     {"ition", "", 4},     {"ement", "", 4},
    {"ising", "", 4},     {"izing", "", 4},     {"ating", "", 4},
    {"ment", "", 4},      {"ance", "", 5},      {"ence", "", 5},
    {"ated", "", 4},      {"ator", "", 4},      {"ised", "", 4},
    {"ized", "", 4},      {"ness", "", 4},      {"able", "", 4},
    {"ive", "", 5},       {"ion", "", 4},       {"ing", "", 3},
    {"ate", "", 5},       {"ise", "", 5},       {"ize", "", 5},
    {"est", "", 4},       {"ied", "y", 3},      {"ure", "", 5},
    {"ed", "", 3},        {"er", "", 4},        {"or", "", 4},
    {"al", "", 5},        {"ly", "", 4},
};

constexpr absl::string_view kStopWords[] = {
    "'s",      "a",        "about",      "above",     "accord",   "across",
    "add",     "after",    "again",      "against",   "ago",      "all",
    "allow",   "almost",   "along",      "already",   "also",     "although",
    "always",  "among",    "an",         "and",       "announce", "another",
    "any",     "anybody",  "anyone",     "anything",  "around",   "as",
    "ask",     "at",       "away",       "back",      "be",       "because",
    "become",  "before",   "behind",     "being",     "below",    "between",
    "beyond",  "both",     "but",        "by",        "call",     "can",
    "cannot",  "cause",    "come",       "could",     "country",  "day",
    "do",      "down",     "during",     "each",      "either",   "enough",
    "even",    "ever",     "every",      "everybody", "everyone", "everything",
    "few",     "first",    "for",        "from",      "further",  "get",
    "give",    "go",       "government", "have",      "he",       "her",
    "here",    "herself",  "him",        "himself",   "his",      "how",
    "however", "i",        "if",         "in",        "into",     "it",
    "its",     "itself",   "just",       "keep",      "last",     "later",
    "least",   "less",     "let",        "like",      "long",     "make",
    "many",    "may",      "me",         "meanwhile", "might",    "minister",
    "month",   "more",     "most",       "much",      "must",     "my",
    "n't",     "need",     "neither",    "never",     "new",      "next",
    "no",      "nobody",   "none",       "nor",       "not",      "nothing",
    "now",     "of",       "off",        "often",     "old",      "on",
    "once",    "one",      "only",       "onto",      "or",       "other",
    "our",     "out",      "over",       "own",       "part",     "people",
    "per",     "perhaps",  "put",        "rather",    "same",     "say",
    "see",     "shall",    "she",        "should",    "since",    "so",
    "some",    "somebody", "someone",    "something", "soon",     "still",
    "such",    "take",     "tell",       "than",      "that",     "the",
    "their",   "them",     "themselves", "then",      "there",    "these",
    "they",    "thing",    "think",      "this",      "those",    "though",
    "through", "time",     "to",         "today",     "together", "too",
    "toward",  "towards",  "two",        "under",     "until",    "up",
    "upon",    "us",       "use",        "very",      "want",     "way",
    "we",      "week",     "well",       "what",      "when",     "where",
    "whether", "which",    "while",      "who",       "whom",     "whose",
    "why",     "will",     "with",       "within",    "without",  "would",
    "year",    "yes",      "yet",        "you",       "your",
};

// One plural or third-person ending.
void StripFinalS(std::string* word) {
  if (word->size() < 4 || word->back() != 's') return;
  if (absl::EndsWith(*word, "ss") || absl::EndsWith(*word, "us") ||
      absl::EndsWith(*word, "is")) {
    return;
  }
  word->pop_back();
  if (absl::EndsWith(*word, "ie") && word->size() > 4) {
    word->pop_back();
    word->back() = 'y';
  }
}

}  // namespace

std::string WordFamily(absl::string_view word) {
  std::string key = absl::AsciiStrToLower(word);
  StripFinalS(&key);
  for (const Ending& row : kEndings) {
    // The last letter tells most endings apart without a comparison of text.
    if (key.size() < row.ending.size() + row.min_stem ||
        key.back() != row.ending.back() || !absl::EndsWith(key, row.ending)) {
      continue;
    }
    key = absl::StrCat(absl::StripSuffix(key, row.ending), row.instead);
    break;
  }
  while (key.size() > 3 && key.back() == 'e') key.pop_back();
  if (key.size() > 4 && (key.back() == 'y' || key.back() == 'i')) {
    key.pop_back();
  }
  const size_t size = key.size();
  if (size > 3 && key[size - 1] == key[size - 2]) key.pop_back();
  // "licence" and "license", "defence" and "defense".
  if (absl::EndsWith(key, "enc")) key.back() = 's';
  return key;
}

bool IsStopWord(absl::string_view lemma) {
  static const auto* const kSet = new absl::flat_hash_set<absl::string_view>(
      std::begin(kStopWords), std::end(kStopWords));
  return kSet->contains(lemma);
}

}  // namespace extract
}  // namespace onrecord
