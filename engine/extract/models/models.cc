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
extern const char onrecord_cues_begin[];
extern const char onrecord_cues_end[];
extern const char onrecord_labels_begin[];
extern const char onrecord_labels_end[];
extern const char onrecord_contents_begin[];
extern const char onrecord_contents_end[];
extern const char onrecord_sources_begin[];
extern const char onrecord_sources_end[];
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
                  Table(onrecord_names_begin, onrecord_names_end),
                  Table(onrecord_cues_begin, onrecord_cues_end),
                  Table(onrecord_labels_begin, onrecord_labels_end),
                  Table(onrecord_contents_begin, onrecord_contents_end),
                  Table(onrecord_sources_begin, onrecord_sources_end)};
  return models;
}

}  // namespace extract
}  // namespace onrecord
