#include "engine/extract/extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace extract {
namespace {

using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

Article MakeArticle(const std::string& text) {
  Article article;
  article.set_id("a");
  article.set_text(text);
  article.set_published("2025-04-26");
  return article;
}

std::string Words(const Article& article, const Span& span) {
  return article.text().substr(span.begin(), span.end() - span.begin());
}

// One line a statement: "speaker < entity: cue: content / content (KIND)", two
// blanks before a nested one.
std::string Render(const Article& article, const Extraction& extraction) {
  std::vector<std::string> lines;
  for (const ExtractedStatement& extracted : extraction.statements) {
    const Statement& statement = extracted.statement;
    std::vector<std::string> content;
    for (const Span& span : statement.content()) {
      content.push_back(Words(article, span));
    }
    lines.push_back(absl::StrCat(
        extracted.parent >= 0 ? "  " : "",
        statement.speaker().has_span()
            ? Words(article, statement.speaker().span())
            : "-",
        " < ",
        extracted.speaker < 0 ? "?"
                              : extraction.entities[extracted.speaker].name,
        ": ", statement.has_cue() ? Words(article, statement.cue()) : "-", ": ",
        absl::StrJoin(content, " / "), " (",
        Statement::Kind_Name(statement.kind()), ")"));
  }
  return absl::StrJoin(lines, "\n");
}

struct ExtractCase {
  const char* name;
  const char* text;
  const char* expected;
};

std::ostream& operator<<(std::ostream& out, const ExtractCase& c) {
  return out << c.name;
}

class ExtractTest : public ::testing::TestWithParam<ExtractCase> {};

TEST_P(ExtractTest, FindsStatements) {
  const Article article = MakeArticle(GetParam().text);
  ASSERT_OK_AND_ASSIGN(const Extraction extraction,
                       Extract(article, Codebook()));
  EXPECT_EQ(Render(article, extraction), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ExtractTest,
    ::testing::Values(
        ExtractCase{"Empty", "", ""},
        ExtractCase{"NoStatement", "The sun rises in the east.", ""},
        ExtractCase{"QuotationThenCue",
                    "“We will not sign,” Finance Minister Ana Ruiz said.",
                    "Finance Minister Ana Ruiz < Ana Ruiz: said: “We will not "
                    "sign,” (DIRECT)"},
        ExtractCase{"ThatClause",
                    "Finance Minister Ana Ruiz said that the plan was dead.",
                    "Finance Minister Ana Ruiz < Ana Ruiz: said: that the plan "
                    "was dead (INDIRECT)"},
        ExtractCase{"AccordingTo",
                    "According to the Daily Herald, the plan is dead.",
                    "the Daily Herald < Daily Herald: According to: the plan "
                    "is dead (INDIRECT)"},
        ExtractCase{"BoilerplateIsNoStatement",
                    "By Carla Berg\nFinance Minister Ana Ruiz said that the "
                    "plan was dead.\nRead more: Mori says the levy will go\n"
                    "Sign up for our newsletter, which readers say they love\n"
                    "Photo: Kenji Mori says hello\nShe said that it was late. "
                    "(Reporting by Carla Berg; editing by Jo Field)",
                    "Finance Minister Ana Ruiz < Ana Ruiz: said: that the plan "
                    "was dead (INDIRECT)\n"
                    "She < Ana Ruiz: said: that it was late (INDIRECT)"},
        // Once told as a proposal that Norway had made.
        ExtractCase{"WhatIsSupposedIsNotTold",
                    "Ana Ruiz said Spain could accept joint tests if Norway "
                    "proposed them.",
                    "Ana Ruiz < Ana Ruiz: said: Spain could accept joint tests "
                    "if Norway proposed them (INDIRECT)\n"
                    "  Spain < Spain: could accept: joint tests if Norway "
                    "proposed them (NARRATION)"},
        ExtractCase{"NobodySaysWho", "It is reported that the plan is dead.",
                    "- < ?: is reported: that the plan is dead (INDIRECT)"}),
    [](const ::testing::TestParamInfo<ExtractCase>& info) {
      return std::string(info.param.name);
    });

TEST(ExtractTest, RefusesTextThatIsNotUtf8) {
  EXPECT_THAT(
      Extract(MakeArticle("a\xff z"), Codebook()),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("byte 1")));
}

TEST(ExtractorTest, LongTextsAreReadToTheirEnd) {
  std::string text = "Ana Ruiz said that the plan was dead.\n\n";
  while (text.size() < 600 * 1000) {
    absl::StrAppend(&text, "The road to the coast was closed in spring.\n\n");
  }
  absl::StrAppend(&text, "Ana Ruiz said that the plan lived.");
  const Article article = MakeArticle(text);
  ASSERT_OK_AND_ASSIGN(const Extraction extraction,
                       Extract(article, Codebook()));
  EXPECT_EQ(Render(article, extraction),
            "Ana Ruiz < Ana Ruiz: said: that the plan was dead (INDIRECT)\n"
            "Ana Ruiz < Ana Ruiz: said: that the plan lived (INDIRECT)");
  EXPECT_EQ(extraction.statements[0].speaker, extraction.statements[1].speaker);
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
