#include "engine/extract/speakers/affiliation.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/extract/speakers/gazetteer.h"
#include "engine/extract/speakers/role_words.h"
#include "engine/extract/speakers/spelling.h"

namespace onrecord {
namespace extract {
namespace {

bool HasMediaWord(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return IsMediaWord(word); });
}

// "Japanese", "Tokyo" and "Japan" are one place.
bool IsPlaceOf(absl::string_view place, const EntityRecord& body) {
  if (place.empty()) return false;
  const std::vector<std::string> words = NameWords(place);
  if (!words.empty() && words == body.words) return true;
  const Country* country = FindCountry(place);
  return country != nullptr && country == FindCountry(body.entity.name);
}

}  // namespace

bool IsMedium(const EntityRecord& record) {
  const Actor::Kind kind = record.entity.kind;
  return kind != Actor::PERSON && kind != Actor::COUNTRY &&
         (HasMediaWord(record.words) || HasMediaWord(record.descriptors));
}

bool MayBeMedium(const EntityRecord& record) {
  return record.entity.kind == Actor::ORGANISATION && !record.entity.unnamed &&
         std::none_of(record.descriptors.begin(), record.descriptors.end(),
                      [](const std::string& word) { return IsBodyWord(word); });
}

bool SpeaksFor(const EntityRecord& speaker, const EntityRecord& body) {
  if (body.entity.unnamed && body.entity.kind != Actor::PERSON) {
    return body.entity.member_of.empty();
  }
  if (IsPlaceOf(speaker.entity.member_of, body)) return true;
  const std::vector<Entity::Office>& offices = speaker.entity.offices;
  return std::any_of(
      offices.begin(), offices.end(),
      [&](const Entity::Office& office) { return IsPlaceOf(office.of, body); });
}

}  // namespace extract
}  // namespace onrecord
