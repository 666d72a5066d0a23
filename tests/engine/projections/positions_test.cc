#include "engine/projections/positions.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/projections/positions_projection.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/projections/projection_fixture.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PositionsTest : public ProjectionTest<PositionsProjection> {
 protected:
  uint64_t Say(const std::string& id, const std::string& actor,
               const std::string& day, double stance,
               const std::string& more = "") {
    return Record(absl::StrCat("statement_recorded { statement { id: '", id,
                               "' topic_id: 't' speaker { actor_id: '", actor,
                               "' } said_at: '", day, "' stance: ", stance, " ",
                               more, " } }"));
  }

  // "actor from..to stance: evidence" of each position, other speakers named.
  std::vector<std::string> Lines(const PositionQuery& query) {
    std::vector<std::string> lines;
    EXPECT_OK(positions_.ForEach(query, [&](const Position& p) {
      std::string line = absl::StrCat(p.actor_id, " ", FormatDay(p.from), "..",
                                      p.to.has_value() ? FormatDay(*p.to) : "",
                                      " ", p.stance, ":");
      for (const Evidence& evidence : p.evidence) {
        absl::StrAppend(&line, " ", evidence.statement_id);
        if (evidence.speaker_id != p.actor_id || evidence.unnamed) {
          absl::StrAppend(&line, " by ", evidence.unnamed ? "somebody of " : "",
                          evidence.speaker_id);
        }
      }
      lines.push_back(line);
      return absl::OkStatus();
    }));
    return lines;
  }

  // "since stance" of the position on the day of the query.
  std::string Held(const PositionQuery& query) {
    const absl::StatusOr<std::optional<Position>> at = positions_.At(query);
    EXPECT_OK(at);
    if (!at.ok() || !at->has_value()) return "nothing";
    const Position& position = **at;
    return absl::StrCat(FormatDay(position.from), " ", position.stance);
  }

  static PositionQuery RolledUp(const std::string& actor) {
    PositionQuery query;
    query.actor_id = actor;
    query.rollup = true;
    return query;
  }

  Positions positions_{store_.get()};
};

TEST_F(PositionsTest, NothingIsKnownOfNobody) {
  EXPECT_THAT(Lines({}), IsEmpty());
  PositionQuery query;
  query.actor_id = "nobody";
  query.topic_id = "nothing";
  EXPECT_EQ(Held(query), "nothing");
  query.topic_id.clear();
  EXPECT_THAT(positions_.At(query), StatusIs(absl::StatusCode::kInvalidArgument,
                                             HasSubstr("`topic_id`")));
}

TEST_F(PositionsTest, StatementsMakeStretches) {
  Say("1", "a", "2025-01-10", 1);
  Say("2", "a", "2025-03-01", -1);
  Say("3", "a", "2025-02-01", 1);
  EXPECT_THAT(Lines({}), ElementsAre("a 2025-01-10..2025-03-01 1: 1 3",
                                     "a 2025-03-01.. -1: 2"));
  PositionQuery query;
  query.as_of = absl::CivilDay(2025, 1, 9);
  EXPECT_THAT(Lines(query), IsEmpty());
  query.as_of = absl::CivilDay(2025, 2, 28);
  EXPECT_THAT(Lines(query), ElementsAre("a 2025-01-10.. 1: 1 3"));
}

TEST_F(PositionsTest, AnOfficeHolderSpeaksForTheBodyWhileInOffice) {
  Say("1", "a", "2025-01-10", 1);
  Say("2", "b", "2025-02-10", -1);
  Say("3", "a", "2025-03-10", 1);
  const uint64_t before = log_.events().size();
  Record("role_held { actor_id: 'a' role { of: 'c' to: '2025-02-01' } }");
  Record("role_held { actor_id: 'b' role { of: 'c' from: '2025-02-02' } }");
  Record("membership_held { actor_id: 'c' member_of: 'd' }");
  EXPECT_THAT(Lines(RolledUp("c")),
              ElementsAre("c 2025-01-10..2025-02-10 1: 1 by a",
                          "c 2025-02-10.. -1: 2 by b"));
  EXPECT_THAT(Lines(RolledUp("d")),
              ElementsAre("d 2025-01-10..2025-02-10 1: 1 by a",
                          "d 2025-02-10.. -1: 2 by b"));
  EXPECT_THAT(Lines(RolledUp("a")), ElementsAre("a 2025-01-10.. 1: 1 3"));
  PositionQuery earlier = RolledUp("c");
  earlier.known_at = before;
  EXPECT_THAT(Lines(earlier), IsEmpty());
}

