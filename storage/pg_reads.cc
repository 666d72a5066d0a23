#include "storage/pg_reads.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr size_t kMaxIdle = 4;

// How long reads fail at once after one ran out of time.
constexpr absl::Duration kNoTry = absl::Seconds(1);

constexpr absl::Duration kFirstPause = absl::Milliseconds(10);
constexpr absl::Duration kLongestPause = absl::Milliseconds(500);

}  // namespace

absl::StatusOr<std::unique_ptr<PgConnection>> PgReads::Acquire(
    absl::Time deadline) {
  {
    MutexLock lock(&mu_);
    if (!idle_.empty()) {
      std::unique_ptr<PgConnection> connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<PgConnection> connection,
                            servers_->ConnectReader(deadline));
  const absl::StatusOr<PgHead> head = heads_->Read(connection.get(), deadline);
  if (absl::IsUnavailable(head.status())) servers_->Avoid(*connection);
  if (!head.ok()) return head.status();
  return connection;
}

void PgReads::Release(std::unique_ptr<PgConnection> connection) {
  if (connection->broken()) return;
  MutexLock lock(&mu_);
  if (idle_.size() < kMaxIdle) idle_.push_back(std::move(connection));
}

absl::Status PgReads::With(
    absl::FunctionRef<absl::Status(PgConnection*, absl::Time deadline)> read,
    absl::Duration timeout) {
  // Time here bounds waits; it is in no result, so it need not be a Clock's.
  const absl::Time deadline = absl::Now() + timeout;
  {
    MutexLock lock(&mu_);
    if (absl::Now() < no_try_before_) return away_;
  }
  absl::Status last;
  for (absl::Duration pause = kFirstPause;;
       pause = std::min(2 * pause, kLongestPause)) {
    absl::StatusOr<std::unique_ptr<PgConnection>> connection =
        Acquire(deadline);
    absl::Status status = connection.status();
    if (status.ok()) {
      status = read(connection->get(), deadline);
      if (absl::IsUnavailable(status)) servers_->Avoid(**connection);
      Release(*std::move(connection));
    }
    if (!absl::IsUnavailable(status)) return status;
    // An attempt that time cut short says less than the one before.
    if (last.ok() || absl::Now() < deadline) last = std::move(status);
    if (absl::Now() + pause >= deadline) {
      MutexLock lock(&mu_);
      away_ = absl::UnavailableError(absl::StrCat("not read within ",
                                                  absl::FormatDuration(timeout),
                                                  ": ", last.message()));
      no_try_before_ = absl::Now() + kNoTry;
      return away_;
    }
    absl::SleepFor(pause);
  }
}

absl::StatusOr<std::vector<PgResult>> PgReads::Run(
    absl::Span<const PgQuery> queries, uint64_t log_position) {
  std::vector<PgQuery> all = {{"SELECT last_log_position FROM head", {}}};
  all.insert(all.end(), queries.begin(), queries.end());
  std::vector<PgResult> results;
  ONRECORD_RETURN_IF_ERROR(
      With([&](PgConnection* connection, absl::Time deadline) -> absl::Status {
        ONRECORD_ASSIGN_OR_RETURN(results, connection->Run(all, deadline));
        const uint64_t last =
            results[0].rows() == 1 ? results[0].Int64(0, 0) : uint64_t{0};
        if (last >= log_position) return absl::OkStatus();
        return absl::UnavailableError(absl::StrCat(connection->server(),
                                                   " is at log position ", last,
                                                   ", behind ", log_position));
      }));
  results.erase(results.begin());
  return results;
}

}  // namespace onrecord
