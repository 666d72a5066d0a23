#include "storage/prepared_import.h"

#include "absl/strings/str_cat.h"
#include "storage/status_macros.h"
#include "storage/utf8.h"

namespace onrecord {
namespace {

absl::Status Invalid(const CommitRecord& record, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("commit ", record.commit(), ": ", why));
}

}  // namespace

absl::StatusOr<PreparedImport> PreparedImport::Make(
    const CommitRecord& record) {
  absl::StatusOr<RecordedCommit> commit = RecordedCommit::FromBytes(
      {record.blocks().begin(), record.blocks().end()});
  if (!commit.ok()) return Invalid(record, commit.status().message());
  if (commit->blocks().front().commit() != record.commit()) {
    return Invalid(record, "its blocks are another commit's");
  }
  RecordedEvent event;
  for (const Block& block : commit->blocks()) {
    uint64_t kinds = 0;
    for (size_t i = 0; i < block.events(); ++i) {
      const absl::Status status = block.FillEvent(i, &event);
      if (!status.ok()) return Invalid(record, status.message());
      kinds |= PeekEvent(block.event_bytes(i)).kinds;
    }
    if (kinds != block.kinds()) {
      return Invalid(record, "its kinds of events are wrong");
    }
    for (const Block::Run& run : block.runs()) {
      if (run.stream.find('\0') == absl::string_view::npos &&
          IsValidUtf8(run.stream)) {
        continue;
      }
      return Invalid(record, "a stream's name is malformed");
    }
  }
  PreparedImport prepared(*std::move(commit));
  prepared.bytes_ = record.ByteSizeLong();
  for (const TextRecord& text : record.texts()) {
    if (text.sha256().size() != kSha256Bytes) {
      return Invalid(record, "a text's hash is not 32 bytes");
    }
    const Sha256Hash hash = ToSha256Hash(text.sha256());
    if (text.erased()) {
      prepared.texts_[hash] = std::nullopt;
      continue;
    }
    if (Sha256({text.text()}) != hash) {
      return Invalid(record, "a text has another hash");
    }
    prepared.texts_[hash] = text.text();
  }
  return prepared;
}

}  // namespace onrecord
