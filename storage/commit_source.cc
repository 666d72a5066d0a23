#include "storage/commit_source.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

// A longer record is taken for a malformed length.
constexpr uint64_t kMaxRecordBytes = 1 << 30;

}  // namespace

absl::StatusOr<std::optional<CommitRecord>> CommitSource::Next() {
  ++number_;
  return format_ == TransferFormat::kProtobuf ? NextProtobuf() : NextJson();
}

absl::Status CommitSource::Malformed(absl::string_view why) const {
  return absl::InvalidArgumentError(
      absl::StrCat("record ", number_, ": ", why));
}

absl::StatusOr<std::optional<CommitRecord>> CommitSource::NextProtobuf() {
  if (in_->peek() == std::istream::traits_type::eof()) {
    return std::optional<CommitRecord>();
  }
  uint64_t size = 0;
  uint64_t length_bytes = 0;
  for (int shift = 0;; shift += 7) {
    const int byte = in_->get();
    if (byte == std::istream::traits_type::eof() || shift > 28) {
      return Malformed("its length is malformed");
    }
    ++length_bytes;
    size |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) break;
  }
  if (size > kMaxRecordBytes) return Malformed("its length is malformed");
  // In pieces, so that a malformed length does not take memory.
  std::string bytes;
  while (bytes.size() < size) {
    const size_t piece = std::min<size_t>(size - bytes.size(), 1 << 20);
    const size_t begin = bytes.size();
    bytes.resize(begin + piece);
    if (!in_->read(&bytes[begin], static_cast<std::streamsize>(piece))) {
      return Malformed("it is cut short");
    }
  }
  CommitRecord record;
  if (!record.ParseFromString(bytes)) return Malformed("it does not parse");
  whole_bytes_ += length_bytes + size;
  return std::optional(std::move(record));
}

absl::StatusOr<std::optional<CommitRecord>> CommitSource::NextJson() {
  std::string line;
  uint64_t line_bytes = 0;
  while (line.empty()) {
    if (!std::getline(*in_, line)) return std::optional<CommitRecord>();
    if (!in_->eof()) line_bytes += line.size() + 1;
  }
  CommitRecord record;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  const auto status =
      google::protobuf::util::JsonStringToMessage(line, &record, options);
  if (!status.ok()) return Malformed(status.ToString());
  whole_bytes_ += line_bytes;
  return std::optional(std::move(record));
}

}  // namespace onrecord
