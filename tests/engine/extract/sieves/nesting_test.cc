#include "engine/extract/sieves/nesting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace onrecord {
namespace extract {
namespace {

using ::testing::ElementsAre;

Finding MakeFinding(TokenRange cue, std::vector<TokenRange> content) {
  Finding finding;
  finding.cue = cue;
  finding.content = std::move(content);
  return finding;
}

TEST(FindParentsTest, InnermostContentAroundTheCue) {
  const Document document =
      Document::Analyze("a b c d e f g h i j k l m n o p q r s t u v w x y z");
  EXPECT_THAT(FindParents(document, {MakeFinding({1, 2}, {{2, 12}}),
                                     MakeFinding({4, 5}, {{5, 12}}),
                                     MakeFinding({7, 8}, {{8, 10}}),
                                     MakeFinding({14, 15}, {{15, 20}})}),
              ElementsAre(-1, 0, 1, -1));
}

TEST(FindParentsTest, CueBetweenTwoPiecesIsNotWithinItsOwnContent) {
  const Document document = Document::Analyze("a b c d e f g h i j");
  EXPECT_THAT(FindParents(document, {MakeFinding({4, 5}, {{0, 3}, {6, 9}}),
                                     MakeFinding({7, 8}, {{8, 9}})}),
              ElementsAre(-1, 0));
}

TEST(FindParentsTest, EqualContentsDoNotContainEachOther) {
  const Document document = Document::Analyze("a b c d e f g h i j");
  EXPECT_THAT(FindParents(document, {MakeFinding({1, 2}, {{3, 6}}),
                                     MakeFinding({2, 3}, {{3, 6}})}),
              ElementsAre(-1, -1));
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
