#include "engine/sources.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOkAndHolds;

// A text of `words` numbered words, from `first` on.
std::string TextOf(int first, int words) {
  std::string text;
  for (int i = first; i < first + words; ++i) {
    absl::StrAppend(&text, "word", i, " ");
  }
  return text;
}

class SourcesTest : public ::testing::Test {
 protected:
  Statement Said(const std::string& id, const std::string& article,
                 const std::string& repeats = "",
                 const std::string& relay = "") {
    Statement statement;
    statement.set_id(id);
    statement.set_article_id(article);
    statement.set_duplicate_of(repeats);
    if (!relay.empty()) statement.mutable_relayed_by()->set_actor_id(relay);
    return statement;
  }

  absl::StatusOr<uint32_t> Count(const std::vector<Statement>& statements) {
    return SourceCounter().Count(
        statements,
        [this](const std::string& id) -> absl::StatusOr<std::string> {
          return texts_[id];
        });
  }

  std::map<std::string, std::string> texts_;
};

TEST_F(SourcesTest, AnArticleIsOneSourceHoweverMuchItSays) {
  EXPECT_THAT(Count({}), IsOkAndHolds(0u));
  EXPECT_THAT(Count({Said("a1", "a"), Said("a2", "a")}), IsOkAndHolds(1u));
  EXPECT_THAT(Count({Said("a1", "a"), Said("b1", "b")}), IsOkAndHolds(2u));
}

TEST_F(SourcesTest, CopiesOfOneTextAreOneSource) {
  texts_["a"] = TextOf(0, 200);
  texts_["b"] = "Another headline. " + TextOf(0, 120);  // cut
  texts_["c"] = "Its own story. " + TextOf(1000, 100) + TextOf(0, 30);
  const std::vector<Statement> statements = {
      Said("a1", "a"), Said("b1", "b", "a1"), Said("c1", "c", "a1")};
  EXPECT_THAT(Count({statements[0], statements[1]}), IsOkAndHolds(1u));
  EXPECT_THAT(Count({statements[0], statements[2]}), IsOkAndHolds(2u));
  EXPECT_THAT(Count(statements), IsOkAndHolds(2u));
}

TEST_F(SourcesTest, WhatCameThroughOneRelayIsOneSource) {
  EXPECT_THAT(Count({Said("a1", "a", "", "media/radio"),
                     Said("b1", "b", "a1", "media/radio"), Said("c1", "c")}),
              IsOkAndHolds(2u));
}

TEST_F(SourcesTest, ErasedTextsAreNotTakenForCopies) {
  EXPECT_THAT(Count({Said("a1", "a"), Said("b1", "b", "a1")}),
              IsOkAndHolds(2u));
}

}  // namespace
}  // namespace onrecord
