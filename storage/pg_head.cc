#include "storage/pg_head.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/merkle_tree.h"
#include "storage/pg_schema.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Commits whose leaves are read to check an extension; beyond, a consistency
// proof takes fewer reads.
constexpr uint64_t kMaxLeaves = 4096;

// How long replication may take before another server is asked, and how long
// until the next time that a head is to be replicated.
constexpr absl::Duration kSettleTime = absl::Seconds(1);
constexpr absl::Duration kSettleInterval = absl::Milliseconds(500);

// A server shows what it has acknowledged, and, once it has crashed, what it
// has written. Standbys show what is on another server too.
#define ONRECORD_PG_HEAD                                                  \
  "SELECT format::bigint, commits, last_log_position, recorded_time_us,"  \
  " streams, texts, tree, pg_is_in_recovery(),"                           \
  " pg_is_in_recovery() OR current_setting('synchronous_standby_names') " \
  "= '' OR coalesce(up_since = " ONRECORD_PG_UP_SINCE                     \
  ", false)"                                                              \
  " FROM head"

absl::StatusOr<PgHead> HeadOf(const PgResult& row) {
  if (row.rows() != 1) {
    return absl::DataLossError("the table `head` does not have one row");
  }
  const uint64_t format = row.Int64(0, 0);
  if (format != kPgFormat) return WrongPgFormat(format);
  PgHead head;
  head.end.commits = row.Int64(0, 1);
  head.end.last_log_position = row.Int64(0, 2);
  head.end.recorded_time_us = static_cast<int64_t>(row.Int64(0, 3));
  head.streams = row.Int64(0, 4);
  head.end.texts = row.Int64(0, 5);
  ONRECORD_ASSIGN_OR_RETURN(
      head.tree, MerkleFrontier::FromBytes(head.end.commits, row.Bytes(0, 6)));
  return head;
}

}  // namespace

PgHeads::Request PgHeads::Ask(bool lock) const {
  Request request;
  request.seen = seen();
  PgQuery leaves{
      "SELECT leaf FROM commits WHERE number >= $1 ORDER BY number LIMIT 4096",
      {}};
  // Nothing seen, nothing to compare with: beyond every commit.
  leaves.params.Int64(request.seen.has_value()
                          ? request.seen->end.commits
                          : std::numeric_limits<int64_t>::max());
  request.queries = {
      {lock ? ONRECORD_PG_HEAD " FOR UPDATE" : ONRECORD_PG_HEAD, {}},
      std::move(leaves)};
  return request;
}

absl::StatusOr<PgHead> PgHeads::Receive(const Request& request,
                                        const PgResult* results,
                                        PgConnection* connection,
                                        absl::Time deadline) const {
  ONRECORD_ASSIGN_OR_RETURN(const PgHead head, HeadOf(results[0]));
  const std::optional<PgHead>& seen = request.seen;
  if (!seen.has_value()) return head;
  if (head.end.commits < seen->end.commits) {
    const bool standby = results[0].Bool(0, 7);
    return absl::UnavailableError(absl::StrCat(
        connection->server(), " has ", head.end.commits, " commits, though ",
        seen->end.commits, " were seen: it is ",
        standby ? "a standby that lags behind" : "an old primary"));
  }
  ONRECORD_RETURN_IF_ERROR(
      CheckExtends(*seen, head, results[1], connection, deadline));
  return head;
}

absl::Status PgHeads::CheckExtends(const PgHead& seen, const PgHead& head,
                                   const PgResult& leaves,
                                   PgConnection* connection,
                                   absl::Time deadline) const {
  const absl::Status another = absl::UnavailableError(absl::StrCat(
      connection->server(), " has another log than the one that was seen with ",
      seen.end.commits,
      " commits: it is an old primary, or un-synced commits were lost"));
  const uint64_t added = head.end.commits - seen.end.commits;
  if (added <= kMaxLeaves) {
    // The second statement may see more commits than the first.
    if (static_cast<uint64_t>(leaves.rows()) < added) return another;
    MerkleFrontier tree = seen.tree;
    for (uint64_t i = 0; i < added; ++i) {
      const absl::string_view leaf = leaves.Bytes(static_cast<int>(i), 0);
      if (leaf.size() != kSha256Bytes) return another;
      tree.Add(ToSha256Hash(leaf));
    }
    return tree == head.tree ? absl::OkStatus() : another;
  }
  ONRECORD_ASSIGN_OR_RETURN(const HashTree tree,
                            PgTree(connection, head.end.commits, deadline));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Sha256Hash> path,
                            ConsistencyPath(seen.end.commits, head.end.commits,
                                            [&tree](int level, uint64_t index) {
                                              return tree.Node(level, index);
                                            }));
  return CheckConsistency(seen.end.commits, seen.tree.Root(), head.end.commits,
                          head.tree.Root(), path)
                 .ok()
             ? absl::OkStatus()
             : another;
}

