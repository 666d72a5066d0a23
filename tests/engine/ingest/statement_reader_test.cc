#include "engine/ingest/statement_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::HasSubstr;

TEST(StatementReaderTest, ReadsRows) {
  TempDirectory dir;
  ASSERT_OK_AND_ASSIGN(
      const auto rows,
      ReadStatements(dir.Write(
          "s.jsonl",
          R"({"docId":"a","statementId":"1","speaker":{"actorName":"Mori"},)"
          R"("kind":"DIRECT","topic":"t","stance":-0.5,"saidAt":"2025-04"})"
          "\n")));
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].speaker().actor_name(), "Mori");
  EXPECT_EQ(rows[0].stance(), -0.5);
}

struct BadRowCase {
  const char* test_name;
  const char* line;
  const char* message;
};

class BadRowTest : public ::testing::TestWithParam<BadRowCase> {};

TEST_P(BadRowTest, IsRefusedWithItsLine) {
  TempDirectory dir;
  const std::string path =
      dir.Write("s.jsonl", absl::StrCat(R"({"docId":"a","statementId":"1"})",
                                        "\n", GetParam().line));
  EXPECT_THAT(
      ReadStatements(path),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr(absl::StrCat(path, ":2: ", GetParam().message))));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadRowTest,
    ::testing::Values(
        BadRowCase{"NotJson", "no", "not a JSON object"},
        BadRowCase{"NoArticle", R"({"statementId":"2"})", "`docId` is missing"},
        BadRowCase{"NoId", R"({"docId":"a"})", "`statementId` is missing"},
        BadRowCase{"SameId", R"({"docId":"a","statementId":"1"})",
                   "`statementId` \"1\""},
        BadRowCase{"StanceTooLarge",
                   R"({"docId":"a","statementId":"2","stance":2})",
                   "`stance` is 2"},
        BadRowCase{"StanceNotANumber",
                   R"({"docId":"a","statementId":"2","stance":"NaN"})",
                   "`stance` is nan"},
        BadRowCase{"NoDate",
                   R"({"docId":"a","statementId":"2","saidAt":"Friday"})",
                   "`saidAt`"}),
    [](const ::testing::TestParamInfo<BadRowCase>& info) {
      return info.param.test_name;
    });

}  // namespace
}  // namespace onrecord
