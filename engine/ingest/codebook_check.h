// Whether a codebook makes sense.

#ifndef ONRECORD_ENGINE_INGEST_CODEBOOK_CHECK_H_
#define ONRECORD_ENGINE_INGEST_CODEBOOK_CHECK_H_

#include "absl/status/status.h"
#include "proto/codebook.pb.h"

namespace onrecord {

// Returns INVALID_ARGUMENT, naming the field, if an id is empty or given twice,
// an actor has no name, a body that an actor belongs to or holds office in is
// not listed, or a date is not EDTF or ends before it begins.
absl::Status CheckCodebook(const Codebook& codebook);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_CODEBOOK_CHECK_H_
