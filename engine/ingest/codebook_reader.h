// A codebook's file into the message.

#ifndef ONRECORD_ENGINE_INGEST_CODEBOOK_READER_H_
#define ONRECORD_ENGINE_INGEST_CODEBOOK_READER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/codebook.pb.h"

namespace onrecord {

// Reads the codebook in the file `path`: one JSON object,
// {"topics":[…],"actors":[…]}, and checks it as CheckCodebook does.
//
// Returns NOT_FOUND if there is no such file and INVALID_ARGUMENT if it is not
// of this form; messages name the file and the field.
absl::StatusOr<Codebook> ReadCodebook(const std::string& path);

// Returns INVALID_ARGUMENT, naming the field, if an id is empty or given twice,
// an actor has no name, a body that an actor belongs to or holds office in is
// not listed, or a date is not EDTF or ends before it begins.
absl::Status CheckCodebook(const Codebook& codebook);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_CODEBOOK_READER_H_
