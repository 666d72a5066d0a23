// How statements of one stretch of the log are packed into bytes.

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/projections/bytes.h"
#include "engine/projections/statement_index.h"
#include "storage/hash.h"

namespace onrecord {
namespace {

// What most statements have takes one byte: the stance's code in the three low
// bits, then these.
constexpr uint64_t kStanceMask = 7;
constexpr uint64_t kNoStance = 0;
constexpr uint64_t kAgainst = 1;
constexpr uint64_t kNeutral = 2;
constexpr uint64_t kFor = 3;
constexpr uint64_t kOtherStance = 4;
constexpr uint64_t kConditional = 8;
constexpr uint64_t kHasSpeaker = 16;
constexpr uint64_t kHasTopic = 32;
constexpr uint64_t kHasSpan = 64;
constexpr uint64_t kUnnamed = 128;
constexpr uint64_t kSecondHand = 256;
constexpr uint64_t kRetracted = 512;
constexpr uint64_t kMisread = 1024;
constexpr uint64_t kByPerson = 2048;
constexpr uint64_t kRepeated = 4096;
constexpr uint64_t kDuplicate = 8192;

uint64_t CodeOf(const StatementSummary& s) {
  if (!s.has_stance) return kNoStance;
  if (s.stance == -1) return kAgainst;
  if (s.stance == 0) return kNeutral;
  return s.stance == 1 ? kFor : kOtherStance;
}

uint64_t FlagsOf(const StatementSummary& s) {
  return CodeOf(s) | (s.conditional ? kConditional : 0) |
         (s.speaker != StatementSummary::kNone ? kHasSpeaker : 0) |
         (s.topic != StatementSummary::kNone ? kHasTopic : 0) |
         (s.said.last != s.said.first ? kHasSpan : 0) |
         (s.unnamed ? kUnnamed : 0) | (s.second_hand ? kSecondHand : 0) |
         (s.retracted ? kRetracted : 0) | (s.misread ? kMisread : 0) |
         (s.by_person ? kByPerson : 0) | (s.repeated ? kRepeated : 0) |
         (s.duplicate_of.empty() ? 0 : kDuplicate);
}

void Write(const StatementSummary& s, int64_t last_day, ByteWriter& writer) {
  const uint64_t flags = FlagsOf(s);
  writer.Unsigned(flags);
  writer.Byte(
      static_cast<uint8_t>(s.log_position % StatementPage::kLogPositions));
  if (flags & kHasSpeaker) writer.Unsigned(s.speaker);
  if (flags & kHasTopic) writer.Unsigned(s.topic);
  writer.Signed(s.said.first - last_day);
  if (flags & kHasSpan) {
    writer.Unsigned(static_cast<uint64_t>(static_cast<int64_t>(s.said.last) -
                                          s.said.first));
  }
  if ((flags & kStanceMask) == kOtherStance) writer.Stance(s.stance);
  if (flags & kDuplicate) writer.Text(s.duplicate_of);
}

StatementSummary Read(uint64_t first_log_position, int64_t last_day,
                      ByteReader& reader) {
  StatementSummary s;
  const uint64_t flags = reader.Unsigned();
  const uint64_t code = flags & kStanceMask;
  s.has_stance = code != kNoStance;
  s.conditional = flags & kConditional;
  s.unnamed = flags & kUnnamed;
  s.second_hand = flags & kSecondHand;
  s.retracted = flags & kRetracted;
  s.misread = flags & kMisread;
  s.by_person = flags & kByPerson;
  s.repeated = flags & kRepeated;
  s.log_position = first_log_position + reader.Byte();
  if (flags & kHasSpeaker) s.speaker = static_cast<uint32_t>(reader.Unsigned());
  if (flags & kHasTopic) s.topic = static_cast<uint32_t>(reader.Unsigned());
  s.said.first = static_cast<DayNumber>(last_day + reader.Signed());
  s.said.last = s.said.first;
  if (flags & kHasSpan) {
    s.said.last = static_cast<DayNumber>(
        s.said.first + static_cast<int64_t>(reader.Unsigned()));
  }
  if (code == kAgainst) s.stance = -1;
  if (code == kFor) s.stance = 1;
  if (code == kOtherStance) s.stance = reader.Stance();
  if (flags & kDuplicate) s.duplicate_of = std::string(reader.Text());
  return s;
}

size_t SharedBytes(absl::string_view a, absl::string_view b) {
  const size_t most = std::min(a.size(), b.size());
  size_t shared = 0;
  // Eight at a time, for as long as they are the same.
  constexpr size_t kStep = sizeof(uint64_t);
  while (shared + kStep <= most &&
         std::memcmp(a.data() + shared, b.data() + shared, kStep) == 0) {
    shared += kStep;
  }
  while (shared < most && a[shared] == b[shared]) ++shared;
  return shared;
}

}  // namespace

std::string StatementPage::Encode() const {
  ByteWriter writer(rows_.size() * 16);
  absl::string_view last_id;
  int64_t last_day = 0;
  for (const Row& row : rows_) {
    const absl::string_view id = IdOf(row);
    const size_t shared = SharedBytes(last_id, id);
    writer.Unsigned(shared);
    writer.Text(id.substr(shared));
    Write(row.summary, last_day, writer);
    last_id = id;
    last_day = row.summary.said.first;
  }
  return writer.Take();
}

bool StatementPage::Decode(absl::string_view bytes) {
  Reset(number_);
  ByteReader reader(bytes);
  std::string id;
  int64_t last_day = 0;
  while (reader.ok() && !reader.at_end()) {
    const uint64_t shared = reader.Unsigned();
    if (shared > id.size()) return false;
    id.resize(shared);
    const absl::string_view rest = reader.Text();
    id.append(rest.data(), rest.size());
    StatementSummary summary = Read(number_ * kLogPositions, last_day, reader);
    last_day = summary.said.first;
    Append(id, static_cast<uint32_t>(Checksum(id)), std::move(summary));
  }
  return reader.ok();
}

StatementPage::Row* StatementPage::Find(absl::string_view id, uint32_t hash) {
  const char mark = static_cast<char>(hash);
  for (size_t i = marks_.find(mark); i != std::string::npos;
       i = marks_.find(mark, i + 1)) {
    if (IdOf(rows_[i]) == id) return &rows_[i];
  }
  return nullptr;
}

void StatementPage::Append(absl::string_view id, uint32_t hash,
                           StatementSummary summary) {
  Row& row = rows_.emplace_back();
  row.id_begin = static_cast<uint32_t>(ids_.size());
  row.id_size = static_cast<uint32_t>(id.size());
  row.summary = std::move(summary);
  marks_.push_back(static_cast<char>(hash));
  ids_.append(id.data(), id.size());
}

void StatementPage::Reset(uint64_t number) {
  number_ = number;
  rows_.clear();
  marks_.clear();
  ids_.clear();
}

}  // namespace onrecord
