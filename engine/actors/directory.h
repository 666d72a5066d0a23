// The directory of actors, held in memory for looking names up.

#ifndef ONRECORD_ENGINE_ACTORS_DIRECTORY_H_
#define ONRECORD_ENGINE_ACTORS_DIRECTORY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "engine/projections/projection_state.h"
#include "proto/codebook.pb.h"
#include "proto/event.pb.h"
#include "proto/projection.pb.h"
#include "storage/projection_store.h"

namespace onrecord {

// Knows who exists, what they are called, and what office they hold from when
// to when: the state of the actors' projection with indexes over it, which is
// told of changes, so that looking up and taking in cost nothing for all the
// other actors. Actors that were merged are one.
//
// Thread-compatible. What lookups return lives as long as the directory, and
// shows later changes.
class Directory {
 public:
  // An empty one.
  Directory();
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  // Reads everything that `view` holds, in place of what was there.
  absl::Status Read(std::unique_ptr<ProjectionReader> view);

  // Goes on from `view`, which holds all that was taken in here; `changed` are
  // the ids of the actors of which it holds something else besides.
  absl::Status MoveTo(std::unique_ptr<ProjectionReader> view,
                      const std::set<std::string>& changed);

  // Takes in an event that is to be appended. Returns whether it changes
  // anything about actors. Events about other things do not.
  bool Apply(const NewEvent& event);

  // Not OK if something stored did not decode: what was looked up since may be
  // incomplete, and nothing must be recorded of it.
  const absl::Status& status() const { return status_; }

  // What it was read from: everything that was recorded by then.
  const ProjectionReader& view() const { return *view_; }

  // The actor with this id, or the one that it was merged into. Null if there
  // is none.
  const Actor* Find(absl::string_view id) const;

  // The actors that are called `name`, whatever its case, accents and full
  // stops, in order of their ids.
  std::vector<const Actor*> FindByName(absl::string_view name) const;

  // The persons whose name has the same words in any order.
  std::vector<const Actor*> FindByWords(absl::string_view name) const;

  // The persons whose name ends in the word `family_name`.
  std::vector<const Actor*> FindByFamilyName(
      absl::string_view family_name) const;

  // The organisations whose name begins with the first word of `name`.
  std::vector<const Actor*> FindByFirstWord(absl::string_view name) const;

  // Those who ever held an office of the body `of`.
  std::vector<const Actor*> FindByBody(absl::string_view of) const;

  // Those who held the office `title` of the body `of` on `day`.
  std::vector<const Actor*> FindByRole(absl::string_view title,
                                       absl::string_view of,
                                       absl::CivilDay day) const;

  // Those who held an office `title` of whatever body on `day`.
  std::vector<const Actor*> FindByTitle(absl::string_view title,
                                        absl::CivilDay day) const;

  // Whether `actor` is called `name` already.
  bool IsCalled(const Actor& actor, absl::string_view name) const;

 private:
  using Index = absl::flat_hash_map<std::string, std::set<std::string>>;

  // An actor, and the keys under which it stands in the indexes.
  struct Entry {
    Actor actor;
    std::vector<std::pair<Index*, std::string>> keys;
  };

  void Refresh(const std::string& id);
  void RefreshFrom(const ActorRecord& record);
  void AddKey(Index& index, const std::string& key, Entry& entry);
  void AddName(const std::string& name, Entry& entry);
  void RemoveKeys(Entry& entry);
  std::vector<const Actor*> FindIn(const Index& index,
                                   const std::string& key) const;

  std::unique_ptr<ProjectionReader> view_;
  std::unique_ptr<ProjectionState> state_;  // over view_
  uint64_t next_log_position_;
  absl::Status status_;

  std::map<std::string, std::unique_ptr<Entry>, std::less<>> entries_;
  std::map<std::string, std::string, std::less<>> merged_;  // id → what it is
  Index by_name_;                                           // NameKey → ids
  Index by_words_;        // UnorderedNameKey → ids of persons
  Index by_family_name_;  // LastWord → ids of persons
  Index by_first_word_;   // FirstWord → ids of organisations
  Index by_body_;         // Role.of → ids
  Index by_title_word_;   // first and last words of titles → ids
};

// Returns the kind that `actor` has: the one it says, else its id's prefix.
Actor::Kind KindOf(const Actor& actor);

// Returns whether two titles name one office: the same words, whatever their
// case ("finance minister", "Finance Minister"), or one followed by words of
// place that the other leaves out.
bool SameTitle(absl::string_view a, absl::string_view b);

// Returns whether the role is held on `day`.
bool IsHeldOn(const Role& role, absl::CivilDay day);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_DIRECTORY_H_
