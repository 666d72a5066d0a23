#include "storage/postgres_event_log.h"

#include <algorithm>
#include <functional>
#include <future>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/block.h"
#include "storage/block_readers.h"
#include "storage/block_source.h"
#include "storage/hash.h"
#include "storage/hash_tree.h"
#include "storage/log_proofs.h"
#include "storage/log_verifier.h"
#include "storage/merkle_tree.h"
#include "storage/mutex.h"
#include "storage/pg_blocks.h"
#include "storage/pg_connection.h"
#include "storage/pg_follower.h"
#include "storage/pg_head.h"
#include "storage/pg_lookup.h"
#include "storage/pg_params.h"
#include "storage/pg_reads.h"
#include "storage/pg_schema.h"
#include "storage/pg_servers.h"
#include "storage/pg_writer.h"
#include "storage/prepared_append.h"
#include "storage/prepared_import.h"
#include "storage/recorded_commit.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// How long a look at the end of the log may take before what was seen last is
// the answer.
constexpr absl::Duration kLook = absl::Seconds(2);

absl::StatusOr<std::string> TextOf(const PgResult& row,
                                   absl::string_view sha256) {
  const std::string name = absl::StrCat("text ", ToHex(sha256));
  if (row.rows() == 0) return absl::NotFoundError(absl::StrCat("no ", name));
  if (row.IsNull(0, 0)) {
    return absl::NotFoundError(absl::StrCat(name, " was erased"));
  }
  std::string text(row.Bytes(0, 0));
  if (AsView(Sha256({text})) != sha256) {
    return absl::DataLossError(absl::StrCat(name, " is damaged"));
  }
  return text;
}

PgQuery TextQuery(absl::string_view sha256) {
  PgQuery query{"SELECT body FROM texts WHERE hash = $1", {}};
  query.params.Bytes(sha256);
  return query;
}

// What the other tables say of the blocks.
class IndexOfPgLog : public VerifiedIndex {
 public:
  IndexOfPgLog(PgReads* reads, const PgHead& head)
      : reads_(reads), head_(head) {}

