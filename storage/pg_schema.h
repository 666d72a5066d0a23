// The tables of the log on PostgreSQL. What stands in them is said in
// POSTGRESQL.md.

#ifndef ONRECORD_STORAGE_PG_SCHEMA_H_
#define ONRECORD_STORAGE_PG_SCHEMA_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/pg_connection.h"

namespace onrecord {

// The format of the tables that this program reads and writes.
inline constexpr uint64_t kPgFormat = 1;

// SQL: since when the server has not crashed, nor been started again. A crash
// of a backend leaves the start as it is, but resets what is counted.
#define ONRECORD_PG_UP_SINCE                                       \
  "greatest(pg_postmaster_start_time(), (SELECT stats_reset FROM " \
  "pg_stat_wal))"

// Returns INVALID_ARGUMENT unless `schema` is 1 to 48 of a-z, 0-9 and _,
// beginning with a letter.
absl::Status CheckSchemaName(absl::string_view schema);

// What to do about tables of another format.
absl::Status WrongPgFormat(uint64_t format);

// Makes the tables in `schema`, and brings older ones to this format. Leaves
// those that are there alone. Returns UNIMPLEMENTED if they are newer.
absl::Status MakePgSchema(PgConnection* connection, absl::string_view schema,
                          absl::Time deadline);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_SCHEMA_H_
