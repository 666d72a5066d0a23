#include "engine/extract/attribution/segments.h"

#include <algorithm>

namespace onrecord {
namespace extract {

Segments SegmentsOf(const Reading& reading,
                    absl::Span<const TokenRange> ranges) {
  Segments segments;
  for (const TokenRange& range : ranges) {
    const TokenRange words = reading.Trimmed(range);
    if (words.empty()) continue;
    if (!segments.empty() &&
        reading.words().In(segments.back().last, words.first) == 0) {
      segments.back().last = words.last;
    } else {
      segments.push_back(words);
    }
  }
  return segments;
}

uint32_t WordsIn(const Reading& reading, const Segments& segments) {
  uint32_t words = 0;
  for (const TokenRange& range : segments) words += reading.words().In(range);
  return words;
}

uint32_t CommonWords(const Reading& reading, const Segments& a,
                     const Segments& b) {
  uint32_t words = 0;
  for (const TokenRange& x : a) {
    for (const TokenRange& y : b) {
      words += reading.words().In(std::max(x.first, y.first),
                                  std::min(x.last, y.last));
    }
  }
  return words;
}

bool Contains(const Segments& segments, uint32_t token) {
  for (const TokenRange& range : segments) {
    if (range.Contains(token)) return true;
  }
  return false;
}

bool Overlap(const Segments& a, const Segments& b) {
  for (const TokenRange& x : a) {
    for (const TokenRange& y : b) {
      if (x.Overlaps(y)) return true;
    }
  }
  return false;
}

}  // namespace extract
}  // namespace onrecord
