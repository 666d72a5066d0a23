#include "engine/extract/speakers/spelling.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/text/characters.h"

namespace onrecord {
namespace extract {
namespace {

// The letters of U+00C0 to U+017F without their accents, in lower case; a
// space where there is no one letter.
constexpr char kPlainLetters[] =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

}  // namespace

std::vector<std::string> NameWords(absl::string_view name) {
  std::vector<std::string> words;
  std::string word;
  for (size_t at = 0; at < name.size();) {
    const Character character = CharacterAt(name, at);
    const absl::string_view bytes = name.substr(at, character.length);
    at += character.length;
    const char32_t value = character.value;
    if (value < 0x80 && absl::ascii_isalnum(static_cast<char>(value))) {
      word.push_back(absl::ascii_tolower(static_cast<char>(value)));
    } else if (value >= 0xC0 && value <= 0x17F &&
               kPlainLetters[value - 0xC0] != ' ') {
      word.push_back(kPlainLetters[value - 0xC0]);
    } else if (value == '.' || value == '\'' || value == 0x2019) {
      continue;
    } else if (value >= 0x80 && IsWordClass(character.type)) {
      word.append(bytes.data(), bytes.size());
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

double SpellingSimilarity(absl::string_view a, absl::string_view b) {
  const size_t longer = std::max(a.size(), b.size());
  if (longer == 0 || longer > 64) return a == b ? 1 : 0;
  std::vector<size_t> before_last(b.size() + 1);
  std::vector<size_t> last(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
  }
  return 1.0 - static_cast<double>(row[b.size()]) / longer;
}

bool IsInitials(absl::string_view name) {
  return name.size() >= 3 &&
         std::all_of(name.begin(), name.end(), absl::ascii_isupper);
}

bool IsAcronymOf(absl::string_view acronym,
                 const std::vector<std::string>& name) {
  if (acronym.size() < 2 || name.size() < 2) return false;
  std::string all;
  std::string main;
  for (const std::string& word : name) {
    all.push_back(word[0]);
    if (!InList(word, "of the and for de du la in on")) main.push_back(word[0]);
  }
  return acronym == all || acronym == main;
}

}  // namespace extract
}  // namespace onrecord