  absl::StatusOr<std::optional<uint64_t>> FindRun(
      absl::string_view stream, uint64_t first_revision) override {
    PgQuery query{
        "SELECT block FROM stream_blocks WHERE stream = $1"
        " AND last_revision >= $2 ORDER BY last_revision LIMIT 1",
        {}};
    query.params.Bytes(stream).Int64(first_revision);
    return Number(query);
  }
  absl::StatusOr<std::optional<uint64_t>> FindKinds(uint64_t key) override {
    PgQuery query{"SELECT kinds FROM blocks WHERE last_log_position = $1", {}};
    query.params.Int64(key);
    return Number(query);
  }
  absl::StatusOr<std::vector<std::optional<uint64_t>>> FindEvents(
      absl::Span<const absl::string_view> event_ids) override {
    PgLookup lookup;
    for (const absl::string_view id : event_ids) lookup.WantEvent(id);
    ONRECORD_ASSIGN_OR_RETURN(
        const std::vector<PgResult> results,
        reads_->Run(lookup.Queries(), head_.end.last_log_position));
    lookup.Receive(results.data());
    std::vector<std::optional<uint64_t>> found;
    for (const absl::string_view id : event_ids) {
      ONRECORD_ASSIGN_OR_RETURN(found.emplace_back(), lookup.FindEvent(id));
    }
    return found;
  }
  absl::StatusOr<std::optional<uint64_t>> FindCommit(
      absl::string_view commit_id) override {
    PgQuery query{"SELECT first_block FROM commits WHERE id = $1", {}};
    query.params.Bytes(commit_id);
    return Number(query);
  }
  absl::StatusOr<std::optional<uint64_t>> FindText(
      const Sha256Hash& hash) override {
    PgQuery query{"SELECT number FROM texts WHERE hash = $1", {}};
    query.params.Bytes(AsView(hash));
    return Number(query);
  }
  absl::StatusOr<std::string> GetText(uint64_t /*number*/,
                                      const Sha256Hash& hash) override {
    ONRECORD_ASSIGN_OR_RETURN(
        const std::vector<PgResult> results,
        reads_->Run({TextQuery(AsView(hash))}, head_.end.last_log_position));
    return TextOf(results[0], AsView(hash));
  }
  absl::StatusOr<uint64_t> NextRevision(absl::string_view stream) override {
    PgQuery query{
        "SELECT last_revision + 1 FROM stream_blocks WHERE stream = $1"
        " ORDER BY last_revision DESC LIMIT 1",
        {}};
    query.params.Bytes(stream);
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> next,
                              Number(query));
    return next.value_or(0);
  }
  absl::StatusOr<Sha256Hash> Root(uint64_t commits) override {
    if (commits != head_.end.commits) {
      return absl::DataLossError("the table `head` has another number");
    }
    Sha256Hash root;
    ONRECORD_RETURN_IF_ERROR(reads_->With(
        [&](PgConnection* connection, absl::Time deadline) -> absl::Status {
          ONRECORD_ASSIGN_OR_RETURN(const HashTree tree,
                                    PgTree(connection, commits, deadline));
          ONRECORD_ASSIGN_OR_RETURN(
              root, TreeRoot(commits, [&tree](int level, uint64_t index) {
                return tree.Node(level, index);
              }));
          return absl::OkStatus();
        }));
    if (root != head_.tree.Root()) {
      return absl::DataLossError("the table `head` has another root");
    }
    return root;
  }

 private:
  absl::StatusOr<std::optional<uint64_t>> Number(const PgQuery& query) {
    ONRECORD_ASSIGN_OR_RETURN(
        const std::vector<PgResult> results,
        reads_->Run({query}, head_.end.last_log_position));
    if (results[0].rows() == 0) return std::optional<uint64_t>();
    return std::optional(results[0].Int64(0, 0));
  }

  PgReads* const reads_;
  const PgHead head_;
};

class PostgresEventLog : public EventLog {
 public:
  PostgresEventLog(std::unique_ptr<PgServers> servers,
                   const PostgresLogOptions& options)
      : options_(options),
        servers_(std::move(servers)),
        heads_(options.read_only),
        reads_(servers_.get(), &heads_, options.read_timeout),
        follower_(servers_.get(), &heads_, PgChannel(options.schema),
                  options.poll_interval),
        writer_(servers_.get(), &heads_,
                {options.clock, options.schema, options.append_timeout,
                 options.max_waiting_bytes}) {}

  absl::Status Open();

