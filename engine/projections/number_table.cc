#include "engine/projections/number_table.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "engine/projections/key.h"
#include "storage/status_macros.h"

namespace onrecord {

absl::Status NumberTable::Load(const ProjectionReader& reader) {
  Drop();
  const auto scan = reader.Scan(Key(ids_table_));
  for (; scan->Valid(); scan->Next()) {
    const std::string id(scan->value());
    numbers_.emplace(id, size());
    ids_.push_back(id);
  }
  return scan->status();
}

uint32_t NumberTable::NumberOf(absl::string_view id, size_t hash,
                               ProjectionState& state) {
  const auto it = numbers_.find(id, hash);
  if (it != numbers_.end()) return it->second;
  const uint32_t number = size();
  ids_.emplace_back(id);
  numbers_.emplace(id, number);
  state.Put(Key(ids_table_).Signed(static_cast<int32_t>(number)),
            std::string(id));
  state.Put(Key(table_).Text(id), absl::StrCat(number));
  return number;
}

std::optional<uint32_t> NumberTable::Find(absl::string_view id) const {
  const auto it = numbers_.find(id);
  if (it == numbers_.end()) return std::nullopt;
  return it->second;
}

void NumberTable::Drop() {
  ids_.clear();
  numbers_.clear();
}

absl::StatusOr<std::optional<uint32_t>> FindNumber(
    const ProjectionReader& reader, char numbers, absl::string_view id) {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> text,
                            reader.Get(Key(numbers).Text(id)));
  if (!text.has_value()) return std::nullopt;
  uint32_t number = 0;
  if (!absl::SimpleAtoi(*text, &number)) {
    return absl::DataLossError(
        absl::StrCat("the number of \"", id, "\" does not decode"));
  }
  return number;
}

absl::StatusOr<std::string> FindId(const ProjectionReader& reader, char ids,
                                   uint32_t number) {
  ONRECORD_ASSIGN_OR_RETURN(
      std::optional<std::string> id,
      reader.Get(Key(ids).Signed(static_cast<int32_t>(number))));
  if (!id.has_value()) {
    return absl::DataLossError(absl::StrCat("nothing has number ", number));
  }
  return *std::move(id);
}

}  // namespace onrecord
