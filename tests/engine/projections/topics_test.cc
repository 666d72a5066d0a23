#include "engine/projections/topics.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/engine/projections/projection_fixture.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::ElementsAre;

class TopicsTest : public ProjectionTest<TopicsProjection> {
 protected:
  uint64_t Define(const std::string& id, const std::string& name,
                  bool found = false) {
    return Record(absl::StrCat("topic_defined { found: ", found,
                               " topic { id: '", id, "' name: '", name,
                               "' } }"));
  }

  std::vector<std::string> Ids(uint64_t known_at = kLatest) {
    std::vector<std::string> ids;
    EXPECT_OK(topics_.ForEach(known_at, [&](const TopicFact& fact) {
      ids.push_back(fact.topic().id());
      return absl::OkStatus();
    }));
    return ids;
  }

  Topics topics_{store_.get()};
};

TEST_F(TopicsTest, TheLastDefinitionCounts) {
  const uint64_t first = Define("t", "one");
  Define("t", "two");
  EXPECT_EQ(topics_.Find("t")->topic().name(), "two");
  EXPECT_EQ(topics_.Find("t", first)->topic().name(), "one");
  EXPECT_THAT(topics_.Find("t", first - 1),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(TopicsTest, TheEngineDoesNotReplaceAnAnalystsDefinition) {
  Define("t", "found", true);
  Define("t", "listed");
  Define("t", "found again", true);
  EXPECT_EQ(topics_.Find("t")->topic().name(), "listed");
  EXPECT_FALSE(topics_.Find("t")->found());
}

TEST_F(TopicsTest, AMergeCanBeUndone) {
  Define("a", "A");
  const uint64_t before = Define("b", "B");
  const uint64_t merged =
      Record("topics_merged { merged_id: 'b' into_id: 'a' }");
  EXPECT_THAT(Ids(), ElementsAre("a"));
  EXPECT_THAT(Ids(before), ElementsAre("a", "b"));
  EXPECT_EQ(topics_.Find("b")->topic().name(), "A");
  Record("topics_merged { merged_id: 'a' into_id: 'b' }");  // a circle
  EXPECT_THAT(Ids(), ElementsAre("a"));
  Record("topics_merged { merged_id: 'b' into_id: 'a' undone: true }");
  EXPECT_THAT(Ids(), ElementsAre("a", "b"));
  EXPECT_THAT(topics_.Canonical("b", merged), IsOkAndHolds(std::string("a")));
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
