// Ranges of an article's text, and the words in them.

#ifndef ONRECORD_ENGINE_TEXT_SPANS_H_
#define ONRECORD_ENGINE_TEXT_SPANS_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "proto/statement.pb.h"

namespace onrecord {

// The bytes [begin, end) of `text`; empty if they do not fit it, as it was
// erased.
absl::string_view WordsIn(absl::string_view text, uint32_t begin, uint32_t end);

// By which the same words are found again, whatever their case and the marks
// between them: see Statement.words_key. 0 if there are fewer than five.
uint64_t WordsKey(absl::string_view text,
                  const google::protobuf::RepeatedPtrField<Span>& content);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_TEXT_SPANS_H_
