#include "engine/extract/tagger.h"

#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "engine/extract/characters.h"

namespace onrecord {
namespace extract {
namespace {

using absl::string_view;

struct Entry {
  string_view word;
  Tag tag;
};

constexpr Entry kClosed[] = {
    {"the", Tag::kDT},     {"a", Tag::kDT},      {"an", Tag::kDT},
    {"this", Tag::kDT},    {"these", Tag::kDT},  {"those", Tag::kDT},
    {"that", Tag::kIN},    {"and", Tag::kCC},    {"or", Tag::kCC},
    {"but", Tag::kCC},     {"of", Tag::kIN},     {"in", Tag::kIN},
    {"on", Tag::kIN},      {"at", Tag::kIN},     {"by", Tag::kIN},
    {"for", Tag::kIN},     {"with", Tag::kIN},   {"from", Tag::kIN},
    {"as", Tag::kIN},      {"if", Tag::kIN},     {"to", Tag::kTO},
    {"he", Tag::kPRP},     {"she", Tag::kPRP},   {"it", Tag::kPRP},
    {"they", Tag::kPRP},   {"we", Tag::kPRP},    {"i", Tag::kPRP},
    {"you", Tag::kPRP},    {"him", Tag::kPRP},   {"them", Tag::kPRP},
    {"his", Tag::kPRPS},   {"her", Tag::kPRPS},  {"its", Tag::kPRPS},
    {"their", Tag::kPRPS}, {"our", Tag::kPRPS},  {"my", Tag::kPRPS},
    {"will", Tag::kMD},    {"would", Tag::kMD},  {"can", Tag::kMD},
    {"could", Tag::kMD},   {"should", Tag::kMD}, {"may", Tag::kMD},
    {"might", Tag::kMD},   {"must", Tag::kMD},   {"is", Tag::kVBZ},
    {"has", Tag::kVBZ},    {"was", Tag::kVBD},   {"were", Tag::kVBD},
    {"had", Tag::kVBD},    {"are", Tag::kVBP},   {"have", Tag::kVBP},
    {"be", Tag::kVB},      {"been", Tag::kVBN},  {"not", Tag::kRB},
    {"n't", Tag::kRB},     {"who", Tag::kWP},    {"what", Tag::kWP},
    {"which", Tag::kWDT},  {"when", Tag::kWRB},  {"where", Tag::kWRB},
    {"how", Tag::kWRB},    {"said", Tag::kVBD},  {"told", Tag::kVBD},
    {"says", Tag::kVBZ},   {"'s", Tag::kPOS},    {"\xE2\x80\x99s", Tag::kPOS},
};

constexpr Entry kSuffixes[] = {
    {"ly", Tag::kRB},   {"ing", Tag::kVBG}, {"ed", Tag::kVBD},
    {"ous", Tag::kJJ},  {"ive", Tag::kJJ},  {"ful", Tag::kJJ},
    {"able", Tag::kJJ}, {"al", Tag::kJJ},   {"ss", Tag::kNN},
    {"us", Tag::kNN},   {"s", Tag::kNNS},
};

Tag TagOf(string_view word, bool first) {
  const Character c = CharacterAt(word, 0);
  switch (c.type) {
    case CharClass::kPeriod:
    case CharClass::kStop:
      return Tag::kStop;
    case CharClass::kDigit:
      return Tag::kCD;
    case CharClass::kLower:
    case CharClass::kUpper:
    case CharClass::kApostrophe:
      break;
    default:
      return c.value == ',' ? Tag::kComma : Tag::kPunct;
  }
  const std::string lower = absl::AsciiStrToLower(word);
  for (const Entry& entry : kClosed) {
    if (lower == entry.word) return entry.tag;
  }
  if (c.type == CharClass::kUpper && !first) return Tag::kNNP;
  for (const Entry& entry : kSuffixes) {
    if (absl::EndsWith(lower, entry.word)) return entry.tag;
  }
  return Tag::kNN;
}

}  // namespace

void TagSentence(string_view text, const Sentence& sentence,
                 std::vector<Token>& tokens) {
  for (uint32_t i = sentence.first; i < sentence.last; ++i) {
    Token& token = tokens[i];
    if (token.tag == Tag::kQuote || token.tag == Tag::kPOS) continue;
    token.tag = TagOf(text.substr(token.begin, token.end - token.begin),
                      i == sentence.first);
  }
}

}  // namespace extract
}  // namespace onrecord
