#include "engine/actors/directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/projections/actor_record.h"
#include "engine/projections/actors.h"
#include "engine/projections/replayer.h"
#include "storage/projection_store.h"
#include "tests/testing/proto_matchers.h"
#include "tests/testing/scratch_log.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::CivilDay kDay(2025, 4, 26);

std::vector<std::string> IdsOf(const std::vector<const Actor*>& actors) {
  std::vector<std::string> ids;
  for (const Actor* actor : actors) ids.push_back(actor->id());
  return ids;
}

TEST(DirectoryTest, TitlesThatNameOneOfficeAreFoundFromEither) {
  Directory directory;
  ASSERT_TRUE(directory.Apply(ParseText<NewEvent>(R"pb(
    role_held {
      actor_id: "person/a"
      role { title: "Finance Minister" of: "country/x" }
    })pb")));
  ASSERT_TRUE(directory.Apply(ParseText<NewEvent>(R"pb(
    role_held {
      actor_id: "person/b"
      role { title: "minister" of: "country/y" to: "2024" }
    })pb")));
  for (const char* title :
       {"finance minister", "minister", "finance minister of X", "FINANCE"}) {
    EXPECT_THAT(IdsOf(directory.FindByTitle(title, kDay)),
                ElementsAre("person/a"))
        << title;
    EXPECT_THAT(IdsOf(directory.FindByRole(title, "country/x", kDay)),
                ElementsAre("person/a"))
        << title;
  }
  EXPECT_THAT(directory.FindByTitle("prime minister", kDay), IsEmpty());
  EXPECT_THAT(directory.FindByRole("minister", "country/y", kDay), IsEmpty());
}

TEST(DirectoryTest, WhatSaysNothingNewChangesNothing) {
  Directory directory;
  const NewEvent alias = ParseText<NewEvent>(
      R"pb(actor_aliased { actor_id: "person/a" alias: "A" confidence: 1 })pb");
  EXPECT_TRUE(directory.Apply(alias));
  EXPECT_FALSE(directory.Apply(alias));
  NewEvent taken_back = alias;
  taken_back.mutable_actor_aliased()->set_withdrawn(true);
  taken_back.mutable_actor_aliased()->set_by("ana");
  EXPECT_TRUE(directory.Apply(taken_back));
  EXPECT_FALSE(directory.Apply(alias)) << "a person took it back";
  EXPECT_THAT(directory.FindByName("A"), IsEmpty());
}

// A random history of who is who.
class History {
 public:
  explicit History(uint32_t seed) : random_(seed) {}

  NewEvent Next() {
    NewEvent event;
    switch (random_() % 8) {
      case 0: {
        ActorIntroduced& body = *event.mutable_actor_introduced();
        body.set_actor_id(Id());
        body.set_name(Name());
        body.set_kind(random_() % 3 == 0 ? Actor::ORGANISATION : Actor::PERSON);
        break;
      }
      case 1:
        event.mutable_actors_merged()->set_merged_id(Id());
        event.mutable_actors_merged()->set_into_id(Id());
        break;
      case 2:
        event.mutable_actors_split()->set_merged_id(Id());
        event.mutable_actors_split()->set_from_id(Id());
        break;
      case 3:
      case 4: {
        RoleHeld& body = *event.mutable_role_held();
        body.set_actor_id(Id());
        body.mutable_role()->set_title(random_() % 2 == 0 ? "trade minister"
                                                          : "minister");
        body.mutable_role()->set_of(Id());
        body.set_withdrawn(random_() % 3 == 0);
        break;
      }
      default: {
        ActorAliased& body = *event.mutable_actor_aliased();
        body.set_actor_id(Id());
        body.set_alias(Name());
        body.set_confidence(0.5 + 0.5 * static_cast<double>(random_() % 2));
        body.set_withdrawn(random_() % 4 == 0);
      }
    }
    return event;
  }

  std::string Id() { return absl::StrCat("person/", random_() % kActors); }
  std::string Name() {
    return absl::StrCat("Given", random_() % 3, " Family", random_() % 4);
  }

  static constexpr int kActors = 8;

 private:
  std::mt19937 random_;
};

// Everything that a directory answers.
std::string Answers(const Directory& directory) {
  std::string all;
  const auto add = [&all](const std::vector<const Actor*>& actors) {
    for (const Actor* actor : actors) {
      absl::StrAppend(&all, actor->ShortDebugString(), "\n");
    }
    absl::StrAppend(&all, "-\n");
  };
  for (int i = 0; i < History::kActors; ++i) {
    const std::string id = absl::StrCat("person/", i);
    const Actor* const actor = directory.Find(id);
    absl::StrAppend(&all, actor == nullptr ? "none" : actor->id(), "\n");
    add(directory.FindByRole("minister", id, kDay));
  }
  for (int given = 0; given < 3; ++given) {
    for (int family = 0; family < 4; ++family) {
      add(directory.FindByName(
          absl::StrCat("given", given, " family", family)));
      add(directory.FindByWords(
          absl::StrCat("Family", family, " Given", given)));
    }
    add(directory.FindByFirstWord(absl::StrCat("Given", given)));
  }
  add(directory.FindByFamilyName("Family1"));
  add(directory.FindByTitle("minister", kDay));
  return all;
}

class DirectoryHistoryTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(DirectoryHistoryTest, KeptInStepItIsAsReadAnew) {
  SCOPED_TRACE(absl::StrCat("seed ", GetParam()));
  History history(GetParam());
  std::mt19937 random(GetParam());
  ScratchLog log;
  const std::unique_ptr<ProjectionStore> store = *OpenInMemoryProjectionStore();
  std::vector<std::unique_ptr<Projection>> projections;
  projections.push_back(std::make_unique<ActorsProjection>());
  const std::unique_ptr<Replayer> replayer = *Replayer::Create(
      log.get(), store.get(), std::move(projections), ReplayOptions());
  Directory kept;
  for (int round = 0; round < 60; ++round) {
    std::set<std::string> changed;
    for (uint32_t i = 0; i <= random() % 4; ++i) {
      const NewEvent event = history.Next();
      // As an ingest does: taken in before it is appended.
      if (random() % 2 == 0) kept.Apply(event);
      changed.insert(ActorOf(event));
      log.Add(event);
    }
    ASSERT_OK(replayer->CatchUp());
    ASSERT_OK(kept.MoveTo(replayer->View(), changed));
    Directory anew;
    ASSERT_OK(anew.Read(replayer->View()));
    ASSERT_EQ(Answers(kept), Answers(anew)) << "round " << round;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, DirectoryHistoryTest,
                         ::testing::Range(1u, 31u));

}  // namespace
}  // namespace testing
}  // namespace onrecord
