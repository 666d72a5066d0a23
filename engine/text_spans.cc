#include "engine/text_spans.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/actors/name_key.h"
#include "storage/hash.h"

namespace onrecord {
namespace {

// Fewer words than these are often said twice.
constexpr int kFewestWords = 5;

}  // namespace

absl::string_view WordsIn(absl::string_view text, uint32_t begin,
                          uint32_t end) {
  if (begin > end || end > text.size()) return {};
  return text.substr(begin, end - begin);
}

uint64_t WordsKey(absl::string_view text,
                  const google::protobuf::RepeatedPtrField<Span>& content) {
  std::string words;
  for (const Span& span : content) {
    absl::StrAppend(&words, WordsIn(text, span.begin(), span.end()), " ");
  }
  words = NameKey(words);
  if (std::count(words.begin(), words.end(), ' ') + 1 < kFewestWords) return 0;
  const Sha256Hash hash = Sha256({words});
  uint64_t key = 0;
  for (size_t i = 0; i < sizeof(key); ++i) {
    key = key << 8 | static_cast<unsigned char>(hash[i]);
  }
  return key;
}

}  // namespace onrecord
