// A run of a document's tokens.

#ifndef ONRECORD_ENGINE_EXTRACT_TEXT_TOKEN_RANGE_H_
#define ONRECORD_ENGINE_EXTRACT_TEXT_TOKEN_RANGE_H_

#include <cstdint>

namespace onrecord {
namespace extract {

// Tokens [first, last) of Document::tokens().
struct TokenRange {
  uint32_t first = 0;
  uint32_t last = 0;

  bool empty() const { return first >= last; }
  uint32_t size() const { return empty() ? 0 : last - first; }
  bool Contains(uint32_t token) const { return token >= first && token < last; }
  bool Contains(TokenRange other) const {
    return other.first >= first && other.last <= last;
  }
  bool Overlaps(TokenRange other) const {
    return first < other.last && other.first < last;
  }

  friend bool operator==(TokenRange a, TokenRange b) {
    return a.first == b.first && a.last == b.last;
  }
  friend bool operator!=(TokenRange a, TokenRange b) { return !(a == b); }
};

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TEXT_TOKEN_RANGE_H_