TEST_F(PositionsTest, AnUnnamedSpeakerCountsForTheBodyAlone) {
  Say("1", "c", "2025-01-10", -1);
  Record(
      "statement_recorded { statement { id: '2' topic_id: 't' stance: 1 "
      "said_at: '2025-01-11' speaker { unnamed: true member_of: 'c' } } }");
  EXPECT_THAT(Lines({}), ElementsAre("c 2025-01-10.. -1: 1"));
  EXPECT_THAT(Lines(RolledUp("c")),
              ElementsAre("c 2025-01-10..2025-01-11 -1: 1",
                          "c 2025-01-11.. 1: 2 by somebody of c"));
}

TEST_F(PositionsTest, AMergeUndoneLeavesNoTrace) {
  Say("1", "a", "2025-01-10", 1);
  Say("2", "b", "2025-02-10", -1);
  const std::vector<std::string> before = Lines({});
  const uint64_t merged =
      Record("actors_merged { merged_id: 'b' into_id: 'a' }");
  EXPECT_THAT(Lines({}), ElementsAre("a 2025-01-10..2025-02-10 1: 1",
                                     "a 2025-02-10.. -1: 2"));
  Record("actors_split { merged_id: 'b' from_id: 'a' }");
  EXPECT_EQ(Lines({}), before);
  PositionQuery then;
  then.known_at = merged;
  then.actor_id = "b";
  EXPECT_THAT(Lines(then), ElementsAre("a 2025-01-10..2025-02-10 1: 1",
                                       "a 2025-02-10.. -1: 2"));
}

TEST_F(PositionsTest, RepeatedWordsAddEvidenceAndFallWithTheOriginal) {
  Say("2", "a", "2025-02-20", 1, "duplicate_of: '1'");
  EXPECT_THAT(Lines({}), ElementsAre("a 2025-02-20.. 1: 2"));
  Say("1", "a", "2025-01-10", 1);
  Say("3", "a", "2025-02-01", -1);
  const std::vector<std::string> both = {"a 2025-01-10..2025-02-01 1: 1 2",
                                         "a 2025-02-01.. -1: 3"};
  EXPECT_EQ(Lines({}), both);
  Record("statement_retracted { statement_id: '1' kind: EXTRACTION_WRONG }");
  EXPECT_THAT(Lines({}), ElementsAre("a 2025-02-01..2025-02-20 -1: 3",
                                     "a 2025-02-20.. 1: 2"));
  Record("statement_retracted { statement_id: '1' kind: PUBLISHER_CORRECTED }");
  EXPECT_THAT(Lines({}), ElementsAre("a 2025-02-01.. -1: 3"));
}

TEST_F(PositionsTest, ManyStatementsLieInSeveralBlocks) {
  for (int i = 0; i < 500; ++i) {
    Say(absl::StrCat("s", i), "a",
        FormatDay(ToDayNumber(absl::CivilDay(2024, 1, 1)) + i),
        i % 7 == 0 ? -1 : 1);
  }
  for (const int day : {0, 1, 63, 64, 65, 128, 350, 497, 499}) {
    PositionQuery query;
    query.actor_id = "a";
    query.topic_id = "t";
    query.as_of = absl::CivilDay(2024, 1, 1) + day;
    const std::string now = Held(query);
    EXPECT_THAT(now, HasSubstr(day % 7 == 0 ? " -1" : " 1")) << day;
    query.as_of.reset();
    query.known_at = static_cast<uint64_t>(day) + 1;
    EXPECT_EQ(Held(query), now) << day;
  }
}

TEST_F(PositionsTest, AStateThatDoesNotDecodeIsReported) {
  Say("1", "a", "2025-01-10", 1);
  ProjectionBatch batch;
  auto scan = store_->Scan("positions/P");
  batch.Put(scan->key(), "\xff");
  scan.reset();
  ASSERT_OK(store_->Write(batch));
  EXPECT_THAT(
      positions_.ForEach({}, [](const Position&) { return absl::OkStatus(); }),
      StatusIs(absl::StatusCode::kDataLoss));
  PositionQuery query;
  query.actor_id = "a";
  query.topic_id = "t";
  EXPECT_THAT(positions_.At(query).status(),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
