#include "storage/recorded_commit.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/merkle_tree.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

std::string Canonical(const NewEvent& event) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  event.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

}  // namespace

absl::StatusOr<RecordedCommit> RecordedCommit::Read(const LogStore& store,
                                                    uint64_t key) {
  BlockIterator blocks = store.NewIterator(/*fill_cache=*/true);
  blocks.Seek(key);
  if (blocks.status().ok() && (!blocks.Valid() || blocks.key() != key)) {
    return LogDamage(key, "the block is missing");
  }
  return ReadNext(&blocks);
}

absl::StatusOr<RecordedCommit> RecordedCommit::ReadNext(BlockSource* blocks) {
  RecordedCommit commit;
  // Blocks point into their bytes, which must not move.
  for (uint64_t place = 0;; blocks->Next()) {
    if (!blocks->status().ok()) {
      return LogDamage(blocks->Valid() ? blocks->key() : place,
                       blocks->status());
    }
    if (!blocks->Valid()) return LogDamage(place, "the block is missing");
    place = blocks->key() + 1;
    const bool last = blocks->block().ends_commit();
    const absl::Status status = commit.Add(std::string(blocks->bytes()));
    if (!status.ok()) return LogDamage(blocks->key(), status.message());
    if (last) break;
  }
  blocks->Next();
  return commit;
}

absl::StatusOr<RecordedCommit> RecordedCommit::FromBytes(
    std::vector<std::string> bytes) {
  RecordedCommit commit;
  for (std::string& block : bytes) {
    ONRECORD_RETURN_IF_ERROR(commit.Add(std::move(block)));
  }
  if (commit.blocks_.empty() || !commit.blocks_.back().ends_commit()) {
    return absl::DataLossError("the commit is cut short");
  }
  return commit;
}

absl::Status RecordedCommit::Add(std::string bytes) {
  bytes_.push_back(std::move(bytes));
  Block block;
  ONRECORD_RETURN_IF_ERROR(block.Parse(bytes_.back()));
  if (blocks_.empty()) {
    if (!block.starts_commit()) {
      return absl::DataLossError("the commit starts elsewhere");
    }
  } else {
    const Block& last = blocks_.back();
    if (last.ends_commit() || block.commit() != last.commit() ||
        block.first_log_position() != last.last_log_position() + 1 ||
        block.index_in_commit() != last.index_in_commit() + last.events() ||
        block.commit_events() != last.commit_events() ||
        block.commit_id() != last.commit_id() ||
        block.recorded_time_us() != last.recorded_time_us()) {
      return absl::DataLossError("the block does not go on with its commit");
    }
  }
  blocks_.push_back(std::move(block));
  return absl::OkStatus();
}

AppendResult RecordedCommit::result() const {
  AppendResult result;
  result.commit = blocks_.front().commit();
  result.first_log_position = blocks_.front().first_log_position();
  result.last_log_position = blocks_.back().last_log_position();
  return result;
}

Sha256Hash RecordedCommit::LeafHash() const {
  std::vector<absl::string_view> parts;
  for (const Block& block : blocks_) parts.push_back(block.leaf_part());
  return onrecord::LeafHash(parts);
}

bool SameEvent(absl::string_view a, absl::string_view b) {
  if (a == b) return true;
  NewEvent first;
  NewEvent second;
  return first.ParseFromArray(a.data(), static_cast<int>(a.size())) &&
         second.ParseFromArray(b.data(), static_cast<int>(b.size())) &&
         Canonical(first) == Canonical(second);
}

absl::StatusOr<RecordedEvent> ReadEvent(const LogStore& store,
                                        uint64_t log_position) {
  BlockIterator blocks = store.NewIterator(/*fill_cache=*/true);
  blocks.Seek(log_position);
  if (!blocks.status().ok()) {
    return LogDamage(log_position, blocks.status().message());
  }
  if (!blocks.Valid()) {
    return absl::NotFoundError(
        absl::StrCat("no event at log position ", log_position));
  }
  const Block& block = blocks.block();
  if (log_position < block.first_log_position()) {
    return LogDamage(log_position, "the event is missing");
  }
  RecordedEvent event;
  const absl::Status status =
      block.FillEvent(log_position - block.first_log_position(), &event);
  if (!status.ok()) return LogDamage(log_position, status.message());
  return event;
}

}  // namespace onrecord
