// Extraction: from an article to the statements in it.

#ifndef ONRECORD_ENGINE_EXTRACT_EXTRACTOR_H_
#define ONRECORD_ENGINE_EXTRACT_EXTRACTOR_H_

#include "absl/status/statusor.h"
#include "engine/extract/statement/extraction.h"
#include "proto/article.pb.h"
#include "proto/codebook.pb.h"

namespace onrecord {
namespace extract {

// Reads who is reported to have said, held or done what in `article`, with the
// words that show it, as bytes of its text. A pure function: the result depends
// on nothing but its arguments. Thread-safe. Cost is linear in the text. A text
// of more than 256 KiB is read in parts, cut between paragraphs: "he" and "the
// minister" mean somebody of the same part.
//
// `codebook` gives the topics; without any, topics are found in the text. Its
// actors are not used here: who of them is meant is for resolution to say.
//
// Returns INVALID_ARGUMENT if the text is not UTF-8, or if the publication date
// is given and is none.
absl::StatusOr<Extraction> Extract(const Article& article,
                                   const Codebook& codebook);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_EXTRACTOR_H_
