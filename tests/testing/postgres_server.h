// PostgreSQL servers of a test's own.

#ifndef ONRECORD_TESTS_TESTING_POSTGRES_SERVER_H_
#define ONRECORD_TESTS_TESTING_POSTGRES_SERVER_H_

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace onrecord {
namespace testing {

// A server on a Unix socket in a directory of its own, run by an unprivileged
// user where the test runs as root: PostgreSQL refuses root. Its settings are
// PostgreSQL's, but for sizes. Ends with the test, whatever becomes of that.
//
// Thread-compatible.
class PostgresServer {
 public:
  using Settings = std::map<std::string, std::string>;

  // OK if PostgreSQL is installed, else what to do. ONRECORD_PG_BIN names the
  // directory of its programs if it is not Debian's.
  static absl::Status Installed();

  // Makes a new, empty server, and starts it.
  static absl::StatusOr<std::unique_ptr<PostgresServer>> Create(
      const std::string& name, const Settings& settings);

  // Makes a server that follows `primary`, and starts it.
  static absl::StatusOr<std::unique_ptr<PostgresServer>> CreateStandby(
      const std::string& name, const PostgresServer& primary);

  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // Returns when it takes connections. A standby stays one.
  absl::Status Start();

  // As a crash of all its processes, and as their being stopped and resumed.
  void Kill();
  void Pause();
  void Resume();

  // Shuts it down in order.
  void Stop();

  // Changes settings; it rereads them if it runs.
  void Set(const Settings& settings);

  // Makes a standby a primary, and makes a standby follow another server.
  absl::Status Promote();
  void Follow(const PostgresServer& primary);

  // Makes it again as a copy of `primary` that follows it. REQUIRES: it does
  // not run.
  absl::Status Rebuild(const PostgresServer& primary);

  // Takes all room that is left on its disk, and gives it back. Returns
  // UNIMPLEMENTED if it has no disk of its own, which takes a root user.
  absl::Status FillDisk();
  void FreeDisk();

  bool running() const { return pid_ > 0; }
  const std::string& name() const { return name_; }
  const std::string& socket_dir() const { return dir_; }

  // "postgresql://…" of it alone.
  std::string Url() const;

  // The end of its log, for messages.
  std::string LogTail() const;

 private:
  explicit PostgresServer(const std::string& name);

  std::string DataDir() const { return dir_ + "/data"; }
  absl::Status InitDb();
  absl::Status CopyFrom(const PostgresServer& primary);
  void WriteSettings() const;
  void Reload() const;
  void Signal(int signal) const;
  absl::Status AwaitReady() const;

  const std::string name_;
  std::string dir_;
  bool own_disk_ = false;
  pid_t pid_ = 0;
  Settings settings_;
};

// A URL that names several servers, in this order.
std::string UrlOf(const std::vector<const PostgresServer*>& servers);

// Runs SQL and gives the first value as text.
absl::StatusOr<std::string> RunSql(const PostgresServer& server,
                                   absl::string_view sql);

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_POSTGRES_SERVER_H_
