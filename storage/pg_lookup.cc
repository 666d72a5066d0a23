#include "storage/pg_lookup.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/block.h"
#include "storage/block_source.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

PgQuery KindsQuery(uint64_t kinds, uint64_t behind) {
  PgQuery query{
      "SELECT EXISTS (SELECT 1 FROM blocks WHERE last_log_position > $1"
      " AND kinds & $2 <> 0)::int::bigint",
      {}};
  query.params.Int64(behind).Int64(kinds);
  return query;
}

}  // namespace

void PgLookup::Want(const PreparedAppend& append) {
  if (append.known_kinds() != 0) {
    has_kinds_[{append.known_kinds(), append.known_to()}] = false;
  }
  for (const PreparedAppend::Stream& stream : append.streams()) {
    Add(kStreams, stream.name);
  }
  if (!append.commit_id().empty()) Add(kCommits, append.commit_id());
  for (const auto& [event, id] : append.event_ids()) Add(kEvents, id);
  for (const Sha256Hash& hash : append.text_hashes()) {
    Add(kTexts, AsView(hash));
  }
  for (const Sha256Hash& hash : append.forgotten()) Add(kTexts, AsView(hash));
}

void PgLookup::Want(const PreparedImport& import) {
  const RecordedCommit& commit = import.commit();
  if (!commit.commit_id().empty()) Add(kCommits, commit.commit_id());
  for (const auto& [hash, text] : import.texts()) Add(kTexts, AsView(hash));
  for (const Block& block : commit.blocks()) {
    for (const Block::Run& run : block.runs()) Add(kStreams, run.stream);
    if ((block.kinds() & kOwnIdBit) == 0) continue;
    for (size_t i = 0; i < block.events(); ++i) {
      const absl::string_view id = PeekEvent(block.event_bytes(i)).id;
      if (!id.empty()) Add(kEvents, id);
    }
  }
}

// Sub-selects, so that each key is looked up in the index whatever the planner
// thinks of the size of the table.
const char* PgLookup::SqlOf(Table table) {
  switch (table) {
    case kStreams:
      return "SELECT (SELECT last_revision + 1 FROM stream_blocks"
             " WHERE stream = key ORDER BY last_revision DESC LIMIT 1)"
             " FROM unnest($1) WITH ORDINALITY AS k (key, n) ORDER BY n";
    case kCommits:
      return "SELECT (SELECT first_block FROM commits WHERE id = key)"
             " FROM unnest($1) WITH ORDINALITY AS k (key, n) ORDER BY n";
    case kEvents:
      return "SELECT (SELECT log_position FROM event_ids WHERE id = key)"
             " FROM unnest($1) WITH ORDINALITY AS k (key, n) ORDER BY n";
    default:
      return "SELECT (SELECT number FROM texts WHERE hash = key)"
             " FROM unnest($1) WITH ORDINALITY AS k (key, n) ORDER BY n";
  }
}

std::vector<PgQuery> PgLookup::Queries() const {
  std::vector<PgQuery> queries;
  for (int table = 0; table < kTables; ++table) {
    if (wanted_[table].empty()) continue;
    queries.push_back({SqlOf(static_cast<Table>(table)), {}});
    queries.back().params.ByteArrays(wanted_[table]);
  }
  for (const auto& [asked, has] : has_kinds_) {
    queries.push_back(KindsQuery(asked.first, asked.second));
  }
  return queries;
}

void PgLookup::Receive(const PgResult* results) {
  for (int table = 0; table < kTables; ++table) {
    if (wanted_[table].empty()) continue;
    const PgResult& result = *results++;
    for (int row = 0; row < result.rows(); ++row) {
      if (result.IsNull(row, 0)) continue;
      known_[table][wanted_[table][row]] = result.Int64(row, 0);
    }
  }
  for (auto& [asked, has] : has_kinds_) has = results++->Int64(0, 0) != 0;
}