  std::unique_ptr<EventReader> ReadLog(uint64_t log_position,
                                       const ReadOptions& options) override;
  std::unique_ptr<EventReader> ReadStream(absl::string_view stream,
                                          uint64_t revision,
                                          const ReadOptions& options) override;
  std::unique_ptr<EventReader> ReadKinds(absl::Span<const int> body_fields,
                                         uint64_t log_position,
                                         const ReadOptions& options) override;
  uint64_t last_log_position() const override;
  absl::Status Reached() const override;
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) override;
  absl::StatusOr<AppendResult> FindCommit(absl::string_view commit_id) override;
  absl::StatusOr<RecordedEvent> FindEvent(absl::string_view event_id) override;
  absl::StatusOr<std::string> GetText(absl::string_view sha256) override;
  absl::StatusOr<Head> GetHead() override;
  bool WaitForEvents(uint64_t log_position, absl::Duration timeout) override;
  absl::StatusOr<InclusionProof> ProveInclusion(uint64_t log_position,
                                                uint64_t commits) override;
  absl::StatusOr<ConsistencyProof> ProveConsistency(
      uint64_t old_commits, uint64_t new_commits) override;
  absl::StatusOr<CommitRecord> ReadCommit(uint64_t log_position) override;
  std::future<absl::StatusOr<AppendResult>> ImportCommitAsync(
      const CommitRecord& commit, bool sync) override;
  absl::StatusOr<LogStats> Stats() override;
  absl::StatusOr<VerifyReport> DoVerify(
      absl::FunctionRef<void(const Damage&)> on_damage,
      const OnProgress& progress) override;

 protected:
  absl::StatusOr<AppendResult> DoAppend(
      absl::Span<const StreamAppendView> appends,
      const AppendOptions& options) override {
    return DoAppendAsync(appends, options).get();
  }
  std::future<absl::StatusOr<AppendResult>> DoAppendAsync(
      absl::Span<const StreamAppendView> appends,
      const AppendOptions& options) override;

 private:
  absl::Status CheckWritable() const {
    if (!options_.read_only) return absl::OkStatus();
    return absl::FailedPreconditionError("the log is open read-only");
  }

  absl::StatusOr<PgHead> ReadHead(absl::Duration timeout) const;

  // Runs one statement where the log reaches what was seen.
  absl::StatusOr<PgResult> Query(const PgQuery& query) const;

  // Gives `use` the size and the nodes of the tree over all commits.
  absl::Status WithTree(
      absl::FunctionRef<absl::Status(uint64_t size, NodeReader node)> use);

  // Constant after construction.
  const PostgresLogOptions options_;
  const std::unique_ptr<PgServers> servers_;

  mutable PgHeads heads_;
  mutable PgReads reads_;
  PgFollower follower_;
  PgWriter writer_;

  // What the last look at the end of the log came to.
  mutable Mutex look_mu_;
  mutable absl::Status reached_ ABSL_GUARDED_BY(look_mu_);

  // Commits are often read one after the other: where the last one ended.
  Mutex mu_;
  std::unique_ptr<BlockSource> commits_ ABSL_GUARDED_BY(mu_);
};

absl::Status PostgresEventLog::Open() {
  const absl::StatusOr<PgHead> head = ReadHead(options_.connect_timeout);
  if (absl::IsNotFound(head.status())) {
    return absl::NotFoundError(
        absl::StrCat("the database holds no log in schema \"", options_.schema,
                     "\"; `onrecord log init` makes one"));
  }
  ONRECORD_RETURN_IF_ERROR(head.status());
  if (options_.read_only) return absl::OkStatus();
  // Appending is refused now rather than later; reading takes no primary.
  const absl::Status writer =
      servers_->ConnectWriter(absl::Now() + options_.connect_timeout).status();
  return absl::IsUnavailable(writer) ? absl::OkStatus() : writer;
}

absl::StatusOr<PgHead> PostgresEventLog::ReadHead(
    absl::Duration timeout) const {
  PgHead head;
  ONRECORD_RETURN_IF_ERROR(reads_.With(
      [&](PgConnection* connection, absl::Time deadline) -> absl::Status {
        ONRECORD_ASSIGN_OR_RETURN(head, heads_.Read(connection, deadline));
        return absl::OkStatus();
      },
      timeout));
  return head;
}

absl::StatusOr<PgResult> PostgresEventLog::Query(const PgQuery& query) const {
  ONRECORD_ASSIGN_OR_RETURN(std::vector<PgResult> results,
                            reads_.Run({query}, heads_.last_log_position()));
  return std::move(results[0]);
}

std::future<absl::StatusOr<AppendResult>> PostgresEventLog::DoAppendAsync(
    absl::Span<const StreamAppendView> appends, const AppendOptions& options) {
  const absl::Status writable = CheckWritable();
  absl::StatusOr<PreparedAppend> prepared =
      writable.ok()
          ? PreparedAppend::Make(appends, options, options_.max_commit_bytes)
          : writable;
  if (!prepared.ok()) return ReadyAppend(prepared.status());
  return writer_.Append(*std::move(prepared));
}

std::future<absl::StatusOr<AppendResult>> PostgresEventLog::ImportCommitAsync(
    const CommitRecord& commit, bool sync) {
  const absl::Status writable = CheckWritable();
  absl::StatusOr<PreparedImport> prepared =
      writable.ok() ? PreparedImport::Make(commit) : writable;
  if (!prepared.ok()) return ReadyAppend(prepared.status());
  return writer_.Import(*std::move(prepared), sync);
}

