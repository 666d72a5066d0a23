// Whether what an extractor gave fits the article that it read.

#ifndef ONRECORD_ENGINE_EXTRACTION_CHECK_H_
#define ONRECORD_ENGINE_EXTRACTION_CHECK_H_

#include "absl/status/status.h"
#include "engine/extract/statement/extraction.h"
#include "proto/article.pb.h"
#include "proto/codebook.pb.h"

namespace onrecord {

// Returns INVALID_ARGUMENT, naming the statement by its number from 1 and the
// field, unless in each statement
// - every span holds at least one byte of the text and lies on character
//   boundaries, and the fragments of the content follow one another;
// - there is a content or a cue, and the kind is given;
// - speakers, addressee and relay are entities, and the parent an earlier
//   statement;
// - the topic, if any, is of `codebook` or a found one, the stance is from -1
//   to 1, the confidence from 0 to 1, and the time of saying EDTF;
// and every entity has a name.
absl::Status CheckExtraction(const Article& article, const Codebook& codebook,
                             const extract::Extraction& extraction);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACTION_CHECK_H_
