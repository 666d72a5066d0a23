// Values on their way to and from PostgreSQL, in its binary format.

#ifndef ONRECORD_STORAGE_PG_PARAMS_H_
#define ONRECORD_STORAGE_PG_PARAMS_H_

#include <postgresql/libpq-fe.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace onrecord {

// The parameters of a statement, $1 first. Owns copies. Thread-compatible.
class PgParams {
 public:
  PgParams& Int64(uint64_t value);
  PgParams& Text(absl::string_view value);
  PgParams& NullText();
  PgParams& Bytes(absl::string_view value);
  PgParams& Int64s(absl::Span<const uint64_t> values);

  // An absent one is NULL.
  PgParams& ByteArrays(
      absl::Span<const std::optional<absl::string_view>> values);
  PgParams& ByteArrays(absl::Span<const absl::string_view> values);

  PgParams& Append(const PgParams& others);

  // An absent one is NULL.
  const std::vector<std::optional<std::string>>& values() const {
    return values_;
  }
  const std::vector<Oid>& types() const { return types_; }

 private:
  void Add(Oid type, std::optional<std::string> value);

  std::vector<std::optional<std::string>> values_;
  std::vector<Oid> types_;
};

// A statement with its parameters. `sql` must be a literal: a connection
// prepares it once, by its address.
struct PgQuery {
  const char* sql;
  PgParams params;
};

// The rows of a result, all in binary format. Rows and columns count from 0.
class PgResult {
 public:
  explicit PgResult(PGresult* result) : result_(result, PQclear) {}

  int rows() const { return PQntuples(result_.get()); }
  bool IsNull(int row, int column) const {
    return PQgetisnull(result_.get(), row, column) != 0;
  }

  // Of a bigint; REQUIRES: not NULL.
  uint64_t Int64(int row, int column) const;
  bool Bool(int row, int column) const { return Bytes(row, column) == "\1"; }

  // Of a bytea or text; until the result is destroyed.
  absl::string_view Bytes(int row, int column) const;

  absl::string_view command() const { return PQcmdStatus(result_.get()); }

 private:
  std::unique_ptr<PGresult, void (*)(PGresult*)> result_;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PG_PARAMS_H_