uint64_t PostgresEventLog::last_log_position() const {
  const absl::Status reached = ReadHead(kLook).status();
  MutexLock lock(&look_mu_);
  reached_ = reached;
  return heads_.last_log_position();
}

absl::Status PostgresEventLog::Reached() const {
  MutexLock lock(&look_mu_);
  return reached_;
}

std::unique_ptr<EventReader> PostgresEventLog::ReadLog(
    uint64_t log_position, const ReadOptions& options) {
  const uint64_t bound = std::min(options.known_at, last_log_position());
  if (options.direction == Direction::kBackwards) {
    log_position = std::min(log_position, bound);
  }
  if (log_position > bound || bound == 0) {
    return NewEmptyReader(absl::OkStatus());
  }
  return NewLogReader(
      NewPgLogBlocks(&reads_, log_position, bound, options.direction),
      log_position, bound, options.direction);
}

std::unique_ptr<EventReader> PostgresEventLog::ReadStream(
    absl::string_view stream, uint64_t revision, const ReadOptions& options) {
  const uint64_t bound = std::min(options.known_at, last_log_position());
  const absl::StatusOr<uint64_t> last = StreamRevision(stream);
  if (absl::IsNotFound(last.status())) {
    return NewEmptyReader(absl::OkStatus());
  }
  if (!last.ok()) return NewEmptyReader(last.status());
  if (options.direction == Direction::kBackwards) {
    revision = std::min(revision, *last);
  }
  if (revision > *last) return NewEmptyReader(absl::OkStatus());
  return NewStreamReader(
      NewPgStreamBlocks(&reads_, stream, revision, bound, options.direction),
      stream, revision, *last + 1, bound, options.direction);
}

std::unique_ptr<EventReader> PostgresEventLog::ReadKinds(
    absl::Span<const int> body_fields, uint64_t log_position,
    const ReadOptions& options) {
  if (options.direction != Direction::kForwards) {
    return NewEmptyReader(absl::InvalidArgumentError(
        "`direction`: kinds of events are only read forwards"));
  }
  const uint64_t kinds = KindsOf(body_fields);
  const uint64_t bound = std::min(options.known_at, last_log_position());
  return NewKindReader(NewPgKindBlocks(&reads_, kinds, log_position, bound),
                       kinds, log_position, bound);
}

absl::StatusOr<uint64_t> PostgresEventLog::StreamRevision(
    absl::string_view stream) {
  PgQuery query{
      "SELECT last_revision FROM stream_blocks WHERE stream = $1"
      " ORDER BY last_revision DESC LIMIT 1",
      {}};
  query.params.Bytes(stream);
  ONRECORD_ASSIGN_OR_RETURN(const PgResult row, Query(query));
  if (row.rows() == 0) {
    return absl::NotFoundError(absl::StrCat("no stream ", stream));
  }
  return row.Int64(0, 0);
}

absl::StatusOr<AppendResult> PostgresEventLog::FindCommit(
    absl::string_view commit_id) {
  PgQuery query{
      "SELECT number, first_log_position, last_log_position FROM commits"
      " WHERE id = $1",
      {}};
  query.params.Bytes(commit_id);
  ONRECORD_ASSIGN_OR_RETURN(const PgResult row, Query(query));
  if (row.rows() == 0) {
    return absl::NotFoundError(absl::StrCat("no commit ", commit_id));
  }
  AppendResult result;
  result.commit = row.Int64(0, 0);
  result.first_log_position = row.Int64(0, 1);
  result.last_log_position = row.Int64(0, 2);
  result.already_recorded = true;
  return result;
}

