#include "engine/projections/statement_brief.h"

#include <cstring>

#include "engine/projections/number_table.h"
#include "proto/statement.pb.h"
#include "storage/block.h"
#include "storage/coding.h"

namespace onrecord {
namespace {

// Wire types of protocol buffers.
constexpr uint64_t kVarint = 0;
constexpr uint64_t kFixed64 = 1;
constexpr uint64_t kBytes = 2;
constexpr uint64_t kFixed32 = 5;

constexpr uint64_t Tag(int field, uint64_t wire_type) {
  return static_cast<uint64_t>(field) << 3 | wire_type;
}

// Walks over the fields of one message. Those that are taken must come once,
// and in order, as serializers write them; anything else is unusual.
class Fields {
 public:
  explicit Fields(absl::string_view bytes) : decoder_(bytes) {}

  // The tag of the next field; 0 at the end or where it is unusual.
  uint64_t Next() {
    if (decoder_.empty()) return 0;
    const uint64_t tag = decoder_.Varint();
    if (tag < previous_ || tag < Tag(1, kVarint)) {
      ok_ = false;
      return 0;
    }
    repeated_ = tag == previous_;
    previous_ = tag;
    return tag;
  }

  absl::string_view Bytes() {
    ok_ &= !repeated_;
    return decoder_.String();
  }
  uint64_t Varint() {
    ok_ &= !repeated_;
    return decoder_.Varint();
  }
  double Double() {
    ok_ &= !repeated_;
    const uint64_t bits = decoder_.Fixed64();
    double number;
    std::memcpy(&number, &bits, sizeof(number));
    return number;
  }

  void Skip(uint64_t tag) {
    switch (tag & 7) {
      case kVarint:
        decoder_.Varint();
        return;
      case kFixed64:
        decoder_.Bytes(8);
        return;
      case kBytes:
        decoder_.String();
        return;
      case kFixed32:
        decoder_.Bytes(4);
        return;
      default:
        ok_ = false;
    }
  }

  bool ok() const { return ok_ && decoder_.ok(); }

