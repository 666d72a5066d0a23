#include "storage/pg_writer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Appends that are written together, at most.
constexpr size_t kMaxGroupAppends = 1024;
constexpr size_t kMaxGroupBytes = 4 << 20;

constexpr absl::Duration kFirstPause = absl::Milliseconds(20);
constexpr absl::Duration kLongestPause = absl::Milliseconds(500);

}  // namespace

std::string PgChannel(absl::string_view schema) {
  return absl::StrCat("onrecord_", schema);
}

PgWriter::PgWriter(PgServers* servers, PgHeads* heads,
                   const PgWriterOptions& options)
    : servers_(servers),
      heads_(heads),
      options_(options),
      thread_([this] { Run(); }) {}

PgWriter::~PgWriter() {
  {
    MutexLock lock(&mu_);
    closing_ = true;
    wanted_.SignalAll();
  }
  thread_.join();
}

std::future<absl::StatusOr<AppendResult>> PgWriter::Append(
    PreparedAppend append) {
  const bool sync = append.sync();
  const size_t bytes = append.bytes();
  return Enqueue(std::make_unique<Request>(std::move(append), sync, bytes));
}

std::future<absl::StatusOr<AppendResult>> PgWriter::Import(
    PreparedImport import, bool sync) {
  const size_t bytes = import.bytes();
  return Enqueue(std::make_unique<Request>(std::move(import), sync, bytes));
}

std::future<absl::StatusOr<AppendResult>> PgWriter::Enqueue(
    std::unique_ptr<Request> request) {
  // Time here bounds waits; it is in no result, so it need not be a Clock's.
  request->deadline = absl::Now() + options_.append_timeout;
  auto future = request->promise.get_future();
  MutexLock lock(&mu_);
  // A single append may be larger than all that may wait.
  while (waiting_bytes_ > 0 &&
         waiting_bytes_ + request->bytes > options_.max_waiting_bytes) {
    const absl::Duration left = request->deadline - absl::Now();
    if (left <= absl::ZeroDuration()) {
      return ReadyAppend(absl::UnavailableError(
          "too many appends wait for PostgreSQL; this one is not recorded"));
    }
    room_.WaitFor(&mu_, left);
  }
  waiting_bytes_ += request->bytes;
  queue_.push_back(std::move(request));
  wanted_.Signal();
  return future;
}

void PgWriter::Run() {
  while (true) {
    Group group;
    {
      MutexLock lock(&mu_);
      while (queue_.empty() && !closing_) wanted_.Wait(&mu_);
      if (queue_.empty()) return;
      group = TakeGroup();
    }
    Write(std::move(group));
  }
}

