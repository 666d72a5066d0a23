// Learns of what other processes append.

#ifndef ONRECORD_STORAGE_PG_FOLLOWER_H_
#define ONRECORD_STORAGE_PG_FOLLOWER_H_

#include <atomic>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "storage/mutex.h"
#include "storage/pg_connection.h"
#include "storage/pg_head.h"
#include "storage/pg_servers.h"

namespace onrecord {

// A thread that reads the head when it is notified, and now and then, and tells
// `heads`. A notification says nothing but that it is time to look.
//
// Thread-safe. Destroying it takes a tenth of a second, if it was started.
class PgFollower {
 public:
  // Both must outlive it. Looks every `interval`, notified or not.
  PgFollower(PgServers* servers, PgHeads* heads, std::string channel,
             absl::Duration interval);
  ~PgFollower();

  // Does nothing if it runs.
  void Start() ABSL_LOCKS_EXCLUDED(mu_);

 private:
  void Run();
  absl::Status Follow(PgConnection* connection);
  void Pause(absl::Duration pause) const;

  PgServers* const servers_;
  PgHeads* const heads_;
  const std::string channel_;
  const absl::Duration interval_;
  std::atomic<bool> closing_{false};

  Mutex mu_;
  std::thread thread_ ABSL_GUARDED_BY(mu_);
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_FOLLOWER_H_
