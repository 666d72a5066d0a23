// Three PostgreSQL servers of which one takes writes, and two follow it.

#ifndef ONRECORD_TESTS_TESTING_POSTGRES_CLUSTER_H_
#define ONRECORD_TESTS_TESTING_POSTGRES_CLUSTER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tests/testing/postgres_server.h"

namespace onrecord {
namespace testing {

// A commit is acknowledged when one of the two others has it on its disk.
// Thread-compatible.
class PostgresCluster {
 public:
  static absl::StatusOr<std::unique_ptr<PostgresCluster>> Create();

  // All servers, the primary first or last.
  std::string Url() const;
  std::string UrlPrimaryLast() const;

  size_t primary_index() const { return primary_; }
  PostgresServer& primary() { return *servers_[primary_]; }
  PostgresServer& server(size_t i) { return *servers_[i]; }
  size_t size() const { return servers_.size(); }
  std::vector<PostgresServer*> standbys();

  // Promotes the standby that has received most, and has the other one follow
  // it. The old primary is left as it is. Returns NOT_FOUND if no standby runs.
  absl::Status FailOver();

  // Waits until `count` standbys receive from the primary. Until then one may
  // still listen to the primary before, and acknowledge what that one commits.
  absl::Status AwaitStandbys(size_t count);

  // Has every server that is not the primary follow it again, made anew unless
  // it does already, and waits until commits are acknowledged.
  absl::Status Restore();

 private:
  PostgresCluster() = default;

  std::vector<std::unique_ptr<PostgresServer>> servers_;
  size_t primary_ = 0;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_POSTGRES_CLUSTER_H_
