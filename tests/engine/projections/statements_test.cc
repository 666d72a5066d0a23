#include "engine/projections/statements.h"

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
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class StatementsTest : public ProjectionTest<StatementsProjection> {
 protected:
  uint64_t Say(const std::string& id, const std::string& said_at,
               const std::string& more = "") {
    return Record(absl::StrCat("statement_recorded { statement { id: '", id,
                               "' article_id: 'x' said_at: '", said_at, "' ",
                               more, " } }"));
  }
  uint64_t Correct(const std::string& id, const std::string& said_at,
                   const std::string& by) {
    return Record(absl::StrCat(
        "statement_corrected { statement_id: '", id, "' by: '", by,
        "' kind: EXTRACTION_WRONG corrected { article_id: 'x' said_at: '",
        said_at, "' } }"));
  }
  uint64_t Retract(const std::string& id, const std::string& by = "") {
    return Record(absl::StrCat("statement_retracted { statement_id: '", id,
                               "' by: '", by, "' reason: 'why' }"));
  }

  std::vector<std::string> Ids(const StatementQuery& query) {
    std::vector<std::string> ids;
    EXPECT_OK(statements_.ForEach(query, [&](const StatementRecord& record) {
      ids.push_back(record.statement().id());
      return absl::OkStatus();
    }));
    return ids;
  }

  Statements statements_{store_.get()};
};

TEST_F(StatementsTest, ComeInOrderOfTheTimeOfSaying) {
  Say("a", "2025-04-16");
  Say("b", "");
  Say("c", "2025-04");
  Say("d", "2025-04-16");
  EXPECT_THAT(Ids({}), ElementsAre("b", "c", "a", "d"));
  StatementQuery query;
  query.as_of = absl::CivilDay(2025, 4, 15);
  EXPECT_THAT(Ids(query), ElementsAre("b", "c"));
}

TEST_F(StatementsTest, ThoseOfAnArticleComeInOrderOfTheLog) {
  Say("a", "2025-04-16");
  Say("b", "2025-04-14");
  Record("statement_recorded { statement { id: 'c' article_id: 'y' } }");
  StatementQuery query;
  query.article_id = "x";
  EXPECT_THAT(Ids(query), ElementsAre("a", "b"));
}

TEST_F(StatementsTest, CanBeAskedByActorAndTopic) {
  Say("a", "", "topic_id: 't' speaker { actor_id: 'p' }");
  Say("b", "", "topic_id: 't'");
  StatementQuery query;
  query.topic_id = "t";
  EXPECT_THAT(Ids(query), ElementsAre("a", "b"));
  query.actor_id = "p";
  EXPECT_THAT(Ids(query), ElementsAre("a"));
}

TEST_F(StatementsTest, ACorrectionMovesTheStatementFromThenOn) {
  Say("a", "2025-04-16");
  const uint64_t before = Say("b", "2025-04-17");
  Correct("b", "2025-04-01", "");
  EXPECT_THAT(Ids({}), ElementsAre("b", "a"));
  StatementQuery query;
  query.known_at = before;
  EXPECT_THAT(Ids(query), ElementsAre("a", "b"));
  EXPECT_EQ(statements_.Find("b")->statement().said_at(), "2025-04-01");
  EXPECT_EQ(statements_.Find("b")->kind(), EXTRACTION_WRONG);
  EXPECT_EQ(statements_.Find("b", before)->statement().said_at(), "2025-04-17");
}

TEST_F(StatementsTest, ARetractedOneIsKeptButNotListed) {
  const uint64_t before = Say("a", "2025-04-16");
  Retract("a");
  EXPECT_THAT(Ids({}), IsEmpty());
  StatementQuery query;
  query.retracted = true;
  EXPECT_THAT(Ids(query), ElementsAre("a"));
  EXPECT_EQ(statements_.Find("a")->reason(), "why");
  EXPECT_FALSE(statements_.Find("a", before)->retracted());
}

TEST_F(StatementsTest, APersonsCorrectionOutlivesAMachines) {
  Say("a", "2025-04-16");
  Correct("a", "2025-04-10", "me");
  Correct("a", "2025-04-11", "");
  Retract("a");
  Say("a", "2025-04-12");
  EXPECT_EQ(statements_.Find("a")->statement().said_at(), "2025-04-10");
  EXPECT_FALSE(statements_.Find("a")->retracted());
  Retract("a", "me");
  EXPECT_TRUE(statements_.Find("a")->retracted());
  Correct("a", "2025-04-10", "me");
  EXPECT_FALSE(statements_.Find("a")->retracted());
}

TEST_F(StatementsTest, WhatWasNeverRecordedIsNotFound) {
  Correct("a", "2025-04-10", "");
  Retract("a");
  EXPECT_THAT(statements_.Find("a"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"a\"")));
  const uint64_t recorded = Say("a", "2025-04-10");
  EXPECT_OK(statements_.Find("a", recorded));
  EXPECT_THAT(statements_.Find("a", recorded - 1),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(StatementsTest, AnArticleIsForgottenFromThenOn) {
  const uint64_t in = Record("article_ingested { article_id: 'x' title: 'T' }");
  Record("article_ingested { article_id: 'x' title: 'Other' }");
  const uint64_t out =
      Record(absl::StrCat("article_forgotten { article_id: 'x' text_sha256: '",
                          std::string(32, 'h'), "' }"));
  EXPECT_EQ(statements_.FindArticle("x")->article().title(), "T");
  EXPECT_EQ(statements_.FindArticle("x")->forgotten_from(), out);
  EXPECT_EQ(statements_.FindArticle("x", in)->forgotten_from(), 0u);
  EXPECT_THAT(statements_.FindArticle("x", in - 1),
              StatusIs(absl::StatusCode::kNotFound));
  int articles = 0;
  EXPECT_OK(statements_.ForEachArticle(kLatest, [&](const ArticleRecord&) {
    ++articles;
    return absl::OkStatus();
  }));
  EXPECT_EQ(articles, 1);
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
