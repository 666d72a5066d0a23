// Topics of an article for which there is no codebook.

#ifndef ONRECORD_ENGINE_EXTRACT_TOPICS_FOUND_TOPICS_H_
#define ONRECORD_ENGINE_EXTRACT_TOPICS_FOUND_TOPICS_H_

#include <vector>

#include "absl/types/span.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"
#include "proto/codebook.pb.h"

namespace onrecord {
namespace extract {

// Finds what `sayings` are about: the nouns that head phrases in the contents
// of two at least, those of the most sayings first. A topic is named by its
// head and the noun that most often stands before it ("Import ban"); its id is
// the same in lower case, by which the same topic is found again in another
// article ("topic/import-ban"); its phrases are the words it was found by; its
// proposition is that the thing should be supported.
//
// A TopicIndex of the result gives each statement its topic. Thread-safe.
std::vector<Topic> FindTopics(const Document& document,
                              absl::Span<const Saying> sayings);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TOPICS_FOUND_TOPICS_H_
