#include "storage/pg_follower.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// How long it may take to notice that it is to end.
constexpr absl::Duration kLook = absl::Milliseconds(100);
constexpr absl::Duration kAnswer = absl::Seconds(5);

}  // namespace

PgFollower::PgFollower(PgServers* servers, PgHeads* heads, std::string channel,
                       absl::Duration interval)
    : servers_(servers),
      heads_(heads),
      channel_(std::move(channel)),
      interval_(interval) {}

PgFollower::~PgFollower() {
  closing_ = true;
  std::thread thread;
  {
    MutexLock lock(&mu_);
    thread = std::move(thread_);
  }
  if (thread.joinable()) thread.join();
}

void PgFollower::Start() {
  MutexLock lock(&mu_);
  if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
}

void PgFollower::Pause(absl::Duration pause) const {
  for (; !closing_ && pause > absl::ZeroDuration(); pause -= kLook) {
    absl::SleepFor(std::min(pause, kLook));
  }
}

void PgFollower::Run() {
  while (!closing_) {
    auto connection = servers_->ConnectReader(absl::Now() + kAnswer);
    // Whoever appends or reads is told of failures; this only tries again.
    if (connection.ok() && absl::IsUnavailable(Follow(connection->get()))) {
      servers_->Avoid(**connection);
    }
    Pause(interval_);
  }
}

absl::Status PgFollower::Follow(PgConnection* connection) {
  // The name is one of ours: nothing in it needs quoting. Standbys refuse, and
  // are asked every interval.
  const std::string listen = "LISTEN " + channel_;
  const bool notified =
      connection->Run({{listen.c_str(), {}}}, absl::Now() + kAnswer).ok();
  while (!closing_) {
    ONRECORD_RETURN_IF_ERROR(
        heads_->Read(connection, absl::Now() + kAnswer).status());
    if (!notified) {
      Pause(interval_);
      continue;
    }
    const absl::Time next = absl::Now() + interval_;
    while (!closing_ && absl::Now() < next) {
      ONRECORD_ASSIGN_OR_RETURN(
          const bool woken,
          connection->WaitForNotification(std::min(next, absl::Now() + kLook)));
      if (woken) break;
    }
  }
  return absl::OkStatus();
}

}  // namespace onrecord
