// Commits in a stream of bytes, one after the other.

#ifndef ONRECORD_STORAGE_COMMIT_SOURCE_H_
#define ONRECORD_STORAGE_COMMIT_SOURCE_H_

#include <cstdint>
#include <istream>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/log.pb.h"

namespace onrecord {

enum class TransferFormat {
  // CommitRecords, each after its length as a varint.
  kProtobuf,
  // A CommitRecord a line, as proto3 JSON.
  kJsonLines,
};

// Reads what ExportLog writes. Thread-compatible; `in` must outlive it.
class CommitSource {
 public:
  CommitSource(std::istream* in, TransferFormat format)
      : in_(in), format_(format) {}

  // Returns nothing at the end, and INVALID_ARGUMENT, naming the record, where
  // it is malformed.
  absl::StatusOr<std::optional<CommitRecord>> Next();

  // What the records that were read take, with what stands between them. A line
  // that no newline ends does not count.
  uint64_t whole_bytes() const { return whole_bytes_; }

 private:
  absl::Status Malformed(absl::string_view why) const;
  absl::StatusOr<std::optional<CommitRecord>> NextProtobuf();
  absl::StatusOr<std::optional<CommitRecord>> NextJson();

  std::istream* const in_;
  const TransferFormat format_;
  uint64_t number_ = 0;
  uint64_t whole_bytes_ = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_COMMIT_SOURCE_H_
