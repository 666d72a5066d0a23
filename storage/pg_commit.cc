#include "storage/pg_commit.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "storage/block.h"
#include "storage/hash.h"
#include "storage/merkle_tree.h"
#include "storage/pg_schema.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using OptionalBytes = std::optional<absl::string_view>;

// Columns of the tables, filled row by row. Points into the group's commits.
struct Columns {
  struct {
    std::vector<uint64_t> keys;
    std::vector<uint64_t> kinds;
    std::vector<absl::string_view> bytes;
  } blocks;
  struct {
    std::vector<uint64_t> numbers;
    std::vector<uint64_t> first_log_positions;
    std::vector<uint64_t> first_blocks;
    std::vector<uint64_t> last_log_positions;
    std::vector<std::string> leaves;
    std::vector<std::string> ids;
  } commits;
  struct {
    std::vector<uint64_t> levels;
    std::vector<uint64_t> indexes;
    std::vector<std::string> hashes;
  } nodes;
  struct {
    std::vector<std::string> streams;
    std::vector<uint64_t> last_revisions;
    std::vector<uint64_t> blocks;
  } runs;
  struct {
    std::vector<std::string> ids;
    std::vector<uint64_t> log_positions;
  } events;
};

std::vector<absl::string_view> Views(const std::vector<std::string>& strings) {
  return {strings.begin(), strings.end()};
}

void AddBlock(const Block& block, absl::string_view bytes, PgHead* head,
              Columns* columns) {
  columns->blocks.keys.push_back(block.last_log_position());
  columns->blocks.kinds.push_back(block.kinds());
  columns->blocks.bytes.push_back(bytes);
  for (const Block::Run& run : block.runs()) {
    columns->runs.streams.emplace_back(run.stream);
    columns->runs.last_revisions.push_back(run.first_revision + run.events - 1);
    columns->runs.blocks.push_back(block.last_log_position());
    if (run.first_revision == 0) ++head->streams;
  }
  if ((block.kinds() & kOwnIdBit) == 0) return;
  for (size_t i = 0; i < block.events(); ++i) {
    const absl::string_view id = PeekEvent(block.event_bytes(i)).id;
    if (id.empty()) continue;
    columns->events.ids.emplace_back(id);
    columns->events.log_positions.push_back(block.first_log_position() + i);
  }
}

// Tiles of the tree are of 256 hashes: only every eighth level is kept.
void AddLeaf(const Sha256Hash& leaf, PgHead* head, Columns* columns) {
  head->tree.Add(leaf, [&](int level, uint64_t index, const Sha256Hash& hash) {
    if (level == 0 || level % 8 != 0) return;
    columns->nodes.levels.push_back(level / 8);
    columns->nodes.indexes.push_back(index);
    columns->nodes.hashes.emplace_back(AsView(hash));
  });
}

absl::Status AddCommit(const std::vector<EncodedBlock>& commit, PgHead* head,
                       Columns* columns) {
  std::vector<absl::string_view> leaf_parts;
  Block block;
  for (const EncodedBlock& encoded : commit) {
    ONRECORD_RETURN_IF_ERROR(block.Parse(encoded.bytes));
    AddBlock(block, encoded.bytes, head, columns);
    leaf_parts.push_back(block.leaf_part());
  }
  auto& commits = columns->commits;
  commits.numbers.push_back(block.commit());
  commits.first_log_positions.push_back(block.commit_first_log_position());
  commits.first_blocks.push_back(commit.front().last_log_position);
  commits.last_log_positions.push_back(block.last_log_position());
  commits.ids.emplace_back(block.commit_id());
  const Sha256Hash leaf = LeafHash(leaf_parts);
  commits.leaves.emplace_back(AsView(leaf));
  AddLeaf(leaf, head, columns);
  return absl::OkStatus();
}

PgQuery InsertCommits(const Columns& columns, uint64_t token) {
  std::vector<OptionalBytes> ids;
  for (const std::string& id : columns.commits.ids) {
    ids.push_back(id.empty() ? OptionalBytes() : OptionalBytes(id));
  }
  PgQuery query{
      "INSERT INTO commits (number, first_log_position, first_block,"
      " last_log_position, leaf, id, token)"
      " SELECT *, $7 FROM unnest($1, $2, $3, $4, $5, $6)",
      {}};
  query.params.Int64s(columns.commits.numbers)
      .Int64s(columns.commits.first_log_positions)
      .Int64s(columns.commits.first_blocks)
      .Int64s(columns.commits.last_log_positions)
      .ByteArrays(Views(columns.commits.leaves))
      .ByteArrays(ids)
      .Int64(token);
  return query;
}

