// The rows that a group of appends adds to PostgreSQL's tables.

#ifndef ONRECORD_STORAGE_PG_COMMIT_H_
#define ONRECORD_STORAGE_PG_COMMIT_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/append_group.h"
#include "storage/pg_head.h"
#include "storage/pg_params.h"

namespace onrecord {

struct PgCommit {
  // The statements that write it, without COMMIT.
  std::vector<PgQuery> queries;

  // What it makes the head.
  PgHead head;
};

// Lays out what `group` added to a log that ends with `head`. `token` is a
// random number by which it is known again when its outcome is not.
absl::StatusOr<PgCommit> MakePgCommit(AppendGroup* group, const PgHead& head,
                                      uint64_t token);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_COMMIT_H_