absl::StatusOr<RecordedEvent> PostgresEventLog::FindEvent(
    absl::string_view event_id) {
  const absl::Status not_found =
      absl::NotFoundError(absl::StrCat("no event ", event_id));
  uint64_t log_position = 0;
  const std::optional<GivenId> given = ParseGivenEventId(event_id);
  if (!given.has_value()) {
    PgQuery query{"SELECT log_position FROM event_ids WHERE id = $1", {}};
    query.params.Bytes(event_id);
    ONRECORD_ASSIGN_OR_RETURN(const PgResult row, Query(query));
    if (row.rows() == 0) return not_found;
    log_position = row.Int64(0, 0);
  } else {
    log_position = given->number;
    if (!given->commit_id.empty()) {
      const auto commit = FindCommit(given->commit_id);
      if (absl::IsNotFound(commit.status())) return not_found;
      if (!commit.ok()) return commit.status();
      log_position += commit->first_log_position;
    }
  }
  if (log_position == 0) return not_found;
  const std::unique_ptr<EventReader> reader =
      ReadLog(log_position, {Direction::kForwards, log_position});
  if (!reader->Valid()) {
    return reader->status().ok() ? not_found : reader->status();
  }
  const RecordedEvent& event = reader->event();
  ONRECORD_RETURN_IF_ERROR(reader->status());
  if (event.event().id() != event_id) return not_found;
  return event;
}

absl::StatusOr<std::string> PostgresEventLog::GetText(
    absl::string_view sha256) {
  if (sha256.size() != kSha256Bytes) {
    return absl::InvalidArgumentError("`sha256` is not 32 bytes");
  }
  ONRECORD_ASSIGN_OR_RETURN(const PgResult row, Query(TextQuery(sha256)));
  return TextOf(row, sha256);
}

absl::StatusOr<Head> PostgresEventLog::GetHead() {
  ONRECORD_ASSIGN_OR_RETURN(const PgHead head, ReadHead(options_.read_timeout));
  return Head{head.end.commits, std::string(AsView(head.tree.Root()))};
}

bool PostgresEventLog::WaitForEvents(uint64_t log_position,
                                     absl::Duration timeout) {
  if (heads_.last_log_position() > log_position) return true;
  follower_.Start();
  return heads_.WaitForEvents(log_position, timeout);
}

absl::Status PostgresEventLog::WithTree(
    absl::FunctionRef<absl::Status(uint64_t size, NodeReader node)> use) {
  return reads_.With([&](PgConnection* connection,
                         absl::Time deadline) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const PgHead head,
                              heads_.Read(connection, deadline));
    ONRECORD_ASSIGN_OR_RETURN(const HashTree tree,
                              PgTree(connection, head.end.commits, deadline));
    return use(head.end.commits, [&tree](int level, uint64_t index) {
      return tree.Node(level, index);
    });
  });
}

absl::StatusOr<InclusionProof> PostgresEventLog::ProveInclusion(
    uint64_t log_position, uint64_t commits) {
  const uint64_t last = last_log_position();
  if (log_position == 0 || log_position > last) {
    return absl::OutOfRangeError(
        absl::StrCat("no event at log position ", log_position));
  }
  const auto blocks =
      NewPgLogBlocks(&reads_, log_position, last, Direction::kForwards);
  if (!blocks->status().ok()) return LogDamage(log_position, blocks->status());
  if (!blocks->Valid()) return LogDamage(log_position, "the event is missing");
  ONRECORD_ASSIGN_OR_RETURN(
      const CommitRecord commit,
      ReadCommit(blocks->block().commit_first_log_position()));
  InclusionProof proof;
  ONRECORD_RETURN_IF_ERROR(WithTree([&](uint64_t size,
                                        NodeReader node) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(
        proof, MakeInclusionProof(log_position, commit, commits, size, node));
    return absl::OkStatus();
  }));
  return proof;
}

absl::StatusOr<ConsistencyProof> PostgresEventLog::ProveConsistency(
    uint64_t old_commits, uint64_t new_commits) {
  ConsistencyProof proof;
  ONRECORD_RETURN_IF_ERROR(
      WithTree([&](uint64_t size, NodeReader node) -> absl::Status {
        ONRECORD_ASSIGN_OR_RETURN(
            proof, MakeConsistencyProof(old_commits, new_commits, size, node));
        return absl::OkStatus();
      }));
  return proof;
}