absl::StatusOr<std::optional<uint64_t>> PgLookup::Find(Table table,
                                                       absl::string_view key) {
  const auto known = known_[table].find(key);
  if (known != known_[table].end()) return known->second;
  PgQuery query{SqlOf(table), {}};
  query.params.ByteArrays(absl::MakeConstSpan(&key, 1));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PgResult> results,
                            connection_->Run({query}, deadline_));
  std::optional<uint64_t> number;
  if (!results[0].IsNull(0, 0)) number = results[0].Int64(0, 0);
  known_[table].emplace(key, number);
  return number;
}

absl::StatusOr<uint64_t> PgLookup::NextRevision(absl::string_view stream) {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<uint64_t> next,
                            Find(kStreams, stream));
  return next.value_or(0);
}

absl::StatusOr<std::optional<uint64_t>> PgLookup::FindCommit(
    absl::string_view commit_id) {
  return Find(kCommits, commit_id);
}

absl::StatusOr<std::optional<uint64_t>> PgLookup::FindEvent(
    absl::string_view event_id) {
  return Find(kEvents, event_id);
}

absl::StatusOr<std::optional<uint64_t>> PgLookup::FindText(
    const Sha256Hash& hash) {
  return Find(kTexts, AsView(hash));
}

absl::StatusOr<bool> PgLookup::HasKinds(uint64_t kinds, uint64_t behind) {
  const auto known = has_kinds_.find({kinds, behind});
  if (known != has_kinds_.end()) return known->second;
  ONRECORD_ASSIGN_OR_RETURN(
      const std::vector<PgResult> results,
      connection_->Run({KindsQuery(kinds, behind)}, deadline_));
  return results[0].Int64(0, 0) != 0;
}

absl::Status PgLookup::ReadBlocks(uint64_t first, uint64_t last,
                                  std::vector<std::string>* bytes) {
  PgQuery query{
      "SELECT bytes FROM blocks WHERE last_log_position BETWEEN $1 AND $2"
      " ORDER BY last_log_position",
      {}};
  query.params.Int64(first).Int64(last);
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PgResult> results,
                            connection_->Run({query}, deadline_));
  for (int row = 0; row < results[0].rows(); ++row) {
    bytes->emplace_back(results[0].Bytes(row, 0));
  }
  return absl::OkStatus();
}

absl::StatusOr<RecordedCommit> PgLookup::ReadCommit(uint64_t key) {
  std::vector<std::string> bytes;
  ONRECORD_RETURN_IF_ERROR(ReadBlocks(key, key, &bytes));
  if (bytes.empty()) return LogDamage(key, "the block is missing");
  Block first;
  const absl::Status status = first.Parse(bytes[0]);
  if (!status.ok()) return LogDamage(key, status);
  if (!first.ends_commit()) {
    ONRECORD_RETURN_IF_ERROR(ReadBlocks(
        key + 1, first.commit_first_log_position() + first.commit_events() - 1,
        &bytes));
  }
  absl::StatusOr<RecordedCommit> commit =
      RecordedCommit::FromBytes(std::move(bytes));
  if (!commit.ok()) return LogDamage(key, commit.status());
  return commit;
}

absl::StatusOr<RecordedEvent> PgLookup::ReadEvent(uint64_t log_position) {
  PgQuery query{
      "SELECT bytes FROM blocks WHERE last_log_position >= $1"
      " ORDER BY last_log_position LIMIT 1",
      {}};
  query.params.Int64(log_position);
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PgResult> results,
                            connection_->Run({query}, deadline_));
  if (results[0].rows() == 0) {
    return absl::NotFoundError(
        absl::StrCat("no event at log position ", log_position));
  }
  Block block;
  absl::Status status = block.Parse(results[0].Bytes(0, 0));
  if (!status.ok()) return LogDamage(log_position, status);
  if (log_position < block.first_log_position() ||
      log_position > block.last_log_position()) {
    return LogDamage(log_position, "the event is missing");
  }
  RecordedEvent event;
  status = block.FillEvent(log_position - block.first_log_position(), &event);
  if (!status.ok()) return LogDamage(log_position, status);
  return event;
}

}  // namespace onrecord
