// LogLookup on PostgreSQL.

#ifndef ONRECORD_STORAGE_PG_LOOKUP_H_
#define ONRECORD_STORAGE_PG_LOOKUP_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/hash.h"
#include "storage/log_lookup.h"
#include "storage/pg_connection.h"
#include "storage/pg_params.h"
#include "storage/prepared_append.h"
#include "storage/prepared_import.h"

namespace onrecord {

// Looks up all that a group of appends needs at once, in the round trip that
// takes the head's lock; what was not asked for beforehand takes one more.
//
// Use one for one group. Thread-compatible.
class PgLookup : public LogLookup {
 public:
  // What is asked for must outlive it.
  void Want(const PreparedAppend& append);
  void Want(const PreparedImport& import);
  void WantEvent(absl::string_view event_id) { Add(kEvents, event_id); }

  // Statements whose results Receive takes, which begin at `results`.
  std::vector<PgQuery> Queries() const;
  void Receive(const PgResult* results);

  // Where to look up what else is asked for.
  void Use(PgConnection* connection, absl::Time deadline) {
    connection_ = connection;
    deadline_ = deadline;
  }

  absl::StatusOr<uint64_t> NextRevision(absl::string_view stream) override;
  absl::StatusOr<std::optional<uint64_t>> FindCommit(
      absl::string_view commit_id) override;
  absl::StatusOr<std::optional<uint64_t>> FindEvent(
      absl::string_view event_id) override;
  absl::StatusOr<bool> HasKinds(uint64_t kinds, uint64_t behind) override;
  absl::StatusOr<std::optional<uint64_t>> FindText(
      const Sha256Hash& hash) override;
  absl::StatusOr<RecordedCommit> ReadCommit(uint64_t key) override;
  absl::StatusOr<RecordedEvent> ReadEvent(uint64_t log_position) override;

 private:
  enum Table { kStreams, kCommits, kEvents, kTexts, kTables };
  using Numbers = absl::flat_hash_map<std::string, std::optional<uint64_t>>;

  static const char* SqlOf(Table table);
  void Add(Table table, absl::string_view key) {
    if (known_[table].emplace(key, std::nullopt).second) {
      wanted_[table].push_back(key);
    }
  }
  absl::StatusOr<std::optional<uint64_t>> Find(Table table,
                                               absl::string_view key);
  absl::Status ReadBlocks(uint64_t first, uint64_t last,
                          std::vector<std::string>* bytes);

  std::vector<absl::string_view> wanted_[kTables];
  Numbers known_[kTables];

  // By kinds and log position.
  std::map<std::pair<uint64_t, uint64_t>, bool> has_kinds_;
  PgConnection* connection_ = nullptr;
  absl::Time deadline_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_LOOKUP_H_
