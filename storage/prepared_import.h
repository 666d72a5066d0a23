// A commit of another log that is checked, as far as that can be done without
// looking at this one.

#ifndef ONRECORD_STORAGE_PREPARED_IMPORT_H_
#define ONRECORD_STORAGE_PREPARED_IMPORT_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "proto/log.pb.h"
#include "storage/hash.h"
#include "storage/recorded_commit.h"

namespace onrecord {

// Thread-compatible.
class PreparedImport {
 public:
  // Returns INVALID_ARGUMENT if `record` is not one whole commit, or a text
  // does not have its hash.
  static absl::StatusOr<PreparedImport> Make(const CommitRecord& record);

  PreparedImport(PreparedImport&&) = default;

  size_t bytes() const { return bytes_; }
  const RecordedCommit& commit() const { return commit_; }

  // By hash; nothing for one that was erased.
  const std::map<Sha256Hash, std::optional<std::string>>& texts() const {
    return texts_;
  }

 private:
  explicit PreparedImport(RecordedCommit commit) : commit_(std::move(commit)) {}

  RecordedCommit commit_;
  size_t bytes_ = 0;
  std::map<Sha256Hash, std::optional<std::string>> texts_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PREPARED_IMPORT_H_
