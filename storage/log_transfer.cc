#include "storage/log_transfer.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <future>
#include <optional>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "storage/coding.h"
#include "storage/commit_source.h"
#include "storage/recorded_commit.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Calls `use` with each commit from `from_log_position` to the end as it is
// now, saying whether it is the last.
absl::Status ForEachCommit(
    EventLog* log, uint64_t from_log_position,
    absl::FunctionRef<absl::Status(const CommitRecord&, bool last)> use,
    const OnProgress& progress, TransferReport* report) {
  const uint64_t end = log->last_log_position();
  for (uint64_t next = from_log_position; next <= end;) {
    ONRECORD_ASSIGN_OR_RETURN(const CommitRecord record, log->ReadCommit(next));
    ONRECORD_ASSIGN_OR_RETURN(
        const RecordedCommit commit,
        RecordedCommit::FromBytes(
            {record.blocks().begin(), record.blocks().end()}));
    const uint64_t last = commit.result().last_log_position;
    ONRECORD_RETURN_IF_ERROR(use(record, last >= end));
    ++report->commits;
    report->events += last + 1 - next;
    next = last + 1;
    if (progress) progress(last, end);
  }
  return absl::OkStatus();
}

absl::Status AddEvents(CommitRecord* record) {
  ONRECORD_ASSIGN_OR_RETURN(
      const RecordedCommit commit,
      RecordedCommit::FromBytes(
          {record->blocks().begin(), record->blocks().end()}));
  for (const Block& block : commit.blocks()) {
    for (size_t i = 0; i < block.events(); ++i) {
      ONRECORD_RETURN_IF_ERROR(block.FillEvent(i, record->add_events()));
    }
  }
  return absl::OkStatus();
}

absl::Status WriteJson(CommitRecord record, std::ostream* out) {
  ONRECORD_RETURN_IF_ERROR(AddEvents(&record));
  std::string line;
  const auto status =
      google::protobuf::util::MessageToJsonString(record, &line);
  if (!status.ok()) {
    // A payload of a type that this program does not know has no JSON form;
    // the blocks hold it all the same.
    record.clear_events();
    line.clear();
    if (!google::protobuf::util::MessageToJsonString(record, &line).ok()) {
      return absl::InternalError("a commit has no JSON form");
    }
  }
  *out << line << '\n';
  return absl::OkStatus();
}

absl::Status WriteProtobuf(const CommitRecord& record, std::ostream* out) {
  std::string bytes;
  PutString(record.SerializeAsString(), &bytes);
  out->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return absl::OkStatus();
}

// Imports commits, many at a time.
class Importer {
 public:
  Importer(EventLog* log, TransferReport* report)
      : log_(log), report_(report) {}

  // Waits for what is under way: after it, nothing changes the log.
  ~Importer() {
    for (const UnderWay& each : under_way_) each.result.wait();
  }

  // Returns what an earlier import did, if that failed.
  absl::Status Add(const CommitRecord& record, bool sync) {
    const size_t bytes = record.ByteSizeLong();
    while (!under_way_.empty() && (under_way_.size() == kMaxUnderWay ||
                                   bytes_ + bytes > kMaxBytesUnderWay)) {
      ONRECORD_RETURN_IF_ERROR(AwaitFirst());
    }
    under_way_.push_back({log_->ImportCommitAsync(record, sync), bytes});
    bytes_ += bytes;
    return absl::OkStatus();
  }

  absl::Status Finish() {
    while (!under_way_.empty()) ONRECORD_RETURN_IF_ERROR(AwaitFirst());
    return absl::OkStatus();
  }

 private:
  static constexpr size_t kMaxUnderWay = 1024;
  static constexpr size_t kMaxBytesUnderWay = 16 << 20;

  struct UnderWay {
    std::future<absl::StatusOr<AppendResult>> result;
    size_t bytes;
  };

  absl::Status AwaitFirst() {
    UnderWay first = std::move(under_way_.front());
    under_way_.pop_front();
    bytes_ -= first.bytes;
    ONRECORD_ASSIGN_OR_RETURN(const AppendResult result, first.result.get());
    if (result.already_recorded) {
      ++report_->already_recorded;
      return absl::OkStatus();
    }
    ++report_->commits;
    report_->events += result.last_log_position + 1 - result.first_log_position;
    return absl::OkStatus();
  }