absl::StatusOr<CommitRecord> PostgresEventLog::ReadCommit(
    uint64_t log_position) {
  MutexLock lock(&mu_);
  if (commits_ == nullptr || !commits_->Valid() || !commits_->status().ok() ||
      commits_->block().first_log_position() != log_position) {
    commits_ = NewPgLogBlocks(&reads_, log_position, last_log_position(),
                              Direction::kForwards);
  }
  if (!commits_->status().ok()) {
    return LogDamage(log_position, commits_->status());
  }
  if (log_position == 0 || !commits_->Valid() ||
      commits_->block().first_log_position() != log_position ||
      !commits_->block().starts_commit()) {
    return absl::OutOfRangeError(
        absl::StrCat("no commit starts at log position ", log_position));
  }
  ONRECORD_ASSIGN_OR_RETURN(const RecordedCommit commit,
                            RecordedCommit::ReadNext(commits_.get()));
  return MakeCommitRecord(
      commit, [this](absl::string_view hash) { return GetText(hash); });
}

absl::StatusOr<LogStats> PostgresEventLog::Stats() {
  ONRECORD_ASSIGN_OR_RETURN(const PgHead head, ReadHead(options_.read_timeout));
  ONRECORD_ASSIGN_OR_RETURN(
      const PgResult row,
      Query({"SELECT (SELECT coalesce(sum(octet_length(body)), 0)::bigint"
             " FROM texts), (SELECT sum(pg_total_relation_size(c.oid))::bigint"
             " FROM pg_class c WHERE c.relkind = 'r'"
             " AND c.relnamespace = current_schema()::regnamespace)",
             {}}));
  LogStats stats;
  stats.commits = head.end.commits;
  stats.events = head.end.last_log_position;
  stats.streams = head.streams;
  stats.texts = head.end.texts;
  stats.text_bytes = row.Int64(0, 0);
  stats.bytes_on_disk = row.Int64(0, 1);
  stats.last_recorded = absl::FromUnixMicros(head.end.recorded_time_us);
  return stats;
}

absl::StatusOr<VerifyReport> PostgresEventLog::DoVerify(
    absl::FunctionRef<void(const Damage&)> on_damage,
    const OnProgress& progress) {
  ONRECORD_ASSIGN_OR_RETURN(const PgHead head, ReadHead(options_.read_timeout));
  const uint64_t last = head.end.last_log_position;
  IndexOfPgLog index(&reads_, head);
  const auto blocks = NewPgLogBlocks(&reads_, 1, last, Direction::kForwards);
  return LogVerifier(&index, on_damage, progress).Run(blocks.get(), last);
}

absl::StatusOr<std::unique_ptr<PgServers>> ServersOf(
    absl::string_view url, const PostgresLogOptions& options) {
  ONRECORD_RETURN_IF_ERROR(CheckSchemaName(options.schema));
  PgServerOptions server_options;
  server_options.schema = options.schema;
  server_options.connect_timeout = options.connect_timeout;
  server_options.accept_data_loss = options.accept_data_loss;
  return PgServers::Parse(url, server_options);
}

}  // namespace

absl::Status InitPostgresEventLog(absl::string_view url,
                                  const PostgresLogOptions& options) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<PgServers> servers,
                            ServersOf(url, options));
  const absl::Time deadline = absl::Now() + options.append_timeout;
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<PgConnection> connection,
                            servers->ConnectWriter(deadline));
  return MakePgSchema(connection.get(), options.schema, deadline);
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenPostgresEventLog(
    absl::string_view url, const PostgresLogOptions& options) {
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<PgServers> servers,
                            ServersOf(url, options));
  auto log = std::make_unique<PostgresEventLog>(std::move(servers), options);
  ONRECORD_RETURN_IF_ERROR(log->Open());
  return log;
}

}  // namespace onrecord
