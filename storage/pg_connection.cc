#include "storage/pg_connection.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "absl/memory/memory.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Time here bounds waits; it is in no result, so it need not be a Clock's.
int MillisecondsLeft(absl::Time deadline) {
  const absl::Duration left = deadline - absl::Now();
  if (left <= absl::ZeroDuration()) return 0;
  return static_cast<int>(
      std::min<int64_t>(absl::ToInt64Milliseconds(left) + 1, 1000 * 60 * 60));
}

// Errors that may be gone at the next try, or on the server that has taken over
// meanwhile.
bool MayPass(absl::string_view state) {
  for (const char* const prefix : {"08", "40", "53", "55P03", "57", "58"}) {
    if (absl::StartsWith(state, prefix)) return true;
  }
  // A read-only server: a primary no more. XX000: also a server that is going
  // down.
  return state == "25006" || state.empty();
}

// Errors after which the server ends the connection.
bool EndsConnection(absl::string_view state) {
  return absl::StartsWith(state, "57P") || absl::StartsWith(state, "08");
}

absl::StatusCode CodeOf(absl::string_view state) {
  if (MayPass(state)) return absl::StatusCode::kUnavailable;
  if (state == "42P01" || state == "3F000" || state == "42703") {
    return absl::StatusCode::kNotFound;
  }
  // Pages or indexes that do not check.
  if (state == "XX001" || state == "XX002") return absl::StatusCode::kDataLoss;
  if (state == "42501") return absl::StatusCode::kPermissionDenied;
  return absl::StatusCode::kInternal;
}

}  // namespace

std::string OneLine(absl::string_view text) {
  std::vector<absl::string_view> lines;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const absl::string_view stripped = absl::StripAsciiWhitespace(line);
    if (!stripped.empty()) lines.push_back(stripped);
  }
  return absl::StrJoin(lines, "; ");
}

PgConnection::PgConnection(PGconn* connection, std::string server)
    : connection_(connection, PQfinish), server_(std::move(server)) {
  PQsetNoticeReceiver(connection, OnNotice, this);
}

PgConnection::~PgConnection() = default;

void PgConnection::OnNotice(void* self, const PGresult* notice) {
  const char* const severity =
      PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  if (severity != nullptr && absl::string_view(severity) == "WARNING") {
    static_cast<PgConnection*>(self)->warned_ = true;
  }
}

absl::StatusOr<std::unique_ptr<PgConnection>> PgConnection::Connect(
    const Parameters& parameters, absl::Time deadline) {
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const auto& [keyword, value] : parameters) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  PGconn* const pg =
      PQconnectStartParams(keywords.data(), values.data(), /*expand_dbname=*/0);
  if (pg == nullptr) return absl::ResourceExhaustedError("out of memory");
  const char* const host = PQhost(pg);
  const char* const port = PQport(pg);
  auto connection = absl::WrapUnique(
      new PgConnection(pg, absl::StrCat(host == nullptr ? "" : host, ":",
                                        port == nullptr ? "" : port)));
  PostgresPollingStatusType next = PGRES_POLLING_WRITING;
  while (PQstatus(pg) != CONNECTION_BAD && next != PGRES_POLLING_OK) {
    if (next == PGRES_POLLING_FAILED) break;
    ONRECORD_RETURN_IF_ERROR(
        connection->Poll(next == PGRES_POLLING_WRITING, deadline));
    next = PQconnectPoll(pg);
  }
  if (PQstatus(pg) == CONNECTION_BAD || next != PGRES_POLLING_OK) {
    return absl::UnavailableError(OneLine(PQerrorMessage(pg)));
  }
  if (PQsetnonblocking(pg, 1) != 0 || PQenterPipelineMode(pg) != 1) {
    return absl::InternalError(OneLine(PQerrorMessage(pg)));
  }
  return connection;
}

absl::Status PgConnection::Broken(absl::string_view why) {
  broken_ = true;
  return absl::UnavailableError(absl::StrCat(server_, ": ", OneLine(why)));
}

absl::Status PgConnection::Poll(bool write, absl::Time deadline) {
  pollfd waiting = {};
  waiting.fd = PQsocket(connection_.get());
  waiting.events = static_cast<short>(write ? POLLIN | POLLOUT : POLLIN);
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    // While connecting, libpq says which of the two it waits for.
    waiting.events = write ? POLLOUT : POLLIN;
  }
  while (true) {
    const int ready = poll(&waiting, 1, MillisecondsLeft(deadline));
    if (ready > 0) return absl::OkStatus();
    if (ready < 0 && errno == EINTR) continue;
    return Broken("no answer within the time allowed");
  }
}