void InsertTexts(const std::vector<TextWrite>& texts,
                 std::vector<PgQuery>* queries) {
  if (texts.empty()) return;
  // The last write of each counts; one statement may write a row only once.
  std::map<uint64_t, const TextWrite*> last;
  for (const TextWrite& text : texts) last[text.number] = &text;
  std::vector<uint64_t> numbers;
  std::vector<absl::string_view> hashes;
  std::vector<OptionalBytes> bodies;
  for (const auto& [number, text] : last) {
    numbers.push_back(number);
    hashes.push_back(AsView(text->hash));
    bodies.push_back(text->text);
  }
  PgQuery query{
      "INSERT INTO texts (number, hash, body)"
      " SELECT * FROM unnest($1, $2, $3)"
      " ON CONFLICT (hash) DO UPDATE SET body = excluded.body",
      {}};
  query.params.Int64s(numbers).ByteArrays(hashes).ByteArrays(bodies);
  queries->push_back(std::move(query));
}

PgQuery UpdateHead(const PgHead& head) {
  PgQuery query{
      "UPDATE head SET commits = $1, last_log_position = $2,"
      " recorded_time_us = $3, streams = $4, texts = $5, tree = $6,"
      " up_since = CASE WHEN current_setting('synchronous_commit') <> 'off'"
      " THEN " ONRECORD_PG_UP_SINCE " END",
      {}};
  query.params.Int64(head.end.commits)
      .Int64(head.end.last_log_position)
      .Int64(static_cast<uint64_t>(head.end.recorded_time_us))
      .Int64(head.streams)
      .Int64(head.end.texts)
      .Bytes(head.tree.ToBytes());
  return query;
}

}  // namespace

absl::StatusOr<PgCommit> MakePgCommit(AppendGroup* group, const PgHead& head,
                                      uint64_t token) {
  PgCommit commit;
  commit.head.streams = head.streams;
  commit.head.tree = head.tree;
  commit.head.end = group->end();
  Columns columns;
  for (const std::vector<EncodedBlock>& blocks : group->commits()) {
    ONRECORD_RETURN_IF_ERROR(AddCommit(blocks, &commit.head, &columns));
  }
  std::vector<PgQuery>& queries = commit.queries;
  queries.push_back(
      {"INSERT INTO blocks (last_log_position, kinds, bytes)"
       " SELECT * FROM unnest($1, $2, $3)",
       {}});
  queries.back()
      .params.Int64s(columns.blocks.keys)
      .Int64s(columns.blocks.kinds)
      .ByteArrays(columns.blocks.bytes);
  queries.push_back(InsertCommits(columns, token));
  queries.push_back(
      {"INSERT INTO stream_blocks (stream, last_revision, block)"
       " SELECT * FROM unnest($1, $2, $3)",
       {}});
  queries.back()
      .params.ByteArrays(Views(columns.runs.streams))
      .Int64s(columns.runs.last_revisions)
      .Int64s(columns.runs.blocks);
  if (!columns.nodes.levels.empty()) {
    queries.push_back(
        {"INSERT INTO nodes (level, index, hash)"
         " SELECT * FROM unnest($1, $2, $3)",
         {}});
    queries.back()
        .params.Int64s(columns.nodes.levels)
        .Int64s(columns.nodes.indexes)
        .ByteArrays(Views(columns.nodes.hashes));
  }
  if (!columns.events.ids.empty()) {
    queries.push_back(
        {"INSERT INTO event_ids (id, log_position)"
         " SELECT * FROM unnest($1, $2)",
         {}});
    queries.back()
        .params.ByteArrays(Views(columns.events.ids))
        .Int64s(columns.events.log_positions);
  }
  InsertTexts(group->texts(), &queries);
  queries.push_back(UpdateHead(commit.head));
  return commit;
}

}  // namespace onrecord
