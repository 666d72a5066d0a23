#include "engine/actors/directory.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/actors/name_key.h"
#include "engine/edtf.h"
#include "engine/projections/actor_record.h"
#include "engine/projections/actors.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Where events stand that are not appended yet: behind all others.
constexpr uint64_t kFirstProvisional = uint64_t{1} << 63;

class NoEntries : public ProjectionReader {
 public:
  absl::StatusOr<std::optional<std::string>> Get(
      absl::string_view /*key*/) const override {
    return std::nullopt;
  }
  std::unique_ptr<ProjectionScan> Scan(
      absl::string_view /*prefix*/, absl::string_view /*from*/) const override {
    class NoScan : public ProjectionScan {
      bool Valid() const override { return false; }
      void Next() override {}
      absl::string_view key() const override { return {}; }
      absl::string_view value() const override { return {}; }
      absl::Status status() const override { return absl::OkStatus(); }
    };
    return std::make_unique<NoScan>();
  }
  absl::StatusOr<std::optional<std::pair<std::string, std::string>>> Floor(
      absl::string_view /*prefix*/, absl::string_view /*at*/) const override {
    return std::nullopt;
  }
};

std::string FirstWord(const std::string& key) {
  return key.substr(0, key.find(' '));
}

// What the directory says of an actor of `record`.
Actor ActorOfRecord(const ActorRecord& record) {
  Actor actor;
  actor.set_id(record.actor_id());
  actor.set_name(NameOf(record));
  actor.set_kind(KindOf(record));
  for (const NameFact& name : record.names()) {
    if (name.name() != actor.name()) actor.add_aliases(name.name());
  }
  for (const AliasFact& alias : record.aliases()) {
    actor.add_aliases(alias.alias());
  }
  for (const RoleFact& role : record.roles()) *actor.add_roles() = role.role();
  for (const MembershipFact& membership : record.memberships()) {
    actor.add_member_of(membership.member_of());
  }
  return actor;
}

}  // namespace

Actor::Kind KindOf(const Actor& actor) {
  return actor.kind() == Actor::KIND_UNSPECIFIED ? KindOfId(actor.id())
                                                 : actor.kind();
}

bool SameTitle(absl::string_view a, absl::string_view b) {
  const std::string first = NameKey(a);
  const std::string second = NameKey(b);
  return first == second || absl::StartsWith(first, second + " ") ||
         absl::StartsWith(second, first + " ") ||
         absl::EndsWith(first, " " + second) ||
         absl::EndsWith(second, " " + first);
}

bool IsHeldOn(const Role& role, absl::CivilDay day) {
  if (!role.from().empty()) {
    const absl::StatusOr<EdtfTime> from = EdtfTime::Parse(role.from());
    if (from.ok() && day < from->first_day()) return false;
  }
  if (!role.to().empty()) {
    const absl::StatusOr<EdtfTime> to = EdtfTime::Parse(role.to());
    if (to.ok() && day > to->last_day()) return false;
  }
  return true;
}

Directory::Directory()
    : view_(std::make_unique<NoEntries>()),
      state_(std::make_unique<ProjectionState>(view_.get(),
                                               ActorsProjection::kName)),
      next_log_position_(kFirstProvisional) {}

absl::Status Directory::Read(std::unique_ptr<ProjectionReader> view) {
  entries_.clear();
  merged_.clear();
  for (Index* index : {&by_name_, &by_words_, &by_family_name_, &by_first_word_,
                       &by_body_, &by_title_word_}) {
    index->clear();
  }
  status_ = absl::OkStatus();
  ONRECORD_RETURN_IF_ERROR(MoveTo(std::move(view), {}));
  return Actors(view_.get())
      .ForEach(kLatest, [this](const ActorRecord& record) {
        RefreshFrom(record);
        return absl::OkStatus();
      });
}

absl::Status Directory::MoveTo(std::unique_ptr<ProjectionReader> view,
                               const std::set<std::string>& changed) {
  // The state goes first: it reads the view.
  state_ =
      std::make_unique<ProjectionState>(view.get(), ActorsProjection::kName);
  view_ = std::move(view);
  next_log_position_ = kFirstProvisional;
  // Looked up first: refreshing one actor may change what another reads as.
  std::set<std::string> ids = changed;
  for (const std::string& id : changed) {
    const auto before = merged_.find(id);
    if (before != merged_.end()) ids.insert(before->second);
  }
  for (const std::string& id : ids) Refresh(id);
  return status_;
}

bool Directory::Apply(const NewEvent& event) {
  if (ActorOf(event).empty()) return false;
  RecordedEvent recorded;
  recorded.set_log_position(next_log_position_++);
  *recorded.mutable_event() = event;
  const absl::StatusOr<bool> changed = FoldIntoDirectory(recorded, *state_);
  status_.Update(changed.status());
  if (!changed.ok() || !*changed) return false;
  Refresh(ActorOf(event));
  return true;
}

