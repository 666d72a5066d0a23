#include "engine/extract/speakers/name_order.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/extract/grammar/words.h"
#include "engine/extract/speakers/spelling.h"

namespace onrecord {
namespace extract {
namespace {

// The commonest family names of Japan, without those that are given names
// elsewhere ("Abe").
constexpr absl::string_view kFamilyNames =
    "sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi "
    "kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi saito "
    "shimizu yamazaki mori ikeda hashimoto ishikawa yamashita nakajima ishii "
    "ogawa maeda okada hasegawa fujita goto kondo murakami endo aoki sakamoto "
    "fukuda ota nishimura fujii okamoto miura fujiwara kaneko nakagawa nakano "
    "harada matsuda takeuchi ono tamura nakayama wada ishida ueda morita hara "
    "shibata sakai kudo yokoyama miyazaki miyamoto uchida takagi ando "
    "taniguchi ohno maruyama imai takada fujimoto takeda murata ueno sugiyama "
    "masuda sugawara hirano kojima otsuka chiba kubo matsui iwasaki sakurai "
    "kinoshita noguchi matsuo nomura kikuchi sano onishi sugimoto arai hamada "
    "ichikawa furukawa mizuno komatsu shimada koyama";

// What may stand before a vowel, the longest first.
constexpr absl::string_view kOnsets[] = {
    "ky", "gy", "sh", "ch", "ny", "hy", "my", "ry", "by",
    "py", "ts", "k",  "g",  "s",  "z",  "t",  "d",  "n",
    "h",  "b",  "p",  "m",  "y",  "r",  "w",  "j",  "f"};

// Whether `word` reads as Japanese in Latin letters: vowels, each with one of
// the onsets before it or none, "n" alone, and doubled consonants.
bool IsJapaneseSyllables(absl::string_view word) {
  constexpr absl::string_view kVowels = "aeiou";
  constexpr absl::string_view kDoubled = "ktspc";
  const size_t size = word.size();
  size_t i = 0;
  while (i < size) {
    size_t next = i;
    if (next + 1 < size && word[next] == word[next + 1] &&
        absl::StrContains(kDoubled, word.substr(next, 1))) {
      ++next;
    }
    for (const absl::string_view onset : kOnsets) {
      if (!absl::StartsWith(word.substr(next), onset)) continue;
      next += onset.size();
      break;
    }
    if (next < size && absl::StrContains(kVowels, word.substr(next, 1))) {
      i = next + 1;
    } else if (word[i] == 'n') {
      ++i;
    } else {
      return false;
    }
  }
  return size > 1;
}

}  // namespace

std::string GivenNameFirst(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, ' ');
  const std::vector<std::string> words = NameWords(name);
  const bool is_family_first = parts.size() == 2 && words.size() == 2 &&
                               InList(words[0], kFamilyNames) &&
                               !InList(words[1], kFamilyNames) &&
                               IsJapaneseSyllables(words[1]);
  return is_family_first ? absl::StrCat(parts[1], " ", parts[0])
                         : std::string(name);
}

}  // namespace extract
}  // namespace onrecord
