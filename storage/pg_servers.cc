#include "storage/pg_servers.h"

#include <postgresql/libpq-fe.h>

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "storage/pg_params.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Element `i` of a list of libpq's: one element stands for all.
std::string ElementOf(const std::vector<std::string>& list, size_t i) {
  if (list.empty()) return "";
  return list.size() == 1 ? list[0] : i < list.size() ? list[i] : "";
}

std::vector<std::string> ListOf(const PgConnection::Parameters& parameters,
                                const std::string& keyword) {
  const auto found = parameters.find(keyword);
  if (found == parameters.end() || found->second.empty()) return {};
  return absl::StrSplit(found->second, ',');
}

// One set of parameters for each server of `all`.
std::vector<PgConnection::Parameters> Split(
    const PgConnection::Parameters& all) {
  const std::vector<std::string> hosts = ListOf(all, "host");
  const std::vector<std::string> addresses = ListOf(all, "hostaddr");
  const std::vector<std::string> ports = ListOf(all, "port");
  std::vector<PgConnection::Parameters> servers;
  const size_t count =
      std::max<size_t>(1, std::max(hosts.size(), addresses.size()));
  for (size_t i = 0; i < count; ++i) {
    PgConnection::Parameters server = all;
    for (const auto& [keyword, list] :
         {std::pair("host", &hosts), std::pair("hostaddr", &addresses),
          std::pair("port", &ports)}) {
      const std::string element = ElementOf(*list, i);
      if (element.empty()) {
        server.erase(keyword);
      } else {
        server[keyword] = element;
      }
    }
    servers.push_back(std::move(server));
  }
  return servers;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PgServers>> PgServers::Parse(
    absl::string_view url, const PgServerOptions& options) {
  char* error = nullptr;
  PQconninfoOption* const parsed =
      PQconninfoParse(std::string(url).c_str(), &error);
  if (parsed == nullptr) {
    const absl::Status status = absl::InvalidArgumentError(
        absl::StrCat("the PostgreSQL URL is malformed: ",
                     OneLine(error == nullptr ? "out of memory" : error)));
    PQfreemem(error);
    return status;
  }
  // So that a peer that is gone is noticed, and a new one is told who we are.
  PgConnection::Parameters all = {
      {"application_name", "onrecord"}, {"client_encoding", "UTF8"},
      {"keepalives_idle", "5"},         {"keepalives_interval", "2"},
      {"keepalives_count", "3"},        {"tcp_user_timeout", "10000"}};
  for (const PQconninfoOption* option = parsed; option->keyword != nullptr;
       ++option) {
    if (option->val != nullptr) all[option->keyword] = option->val;
  }
  PQconninfoFree(parsed);
  for (const std::string& port : ListOf(all, "port")) {
    int number;
    if (port.empty() || absl::SimpleAtoi(port, &number)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("the PostgreSQL URL is malformed: `port` \"", port, "\""));
  }
  auto servers = absl::WrapUnique(new PgServers(options));
  servers->attributes_ = all["target_session_attrs"];
  all.erase("target_session_attrs");
  servers->servers_ = Split(all);
  return servers;
}

absl::StatusOr<std::unique_ptr<PgConnection>> PgServers::ConnectWriter(
    absl::Time deadline) {
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<PgConnection> connection,
                            Connect("read-write", deadline));
  if (!options_.accept_data_loss) {
    ONRECORD_RETURN_IF_ERROR(CheckSettings(connection.get(), deadline));
  }
  return connection;
}

absl::StatusOr<std::unique_ptr<PgConnection>> PgServers::ConnectReader(
    absl::Time deadline) {
  if (attributes_ == "prefer-standby") {
    auto standby = Connect("standby", deadline);
    if (standby.ok()) return standby;
    return Connect("any", deadline);
  }
  return Connect(attributes_.empty() ? "any" : attributes_, deadline);
}

absl::StatusOr<std::unique_ptr<PgConnection>> PgServers::Connect(
    absl::string_view attributes, absl::Time deadline) {
  size_t first;
  {
    MutexLock lock(&mu_);
    first = first_;
  }
  std::vector<std::string> reasons;
  for (size_t i = 0; i < servers_.size(); ++i) {
    const size_t index = (first + i) % servers_.size();
    PgConnection::Parameters parameters = servers_[index];
    parameters["target_session_attrs"] = std::string(attributes);
    const absl::Time until =
        std::min(deadline, absl::Now() + options_.connect_timeout);
    auto connection = PgConnection::Connect(parameters, until);
    absl::Status status = connection.status();
    if (status.ok()) status = Prepare(connection->get(), until);
    if (status.ok()) return connection;
    reasons.emplace_back(status.message());
    if (!absl::IsUnavailable(status)) return status;
  }
  return absl::UnavailableError(absl::StrCat(
      "PostgreSQL is not reached (is it running, and does the URL name it? try "
      "`pg_isready`): ",
      absl::StrJoin(reasons, "; ")));
}

absl::Status PgServers::Prepare(PgConnection* connection,
                                absl::Time deadline) const {
  PgQuery set{
      "SELECT set_config('search_path', $1, false),"
      " set_config('statement_timeout', '0', false),"
      " set_config('idle_in_transaction_session_timeout', '15s', false),"
      " set_config('tcp_keepalives_idle', '5', false),"
      " set_config('tcp_keepalives_interval', '2', false),"
      " set_config('tcp_keepalives_count', '3', false)",
      {}};
  set.params.Text(absl::StrCat("\"", options_.schema, "\""));
  return connection->Run({set}, deadline).status();
}

absl::Status PgServers::CheckSettings(PgConnection* connection,
                                      absl::Time deadline) const {
  ONRECORD_ASSIGN_OR_RETURN(
      const std::vector<PgResult> results,
      connection->Run({PgQuery{"SELECT current_setting('fsync'),"
                               " current_setting('full_page_writes'),"
                               " current_setting('synchronous_commit'),"
                               " current_setting('synchronous_standby_names')",
                               {}}},
                      deadline));
  const PgResult& row = results[0];
  std::vector<std::string> dangers;
  if (row.Bytes(0, 0) != "on") dangers.push_back("fsync is off");
  if (row.Bytes(0, 1) != "on") dangers.push_back("full_page_writes is off");
  const absl::string_view commit = row.Bytes(0, 2);
  // Naming several servers asks for high availability.
  const bool many = servers_.size() > 1;
  if (commit == "off" || (many && commit != "on" && commit != "remote_apply")) {
    dangers.push_back(absl::StrCat("synchronous_commit is ", commit));
  }
  if (many && row.Bytes(0, 3).empty()) {
    dangers.push_back(
        "synchronous_standby_names is empty though several servers are named");
  }
  if (dangers.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      connection->server(),
      " can lose what it has acknowledged: ", absl::StrJoin(dangers, ", "),
      "; change its settings, or give --accept-data-loss"));
}

void PgServers::Avoid(const PgConnection& connection) {
  MutexLock lock(&mu_);
  for (size_t i = 0; i < servers_.size(); ++i) {
    const auto host = servers_[i].find("host");
    const auto port = servers_[i].find("port");
    const std::string name =
        absl::StrCat(host == servers_[i].end() ? "" : host->second, ":",
                     port == servers_[i].end() ? "5432" : port->second);
    if (name == connection.server()) first_ = (i + 1) % servers_.size();
  }
}

}  // namespace onrecord
