#include "engine/projections/actors.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/projections/actor_record.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/projections/projection_fixture.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ActorsTest : public ProjectionTest<ActorsProjection> {
 protected:
  uint64_t Introduce(const std::string& id, const std::string& name) {
    return Record(absl::StrCat("actor_introduced { actor_id: '", id,
                               "' name: '", name, "' }"));
  }
  uint64_t Merge(const std::string& merged, const std::string& into) {
    return Record(absl::StrCat("actors_merged { merged_id: '", merged,
                               "' into_id: '", into, "' }"));
  }
  uint64_t Split(const std::string& merged, const std::string& from) {
    return Record(absl::StrCat("actors_split { merged_id: '", merged,
                               "' from_id: '", from, "' }"));
  }

  std::vector<std::string> Ids(uint64_t known_at = kLatest) {
    std::vector<std::string> ids;
    EXPECT_OK(actors_.ForEach(known_at, [&](const ActorRecord& record) {
      ids.push_back(record.actor_id());
      return absl::OkStatus();
    }));
    return ids;
  }

  // "title of from/to" of each office known.
  std::vector<std::string> Roles(const std::string& id,
                                 uint64_t known_at = kLatest) {
    std::vector<std::string> roles;
    const auto record = actors_.Find(id, known_at);
    EXPECT_OK(record);
    for (const RoleFact& fact : record->roles()) {
      roles.push_back(absl::StrCat(fact.role().title(), " ", fact.role().of(),
                                   " ", fact.role().from(), "/",
                                   fact.role().to()));
    }
    return roles;
  }

  Actors actors_{store_.get()};
};

TEST_F(ActorsTest, ANameGivenLaterIsTheName) {
  const uint64_t first = Introduce("person/a", "Akasaka");
  Introduce("person/a", "Ryosei Akazawa");
  EXPECT_EQ(NameOf(*actors_.Find("person/a")), "Ryosei Akazawa");
  EXPECT_EQ(KindOf(*actors_.Find("person/a")), Actor::PERSON);
  EXPECT_EQ(NameOf(*actors_.Find("person/a", first)), "Akasaka");
  EXPECT_THAT(actors_.Find("person/a", first - 1),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("person/a")));
}

TEST_F(ActorsTest, AMergeHoldsFromItsLogPositionOn) {
  Introduce("a", "A");
  Record("actor_aliased { actor_id: 'b' alias: 'Bee' confidence: 0.5 }");
  const uint64_t before = Introduce("b", "B");
  const uint64_t merged = Merge("b", "a");
  EXPECT_THAT(actors_.Canonical("b"), IsOkAndHolds(std::string("a")));
  EXPECT_THAT(actors_.Canonical("b", before), IsOkAndHolds(std::string("b")));
  EXPECT_THAT(Ids(), ElementsAre("a"));
  EXPECT_THAT(Ids(before), ElementsAre("a", "b"));

  ASSERT_OK_AND_ASSIGN(const ActorRecord joined, actors_.Find("b"));
  EXPECT_EQ(joined.actor_id(), "a");
  EXPECT_EQ(NameOf(joined), "A");
  EXPECT_EQ(joined.aliases(0).alias(), "Bee");
  EXPECT_THAT(joined.merged_ids(), ElementsAre("b"));

  Split("b", "a");
  EXPECT_THAT(Ids(), ElementsAre("a", "b"));
  EXPECT_THAT(Ids(merged), ElementsAre("a"));
  EXPECT_THAT(actors_.Find("a")->aliases(), IsEmpty());
}

TEST_F(ActorsTest, AMergeThatWouldMakeACircleIsPassedOver) {
  Introduce("a", "A");
  Introduce("b", "B");
  Introduce("c", "C");
  Merge("a", "b");
  Merge("b", "c");
  Merge("c", "a");
  Merge("a", "a");
  EXPECT_THAT(Ids(), ElementsAre("c"));
  EXPECT_THAT(actors_.Canonical("a"), IsOkAndHolds(std::string("c")));
}

TEST_F(ActorsTest, ALastDayIsAddedLater) {
  const uint64_t open = Record(
      "role_held { actor_id: 'a' role { title: 'minister' of: 'c' "
      "from: '2024' } }");
  Record(
      "role_held { actor_id: 'a' role { title: 'minister' of: 'c' "
      "from: '2024' to: '2025' } }");
  Record("role_held { actor_id: 'a' role { title: 'speaker' of: 'c' } }");
  EXPECT_THAT(Roles("a"), ElementsAre("minister c 2024/2025", "speaker c /"));
  EXPECT_THAT(Roles("a", open), ElementsAre("minister c 2024/"));
}

TEST_F(ActorsTest, WhatAPersonRecordedAMachineDoesNotChange) {
  Record(
      "role_held { actor_id: 'a' by: 'me' "
      "role { title: 'minister' of: 'c' to: '2025' } }");
  Record("role_held { actor_id: 'a' role { title: 'minister' of: 'c' } }");
  EXPECT_THAT(Roles("a"), ElementsAre("minister c /2025"));
  Record(
      "role_held { actor_id: 'a' by: 'me' withdrawn: true "
      "role { title: 'minister' of: 'c' } }");
  EXPECT_THAT(Roles("a"), IsEmpty());
}

TEST_F(ActorsTest, AnAliasCanBeMadeSurerAndTakenBack) {
  Record("actor_aliased { actor_id: 'a' alias: 'X' confidence: 0.5 }");
  Record("actor_aliased { actor_id: 'a' alias: 'X' confidence: 0.4 }");
  const uint64_t sure =
      Record("actor_aliased { actor_id: 'a' alias: 'X' confidence: 1 }");
  EXPECT_EQ(actors_.Find("a")->aliases_size(), 1);
  EXPECT_EQ(actors_.Find("a")->aliases(0).confidence(), 1);
  Record("actor_aliased { actor_id: 'a' alias: 'X' withdrawn: true }");
  EXPECT_EQ(actors_.Find("a")->aliases_size(), 0);
  EXPECT_EQ(actors_.Find("a", sure)->aliases_size(), 1);
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
