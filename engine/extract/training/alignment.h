// Sets a parse by another tool against our own tokens.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_ALIGNMENT_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_ALIGNMENT_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "engine/extract/text/document.h"
#include "engine/extract/training/corpus.h"

namespace onrecord {
namespace extract {

// Returns, for each token of `document`, the index of the one of `article` that
// covers the same bytes, or -1.
std::vector<int32_t> AlignTokens(const Document& document,
                                 const AnnotatedArticle& article);

// Returns the Tag of a tag of the Penn Treebank, if it is one.
absl::optional<Tag> TagFromTreebank(absl::string_view tag);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_ALIGNMENT_H_
