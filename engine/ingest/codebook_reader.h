// A codebook's file into the message.

#ifndef ONRECORD_ENGINE_INGEST_CODEBOOK_READER_H_
#define ONRECORD_ENGINE_INGEST_CODEBOOK_READER_H_

#include <string>

#include "absl/status/statusor.h"
#include "proto/codebook.pb.h"

namespace onrecord {

// Reads the codebook in the file `path`: one JSON object,
// {"topics":[…],"actors":[…]}, and checks it as CheckCodebook does.
//
// Returns NOT_FOUND if there is no such file and INVALID_ARGUMENT if it is not
// of this form; messages name the file and the field.
absl::StatusOr<Codebook> ReadCodebook(const std::string& path);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_CODEBOOK_READER_H_
