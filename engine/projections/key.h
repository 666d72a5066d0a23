// Keys of projections' state: parts that sort as bytes the way their values do.

#ifndef ONRECORD_ENGINE_PROJECTIONS_KEY_H_
#define ONRECORD_ENGINE_PROJECTIONS_KEY_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {

// Builds a key part by part. A key with fewer parts is a prefix of, and sorts
// before, every key that goes on with more.
//
//   Key('s').Text(statement_id).Number(log_position).bytes()
//
// A value type, thread-compatible.
class Key {
 public:
  // Begins with a one-byte tag: the table.
  explicit Key(char table) : bytes_(1, table) {}

  // Appends a text; any bytes. Ends itself, so that "a" sorts before "ab"
  // whatever follows.
  Key& Text(absl::string_view text);

  // Appends an unsigned number, 8 bytes.
  Key& Number(uint64_t number);

  // Appends a signed number, 4 bytes.
  Key& Signed(int32_t number);

  const std::string& bytes() const { return bytes_; }

  // NOLINTNEXTLINE(google-explicit-constructor): a key is its bytes.
  operator absl::string_view() const { return bytes_; }

 private:
  std::string bytes_;
};

// Takes a key apart, in the order in which it was built. What does not decode
// makes ok() false and every later part zero or empty. Refers to the key.
class KeyParser {
 public:
  // Skips the tag.
  explicit KeyParser(absl::string_view key);

  std::string Text();
  uint64_t Number();
  int32_t Signed();

  bool ok() const { return ok_; }

 private:
  uint64_t BigEndian(size_t bytes);

  absl::string_view rest_;
  bool ok_ = true;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_KEY_H_
