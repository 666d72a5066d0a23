// The sentences around words of an article, for a reader to see them in.

#ifndef ONRECORD_ENGINE_REPORT_PASSAGE_H_
#define ONRECORD_ENGINE_REPORT_PASSAGE_H_

#include <cstddef>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

struct UBreakIterator;

namespace onrecord {

// Bytes [begin, end) of a text.
struct Passage {
  size_t begin = 0;
  size_t end = 0;
};

// Finds sentences by Unicode's rules (UAX #29) and CLDR's list of English
// abbreviations. Thread-compatible.
class PassageFinder {
 public:
  // Returns INTERNAL if ICU lacks its data.
  static absl::StatusOr<std::unique_ptr<PassageFinder>> Create();

  ~PassageFinder();
  PassageFinder(const PassageFinder&) = delete;
  PassageFinder& operator=(const PassageFinder&) = delete;

  // The whole sentences of `text`, which is UTF-8, that the bytes [begin, end)
  // lie in, without white space around them. A paragraph ends a sentence, and
  // so do 2,000 bytes before or after the bytes.
  //
  // REQUIRES: begin <= end <= text.size().
  Passage Around(absl::string_view text, size_t begin, size_t end) const;

 private:
  explicit PassageFinder(UBreakIterator* sentences);

  UBreakIterator* const sentences_;
};

// How many UTF-16 code units `text`, which is UTF-8, takes: offsets as a
// browser counts them.
size_t Utf16Length(absl::string_view text);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_PASSAGE_H_