// Reads again the actor that `id` reads as, and the one that it read as before.
void Directory::Refresh(const std::string& id) {
  std::set<std::string> ids = {id};
  if (const auto before = merged_.find(id); before != merged_.end()) {
    ids.insert(before->second);
    merged_.erase(before);
  }
  const Actors actors(state_.get());
  const absl::StatusOr<std::string> is = actors.Canonical(id);
  status_.Update(is.status());
  if (!is.ok()) return;
  if (*is != id) {
    if (const auto gone = entries_.find(id); gone != entries_.end()) {
      RemoveKeys(*gone->second);
      entries_.erase(gone);
    }
    ids.erase(id);
    ids.insert(*is);
  }
  for (const std::string& one : ids) {
    const absl::StatusOr<ActorRecord> record = actors.Find(one);
    if (record.ok()) {
      RefreshFrom(*record);
    } else if (!absl::IsNotFound(record.status())) {
      status_.Update(record.status());
    }
  }
}

void Directory::RefreshFrom(const ActorRecord& record) {
  std::unique_ptr<Entry>& place = entries_[record.actor_id()];
  if (place == nullptr) place = std::make_unique<Entry>();
  Entry& entry = *place;
  RemoveKeys(entry);
  entry.actor = ActorOfRecord(record);
  for (const std::string& id : record.merged_ids()) {
    merged_[id] = record.actor_id();
  }
  AddName(entry.actor.name(), entry);
  for (const std::string& alias : entry.actor.aliases()) AddName(alias, entry);
  if (KindOf(entry.actor) == Actor::ORGANISATION) {
    AddKey(by_first_word_, FirstWord(NameKey(entry.actor.name())), entry);
  }
  for (const Role& role : entry.actor.roles()) {
    const std::string title = NameKey(role.title());
    AddKey(by_body_, role.of(), entry);
    AddKey(by_title_word_, FirstWord(title), entry);
    AddKey(by_title_word_, std::string(LastWord(title)), entry);
  }
}

void Directory::AddKey(Index& index, const std::string& key, Entry& entry) {
  if (index[key].insert(entry.actor.id()).second) {
    entry.keys.emplace_back(&index, key);
  }
}

void Directory::AddName(const std::string& name, Entry& entry) {
  const std::string key = NameKey(name);
  if (key.empty()) return;
  AddKey(by_name_, key, entry);
  if (KindOf(entry.actor) != Actor::PERSON) return;
  AddKey(by_words_, UnorderedNameKey(key), entry);
  AddKey(by_family_name_, std::string(LastWord(key)), entry);
}

void Directory::RemoveKeys(Entry& entry) {
  for (const auto& [index, key] : entry.keys) {
    const auto ids = index->find(key);
    ids->second.erase(entry.actor.id());
    if (ids->second.empty()) index->erase(ids);
  }
  entry.keys.clear();
}

const Actor* Directory::Find(absl::string_view id) const {
  const auto merged = merged_.find(id);
  const auto entry = merged == merged_.end() ? entries_.find(id)
                                             : entries_.find(merged->second);
  return entry == entries_.end() ? nullptr : &entry->second->actor;
}

std::vector<const Actor*> Directory::FindIn(const Index& index,
                                            const std::string& key) const {
  std::vector<const Actor*> found;
  const auto ids = index.find(key);
  if (ids == index.end()) return found;
  for (const std::string& id : ids->second) found.push_back(Find(id));
  return found;
}

std::vector<const Actor*> Directory::FindByName(absl::string_view name) const {
  return FindIn(by_name_, NameKey(name));
}

std::vector<const Actor*> Directory::FindByWords(absl::string_view name) const {
  return FindIn(by_words_, UnorderedNameKey(NameKey(name)));
}

std::vector<const Actor*> Directory::FindByFamilyName(
    absl::string_view family_name) const {
  return FindIn(by_family_name_, NameKey(family_name));
}

std::vector<const Actor*> Directory::FindByFirstWord(
    absl::string_view name) const {
  return FindIn(by_first_word_, FirstWord(NameKey(name)));
}

std::vector<const Actor*> Directory::FindByBody(absl::string_view of) const {
  return FindIn(by_body_, std::string(of));
}

std::vector<const Actor*> Directory::FindByRole(absl::string_view title,
                                                absl::string_view of,
                                                absl::CivilDay day) const {
  std::vector<const Actor*> found;
  for (const Actor* actor : FindByBody(of)) {
    const bool holds = std::any_of(
        actor->roles().begin(), actor->roles().end(), [&](const Role& role) {
          return role.of() == of && SameTitle(role.title(), title) &&
                 IsHeldOn(role, day);
        });
    if (holds) found.push_back(actor);
  }
  return found;
}

std::vector<const Actor*> Directory::FindByTitle(absl::string_view title,
                                                 absl::CivilDay day) const {
  // Of two titles that name one office, one begins or ends with the other.
  const std::string key = NameKey(title);
  std::vector<const Actor*> found;
  for (const std::string& word : {FirstWord(key), std::string(LastWord(key))}) {
    for (const Actor* actor : FindIn(by_title_word_, word)) {
      const bool holds = std::any_of(
          actor->roles().begin(), actor->roles().end(), [&](const Role& role) {
            return SameTitle(role.title(), title) && IsHeldOn(role, day);
          });
      if (holds &&
          std::find(found.begin(), found.end(), actor) == found.end()) {
        found.push_back(actor);
      }
    }
  }
  return found;
}

bool Directory::IsCalled(const Actor& actor, absl::string_view name) const {
  const std::string key = NameKey(name);
  return NameKey(actor.name()) == key ||
         std::any_of(actor.aliases().begin(), actor.aliases().end(),
                     [&key](const std::string& alias) {
                       return NameKey(alias) == key;
                     });
}

}  // namespace onrecord