  EventLog* const log_;
  TransferReport* const report_;
  std::deque<UnderWay> under_way_;
  size_t bytes_ = 0;
};

}  // namespace

absl::StatusOr<TransferReport> ExportLog(EventLog* log,
                                         uint64_t from_log_position,
                                         TransferFormat format,
                                         std::ostream* out,
                                         const OnProgress& progress) {
  TransferReport report;
  ONRECORD_RETURN_IF_ERROR(ForEachCommit(
      log, from_log_position,
      [&](const CommitRecord& record, bool /*last*/) {
        return format == TransferFormat::kProtobuf ? WriteProtobuf(record, out)
                                                   : WriteJson(record, out);
      },
      progress, &report));
  if (!out->flush()) return absl::InternalError("writing the export failed");
  return report;
}

absl::StatusOr<ExportEnd> FindExportEnd(std::istream* in, TransferFormat format,
                                        EventLog* log) {
  CommitSource source(in, format);
  std::optional<CommitRecord> last;
  ExportEnd end;
  while (true) {
    absl::StatusOr<std::optional<CommitRecord>> next = source.Next();
    const bool whole = source.whole_bytes() > end.bytes;
    if (!next.ok() || !next->has_value() || !whole) break;
    last = **std::move(next);
    end.bytes = source.whole_bytes();
  }
  if (!last.has_value()) return end;
  ONRECORD_ASSIGN_OR_RETURN(const RecordedCommit commit,
                            RecordedCommit::FromBytes({last->blocks().begin(),
                                                       last->blocks().end()}));
  const absl::StatusOr<CommitRecord> recorded =
      log->ReadCommit(commit.result().first_log_position);
  if (!recorded.ok() && !absl::IsOutOfRange(recorded.status())) {
    return recorded.status();
  }
  if (!recorded.ok() ||
      !std::equal(recorded->blocks().begin(), recorded->blocks().end(),
                  last->blocks().begin(), last->blocks().end())) {
    return absl::FailedPreconditionError(
        "the export is of another log: its last commit is not in this one");
  }
  end.next_log_position = commit.result().last_log_position + 1;
  return end;
}

absl::StatusOr<TransferReport> ImportLog(std::istream* in,
                                         TransferFormat format, EventLog* log,
                                         const OnProgress& progress) {
  TransferReport report;
  Importer importer(log, &report);
  CommitSource source(in, format);
  ONRECORD_ASSIGN_OR_RETURN(std::optional<CommitRecord> record, source.Next());
  while (record.has_value()) {
    ONRECORD_ASSIGN_OR_RETURN(std::optional<CommitRecord> next, source.Next());
    // A sync covers all that came before it.
    ONRECORD_RETURN_IF_ERROR(importer.Add(*record, /*sync=*/!next.has_value()));
    record = std::move(next);
    if (progress) progress(source.whole_bytes(), 0);
  }
  ONRECORD_RETURN_IF_ERROR(importer.Finish());
  return report;
}

absl::StatusOr<TransferReport> CopyLog(EventLog* from, EventLog* to,
                                       const OnProgress& progress) {
  TransferReport report;
  TransferReport read;
  uint64_t start = 1;
  if (to->last_log_position() > 0) {
    // The commit that both end with must be the same one.
    ONRECORD_ASSIGN_OR_RETURN(const Head head, to->GetHead());
    ONRECORD_ASSIGN_OR_RETURN(
        const ConsistencyProof proof,
        from->ProveConsistency(head.commits, head.commits));
    if (proof.old_head().root() != head.root) {
      return absl::FailedPreconditionError(
          "the copy is not the beginning of the log");
    }
    start = to->last_log_position() + 1;
    report.already_recorded = head.commits;
  }
  Importer importer(to, &report);
  ONRECORD_RETURN_IF_ERROR(ForEachCommit(
      from, start,
      [&importer](const CommitRecord& record, bool last) {
        return importer.Add(record, last);
      },
      progress, &read));
  ONRECORD_RETURN_IF_ERROR(importer.Finish());
  return report;
}

}  // namespace onrecord
