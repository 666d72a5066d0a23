#include "storage/pg_params.h"

#include <utility>

#include "storage/coding.h"

namespace onrecord {
namespace {

// Fixed numbers of PostgreSQL's own types.
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kText = 25;
constexpr Oid kByteaArray = 1001;
constexpr Oid kInt8Array = 1016;

void PutBigEndian32(uint32_t value, std::string* out) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(value >> shift));
  }
}

// The header of an array of one dimension, from index 1.
std::string ArrayHeader(Oid element, size_t size, bool has_null) {
  std::string bytes;
  PutBigEndian32(size == 0 ? 0 : 1, &bytes);
  PutBigEndian32(has_null ? 1 : 0, &bytes);
  PutBigEndian32(element, &bytes);
  if (size == 0) return bytes;
  PutBigEndian32(static_cast<uint32_t>(size), &bytes);
  PutBigEndian32(1, &bytes);
  return bytes;
}

}  // namespace

void PgParams::Add(Oid type, std::optional<std::string> value) {
  types_.push_back(type);
  values_.push_back(std::move(value));
}

PgParams& PgParams::Int64(uint64_t value) {
  std::string bytes;
  PutBigEndian64(value, &bytes);
  Add(kInt8, std::move(bytes));
  return *this;
}

PgParams& PgParams::Text(absl::string_view value) {
  Add(kText, std::string(value));
  return *this;
}

PgParams& PgParams::NullText() {
  Add(kText, std::nullopt);
  return *this;
}

PgParams& PgParams::Bytes(absl::string_view value) {
  Add(kBytea, std::string(value));
  return *this;
}

PgParams& PgParams::Int64s(absl::Span<const uint64_t> values) {
  std::string bytes = ArrayHeader(kInt8, values.size(), false);
  for (const uint64_t value : values) {
    PutBigEndian32(8, &bytes);
    PutBigEndian64(value, &bytes);
  }
  Add(kInt8Array, std::move(bytes));
  return *this;
}

PgParams& PgParams::ByteArrays(
    absl::Span<const std::optional<absl::string_view>> values) {
  bool has_null = false;
  for (const auto& value : values) has_null |= !value.has_value();
  std::string bytes = ArrayHeader(kBytea, values.size(), has_null);
  for (const auto& value : values) {
    if (!value.has_value()) {
      PutBigEndian32(0xffffffff, &bytes);
      continue;
    }
    PutBigEndian32(static_cast<uint32_t>(value->size()), &bytes);
    bytes.append(value->data(), value->size());
  }
  Add(kByteaArray, std::move(bytes));
  return *this;
}

PgParams& PgParams::ByteArrays(absl::Span<const absl::string_view> values) {
  return ByteArrays(std::vector<std::optional<absl::string_view>>(
      values.begin(), values.end()));
}

PgParams& PgParams::Append(const PgParams& others) {
  values_.insert(values_.end(), others.values_.begin(), others.values_.end());
  types_.insert(types_.end(), others.types_.begin(), others.types_.end());
  return *this;
}

uint64_t PgResult::Int64(int row, int column) const {
  return GetBigEndian64(PQgetvalue(result_.get(), row, column));
}

absl::string_view PgResult::Bytes(int row, int column) const {
  return absl::string_view(PQgetvalue(result_.get(), row, column),
                           PQgetlength(result_.get(), row, column));
}

}  // namespace onrecord
