// The article that the project began with, read from end to end: who is found
// to say what, as a reader of the article would have it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/extract/extractor.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace extract {
namespace {

struct SeedCase {
  const char* name;
  const char* content;  // how it begins
  const char* cue;
  const char* speaker;  // the entity's name; "unnamed", "nobody"
  Statement::Kind kind;
  bool nested;
};

std::ostream& operator<<(std::ostream& out, const SeedCase& c) {
  return out << c.name;
}

const Article& SeedArticle() {
  static const Article* const article = [] {
    auto* read = new Article;
    std::ifstream file("engine/cli/demo/article.txt");
    std::stringstream text;
    text << file.rdbuf();
    read->set_text(text.str());
    read->set_published("2025-04-26");
    return read;
  }();
  return *article;
}

const Extraction& SeedExtraction() {
  static const Extraction* const extraction =
      new Extraction(*Extract(SeedArticle(), Codebook()));
  return *extraction;
}

std::string Words(const Span& span) {
  return SeedArticle().text().substr(span.begin(), span.end() - span.begin());
}

std::string SpeakerOf(const ExtractedStatement& extracted) {
  if (extracted.speaker < 0) return "nobody";
  const Entity& entity = SeedExtraction().entities[extracted.speaker];
  return entity.unnamed ? "unnamed" : entity.name;
}

class SeedArticleTest : public ::testing::TestWithParam<SeedCase> {};

TEST_P(SeedArticleTest, FindsStatementAndSpeaker) {
  const SeedCase& want = GetParam();
  std::string near;
  for (const ExtractedStatement& extracted : SeedExtraction().statements) {
    const Statement& statement = extracted.statement;
    if (statement.content().empty() ||
        !absl::StartsWith(Words(statement.content(0)), want.content) ||
        (extracted.parent >= 0) != want.nested) {
      continue;
    }
    absl::StrAppend(&near, SpeakerOf(extracted), " ");
    if (SpeakerOf(extracted) != want.speaker) continue;
    EXPECT_EQ(statement.kind(), want.kind);
    EXPECT_EQ(statement.has_cue() ? Words(statement.cue()) : "", want.cue);
    return;
  }
  ADD_FAILURE() << "not found; speakers of such a content: " << near;
}

INSTANTIATE_TEST_SUITE_P(
    Statements, SeedArticleTest,
    ::testing::Values(
        SeedCase{"AccordingToOfficials", "because Tokyo’s trade relationship",
                 "According to", "unnamed", Statement::INDIRECT, false},
        SeedCase{"NestedIntention", "to resist any efforts", "intends", "Japan",
                 Statement::NARRATION, true},
        SeedCase{"UnnamedOfficials", "that Japan is striving", "said",
                 "unnamed", Statement::INDIRECT, false},
        SeedCase{"OneOfThem", "that Japan hopes", "said", "unnamed",
                 Statement::INDIRECT, false},
        SeedCase{"NestedHope", "to finally reach", "hopes", "Japan",
                 Statement::NARRATION, true},
        SeedCase{"NestedUnderCondition", "its own interests", "will prioritize",
                 "Japan", Statement::NARRATION, true},
        SeedCase{"ThirdLevel", "that it does not fully agree",
                 "has repeatedly expressed", "Japan", Statement::INDIRECT,
                 true},
        SeedCase{"PronounAndMixedQuotation", "that the United States will seek",
                 "said", "Scott Bessent", Statement::MIXED, false},
        SeedCase{"Relay", "that the United States is preparing",
                 "later reported", "Bloomberg News", Statement::INDIRECT,
                 false},
        SeedCase{"Evasion", "questions about", "sidestepped", "Ryoichi Akasaka",
                 Statement::INDIRECT, false},
        SeedCase{"NearSpelling", "“My mission is", "said", "Ryoichi Akasaka",
                 Statement::DIRECT, false},
        SeedCase{"UnmarkedFirstPerson", "The United States might try", "",
                 "Ryoichi Akasaka", Statement::DIRECT, false},
        SeedCase{"FirstPaper", "that the Japanese government is considering",
                 "reported", "Yomiuri Shimbun", Statement::INDIRECT, false},
        SeedCase{"SecondPaperOfTheSentence", "that Japan is expected", "said",
                 "Nikkei", Statement::INDIRECT, false},
        SeedCase{"TheGovernment", "releasing an overview", "is considering",
                 "Japan", Statement::NARRATION, true},
        SeedCase{"CueOfTwoWords", "speculation that", "played down",
                 "Katsunobu Kato", Statement::INDIRECT, false},
        SeedCase{"ParticipleWithSharedSubject", "that foreign exchange targets",
                 "saying", "Katsunobu Kato", Statement::INDIRECT, false},
        SeedCase{"InterviewWithAMedium", "“We need to be very careful", "said",
                 "Taro Kono", Statement::DIRECT, false},
        SeedCase{"Deed", "a ban on Japan", "imposed", "China",
                 Statement::ACTION, false},
        SeedCase{"NoTitleAtAll", "that both sides agreed", "then said",
                 "Tetsuo Saito", Statement::INDIRECT, false},
        SeedCase{"ItIsNoSpeaker", "that the company plans", "is reported",
                 "nobody", Statement::INDIRECT, false},
        SeedCase{"TheCompany", "to invest approximately", "plans",
                 "Toyota Motor Corporation", Statement::NARRATION, true}),
    [](const ::testing::TestParamInfo<SeedCase>& info) {
      return std::string(info.param.name);
    });

TEST(SeedArticleEntitiesTest, NearSpellingIsJoinedAndFlagged) {
  for (const Entity& entity : SeedExtraction().entities) {
    if (entity.doubtful_aliases.empty()) continue;
    EXPECT_EQ(entity.kind, Actor::PERSON);
    EXPECT_THAT(entity.aliases,
                ::testing::IsSupersetOf(entity.doubtful_aliases));
    ASSERT_FALSE(entity.offices.empty());
    EXPECT_EQ(entity.offices[0].title, "chief trade negotiator");
    EXPECT_EQ(entity.offices[0].of, "Japan");
    return;
  }
  ADD_FAILURE() << "no doubtful alias at all";
}

TEST(SeedArticleEntitiesTest, BothSidesAreTwoSpeakers) {
  for (const ExtractedStatement& extracted : SeedExtraction().statements) {
    if (!extracted.statement.has_cue() ||
        Words(extracted.statement.cue()) != "would push") {
      continue;
    }
    EXPECT_EQ(extracted.joint_speakers.size(), 1u);
    return;
  }
  ADD_FAILURE() << "\"each would push\" is not found";
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
