#include "engine/projections/statement_index.h"

#include <algorithm>
#include <optional>

#include "engine/projections/bytes.h"
#include "engine/projections/key.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr size_t kSuffixBytes = 2;

constexpr uint32_t kUnnamed = 1;
constexpr uint32_t kHasStance = 2;
constexpr uint32_t kConditional = 4;
constexpr uint32_t kSecondHand = 8;
constexpr uint32_t kRetracted = 16;
constexpr uint32_t kMisread = 32;
constexpr uint32_t kByPerson = 64;
constexpr uint32_t kRepeated = 128;
constexpr uint32_t kHasSpeaker = 256;
constexpr uint32_t kHasTopic = 512;
constexpr uint32_t kDuplicate = 1024;

absl::string_view PrefixOf(absl::string_view id) {
  return id.substr(0, id.size() - std::min(id.size(), kSuffixBytes));
}

absl::string_view SuffixOf(absl::string_view id) {
  return id.substr(PrefixOf(id).size());
}

Key GroupKey(absl::string_view prefix) { return Key('I').Text(prefix); }

uint32_t FlagsOf(const StatementSummary& s) {
  return (s.unnamed ? kUnnamed : 0) | (s.has_stance ? kHasStance : 0) |
         (s.conditional ? kConditional : 0) |
         (s.second_hand ? kSecondHand : 0) | (s.retracted ? kRetracted : 0) |
         (s.misread ? kMisread : 0) | (s.by_person ? kByPerson : 0) |
         (s.repeated ? kRepeated : 0) |
         (s.speaker != StatementSummary::kNone ? kHasSpeaker : 0) |
         (s.topic != StatementSummary::kNone ? kHasTopic : 0) |
         (s.duplicate_of.empty() ? 0 : kDuplicate);
}

void Write(const StatementSummary& s, ByteWriter& writer) {
  const uint32_t flags = FlagsOf(s);
  writer.Unsigned(flags);
  writer.Unsigned(s.log_position);
  if (flags & kHasSpeaker) writer.Unsigned(s.speaker);
  if (flags & kHasTopic) writer.Unsigned(s.topic);
  writer.Signed(s.said.first);
  writer.Signed(static_cast<int64_t>(s.said.last) - s.said.first);
  if (flags & kHasStance) writer.Stance(s.stance);
  if (flags & kDuplicate) writer.Text(s.duplicate_of);
}

StatementSummary Read(ByteReader& reader) {
  StatementSummary s;
  const uint64_t flags = reader.Unsigned();
  s.unnamed = flags & kUnnamed;
  s.has_stance = flags & kHasStance;
  s.conditional = flags & kConditional;
  s.second_hand = flags & kSecondHand;
  s.retracted = flags & kRetracted;
  s.misread = flags & kMisread;
  s.by_person = flags & kByPerson;
  s.repeated = flags & kRepeated;
  s.log_position = reader.Unsigned();
  if (flags & kHasSpeaker) s.speaker = static_cast<uint32_t>(reader.Unsigned());
  if (flags & kHasTopic) s.topic = static_cast<uint32_t>(reader.Unsigned());
  s.said.first = static_cast<DayNumber>(reader.Signed());
  s.said.last = static_cast<DayNumber>(s.said.first + reader.Signed());
  if (flags & kHasStance) s.stance = reader.Stance();
  if (flags & kDuplicate) s.duplicate_of = std::string(reader.Text());
  return s;
}

template <typename Members>
auto At(Members& members, absl::string_view suffix) {
  return std::lower_bound(
      members.begin(), members.end(), suffix,
      [](const auto& a, absl::string_view b) { return a.first < b; });
}

}  // namespace

absl::StatusOr<StatementIndex::Group*> StatementIndex::Load(
    absl::string_view id, ProjectionState& state) {
  const absl::string_view prefix = PrefixOf(id);
  const auto found = groups_.find(prefix);
  if (found != groups_.end()) return &found->second;
  Group& group = groups_[prefix];
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            state.Get(GroupKey(prefix)));
  if (!bytes.has_value()) return &group;
  ByteReader reader(*bytes);
  while (reader.ok() && !reader.at_end()) {
    std::string suffix(reader.Text());
    group.members.emplace_back(std::move(suffix), Read(reader));
  }
  if (!reader.ok()) {
    return absl::DataLossError("an index of statements does not decode");
  }
  return &group;
}

absl::StatusOr<const StatementSummary*> StatementIndex::Find(
    absl::string_view id, ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(Group* const group, Load(id, state));
  const absl::string_view suffix = SuffixOf(id);
  const auto at = At(group->members, suffix);
  if (at == group->members.end() || at->first != suffix) return nullptr;
  return &at->second;
}

absl::Status StatementIndex::Put(absl::string_view id, StatementSummary summary,
                                 ProjectionState& state) {
  ONRECORD_ASSIGN_OR_RETURN(Group* const group, Load(id, state));
  const absl::string_view suffix = SuffixOf(id);
  const auto at = At(group->members, suffix);
  changed_bytes_ += sizeof(*at);
  group->changed = true;
  if (at != group->members.end() && at->first == suffix) {
    at->second = std::move(summary);
  } else {
    group->members.emplace(at, std::string(suffix), std::move(summary));
  }
  return absl::OkStatus();
}

void StatementIndex::Flush(ProjectionState& state) {
  for (auto& [prefix, group] : groups_) {
    if (!group.changed) continue;
    std::string bytes;
    ByteWriter writer(&bytes);
    for (const auto& [suffix, summary] : group.members) {
      writer.Text(suffix);
      Write(summary, writer);
    }
    state.Put(GroupKey(prefix), bytes);
  }
  Drop();
}

void StatementIndex::Drop() {
  groups_.clear();
  changed_bytes_ = 0;
}

}  // namespace onrecord
