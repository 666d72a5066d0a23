#include "tests/testing/postgres_cluster.h"

#include <algorithm>

#include "absl/memory/memory.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace testing {
namespace {

constexpr absl::Duration kFollowTime = absl::Seconds(90);

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresCluster>> PostgresCluster::Create() {
  auto cluster = absl::WrapUnique(new PostgresCluster);
  ONRECORD_ASSIGN_OR_RETURN(
      auto first, PostgresServer::Create("node1", {{"max_wal_senders", "10"}}));
  cluster->servers_.push_back(std::move(first));
  for (const char* const name : {"node2", "node3"}) {
    ONRECORD_ASSIGN_OR_RETURN(auto standby, PostgresServer::CreateStandby(
                                                name, *cluster->servers_[0]));
    cluster->servers_.push_back(std::move(standby));
  }
  // The same on all, for whichever is the primary: a server is not its own
  // standby.
  for (const auto& server : cluster->servers_) {
    server->Set({{"synchronous_standby_names", "ANY 1 (node1, node2, node3)"}});
  }
  ONRECORD_RETURN_IF_ERROR(cluster->AwaitStandbys(2));
  return cluster;
}

std::string PostgresCluster::Url() const {
  return UrlOf({servers_[primary_].get(), servers_[(primary_ + 1) % 3].get(),
                servers_[(primary_ + 2) % 3].get()});
}

std::string PostgresCluster::UrlPrimaryLast() const {
  return UrlOf({servers_[(primary_ + 1) % 3].get(),
                servers_[(primary_ + 2) % 3].get(), servers_[primary_].get()});
}

std::vector<PostgresServer*> PostgresCluster::standbys() {
  return {servers_[(primary_ + 1) % 3].get(),
          servers_[(primary_ + 2) % 3].get()};
}

absl::Status PostgresCluster::AwaitStandbys(size_t count) {
  const absl::Time end = absl::Now() + kFollowTime;
  while (true) {
    const auto found = RunSql(primary(),
                              "SELECT count(*) FROM pg_stat_replication"
                              " WHERE state = 'streaming'"
                              " AND sync_state = 'quorum'");
    uint64_t standbys = 0;
    if (found.ok() && absl::SimpleAtoi(*found, &standbys) &&
        standbys >= count) {
      return absl::OkStatus();
    }
    if (absl::Now() > end) {
      return absl::UnavailableError(
          absl::StrCat("standbys do not follow: ", primary().LogTail()));
    }
    absl::SleepFor(absl::Milliseconds(50));
  }
}

absl::Status PostgresCluster::FailOver() {
  size_t best = primary_;
  uint64_t most = 0;
  for (size_t i = 0; i < servers_.size(); ++i) {
    if (i == primary_ || !servers_[i]->running()) continue;
    const auto received =
        RunSql(*servers_[i],
               "SELECT (pg_last_wal_receive_lsn() - '0/0'::pg_lsn)::bigint");
    uint64_t bytes = 0;
    if (!received.ok() || !absl::SimpleAtoi(*received, &bytes)) continue;
    if (best == primary_ || bytes > most) {
      best = i;
      most = bytes;
    }
  }
  if (best == primary_) return absl::NotFoundError("no standby to promote");
  ONRECORD_RETURN_IF_ERROR(servers_[best]->Promote());
  const size_t old = primary_;
  primary_ = best;
  for (size_t i = 0; i < servers_.size(); ++i) {
    if (i != best && i != old && servers_[i]->running()) {
      servers_[i]->Follow(primary());
    }
  }
  return absl::OkStatus();
}

absl::Status PostgresCluster::Restore() {
  for (size_t i = 0; i < servers_.size(); ++i) {
    if (i == primary_) continue;
    PostgresServer& server = *servers_[i];
    const auto follows = RunSql(
        primary(), absl::StrCat("SELECT count(*) FROM pg_stat_replication WHERE"
                                " state = 'streaming' AND application_name = '",
                                server.name(), "'"));
    if (server.running() && follows.ok() && *follows == "1") continue;
    server.Kill();
    ONRECORD_RETURN_IF_ERROR(server.Rebuild(primary()));
  }
  return AwaitStandbys(2);
}

}  // namespace testing
}  // namespace onrecord
