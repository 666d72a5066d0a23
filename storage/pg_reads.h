// Reading from PostgreSQL: a few connections that all reads share, tried again
// where that may help.

#ifndef ONRECORD_STORAGE_PG_READS_H_
#define ONRECORD_STORAGE_PG_READS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/mutex.h"
#include "storage/pg_connection.h"
#include "storage/pg_head.h"
#include "storage/pg_params.h"
#include "storage/pg_servers.h"

namespace onrecord {

// Thread-safe.
class PgReads {
 public:
  // Both must outlive it. What is not read by `timeout` fails with UNAVAILABLE.
  PgReads(PgServers* servers, PgHeads* heads, absl::Duration timeout)
      : servers_(servers), heads_(heads), timeout_(timeout) {}

  // Calls `read` with a connection to a server whose log is, or goes on from,
  // the one that was seen; again, maybe with another server, while it returns
  // UNAVAILABLE and time is left.
  absl::Status With(
      absl::FunctionRef<absl::Status(PgConnection*, absl::Time deadline)> read)
      ABSL_LOCKS_EXCLUDED(mu_) {
    return With(read, timeout_);
  }
  absl::Status With(
      absl::FunctionRef<absl::Status(PgConnection*, absl::Time deadline)> read,
      absl::Duration timeout) ABSL_LOCKS_EXCLUDED(mu_);

  // Runs statements on a server whose log reaches at least `log_position`: a
  // standby may lag behind.
  absl::StatusOr<std::vector<PgResult>> Run(absl::Span<const PgQuery> queries,
                                            uint64_t log_position);

 private:
  absl::StatusOr<std::unique_ptr<PgConnection>> Acquire(absl::Time deadline);
  void Release(std::unique_ptr<PgConnection> connection);

  PgServers* const servers_;
  PgHeads* const heads_;
  const absl::Duration timeout_;

  Mutex mu_;
  std::vector<std::unique_ptr<PgConnection>> idle_ ABSL_GUARDED_BY(mu_);

  // What the last read that ran out of time returned.
  absl::Status away_ ABSL_GUARDED_BY(mu_);
  absl::Time no_try_before_ ABSL_GUARDED_BY(mu_) = absl::InfinitePast();
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_READS_H_
