#include "engine/extract/models/models.h"

#include <cstddef>

#include "absl/strings/string_view.h"

// Defined in embed.s.
extern "C" {
extern const char onrecord_lexicon_begin[];
extern const char onrecord_lexicon_end[];
extern const char onrecord_tagger_begin[];
extern const char onrecord_tagger_end[];
extern const char onrecord_names_begin[];
extern const char onrecord_names_end[];
}

namespace onrecord {
namespace extract {
namespace {

WeightTable Table(const char* begin, const char* end) {
  return WeightTable(
      absl::string_view(begin, static_cast<size_t>(end - begin)));
}

}  // namespace

const Models& Models::Embedded() {
  static const Models& models =
      *new Models{Table(onrecord_lexicon_begin, onrecord_lexicon_end),
                  Table(onrecord_tagger_begin, onrecord_tagger_end),
                  Table(onrecord_names_begin, onrecord_names_end)};
  return models;
}

}  // namespace extract
}  // namespace onrecord
