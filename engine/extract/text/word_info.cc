#include "engine/extract/text/word_info.h"

#include <algorithm>
#include <cstddef>

#include "engine/extract/models/feature_hash.h"
#include "engine/extract/text/characters.h"

namespace onrecord {
namespace extract {

WordInfo InfoOf(absl::string_view token, const WeightTable& lexicon) {
  WordInfo info;
  // A curly apostrophe is a straight one, here as in the lemmas.
  std::array<char, 64> plain;
  size_t size = 0;
  size_t hyphen = 0;
  uint64_t shape = 7;
  CharClass last = CharClass::kSpace;
  for (size_t at = 0; at < token.size() && size + 4 < plain.size();) {
    const Character c = CharacterAt(token, at);
    if (at == 0) info.capital = c.type == CharClass::kUpper;
    info.letters |= IsWordClass(c.type);
    if (c.type != last) {
      shape = MixHash(shape, static_cast<uint64_t>(c.type) + 1);
      last = c.type;
    }
    if (c.type == CharClass::kApostrophe) {
      plain[size++] = '\'';
    } else {
      for (uint32_t i = 0; i < c.length; ++i) plain[size++] = token[at + i];
    }
    if (c.type == CharClass::kHyphen) hyphen = size;
    at += c.length;
  }
  const absl::string_view word(plain.data(), size);
  info.shape = shape;
  info.lower = HashLower(word);
  for (size_t n = 1; n <= info.suffix.size(); ++n) {
    if (size > n) info.suffix[n - 1] = HashLower(word.substr(size - n));
  }
  info.prefix = HashLower(word.substr(0, std::min<size_t>(3, size)));
  if (hyphen > 0) info.tail = HashLower(word.substr(hyphen));
  const auto entry = lexicon.Find(info.lower);
  if (!entry.empty()) {
    info.word = info.lower;
    if (entry.front().weight > 0) {
      info.only_tag = static_cast<Tag>(entry.front().label);
    }
  }
  return info;
}

}  // namespace extract
}  // namespace onrecord
