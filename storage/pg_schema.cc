#include "storage/pg_schema.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "storage/pg_params.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Blocks of 4,000 bytes are kept whole in the table's pages, two a page. Pages
// of `head` keep room, so that an update stays in its page.
constexpr const char* kTables[] = {
    "CREATE TABLE head (one boolean PRIMARY KEY DEFAULT true CHECK (one),"
    " format integer NOT NULL, commits bigint NOT NULL,"
    " last_log_position bigint NOT NULL, recorded_time_us bigint NOT NULL,"
    " streams bigint NOT NULL, texts bigint NOT NULL, tree bytea NOT NULL,"
    " up_since timestamptz)"
    " WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0,"
    " autovacuum_vacuum_threshold = 1000)",
    "CREATE TABLE blocks (last_log_position bigint, kinds bigint NOT NULL,"
    " bytes bytea NOT NULL, PRIMARY KEY (last_log_position) INCLUDE (kinds))"
    " WITH (toast_tuple_target = 8160)",
    "ALTER TABLE blocks ALTER COLUMN bytes SET STORAGE MAIN",
    "CREATE TABLE commits (number bigint PRIMARY KEY,"
    " first_log_position bigint NOT NULL, first_block bigint NOT NULL,"
    " last_log_position bigint NOT NULL, token bigint NOT NULL,"
    " leaf bytea NOT NULL, id bytea)",
    "CREATE UNIQUE INDEX commits_id ON commits (id) WHERE id IS NOT NULL",
    "CREATE TABLE nodes (level bigint, index bigint, hash bytea NOT NULL,"
    " PRIMARY KEY (level, index))",
    "CREATE TABLE stream_blocks (stream bytea, last_revision bigint,"
    " block bigint NOT NULL, PRIMARY KEY (stream, last_revision))",
    "CREATE TABLE event_ids (id bytea PRIMARY KEY,"
    " log_position bigint NOT NULL)",
    "CREATE TABLE texts (hash bytea PRIMARY KEY, number bigint NOT NULL,"
    " body bytea)",
    "INSERT INTO head (format, commits, last_log_position, recorded_time_us,"
    " streams, texts, tree, up_since)"
    " VALUES (1, 0, 0, 0, 0, 0, '', " ONRECORD_PG_UP_SINCE ")",
};

// Statements whose text is made here are sent in place of prepared ones.
absl::Status CreateSchema(PgConnection* connection, absl::Time deadline) {
  const PgQuery create{
      "DO $$ BEGIN EXECUTE format('CREATE SCHEMA IF NOT EXISTS %s',"
      " current_setting('search_path')); END $$",
      {}};
  return connection->Run({create}, deadline).status();
}

}  // namespace

absl::Status CheckSchemaName(absl::string_view schema) {
  const bool plain =
      !schema.empty() && schema.size() <= 48 &&
      absl::ascii_islower(schema.front()) &&
      std::all_of(schema.begin(), schema.end(), [](char c) {
        return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
      });
  if (plain) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("`schema` \"", schema,
                   "\" is not 1 to 48 of a-z, 0-9 and _, a letter first"));
}

absl::Status WrongPgFormat(uint64_t format) {
  if (format > kPgFormat) {
    return absl::UnimplementedError(absl::StrCat("the log has format ", format,
                                                 ", newer than this program's ",
                                                 kPgFormat));
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "the log has format ", format, ", older than this program's ", kPgFormat,
      "; `onrecord log init` brings it up to date"));
}

absl::Status MakePgSchema(PgConnection* connection, absl::string_view schema,
                          absl::Time deadline) {
  ONRECORD_RETURN_IF_ERROR(CreateSchema(connection, deadline));
  // Two at once would both find nothing.
  std::vector<PgQuery> queries = {
      {"BEGIN", {}},
      {"SELECT pg_advisory_xact_lock(hashtextextended('onrecord log', 0))", {}},
      {"SELECT to_regclass($1) IS NOT NULL", {}},
  };
  queries.back().params.Text(absl::StrCat("\"", schema, "\".head"));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<PgResult> found,
                            connection->Run(queries, deadline));
  if (!found.back().Bool(0, 0)) {
    queries.clear();
    for (const char* const sql : kTables) queries.push_back({sql, {}});
    queries.push_back({"COMMIT", {}});
    return connection->Run(queries, deadline).status();
  }
  ONRECORD_ASSIGN_OR_RETURN(
      const std::vector<PgResult> head,
      connection->Run({{"SELECT format::bigint FROM head", {}}, {"COMMIT", {}}},
                      deadline));
  const uint64_t format = head[0].rows() == 1 ? head[0].Int64(0, 0) : 0;
  return format == kPgFormat ? absl::OkStatus() : WrongPgFormat(format);
}

}  // namespace onrecord
