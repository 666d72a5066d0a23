// The directory of actors, held in memory for looking names up.

#ifndef ONRECORD_ENGINE_ACTORS_DIRECTORY_H_
#define ONRECORD_ENGINE_ACTORS_DIRECTORY_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "proto/codebook.pb.h"
#include "proto/event.pb.h"
#include "proto/projection.pb.h"

namespace onrecord {

// Knows who exists, what they are called, and what office they hold from when
// to when: what the events about actors say, in the order of the log.
//
// Thread-compatible. What lookups return lives as long as the directory.
class Directory {
 public:
  Directory() = default;
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  // Takes in what the log says of an actor, as a projection keeps it.
  void Add(const ActorRecord& record);

  // Takes in an event about actors; passes over all others.
  void Apply(const NewEvent& event);

  // The actor with this id. Null if there is none, or it was merged into
  // another when the directory was read.
  const Actor* Find(absl::string_view id) const;

  // The actors that are called `name`, whatever its case, accents and full
  // stops, in order of their ids.
  std::vector<const Actor*> FindByName(absl::string_view name) const;

  // The persons whose name has the same words in any order.
  std::vector<const Actor*> FindByWords(absl::string_view name) const;

  // The persons whose name ends in the word `family_name`.
  std::vector<const Actor*> FindByFamilyName(
      absl::string_view family_name) const;

  // Those who held the office `title` of the body `of` on `day`.
  std::vector<const Actor*> FindByRole(absl::string_view title,
                                       absl::string_view of,
                                       absl::CivilDay day) const;

  // Whether `actor` is called `name` already.
  bool IsCalled(const Actor& actor, absl::string_view name) const;

  // All actors, in order of their ids.
  std::vector<const Actor*> All() const;

 private:
  using Index = absl::flat_hash_map<std::string, std::vector<std::string>>;

  Actor& Put(const std::string& id);
  void AddAlias(Actor& actor, const std::string& alias);
  void AddName(const Actor& actor, absl::string_view name);
  std::vector<const Actor*> FindIn(const Index& index,
                                   const std::string& key) const;

  std::map<std::string, std::unique_ptr<Actor>, std::less<>> actors_;
  Index by_name_;         // NameKey → ids
  Index by_words_;        // UnorderedNameKey → ids of persons
  Index by_family_name_;  // LastWord → ids of persons
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
