#include "engine/extract/parts.h"

#include <algorithm>
#include <utility>

namespace onrecord {
namespace extract {
namespace {

// Where a part that begins at `begin` and may reach `end` is cut.
size_t CutOf(absl::string_view text, size_t begin, size_t end) {
  if (end >= text.size()) return text.size();
  // Not in the first half, so that each step covers ground.
  const size_t least = begin + (end - begin) / 2;
  const absl::string_view head = text.substr(0, end);
  for (const absl::string_view mark : {"\n\n", "\n", " "}) {
    const size_t at = head.rfind(mark);
    if (at != absl::string_view::npos && at >= least) return at + mark.size();
  }
  while (end > least && (text[end] & 0xC0) == 0x80) --end;
  return end;
}

void Shift(uint32_t offset, Span* span) {
  span->set_begin(span->begin() + offset);
  span->set_end(span->end() + offset);
}

void Shift(uint32_t offset, Mention* mention) {
  if (mention->has_span()) Shift(offset, mention->mutable_span());
}

void Shift(uint32_t offset, Statement* statement) {
  if (statement->has_speaker()) Shift(offset, statement->mutable_speaker());
  if (statement->has_cue()) Shift(offset, statement->mutable_cue());
  for (Span& span : *statement->mutable_content()) Shift(offset, &span);
  if (statement->has_addressee()) {
    Shift(offset, statement->mutable_addressee());
  }
  if (statement->has_relayed_by()) {
    Shift(offset, statement->mutable_relayed_by());
  }
  for (Span& span : *statement->mutable_stance_grounds()) Shift(offset, &span);
  if (statement->has_said_at_span()) {
    Shift(offset, statement->mutable_said_at_span());
  }
}

void AddMissing(const std::vector<std::string>& more,
                std::vector<std::string>* names) {
  for (const std::string& name : more) {
    if (std::find(names->begin(), names->end(), name) == names->end()) {
      names->push_back(name);
    }
  }
}

void Merge(const Entity& more, Entity* entity) {
  AddMissing(more.aliases, &entity->aliases);
  AddMissing(more.doubtful_aliases, &entity->doubtful_aliases);
  for (const Entity::Office& office : more.offices) {
    const bool is_known = std::any_of(
        entity->offices.begin(), entity->offices.end(),
        [&office](const Entity::Office& other) {
          return other.title == office.title && other.of == office.of;
        });
    if (!is_known) entity->offices.push_back(office);
  }
}

}  // namespace

std::vector<absl::string_view> SplitIntoParts(absl::string_view text) {
  const size_t count =
      std::max<size_t>(1, (text.size() + kMostPartBytes - 1) / kMostPartBytes);
  const size_t length = (text.size() + count - 1) / count;
  std::vector<absl::string_view> parts;
  size_t begin = 0;
  do {
    // A part that was cut early leaves more than `length` for some other.
    const size_t end = CutOf(text, begin, begin + length);
    parts.push_back(text.substr(begin, end - begin));
    begin = end;
  } while (begin < text.size());
  return parts;
}

void PartJoiner::Add(uint32_t offset, Extraction part) {
  std::vector<int> entity_of;
  entity_of.reserve(part.entities.size());
  for (Entity& entity : part.entities) {
    entity_of.push_back(AddEntity(offset, std::move(entity)));
  }
  const auto moved = [&entity_of](int entity) {
    return entity < 0 ? -1 : entity_of[entity];
  };
  const int before = static_cast<int>(whole_.statements.size());
  if (before == 0) {
    // The parts are of one length: the others will give about as many, and a
    // vector that grows holds everything twice for a while.
    whole_.statements.reserve(part.statements.size() * count_ * 9 / 8);
  }
  for (ExtractedStatement& extracted : part.statements) {
    Shift(offset, &extracted.statement);
    extracted.speaker = moved(extracted.speaker);
    extracted.addressee = moved(extracted.addressee);
    extracted.relayed_by = moved(extracted.relayed_by);
    for (int& joint : extracted.joint_speakers) joint = moved(joint);
    if (extracted.parent >= 0) extracted.parent += before;
    whole_.statements.push_back(std::move(extracted));
  }
  for (Topic& topic : part.found_topics) {
    const bool is_known = std::any_of(
        whole_.found_topics.begin(), whole_.found_topics.end(),
        [&topic](const Topic& other) { return other.id() == topic.id(); });
    if (!is_known) whole_.found_topics.push_back(std::move(topic));
  }
}

int PartJoiner::AddEntity(uint32_t offset, Entity entity) {
  entity.begin += offset;
  entity.end += offset;
  for (Entity::Office& office : entity.offices) {
    office.begin += offset;
    office.end += offset;
  }
  const auto [found, is_new] = entities_.emplace(
      Key(entity.name, entity.kind, entity.unnamed, entity.member_of),
      static_cast<int>(whole_.entities.size()));
  if (is_new) {
    whole_.entities.push_back(std::move(entity));
  } else {
    Merge(entity, &whole_.entities[found->second]);
  }
  return found->second;
}

}  // namespace extract
}  // namespace onrecord
