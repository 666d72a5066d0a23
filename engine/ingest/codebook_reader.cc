#include "engine/ingest/codebook_reader.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/ingest/codebook_check.h"
#include "engine/ingest/files.h"
#include "engine/ingest/json.h"
#include "storage/status_macros.h"

namespace onrecord {
absl::StatusOr<Codebook> ReadCodebook(const std::string& path) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
  Codebook codebook;
  absl::Status status = ParseJson(content, codebook);
  if (status.ok()) status = CheckCodebook(codebook);
  if (!status.ok()) {
    return absl::Status(status.code(),
                        absl::StrCat(path, ": ", status.message()));
  }
  return codebook;
}

}  // namespace onrecord
