// Where appends of all threads line up to be written to PostgreSQL together.

#ifndef ONRECORD_STORAGE_PG_WRITER_H_
#define ONRECORD_STORAGE_PG_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/append_group.h"
#include "storage/clock.h"
#include "storage/event_log.h"
#include "storage/mutex.h"
#include "storage/pg_commit.h"
#include "storage/pg_connection.h"
#include "storage/pg_head.h"
#include "storage/pg_lookup.h"
#include "storage/pg_servers.h"
#include "storage/prepared_append.h"
#include "storage/prepared_import.h"

namespace onrecord {

struct PgWriterOptions {
  // Must outlive the writer.
  Clock* clock;

  std::string schema;

  // An append that is not acknowledged by then fails with UNAVAILABLE.
  absl::Duration append_timeout;

  // Of appends that wait; beyond, callers wait too.
  size_t max_waiting_bytes;
};

// One thread takes what has lined up, and writes it as one transaction: a round
// trip that locks the head and looks up what the decisions need, and one that
// writes and commits. Others wait for the lock until the commit is durable: so
// there is one order, without gaps.
//
// When the connection is lost, or the time allowed for a commit runs out, its
// outcome is unknown. Nothing is appended after it before that is resolved: the
// next lock of the head, on whatever server is the primary then, shows whether
// the commit is in the log.
//
// Thread-safe. Destroying it finishes what was queued, or lets it time out.
class PgWriter {
 public:
  // `servers` and `heads` must outlive it.
  PgWriter(PgServers* servers, PgHeads* heads, const PgWriterOptions& options);
  ~PgWriter();

  std::future<absl::StatusOr<AppendResult>> Append(PreparedAppend append);
  std::future<absl::StatusOr<AppendResult>> Import(PreparedImport import,
                                                   bool sync);

 private:
  struct Request {
    std::variant<PreparedAppend, PreparedImport> work;
    bool sync;
    size_t bytes;
    absl::Time deadline;
    absl::StatusOr<AppendResult> result = absl::InternalError("not written");
    std::promise<absl::StatusOr<AppendResult>> promise;

    Request(std::variant<PreparedAppend, PreparedImport> new_work,
            bool new_sync, size_t new_bytes)
        : work(std::move(new_work)), sync(new_sync), bytes(new_bytes) {}
  };
  using Group = std::vector<std::unique_ptr<Request>>;

  // A transaction that was sent whole, and not answered.
  struct InDoubt {
    uint64_t token = 0;
    uint64_t first_commit = 0;
  };

  std::future<absl::StatusOr<AppendResult>> Enqueue(
      std::unique_ptr<Request> request);
  void Run();
  Group TakeGroup() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void Write(Group group);
  void Answer(Group* group);
  void DropOverdue(Group* group, const absl::Status& last_error);
  absl::Status Attempt(Group* group, absl::Time deadline);
  absl::Status Transact(Group* group, absl::Time deadline);
  absl::StatusOr<PgHead> Lock(const Group& group, PgLookup* lookup,
                              bool* settled, absl::Time deadline);
  absl::Status Settle(const PgHead& head, absl::Time deadline);
  bool Decide(Group* group);
  absl::Status Commit(const PgHead& head, bool sync, absl::Time deadline);
  void PurgeErased(absl::Time deadline);
  std::vector<PgQuery> CommitQueries() const;

  PgServers* const servers_;
  PgHeads* const heads_;
  const PgWriterOptions options_;

  // Only the writer's thread uses these.
  std::unique_ptr<PgConnection> connection_;
  std::optional<AppendGroup> group_;
  std::optional<InDoubt> in_doubt_;
  uint64_t durable_log_position_ = 0;
  std::mt19937_64 random_{std::random_device{}()};

  Mutex mu_;
  std::deque<std::unique_ptr<Request>> queue_ ABSL_GUARDED_BY(mu_);
  size_t waiting_bytes_ ABSL_GUARDED_BY(mu_) = 0;  // with those being written
  bool closing_ ABSL_GUARDED_BY(mu_) = false;
  CondVar wanted_;
  CondVar room_;

  std::thread thread_;  // the last member: it uses the others
};

// The channel that a log's appends are notified on.
std::string PgChannel(absl::string_view schema);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_WRITER_H_