PgWriter::Group PgWriter::TakeGroup() {
  Group group;
  size_t bytes = 0;
  while (!queue_.empty() && group.size() < kMaxGroupAppends) {
    bytes += queue_.front()->bytes;
    if (!group.empty() && bytes > kMaxGroupBytes) break;
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

void PgWriter::Answer(Group* group) {
  size_t bytes = 0;
  for (std::unique_ptr<Request>& request : *group) {
    bytes += request->bytes;
    request->promise.set_value(std::move(request->result));
  }
  group->clear();
  MutexLock lock(&mu_);
  waiting_bytes_ -= bytes;
  room_.SignalAll();
}

void PgWriter::DropOverdue(Group* group, const absl::Status& last_error) {
  const absl::Time now = absl::Now();
  Group overdue;
  Group rest;
  for (std::unique_ptr<Request>& request : *group) {
    if (request->deadline > now) {
      rest.push_back(std::move(request));
      continue;
    }
    request->result = absl::UnavailableError(absl::StrCat(
        "not acknowledged within ",
        absl::FormatDuration(options_.append_timeout), ": ",
        last_error.ok() ? "other appends took the time" : last_error.message(),
        in_doubt_.has_value()
            ? "; it may be recorded all the same: append it again with the "
              "same commit id"
            : "; it is not recorded"));
    overdue.push_back(std::move(request));
  }
  *group = std::move(rest);
  Answer(&overdue);
}

void PgWriter::Write(Group group) {
  absl::Status status;
  absl::Duration pause = kFirstPause;
  while (true) {
    DropOverdue(&group, status);
    if (group.empty()) break;
    // Deadlines are in the order of the queue.
    const absl::Time deadline = group.front()->deadline;
    const absl::Status failure = Attempt(&group, deadline);
    if (failure.ok()) return Answer(&group);
    // It may be a primary no more, whose commits are never replicated.
    if (connection_ != nullptr) servers_->Avoid(*connection_);
    connection_ = nullptr;
    if (!absl::IsUnavailable(failure)) {
      for (std::unique_ptr<Request>& request : group) request->result = failure;
      return Answer(&group);
    }
    // An attempt that time cut short says less than the one before.
    if (status.ok() || absl::Now() < deadline) status = failure;
    const absl::Duration jitter =
        pause * std::uniform_real_distribution<>(0.5, 1)(random_);
    absl::SleepFor(std::min(jitter, deadline - absl::Now()));
    pause = std::min(2 * pause, kLongestPause);
  }
  // Nobody is left who asks what became of it.
  in_doubt_.reset();
}

absl::Status PgWriter::Attempt(Group* group, absl::Time deadline) {
  if (connection_ == nullptr) {
    ONRECORD_ASSIGN_OR_RETURN(connection_, servers_->ConnectWriter(deadline));
  }
  return Transact(group, deadline);
}

absl::Status PgWriter::Transact(Group* group, absl::Time deadline) {
  PgLookup lookup;
  bool settled = false;
  ONRECORD_ASSIGN_OR_RETURN(const PgHead head,
                            Lock(*group, &lookup, &settled, deadline));
  // The results of the attempt before stand.
  if (settled) return Settle(head, deadline);
  in_doubt_.reset();
  lookup.Use(connection_.get(), deadline);
  group_.emplace(&lookup);
  group_->Start(head.end, absl::ToUnixMicros(options_.clock->Now()));
  const bool sync = Decide(group);
  ONRECORD_RETURN_IF_ERROR(group_->broken());
  if (group_->commits().empty() && !sync) {
    return connection_->Run({{"ROLLBACK", {}}}, deadline).status();
  }
  ONRECORD_RETURN_IF_ERROR(Commit(head, sync, deadline));
  PurgeErased(deadline);
  return absl::OkStatus();
}

absl::StatusOr<PgHead> PgWriter::Lock(const Group& group, PgLookup* lookup,
                                      bool* settled, absl::Time deadline) {
  bool sync = false;
  for (const std::unique_ptr<Request>& request : group) {
    sync |= request->sync;
    std::visit([lookup](const auto& work) { lookup->Want(work); },
               request->work);
  }
  PgQuery set{
      "SELECT set_config('lock_timeout', $1, true), set_config("
      "'synchronous_commit', coalesce($2, current_setting("
      "'synchronous_commit')), true)",
      {}};
  const int64_t left_ms =
      std::max<int64_t>(1, absl::ToInt64Milliseconds(deadline - absl::Now()));
  set.params.Text(absl::StrCat(left_ms));
  if (sync) {
    set.params.NullText();
  } else {
    set.params.Text("off");
  }
  std::vector<PgQuery> queries = {{"BEGIN", {}}, std::move(set)};
  PgHeads::Request request = heads_->Ask(/*lock=*/true);
  for (PgQuery& query : request.queries) queries.push_back(std::move(query));
  if (in_doubt_.has_value()) {
    queries.push_back(
        {"SELECT number FROM commits WHERE number = $1 AND token = $2", {}});
    queries.back()
        .params.Int64(in_doubt_->first_commit)
        .Int64(in_doubt_->token);
  }
  for (PgQuery& query : lookup->Queries()) queries.push_back(std::move(query));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PgResult> results,
                            connection_->Run(queries, deadline));
  const PgResult* next = results.data() + 2;
  const absl::StatusOr<PgHead> head =
      heads_->Receive(request, next, connection_.get(), deadline);
  if (absl::IsUnavailable(head.status())) servers_->Avoid(*connection_);
  if (!head.ok()) return head.status();
  next += 2;
  if (in_doubt_.has_value()) *settled = next++->rows() > 0;
  lookup->Receive(next);
  return head;
}

// An answer from the log may be of a commit that is not durable yet, such as
// one that a primary had when it crashed. A commit after it makes it so.
std::vector<PgQuery> PgWriter::CommitQueries() const {
  std::vector<PgQuery> queries = {{"COMMIT", {}},
                                  {"SELECT pg_notify($1, '')", {}}};
  queries.back().params.Text(PgChannel(options_.schema));
  return queries;
}

absl::Status PgWriter::Settle(const PgHead& head, absl::Time deadline) {
  std::vector<PgQuery> queries = {{kPgSettle, {}}};
  for (PgQuery& query : CommitQueries()) queries.push_back(std::move(query));
  ONRECORD_RETURN_IF_ERROR(connection_->Run(queries, deadline).status());
  if (connection_->warned()) {
    return absl::UnavailableError("the commit was not replicated");
  }
  in_doubt_.reset();
  heads_->Note(head);
  durable_log_position_ = head.end.last_log_position;
  return absl::OkStatus();
}

bool PgWriter::Decide(Group* group) {
  bool sync = false;
  for (std::unique_ptr<Request>& request : *group) {
    const auto* append = std::get_if<PreparedAppend>(&request->work);
    request->result =
        append != nullptr
            ? group_->Add(*append)
            : group_->AddImport(std::get<PreparedImport>(request->work));
    sync |= request->sync && request->result.ok() &&
            request->result->last_log_position > durable_log_position_;
  }
  return sync;
}

absl::Status PgWriter::Commit(const PgHead& head, bool sync,
                              absl::Time deadline) {
  if (group_->commits().empty()) return Settle(head, deadline);
  InDoubt sent;
  sent.token = random_();
  sent.first_commit = head.end.commits;
  ONRECORD_ASSIGN_OR_RETURN(PgCommit commit,
                            MakePgCommit(&*group_, head, sent.token));
  for (PgQuery& query : CommitQueries()) {
    commit.queries.push_back(std::move(query));
  }
  in_doubt_ = sent;
  const absl::StatusOr<std::vector<PgResult>> results =
      connection_->Run(commit.queries, deadline);
  if (!results.ok()) {
    // The server answered: a statement failed, and so COMMIT was not reached.
    if (!connection_->broken()) in_doubt_.reset();
    return results.status();
  }
  // It is committed on the primary alone if the wait for standbys was ended.
  if (connection_->warned()) {
    return absl::UnavailableError("the commit was not replicated");
  }
  in_doubt_.reset();
  heads_->Note(commit.head);
  if (sync) durable_log_position_ = commit.head.end.last_log_position;
  return absl::OkStatus();
}

void PgWriter::PurgeErased(absl::Time deadline) {
  bool erased = false;
  for (const TextWrite& text : group_->texts()) {
    erased |= !text.text.has_value();
  }
  if (!erased) return;
  // The commit stands whatever becomes of this; autovacuum does it later.
  if (!connection_->Run({{"VACUUM texts", {}}}, deadline).ok()) {
    connection_ = nullptr;
  }
}

}  // namespace onrecord