absl::StatusOr<PgHead> PgHeads::Read(PgConnection* connection,
                                     absl::Time deadline) {
  const Request request = Ask(/*lock=*/false);
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PgResult> results,
                            connection->Run(request.queries, deadline));
  ONRECORD_ASSIGN_OR_RETURN(
      PgHead head, Receive(request, results.data(), connection, deadline));
  const std::optional<PgHead>& seen = request.seen;
  const bool replicated = results[0].Bool(0, 8);
  const bool news = !seen.has_value() || head.end.commits > seen->end.commits;
  if (news && !replicated) {
    if (MaySettle(/*none_seen=*/!seen.has_value())) {
      const absl::Status settled = Settle(connection, deadline);
      // A server that answers that this is not allowed is as good as before.
      if (!settled.ok() && connection->broken()) return settled;
      if (!settled.ok() && seen.has_value()) return *seen;
    } else if (seen.has_value()) {
      return *seen;
    }
  }
  Note(head);
  return head;
}

bool PgHeads::MaySettle(bool none_seen) {
  if (read_only_) return false;
  const absl::Time now = absl::Now();
  MutexLock lock(&mu_);
  if (!none_seen && now < next_settle_) return false;
  next_settle_ = now + kSettleTime + kSettleInterval;
  return true;
}

absl::Status PgHeads::Settle(PgConnection* connection, absl::Time deadline) {
  ONRECORD_RETURN_IF_ERROR(
      connection
          ->Run({{kPgSettle, {}}},
                std::min(deadline, absl::Now() + kSettleTime))
          .status());
  if (!connection->warned()) return absl::OkStatus();
  return absl::UnavailableError("the commit was not replicated");
}

void PgHeads::Note(const PgHead& head) {
  MutexLock lock(&mu_);
  if (seen_.has_value() && head.end.commits < seen_->end.commits) return;
  seen_ = head;
  last_log_position_ = head.end.last_log_position;
  noted_.SignalAll();
}

std::optional<PgHead> PgHeads::seen() const {
  MutexLock lock(&mu_);
  return seen_;
}

bool PgHeads::WaitForEvents(uint64_t log_position, absl::Duration timeout) {
  const absl::Time deadline = absl::Now() + timeout;
  MutexLock lock(&mu_);
  while (last_log_position_ <= log_position) {
    const absl::Duration left = deadline - absl::Now();
    if (left <= absl::ZeroDuration()) return false;
    noted_.WaitFor(&mu_, left);
  }
  return true;
}

absl::StatusOr<HashTree> PgTree(PgConnection* connection, uint64_t size,
                                absl::Time deadline) {
  HashTree tree([connection, deadline](int level, uint64_t index)
                    -> absl::StatusOr<std::optional<std::string>> {
    PgQuery query{
        level == 0
            ? "SELECT leaf FROM commits WHERE number >= $1 * 256"
              " AND number < ($1 + 1) * 256 ORDER BY number"
            : "SELECT hash FROM nodes WHERE level = $2 AND index >= $1 * 256"
              " AND index < ($1 + 1) * 256 ORDER BY index",
        {}};
    query.params.Int64(index);
    if (level > 0) query.params.Int64(level);
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<PgResult> results,
                              connection->Run({query}, deadline));
    std::string tile;
    for (int i = 0; i < results[0].rows(); ++i) {
      const absl::string_view hash = results[0].Bytes(i, 0);
      tile.append(hash.data(), hash.size());
    }
    if (tile.empty()) return std::optional<std::string>();
    return std::optional(std::move(tile));
  });
  ONRECORD_RETURN_IF_ERROR(tree.Load(size));
  return tree;
}

}  // namespace onrecord
