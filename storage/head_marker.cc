#include "storage/head_marker.h"

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "storage/coding.h"
#include "storage/env_files.h"
#include "storage/hash.h"
#include "storage/leveldb_store.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr size_t kMarkBytes = 40;
constexpr size_t kMaxMarks = 16 << 10;
constexpr uint64_t kClosed = 1;

std::string Encode(const HeadMark& mark) {
  std::string bytes;
  PutFixed64(mark.commits, &bytes);
  PutFixed64(mark.last_log_position, &bytes);
  PutFixed64(mark.block_checksum, &bytes);
  PutFixed64(mark.closed ? kClosed : 0, &bytes);
  PutFixed64(Checksum(bytes), &bytes);
  return bytes;
}

std::optional<HeadMark> Decode(absl::string_view bytes) {
  Decoder decoder(bytes);
  HeadMark mark;
  mark.commits = decoder.Fixed64();
  mark.last_log_position = decoder.Fixed64();
  mark.block_checksum = decoder.Fixed64();
  mark.closed = decoder.Fixed64() == kClosed;
  const uint64_t checksum = decoder.Fixed64();
  if (!decoder.ok() || checksum != Checksum(bytes.substr(0, kMarkBytes - 8))) {
    return std::nullopt;
  }
  return mark;
}

absl::Status FromEnv(const leveldb::Status& status, absl::string_view path) {
  return FromLevelDb(status, absl::StrCat("writing ", path));
}

}  // namespace

absl::StatusOr<std::unique_ptr<HeadMarker>> HeadMarker::Create(
    leveldb::Env* env, absl::string_view path, const HeadMark& mark) {
  auto marker = absl::WrapUnique(new HeadMarker(env, path));
  ONRECORD_RETURN_IF_ERROR(marker->Begin(mark));
  return marker;
}

std::unique_ptr<HeadMarker> HeadMarker::Closed(leveldb::Env* env,
                                               absl::string_view path) {
  return absl::WrapUnique(new HeadMarker(env, path));
}

absl::StatusOr<std::optional<HeadMark>> HeadMarker::Read(
    leveldb::Env* env, absl::string_view path) {
  const std::string name(path);
  if (!env->FileExists(name)) return std::optional<HeadMark>();
  std::string bytes;
  const leveldb::Status status = leveldb::ReadFileToString(env, name, &bytes);
  if (!status.ok()) return FromLevelDb(status, absl::StrCat("reading ", path));
  for (size_t marks = bytes.size() / kMarkBytes; marks > 0; --marks) {
    const std::optional<HeadMark> mark = Decode(
        absl::string_view(bytes).substr((marks - 1) * kMarkBytes, kMarkBytes));
    if (mark.has_value()) return mark;
  }
  return absl::DataLossError(absl::StrCat(path, " holds no whole mark"));
}

absl::Status HeadMarker::Begin(const HeadMark& mark) {
  // In a file of its own first, so that there is a whole mark at any moment.
  const std::string fresh = absl::StrCat(path_, ".new");
  leveldb::WritableFile* file = nullptr;
  file_.reset();
  ONRECORD_RETURN_IF_ERROR(FromEnv(env_->NewWritableFile(fresh, &file), fresh));
  file_.reset(file);
  marks_ = 0;
  ONRECORD_RETURN_IF_ERROR(Add(mark, /*sync=*/true));
  ONRECORD_RETURN_IF_ERROR(FromEnv(env_->RenameFile(fresh, path_), path_));
  return FromEnv(SyncDirectory(env_, path_.substr(0, path_.rfind('/'))), path_);
}

absl::Status HeadMarker::Add(const HeadMark& mark, bool sync) {
  if (closed() || marks_ >= kMaxMarks) return Begin(mark);
  ++marks_;
  ONRECORD_RETURN_IF_ERROR(FromEnv(file_->Append(Encode(mark)), path_));
  ONRECORD_RETURN_IF_ERROR(FromEnv(file_->Flush(), path_));
  if (!sync) return absl::OkStatus();
  return FromEnv(file_->Sync(), path_);
}

}  // namespace onrecord
