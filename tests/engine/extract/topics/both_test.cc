#include "engine/extract/topics/both.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/extract/marked_text.h"

namespace onrecord {
namespace extract {
namespace {

struct JoinedCase {
  std::string name;
  std::string marked;              // see MarkedText; one content
  std::vector<std::string> pairs;  // "left + right"
};

class JoinedNounsTest : public ::testing::TestWithParam<JoinedCase> {};

TEST_P(JoinedNounsTest, AreFound) {
  MarkedText text(GetParam().marked);
  std::vector<std::string> pairs;
  for (const JoinedNouns& joined :
       FindJoinedNouns(text.document(), text.sayings()[0].content.front())) {
    pairs.push_back(text.TextOf(joined.left) + " + " +
                    text.TextOf(joined.right));
  }
  EXPECT_EQ(pairs, GetParam().pairs);
}

INSTANTIATE_TEST_SUITE_P(
    Contents, JoinedNounsTest,
    ::testing::ValuesIn(std::vector<JoinedCase>{
        {"Objects",
         "<1 She> [urged] {them to drop both the bridge and the ban}.",
         {"the bridge + the ban"}},
        {"Subjects",
         "<1 She> [said] {the bridge over the sound and the import ban were "
         "mistakes}.",
         {"the bridge over the sound + the import ban"}},
        {"Neither",
         "<1 She> [wants] {neither the bridge nor the ban}.",
         {"the bridge + the ban"}},
        {"Clauses",
         "<1 She> [said] {they would drop the bridge and the ban would go}.",
         {}},
        {"Verbs", "<1 She> [said] {they would build and sell}.", {}},
        {"Open", "<1 She> [said] {they would drop the bridge and}.", {}},
    }),
    [](const auto& info) { return info.param.name; });

TEST(IsBothTest, IsNothingElse) {
  const auto is_both = [](const std::string& content) {
    MarkedText text("<1 She> [opposes] {" + content + "}.");
    return IsBoth(text.document(), text.sayings()[0].content);
  };
  EXPECT_TRUE(is_both("both"));
  EXPECT_TRUE(is_both("both moves"));
  EXPECT_TRUE(is_both("the two proposals"));
  EXPECT_FALSE(is_both("both bridges"));
  EXPECT_FALSE(is_both("the two"));
  EXPECT_FALSE(is_both("both moves in principle"));
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
