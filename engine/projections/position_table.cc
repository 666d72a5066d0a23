#include "engine/projections/position_table.h"

#include <algorithm>
#include <utility>

#include "storage/status_macros.h"

namespace onrecord {

namespace {

// By what the first changes are fewer than the most.
constexpr size_t kFewer = 4;

size_t FirstChanges(size_t most) { return std::max(most / kFewer, size_t{1}); }

}  // namespace

PositionTable::PositionTable(size_t max_changes)
    : max_changes_(max_changes), wanted_changes_(FirstChanges(max_changes)) {}

PositionTable::~PositionTable() {
  if (thread_.joinable()) thread_.join();
}

absl::Status PositionTable::Insert(const PositionPair& pair,
                                   const PositionEntry& entry,
                                   const ProjectionState& state) {
  return PutOff(pair, entry, state);
}

absl::Status PositionTable::End(const PositionPair& pair,
                                const EntryPlace& place, uint64_t statement,
                                uint64_t known_until,
                                const ProjectionState& state) {
  PositionEntry ended;
  ended.place = place;
  ended.statement = statement;
  ended.known_until = known_until;
  return PutOff(pair, ended, state);
}

absl::Status PositionTable::PutOff(const PositionPair& pair,
                                   const PositionEntry& entry,
                                   const ProjectionState& state) {
  changes_.Add(pair, entry);
  if (changes_.size() < wanted_changes_) return absl::OkStatus();
  wanted_changes_ = std::min(2 * wanted_changes_, max_changes_);
  return StartMaking(state);
}

// Makes the changes that were put off, on a thread if nothing but the pairs is
// read for it.
absl::Status PositionTable::StartMaking(const ProjectionState& state) {
  ONRECORD_RETURN_IF_ERROR(FinishMaking());
  ONRECORD_RETURN_IF_ERROR(pairs_.LoadPairs(state));
  if (!state.may_use_threads() || !pairs_.complete()) return MakeAll(state);
  std::swap(making_, changes_);
  thread_ =
      std::thread([this, &state] { made_ = pairs_.Make(making_, state); });
  return absl::OkStatus();
}

absl::Status PositionTable::FinishMaking() {
  if (!thread_.joinable()) return absl::OkStatus();
  thread_.join();
  making_.Clear();
  changed_bytes_ = pairs_.changed_bytes();
  return made_;
}

absl::Status PositionTable::MakeAll(const ProjectionState& state) {
  ONRECORD_RETURN_IF_ERROR(FinishMaking());
  ONRECORD_RETURN_IF_ERROR(pairs_.Make(changes_, state));
  changes_.Clear();
  changed_bytes_ = pairs_.changed_bytes();
  return absl::OkStatus();
}

absl::Status PositionTable::ForEachPresent(
    const PositionPair& pair,
    absl::FunctionRef<void(const PositionEntry&)> visit,
    const ProjectionState& state) {
  ONRECORD_RETURN_IF_ERROR(MakeAll(state));
  return pairs_.ForEachPresent(pair, visit, state);
}

absl::Status PositionTable::Flush(ProjectionState& state) {
  ONRECORD_RETURN_IF_ERROR(MakeAll(state));
  pairs_.Write(state);
  changed_bytes_ = 0;
  return absl::OkStatus();
}

void PositionTable::Drop() {
  FinishMaking().IgnoreError();  // what is dropped need not be right
  changes_.Clear();
  wanted_changes_ = FirstChanges(max_changes_);
  pairs_.Drop();
  changed_bytes_ = 0;
}

}  // namespace onrecord
