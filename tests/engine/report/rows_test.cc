#include "engine/report/rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "tests/testing/proto_matchers.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::ParseText;
using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

std::string Written(const std::vector<PositionRow>& rows, Format format,
                    size_t width = 100) {
  std::ostringstream out;
  ReportOptions options;
  options.format = format;
  options.width = width;
  WriteRows(rows, options, out);
  return out.str();
}

std::vector<PositionRow> TwoPositions() {
  return {ParseText<PositionRow>(R"pb(
            actor_id: "country/japan"
            actor_name: "Japan"
            topic: "tariffs"
            topic_name: "US tariffs"
            from: "2025-04-26"
            stance: -1
            label: "against"
            evidence: "seed@1-9"
            text: "lower, and then \"lift\" them"
          )pb"),
          ParseText<PositionRow>(R"pb(
            actor_id: "person/a"
            actor_name: "=A"
            topic: "yen"
            from: "2025-04-01"
            to: "2025-04-02"
            stance: 0
            label: "neutral"
          )pb")};
}

TEST(RowsTest, JsonHasOneObjectALineAndAStanceOfZero) {
  EXPECT_EQ(
      Written(TwoPositions(), Format::kJsonLines),
      R"({"actorId":"country/japan","actorName":"Japan","topic":"tariffs","topicName":"US tariffs","from":"2025-04-26","stance":-1,"label":"against","evidence":["seed@1-9"],"text":"lower, and then \"lift\" them"})"
      "\n"
      R"({"actorId":"person/a","actorName":"=A","topic":"yen","from":"2025-04-01","to":"2025-04-02","stance":0,"label":"neutral"})"
      "\n");
}

TEST(RowsTest, TableIsAligned) {
  EXPECT_EQ(Written(TwoPositions(), Format::kTable),
            "ACTOR  TOPIC       STANCE   SINCE       UNTIL       WORDS\n"
            "Japan  US tariffs  against  2025-04-26              lower, and "
            "then \"lift\" them\n"
            "=A     yen         neutral  2025-04-01  2025-04-02\n");
}

TEST(RowsTest, RoomIsTakenWhereItCostsTheFewestLines) {
  std::vector<PositionRow> rows = TwoPositions();
  rows[0].set_actor_name("The Federation of Provincial Seafood Importers");
  rows[0].set_text(
      "that every shipment should be inspected twice before it is released, "
      "once by each side, and that nobody should have to wait for it");
  const std::string table = Written(rows, Format::kTable, 100);
  EXPECT_LE(std::count(table.begin(), table.end(), '\n'), 6) << table;
  EXPECT_THAT(table, HasSubstr("\nof Provincial")) << "a line break";
}

TEST(RowsTest, NarrowTableWrapsTheWords) {
  EXPECT_EQ(Written(TwoPositions(), Format::kTable, 70),
            "ACTOR  TOPIC       STANCE   SINCE       UNTIL       WORDS\n"
            "Japan  US tariffs  against  2025-04-26              "
            "lower, and then\n"
            "                                                    "
            "\"lift\" them\n"
            "=A     yen         neutral  2025-04-01  2025-04-02\n");
}

TEST(RowsTest, CsvQuotesAndHoldsNoFormula) {
  EXPECT_EQ(Written(TwoPositions(), Format::kCsv),
            "ACTOR,TOPIC,STANCE,SINCE,UNTIL,WORDS\r\n"
            "Japan,US tariffs,against,2025-04-26,,\"lower, and then "
            "\"\"lift\"\" them\"\r\n"
            "'=A,yen,neutral,2025-04-01,2025-04-02,\r\n");
}

TEST(RowsTest, NoRowsIsNothingExceptForTheHeaderOfCsv) {
  EXPECT_EQ(Written({}, Format::kTable), "");
  EXPECT_EQ(Written({}, Format::kJsonLines), "");
  EXPECT_EQ(Written({}, Format::kCsv),
            "ACTOR,TOPIC,STANCE,SINCE,UNTIL,WORDS\r\n");
}

TEST(RowsTest, SpansOfAStatementAreThereEvenAtZero) {
  StatementRow row;
  Span* span = row.add_content();
  span->set_begin(0);
  span->set_end(5);
  row.set_negated(false);
  EXPECT_EQ(ToJson(row),
            R"({"content":[{"begin":0,"end":5}],"negated":false})");
}

TEST(ParseFormatTest, TakesThreeNames) {
  EXPECT_THAT(ParseFormat("table"), IsOkAndHolds(Format::kTable));
  EXPECT_THAT(ParseFormat("jsonl"), IsOkAndHolds(Format::kJsonLines));
  EXPECT_THAT(ParseFormat("csv"), IsOkAndHolds(Format::kCsv));
  EXPECT_THAT(ParseFormat("xml"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("xml")));
}

}  // namespace
}  // namespace onrecord
