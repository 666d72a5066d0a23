// The same words of the same speaker in several articles.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/analyst/change.h"
#include "engine/timeline.h"
#include "tests/testing/line_reader.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::LineReader;
using ::onrecord::testing::OpenReadBy;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr char kWords[] = "Ruiz we will never sign that treaty";

class RepeatsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(timeline_, OpenReadBy(&reader_));
  }

  // An article with these words on peace, among others of its own.
  Article Reports(const std::string& id, int day, const std::string& line,
                  double stance = -1) {
    Article article;
    article.set_id(id);
    article.set_published(absl::StrCat("2025-04-", day));
    std::string rest = "It";
    for (int i = 0; i < 30; ++i) absl::StrAppend(&rest, " ", id, i);
    article.set_text(absl::StrCat(line, "\n", rest));
    reader_.unread.insert(rest);
    reader_.stances[line] = stance;
    return article;
  }

  void Ingest(const std::string& id, int day, const std::string& line) {
    ASSERT_OK(timeline_->Ingest({Reports(id, day, line)}));
  }

  // "article original sources" of each statement, in order.
  std::vector<std::string> Statements() {
    std::vector<std::string> lines;
    const auto rows = timeline_->Statements({});
    EXPECT_OK(rows);
    for (const StatementRow& row : *rows) {
      lines.push_back(absl::StrCat(
          row.doc_id(), " ",
          row.duplicate_of().substr(0, row.duplicate_of().find('@')), " ",
          row.sources()));
    }
    return lines;
  }

  LineReader reader_;
  std::unique_ptr<Timeline> timeline_;
};

TEST_F(RepeatsTest, AreOneStatementWithSeveralSources) {
  Ingest("a", 20, kWords);
  Ingest("b", 21, kWords);
  Ingest("c", 25, kWords);
  EXPECT_THAT(Statements(), ElementsAre("a  3", "b a 0", "c a 0"));
  ASSERT_OK_AND_ASSIGN(const auto positions, timeline_->Positions({}));
  ASSERT_THAT(positions, SizeIs(1));
  EXPECT_EQ(positions[0].from(), "2025-04-20");
  EXPECT_EQ(positions[0].evidence_size(), 3);
  EXPECT_EQ(positions[0].sources(), 3);
}

TEST_F(RepeatsTest, AreFoundAmongTheArticlesOfOneIngest) {
  ASSERT_OK(
      timeline_->Ingest({Reports("b", 21, kWords), Reports("a", 20, kWords)}));
  EXPECT_THAT(Statements(), ElementsAre("a  2", "b a 0"));
}

TEST_F(RepeatsTest, MakeNoShift) {
  ASSERT_OK(
      timeline_->Ingest({Reports("a", 20, kWords),
                         Reports("b", 22, "Ruiz we may sign it after all", 1),
                         Reports("c", 24, kWords)}));
  ASSERT_OK_AND_ASSIGN(const auto shifts, timeline_->Shifts({}));
  ASSERT_THAT(shifts, SizeIs(1));
  EXPECT_EQ(shifts[0].day(), "2025-04-22");
}

TEST_F(RepeatsTest, OfOneWhoGoesByAnotherNameAreFoundOnceBothAreOne) {
  Ingest("a", 20, kWords);
  Ingest("b", 20, "Xanthos has nothing at all to say");
  ASSERT_OK(timeline_->Decide(MergeActors{"Xanthos", "Ruiz"}, {"ana", "same"}));
  Ingest("c", 21, "Xanthos we will never sign that treaty");
  EXPECT_THAT(Statements(), ElementsAre("a  2", "b  1", "c a 0"));
}

TEST_F(RepeatsTest, AreFoundInWhatIsReadAgain) {
  Ingest("a", 20, kWords);
  reader_.unread.insert(kWords);
  Ingest("b", 21, kWords);
  EXPECT_THAT(Statements(), ElementsAre("a  1"));
  reader_.unread.erase(kWords);
  ASSERT_OK(timeline_->ExtractAgain({}, /*dry_run=*/false));
  EXPECT_THAT(Statements(), ElementsAre("a  2", "b a 0"));
  const uint64_t last = timeline_->log()->last_log_position();
  ASSERT_OK(timeline_->ExtractAgain({}, /*dry_run=*/false));
  EXPECT_EQ(timeline_->log()->last_log_position(), last);
}

TEST_F(RepeatsTest, AreTwoStatementsIfAPersonSaysSo) {
  Ingest("a", 20, kWords);
  Ingest("b", 21, kWords);
  ASSERT_OK_AND_ASSIGN(const auto rows, timeline_->Statements({}));
  CorrectStatement change;
  change.statement_id = rows[1].statement_id();
  change.kind = EXTRACTION_WRONG;
  change.duplicate_of = "";
  ASSERT_OK(timeline_->Decide(change, {"ana", "said twice"}));
  EXPECT_THAT(Statements(), ElementsAre("a  1", "b  1"));
}

struct RepeatCase {
  std::string test_name;
  std::string line;
  int day;
  bool repeats;
};

class RepeatCaseTest : public RepeatsTest,
                       public ::testing::WithParamInterface<RepeatCase> {};

TEST_P(RepeatCaseTest, IsToldFromWordsOfItsOwn) {
  Ingest("a", 20, kWords);
  Ingest("b", GetParam().day, GetParam().line);
  EXPECT_THAT(Statements(), GetParam().repeats ? ElementsAre("a  2", "b a 0")
                                               : ElementsAre("a  1", "b  1"));
}

INSTANTIATE_TEST_SUITE_P(
    Repeats, RepeatCaseTest,
    ::testing::Values(
        RepeatCase{"SameDay", kWords, 20, true},
        RepeatCase{"AWeekLater", kWords, 27, true},
        RepeatCase{"EightDaysLater", kWords, 28, false},
        RepeatCase{"InQuotationMarks",
                   "Ruiz \"We will never sign that treaty!\"", 20, true},
        RepeatCase{"SomebodyElse", "Mori we will never sign that treaty", 20,
                   false},
        RepeatCase{"OtherWords", "Ruiz we will never sign this treaty", 20,
                   false}),
    [](const auto& info) { return info.param.test_name; });

TEST_F(RepeatsTest, AFewWordsAreOftenSaidTwice) {
  Ingest("a", 20, "Ruiz I said no");
  Ingest("b", 20, "Ruiz I said no");
  EXPECT_THAT(Statements(), ElementsAre("a  1", "b  1"));
}

}  // namespace
}  // namespace onrecord