absl::Status PgConnection::Send(const PgQuery& query,
                                std::vector<const char*>* sent) {
  PGconn* const pg = connection_.get();
  const std::vector<std::optional<std::string>>& values = query.params.values();
  auto name = prepared_.find(query.sql);
  if (name == prepared_.end()) {
    name = prepared_.emplace(query.sql, absl::StrCat("s", ++names_)).first;
    if (PQsendPrepare(pg, name->second.c_str(), query.sql,
                      static_cast<int>(values.size()),
                      query.params.types().data()) != 1) {
      return Broken(PQerrorMessage(pg));
    }
    sent->push_back(query.sql);
  }
  std::vector<const char*> pointers;
  std::vector<int> lengths;
  for (const std::optional<std::string>& value : values) {
    pointers.push_back(value.has_value() ? value->data() : nullptr);
    lengths.push_back(value.has_value() ? static_cast<int>(value->size()) : 0);
  }
  const std::vector<int> binary(values.size(), 1);
  if (PQsendQueryPrepared(pg, name->second.c_str(),
                          static_cast<int>(values.size()), pointers.data(),
                          lengths.data(), binary.data(),
                          /*resultFormat=*/1) != 1) {
    return Broken(PQerrorMessage(pg));
  }
  sent->push_back(nullptr);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<PgResult>> PgConnection::Run(
    absl::Span<const PgQuery> queries, absl::Time deadline) {
  if (broken_) return Broken("the connection is lost");
  warned_ = false;
  // For each thing sent: the statement that is prepared, or null.
  std::vector<const char*> sent;
  for (const PgQuery& query : queries) {
    ONRECORD_RETURN_IF_ERROR(Send(query, &sent));
  }
  if (PQpipelineSync(connection_.get()) != 1) {
    return Broken(PQerrorMessage(connection_.get()));
  }
  return Receive(sent, deadline);
}

absl::Status PgConnection::AwaitResult(absl::Time deadline) {
  PGconn* const pg = connection_.get();
  while (true) {
    const int unsent = PQflush(pg);
    if (unsent < 0) return Broken(PQerrorMessage(pg));
    if (PQisBusy(pg) == 0) return absl::OkStatus();
    ONRECORD_RETURN_IF_ERROR(Poll(unsent > 0, deadline));
    if (PQconsumeInput(pg) != 1) return Broken(PQerrorMessage(pg));
  }
}

absl::StatusOr<std::vector<PgResult>> PgConnection::Receive(
    absl::Span<const char* const> sent, absl::Time deadline) {
  PGconn* const pg = connection_.get();
  std::vector<PgResult> results;
  absl::Status status;
  size_t next = 0;  // in `sent`
  while (true) {
    ONRECORD_RETURN_IF_ERROR(AwaitResult(deadline));
    PGresult* const raw = PQgetResult(pg);
    if (raw == nullptr) {
      if (PQstatus(pg) != CONNECTION_OK) return Broken(PQerrorMessage(pg));
      if (++next > sent.size()) return Broken("a result too few");
      continue;
    }
    PgResult result(raw);
    const ExecStatusType kind = PQresultStatus(raw);
    if (kind == PGRES_PIPELINE_SYNC) break;
    const char* const preparing = next < sent.size() ? sent[next] : nullptr;
    if (kind == PGRES_COMMAND_OK || kind == PGRES_TUPLES_OK) {
      if (preparing == nullptr) results.push_back(std::move(result));
      continue;
    }
    if (preparing != nullptr) prepared_.erase(preparing);
    if (status.ok() && kind != PGRES_PIPELINE_ABORTED) status = FromResult(raw);
    if (PQstatus(pg) != CONNECTION_OK) {
      return Broken(status.ok() ? "the connection is lost" : status.message());
    }
  }
  ONRECORD_RETURN_IF_ERROR(status);
  return results;
}

absl::Status PgConnection::FromResult(const PGresult* result) {
  const char* const field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const absl::string_view state = field == nullptr ? "" : field;
  const char* const primary =
      PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (EndsConnection(state) || state.empty()) broken_ = true;
  return absl::Status(
      CodeOf(state),
      absl::StrCat(
          server_, ": ",
          OneLine(primary == nullptr ? PQresultErrorMessage(result) : primary),
          state.empty() ? "" : " (SQLSTATE ", state, state.empty() ? "" : ")"));
}

absl::StatusOr<bool> PgConnection::WaitForNotification(absl::Time deadline) {
  PGconn* const pg = connection_.get();
  if (broken_) return Broken("the connection is lost");
  while (true) {
    bool notified = false;
    while (PGnotify* const notification = PQnotifies(pg)) {
      PQfreemem(notification);
      notified = true;
    }
    if (notified) return true;
    pollfd waiting = {PQsocket(pg), POLLIN, 0};
    const int ready = poll(&waiting, 1, MillisecondsLeft(deadline));
    if (ready == 0) return false;
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0 || PQconsumeInput(pg) != 1) {
      return Broken(PQerrorMessage(pg));
    }
  }
}

}  // namespace onrecord
