// A connection to a PostgreSQL server on which nothing waits for ever.

#ifndef ONRECORD_STORAGE_PG_CONNECTION_H_
#define ONRECORD_STORAGE_PG_CONNECTION_H_

#include <postgresql/libpq-fe.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/pg_params.h"

namespace onrecord {

// Always in libpq's pipeline mode: statements are prepared once and sent many
// at a time, so that a whole transaction takes a round trip or two.
//
// Failures that another try, or another server, may mend are UNAVAILABLE.
// Thread-compatible.
class PgConnection {
 public:
  // Parameters by libpq's keywords.
  using Parameters = std::map<std::string, std::string>;

  // Connects to one server. Returns UNAVAILABLE, with libpq's reason on one
  // line, if that does not succeed by `deadline`.
  static absl::StatusOr<std::unique_ptr<PgConnection>> Connect(
      const Parameters& parameters, absl::Time deadline);

  ~PgConnection();
  PgConnection(const PgConnection&) = delete;
  PgConnection& operator=(const PgConnection&) = delete;

  // Runs statements one after the other in one round trip, and gives a result
  // for each. Stops at the first that fails: those after it are not run. After
  // a failure with UNAVAILABLE the connection may be broken.
  absl::StatusOr<std::vector<PgResult>> Run(absl::Span<const PgQuery> queries,
                                            absl::Time deadline);

  // Whether it can no longer be used, so that what was sent last may or may not
  // have been done.
  bool broken() const { return broken_; }

  // Whether the server warned of anything during the last Run.
  bool warned() const { return warned_; }

  // Waits for a notification. Returns whether there was one.
  absl::StatusOr<bool> WaitForNotification(absl::Time deadline);

  // For messages: "host:port".
  const std::string& server() const { return server_; }

 private:
  PgConnection(PGconn* connection, std::string server);

  static void OnNotice(void* self, const PGresult* notice);

  absl::Status Send(const PgQuery& query, std::vector<const char*>* sent);
  absl::Status AwaitResult(absl::Time deadline);
  absl::StatusOr<std::vector<PgResult>> Receive(
      absl::Span<const char* const> sent, absl::Time deadline);
  absl::Status Poll(bool write, absl::Time deadline);
  absl::Status Broken(absl::string_view why);
  absl::Status FromResult(const PGresult* result);

  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
  const std::string server_;
  bool broken_ = false;
  bool warned_ = false;

  // Names of statements that the server has prepared, by their SQL's address.
  absl::flat_hash_map<const char*, std::string> prepared_;
  int names_ = 0;
};

// `text` of libpq on one line.
std::string OneLine(absl::string_view text);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_CONNECTION_H_