 private:
  Decoder decoder_;
  uint64_t previous_ = 0;
  bool repeated_ = false;
  bool ok_ = true;
};

CorrectionKind ToKind(uint64_t number) {
  return static_cast<CorrectionKind>(static_cast<int>(number));
}

bool ReadSpeaker(absl::string_view bytes, StatementBrief* brief) {
  Fields fields(bytes);
  while (const uint64_t tag = fields.Next()) {
    switch (tag) {
      case Tag(Mention::kActorIdFieldNumber, kBytes):
        brief->actor_id = fields.Bytes();
        break;
      case Tag(Mention::kMemberOfFieldNumber, kBytes):
        brief->member_of = fields.Bytes();
        break;
      default:
        fields.Skip(tag);
    }
    if (!fields.ok()) return false;
  }
  return fields.ok();
}

bool ReadStatement(absl::string_view bytes, absl::string_view* id,
                   StatementBrief* brief) {
  Fields fields(bytes);
  while (const uint64_t tag = fields.Next()) {
    switch (tag) {
      case Tag(Statement::kIdFieldNumber, kBytes):
        *id = fields.Bytes();
        break;
      case Tag(Statement::kParentIdFieldNumber, kBytes):
        brief->parent_id = fields.Bytes();
        break;
      case Tag(Statement::kSpeakerFieldNumber, kBytes):
        if (!ReadSpeaker(fields.Bytes(), brief)) return false;
        break;
      case Tag(Statement::kTopicIdFieldNumber, kBytes):
        brief->topic_id = fields.Bytes();
        break;
      case Tag(Statement::kStanceFieldNumber, kFixed64):
        brief->has_stance = true;
        brief->stance = fields.Double();
        break;
      case Tag(Statement::kConditionalFieldNumber, kVarint):
        brief->conditional = fields.Varint() != 0;
        break;
      case Tag(Statement::kSaidAtFieldNumber, kBytes):
        brief->said = ParseDayRange(fields.Bytes());
        break;
      case Tag(Statement::kDuplicateOfFieldNumber, kBytes):
        brief->duplicate_of = fields.Bytes();
        break;
      default:
        fields.Skip(tag);
    }
    if (!fields.ok()) return false;
  }
  return fields.ok();
}

bool ReadRecorded(absl::string_view bytes, StatementBrief* brief) {
  Fields fields(bytes);
  while (const uint64_t tag = fields.Next()) {
    if (tag != Tag(StatementRecorded::kStatementFieldNumber, kBytes)) {
      fields.Skip(tag);
    } else if (!ReadStatement(fields.Bytes(), &brief->id, brief)) {
      return false;
    }
    if (!fields.ok()) return false;
  }
  return fields.ok();
}

bool ReadCorrected(absl::string_view bytes, StatementBrief* brief) {
  Fields fields(bytes);
  absl::string_view own_id;  // the correction says which one it is of
  while (const uint64_t tag = fields.Next()) {
    switch (tag) {
      case Tag(StatementCorrected::kStatementIdFieldNumber, kBytes):
        brief->id = fields.Bytes();
        break;
      case Tag(StatementCorrected::kCorrectedFieldNumber, kBytes):
        if (!ReadStatement(fields.Bytes(), &own_id, brief)) return false;
        break;
      case Tag(StatementCorrected::kKindFieldNumber, kVarint):
        brief->correction_kind = ToKind(fields.Varint());
        break;
      case Tag(StatementCorrected::kByFieldNumber, kBytes):
        brief->by = fields.Bytes();
        break;
      default:
        fields.Skip(tag);
    }
    if (!fields.ok()) return false;
  }
  return fields.ok();
}

bool ReadRetracted(absl::string_view bytes, StatementBrief* brief) {
  Fields fields(bytes);
  while (const uint64_t tag = fields.Next()) {
    switch (tag) {
      case Tag(StatementRetracted::kStatementIdFieldNumber, kBytes):
        brief->id = fields.Bytes();
        break;
      case Tag(StatementRetracted::kKindFieldNumber, kVarint):
        brief->correction_kind = ToKind(fields.Varint());
        break;
      case Tag(StatementRetracted::kByFieldNumber, kBytes):
        brief->by = fields.Bytes();
        break;
      default:
        fields.Skip(tag);
    }
    if (!fields.ok()) return false;
  }
  return fields.ok();
}

void TakeHashes(StatementBrief* brief) {
  brief->who_hash = NumberTable::HashOf(brief->who());
  brief->topic_hash = NumberTable::HashOf(brief->topic_id);
}

void TakeStatement(const Statement& statement, StatementBrief* brief) {
  brief->actor_id = statement.speaker().actor_id();
  brief->member_of = statement.speaker().member_of();
  brief->topic_id = statement.topic_id();
  brief->parent_id = statement.parent_id();
  brief->duplicate_of = statement.duplicate_of();
  brief->said = ParseDayRange(statement.said_at());
  brief->has_stance = statement.has_stance();
  brief->stance = statement.stance();
  brief->conditional = statement.conditional();
  TakeHashes(brief);
}

}  // namespace

BriefResult ReadBrief(absl::string_view bytes, StatementBrief* brief) {
  *brief = StatementBrief();
  Fields fields(bytes);
  bool found = false;
  while (const uint64_t tag = fields.Next()) {
    bool read = true;
    const bool second = found && tag >= Tag(kFirstBodyField, kVarint);
    switch (tag) {
      case Tag(NewEvent::kStatementRecordedFieldNumber, kBytes):
        brief->kind = StatementBrief::Kind::kRecorded;
        read = ReadRecorded(fields.Bytes(), brief);
        found = true;
        break;
      case Tag(NewEvent::kStatementCorrectedFieldNumber, kBytes):
        brief->kind = StatementBrief::Kind::kCorrected;
        read = ReadCorrected(fields.Bytes(), brief);
        found = true;
        break;
      case Tag(NewEvent::kStatementRetractedFieldNumber, kBytes):
        brief->kind = StatementBrief::Kind::kRetracted;
        read = ReadRetracted(fields.Bytes(), brief);
        found = true;
        break;
      default:
        fields.Skip(tag);
    }
    if (!read || second || !fields.ok()) return BriefResult::kUnusual;
  }
  if (!fields.ok()) return BriefResult::kUnusual;
  if (!found) return BriefResult::kOther;
  TakeHashes(brief);
  return BriefResult::kBrief;
}

BriefResult ReadBrief(const NewEvent& event, StatementBrief* brief) {
  *brief = StatementBrief();
  if (event.has_statement_recorded()) {
    const Statement& statement = event.statement_recorded().statement();
    brief->kind = StatementBrief::Kind::kRecorded;
    brief->id = statement.id();
    TakeStatement(statement, brief);
    return BriefResult::kBrief;
  }
  if (event.has_statement_corrected()) {
    const StatementCorrected& correction = event.statement_corrected();
    brief->kind = StatementBrief::Kind::kCorrected;
    brief->id = correction.statement_id();
    brief->correction_kind = correction.kind();
    brief->by = correction.by();
    TakeStatement(correction.corrected(), brief);
    return BriefResult::kBrief;
  }
  if (event.has_statement_retracted()) {
    const StatementRetracted& retraction = event.statement_retracted();
    brief->kind = StatementBrief::Kind::kRetracted;
    brief->id = retraction.statement_id();
    brief->correction_kind = retraction.kind();
    brief->by = retraction.by();
    return BriefResult::kBrief;
  }
  return BriefResult::kOther;
}

}  // namespace onrecord
