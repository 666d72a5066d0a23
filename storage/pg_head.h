// Where the log on a PostgreSQL server ends, and whether that goes on from what
// was seen before.

#ifndef ONRECORD_STORAGE_PG_HEAD_H_
#define ONRECORD_STORAGE_PG_HEAD_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/hash_tree.h"
#include "storage/log_lookup.h"
#include "storage/merkle_frontier.h"
#include "storage/mutex.h"
#include "storage/pg_connection.h"
#include "storage/pg_params.h"
#include "storage/pg_schema.h"

namespace onrecord {

// The one row of the table `head`.
struct PgHead {
  LogEnd end;
  uint64_t streams = 0;
  MerkleFrontier tree;
};

// Has everything before it replicated, where that is asked for, by a commit
// that changes nothing but what `head` says of the server.
inline constexpr char kPgSettle[] =
    "UPDATE head SET up_since = " ONRECORD_PG_UP_SINCE;

// Reads and checks heads. Every head must be an extension of the last one seen:
// a primary that was cut off, and comes back with a log of its own, must not be
// believed. Nor is a head taken as seen that no standby may have: one of an
// un-synced commit, or what a primary that crashed, and is one no more, shows
// of commits that were not acknowledged. Thread-safe.
class PgHeads {
 public:
  // `read_only`: writes nothing to find out whether a head is replicated.
  explicit PgHeads(bool read_only) : read_only_(read_only) {}

  // Two statements, and what was seen when they were made.
  struct Request {
    std::vector<PgQuery> queries;
    std::optional<PgHead> seen;
  };

  // What Receive needs. `lock` takes the lock of the head, under which no other
  // process appends.
  Request Ask(bool lock) const ABSL_LOCKS_EXCLUDED(mu_);

  // The head from the results of `request`, which begin at `results`.
  //
  // Returns UNAVAILABLE if the server's log is behind what was seen, or not an
  // extension of it: another server must be asked. NOT_FOUND if there is no
  // log, UNIMPLEMENTED if it has a newer format.
  absl::StatusOr<PgHead> Receive(const Request& request,
                                 const PgResult* results,
                                 PgConnection* connection,
                                 absl::Time deadline) const;

  // Both in one; the last one seen if the server's is not replicated yet.
  absl::StatusOr<PgHead> Read(PgConnection* connection, absl::Time deadline)
      ABSL_LOCKS_EXCLUDED(mu_);

  // Takes `head` as seen: Receive gave it, or it was just committed.
  void Note(const PgHead& head) ABSL_LOCKS_EXCLUDED(mu_);

  // The last one seen; nothing if there was none.
  std::optional<PgHead> seen() const ABSL_LOCKS_EXCLUDED(mu_);
  uint64_t last_log_position() const { return last_log_position_; }

  // As EventLog::WaitForEvents, as others call Note.
  bool WaitForEvents(uint64_t log_position, absl::Duration timeout)
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  absl::Status CheckExtends(const PgHead& seen, const PgHead& head,
                            const PgResult& leaves, PgConnection* connection,
                            absl::Time deadline) const;

  absl::Status Settle(PgConnection* connection, absl::Time deadline)
      ABSL_LOCKS_EXCLUDED(mu_);
  bool MaySettle(bool none_seen) ABSL_LOCKS_EXCLUDED(mu_);

  const bool read_only_;

  mutable Mutex mu_;
  CondVar noted_;
  absl::Time next_settle_ ABSL_GUARDED_BY(mu_) = absl::InfinitePast();
  std::optional<PgHead> seen_ ABSL_GUARDED_BY(mu_);
  std::atomic<uint64_t> last_log_position_{0};
};

// The tree over the first `size` commits, whose hashes are read over
// `connection` as they are asked for.
absl::StatusOr<HashTree> PgTree(PgConnection* connection, uint64_t size,
                                absl::Time deadline);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_HEAD_H_
