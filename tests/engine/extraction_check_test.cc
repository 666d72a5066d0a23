#include "engine/extraction_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::extract::ExtractedStatement;
using ::onrecord::extract::Extraction;
using ::onrecord::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;

// "é" takes the bytes 4 and 5.
constexpr char kText[] = "Zoé Xé said no.";

void SetSpan(uint32_t begin, uint32_t end, Span* span) {
  span->set_begin(begin);
  span->set_end(end);
}

Extraction Sound() {
  Extraction extraction;
  extraction.entities.emplace_back().name = "Zoé";
  for (int i = 0; i < 2; ++i) {
    ExtractedStatement& extracted = extraction.statements.emplace_back();
    SetSpan(8, 12, extracted.statement.mutable_cue());
    SetSpan(13, 15, extracted.statement.add_content());
    extracted.statement.set_kind(Statement::INDIRECT);
    extracted.statement.set_topic_id(i == 0 ? "listed" : "found");
    extracted.statement.set_confidence(0.5);
    extracted.speaker = 0;
    extracted.parent = i - 1;
  }
  extraction.found_topics.emplace_back().set_id("found");
  return extraction;
}

absl::Status Check(const Extraction& extraction) {
  Article article;
  article.set_text(kText);
  Codebook codebook;
  codebook.add_topics()->set_id("listed");
  return CheckExtraction(article, codebook, extraction);
}

TEST(ExtractionCheckTest, WhatFitsIsAccepted) { EXPECT_OK(Check(Sound())); }

struct WrongCase {
  const char* test_name;
  std::function<void(ExtractedStatement&)> break_it;
  const char* field;
};

class WrongExtractionTest : public ::testing::TestWithParam<WrongCase> {};

TEST_P(WrongExtractionTest, IsRefusedWithItsField) {
  Extraction extraction = Sound();
  GetParam().break_it(extraction.statements[1]);
  EXPECT_THAT(Check(extraction), StatusIs(absl::StatusCode::kInvalidArgument,
                                          AllOf(HasSubstr("statement 2: "),
                                                HasSubstr(GetParam().field))));
}

const WrongCase kWrong[] = {
    {"ContentBeyondTheText",
     [](ExtractedStatement& s) {
       s.statement.mutable_content(0)->set_end(sizeof kText);
     },
     "`content` is [13, 18)"},
    {"ContentInsideACharacter",
     [](ExtractedStatement& s) {
       s.statement.mutable_content(0)->set_begin(3);
     },
     "`content` is [3, 15)"},
    {"EmptyCue",
     [](ExtractedStatement& s) { s.statement.mutable_cue()->set_end(8); },
     "`cue` is [8, 8)"},
    {"SpeakerBackwards",
     [](ExtractedStatement& s) {
       SetSpan(4, 2, s.statement.mutable_speaker()->mutable_span());
     },
     "`speaker`"},
    {"AddresseeBeyondTheText",
     [](ExtractedStatement& s) {
       SetSpan(0, 99, s.statement.mutable_addressee()->mutable_span());
     },
     "`addressee`"},
    {"FragmentsOutOfOrder",
     [](ExtractedStatement& s) { SetSpan(0, 2, s.statement.add_content()); },
     "`content` has fragments out of order"},
    {"NeitherContentNorCue",
     [](ExtractedStatement& s) {
       s.statement.clear_content();
       s.statement.clear_cue();
     },
     "`content` is empty"},
    {"NoKind", [](ExtractedStatement& s) { s.statement.clear_kind(); },
     "`kind`"},
    {"KindOfTheFuture",
     [](ExtractedStatement& s) {
       s.statement.set_kind(static_cast<Statement::Kind>(99));
     },
     "`kind`"},
    {"NoSuchSpeaker", [](ExtractedStatement& s) { s.speaker = 1; },
     "`speaker` is number 1 of 1"},
    {"NoSuchAddressee", [](ExtractedStatement& s) { s.addressee = -2; },
     "`addressee`"},
    {"ItsOwnParent", [](ExtractedStatement& s) { s.parent = 1; }, "`parentId`"},
    {"UnknownTopic",
     [](ExtractedStatement& s) { s.statement.set_topic_id("other"); },
     "`topic` is \"other\""},
    {"StanceTooLarge",
     [](ExtractedStatement& s) { s.statement.set_stance(1.5); }, "`stance`"},
    {"StanceThatIsNoNumber",
     [](ExtractedStatement& s) {
       s.statement.set_stance(std::numeric_limits<double>::quiet_NaN());
     },
     "`stance`"},
    {"ConfidenceBelowZero",
     [](ExtractedStatement& s) { s.statement.set_confidence(-0.1); },
     "`confidence`"},
    {"NoDate", [](ExtractedStatement& s) { s.statement.set_said_at("soon"); },
     "`saidAt`"},
};

INSTANTIATE_TEST_SUITE_P(Extractions, WrongExtractionTest,
                         ::testing::ValuesIn(kWrong),
                         [](const ::testing::TestParamInfo<WrongCase>& info) {
                           return info.param.test_name;
                         });

TEST(ExtractionCheckTest, AnEntityHasAName) {
  Extraction extraction = Sound();
  extraction.entities.emplace_back();
  EXPECT_THAT(Check(extraction),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("name")));
}

}  // namespace
}  // namespace onrecord
