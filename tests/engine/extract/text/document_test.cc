#include "engine/extract/text/document.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace onrecord {
namespace extract {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

template <typename Piece>
std::vector<std::string> Texts(const Document& document,
                               const std::vector<Piece>& pieces) {
  std::vector<std::string> texts;
  for (const Piece& piece : pieces) {
    texts.emplace_back(document.TextOf(piece));
  }
  return texts;
}

struct TextCase {
  const char* name;
  std::string text;
  std::vector<std::string> pieces;
};

std::string NameOf(const ::testing::TestParamInfo<TextCase>& info) {
  return info.param.name;
}

class TokensTest : public ::testing::TestWithParam<TextCase> {};

TEST_P(TokensTest, AreCut) {
  const Document document = Document::Analyze(GetParam().text);
  EXPECT_THAT(Texts(document, document.tokens()),
              ElementsAreArray(GetParam().pieces));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, TokensTest,
    ::testing::Values(
        TextCase{"Empty", " \n\n ", {}},
        TextCase{"Stop", "It rains.", {"It", "rains", "."}},
        TextCase{"Contractions",
                 "He'd say they don’t, can't and cannot.",
                 {"He", "'d", "say", "they", "do", "n’t", ",", "ca", "n't",
                  "and", "can", "not", "."}},
        TextCase{"Possessives",
                 "Japan's and the officials' plans",
                 {"Japan", "'s", "and", "the", "officials", "'", "plans"}},
        TextCase{"Names", "O'Neill of AT&T", {"O'Neill", "of", "AT&T"}},
        TextCase{"Numbers",
                 "$1,000.50, 3.5% at 10:30",
                 {"$", "1,000.50", ",", "3.5", "%", "at", "10:30"}},
        TextCase{"Abbreviations",
                 "Sen. J. Doe (D-Ore.) of the U.S. Senate",
                 {"Sen.", "J.", "Doe", "(", "D-Ore.", ")", "of", "the", "U.S.",
                  "Senate"}},
        TextCase{"Hyphens", "a well-known man", {"a", "well-known", "man"}},
        TextCase{"Dashes",
                 "yes — no -- well…",
                 {"yes", "—", "no", "--", "well", "…"}},
        TextCase{"Addresses",
                 "See https://a.b/c?d=e. Mail x@y.org, #topic @name!",
                 {"See", "https://a.b/c?d=e", ".", "Mail", "x@y.org", ",",
                  "#topic", "@name", "!"}},
        TextCase{"MissingSpace",
                 "the end.The next",
                 {"the", "end", ".", "The", "next"}},
        TextCase{
            "Clipped", "the ’90s, get ’em", {"the", "’90s", ",", "get", "’em"}},
        TextCase{"OtherScripts",
                 "«Да», 東京。",
                 {"«", "Да", "»", ",", "東京", "。"}}),
    NameOf);

class SentencesTest : public ::testing::TestWithParam<TextCase> {};

TEST_P(SentencesTest, AreSplit) {
  const Document document = Document::Analyze(GetParam().text);
  EXPECT_THAT(Texts(document, document.sentences()),
              ElementsAreArray(GetParam().pieces));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SentencesTest,
    ::testing::Values(
        TextCase{"Two", "It rains. We stay!", {"It rains.", "We stay!"}},
        TextCase{"Title",
                 "Gen. Doe met Mr. Roe. He left.",
                 {"Gen. Doe met Mr. Roe.", "He left."}},
        TextCase{"Initials",
                 "J. R. Doe spoke. I agree.",
                 {"J. R. Doe spoke.", "I agree."}},
        TextCase{
            "CountryInside", "The U.S. Senate met.", {"The U.S. Senate met."}},
        TextCase{"CountryLast",
                 "He left the U.S. The talks ended.",
                 {"He left the U.S.", "The talks ended."}},
        TextCase{"QuoteClosesAfterStop",
                 "“We won.” He left.",
                 {"“We won.”", "He left."}},
        TextCase{"StraightQuoteOpensAfterStop",
                 "He left. \"We won.\"",
                 {"He left.", "\"We won.\""}},
        TextCase{"QuestionInsideSpeech",
                 "“Why?” he asked. Nobody knew.",
                 {"“Why?” he asked.", "Nobody knew."}},
        TextCase{"Headline",
                 "Talks End Early\nThe talks ended.",
                 {"Talks End Early", "The talks ended."}},
        TextCase{"Dateline",
                 "WASHINGTON (AP) — Talks ended.",
                 {"WASHINGTON (AP) — Talks ended."}},
        TextCase{"Brackets",
                 "It rains. (It pours.) We stay.",
                 {"It rains.", "(It pours.)", "We stay."}},
        TextCase{"Numbered",
                 "1. Stay home. 2 men left.",
                 {"1. Stay home.", "2 men left."}},
        TextCase{"Ellipsis",
                 "We… we stay. Well… Yes.",
                 {"We… we stay.", "Well…", "Yes."}}),
    NameOf);

class QuotationsTest : public ::testing::TestWithParam<TextCase> {};

TEST_P(QuotationsTest, AreFound) {
  const Document document = Document::Analyze(GetParam().text);
  EXPECT_THAT(Texts(document, document.quotations()),
              ElementsAreArray(GetParam().pieces));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, QuotationsTest,
    ::testing::Values(
        TextCase{"Straight",
                 "He said, \"We won.\" \"We did,\" she said.",
                 {"\"We won.\"", "\"We did,\""}},
        TextCase{"Curly", "“We,” he said, “won.”", {"“We,”", "“won.”"}},
        TextCase{"Twice", "''We won,'' he said.", {"''We won,''"}},
        TextCase{"Single",
                 "He said: 'We won', and 'We don't lose'.",
                 {"'We won'", "'We don't lose'"}},
        TextCase{"CurlySingle",
                 "‘It’s the ministers’ plan,’ he said.",
                 {"‘It’s the ministers’ plan,’"}},
        TextCase{"PossessiveIsNone", "the officials' plan", {}},
        TextCase{"Nested",
                 "“He told me ‘we won’ twice,” she said.",
                 {"“He told me ‘we won’ twice,”"}},
        TextCase{"Unclosed",
                 "He said: “We won. We did.\nOthers left.",
                 {"“We won. We did."}},
        TextCase{"UnclosedBeforeNext",
                 "“We won. “We did,” he said.",
                 {"“We won.", "“We did,”"}},
        TextCase{"StrayClosing", "We won” and left.", {}},
        TextCase{
            "StrayOpeningInsideAnother", "“We “won,” he said.", {"“We “won,”"}},
        TextCase{"MissingOpening",
                 "We won the day,” he said.",
                 {"We won the day,”"}},
        TextCase{"Inches", "a 12\" gun and a 16\" gun", {}},
        TextCase{"Nickname", "Jim \"Mad Dog\" Doe", {"\"Mad Dog\""}},
        TextCase{"Empty", "a \"\" b", {}},
        TextCase{"Brackets", "it (\"the plan\") failed", {"\"the plan\""}}),
    NameOf);

TEST(DocumentTest, CarriesAnOpenQuotationOver) {
  const Document document =
      Document::Analyze("He said: “We won.\n“We did.”\n“No,” she said.");
  ASSERT_EQ(document.quotations().size(), 3u);
  EXPECT_FALSE(document.quotations()[0].closed);
  EXPECT_FALSE(document.quotations()[0].carried);
  EXPECT_TRUE(document.quotations()[1].carried);
  EXPECT_TRUE(document.quotations()[1].closed);
  EXPECT_FALSE(document.quotations()[2].carried);
}

TEST(DocumentTest, NumbersPieces) {
  const Document document = Document::Analyze("A b. C d.\n\nE “f.”");
  ASSERT_EQ(document.paragraphs().size(), 2u);
  EXPECT_THAT(Texts(document, document.paragraphs()),
              ElementsAre("A b. C d.", "E “f.”"));
  EXPECT_EQ(document.paragraphs()[0].last, 2u);
  EXPECT_EQ(document.paragraphs()[1].first, 2u);
  std::vector<int> quotations;
  std::vector<int> sentences;
  for (const Token& token : document.tokens()) {
    sentences.push_back(static_cast<int>(token.sentence));
    quotations.push_back(token.quotation);
  }
  EXPECT_THAT(sentences, ElementsAre(0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2));
  EXPECT_THAT(quotations, ElementsAre(-1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0));
}

TEST(DocumentTest, BoundsSentences) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "word ";
  const Document document = Document::Analyze(text);
  EXPECT_EQ(document.tokens().size(), 5000u);
  EXPECT_EQ(document.paragraphs().size(), 1u);
  for (const Sentence& sentence : document.sentences()) {
    EXPECT_LE(sentence.last - sentence.first, 400u);
  }
}

// Whatever the bytes: pieces are in order, inside the text, and every byte that
// is no space belongs to a token.
TEST(DocumentTest, CoversAnyBytes) {
  const uint32_t seed = ::testing::UnitTest::GetInstance()->random_seed();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::vector<std::string> parts = {
      "said", "“",        "”", "\"",      "'",  "’",   "‘",  ".",
      "...",  " ",        " ", "\n",      "-",  "—",   "U.", "S.",
      "\xFF", "\xE2\x80", "é", "1",       ",",  "n't", "(",  ")",
      "<",    ">",        "@", "http://", "'s", "Mr.", ":",  "\t"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = random() % 40; i > 0; --i) {
      text += parts[random() % parts.size()];
    }
    const Document document = Document::Analyze(text);
    uint32_t at = 0;
    for (const Token& token : document.tokens()) {
      ASSERT_LE(at, token.begin) << text;
      ASSERT_LT(token.begin, token.end) << text;
      for (; at < token.begin; ++at) {
        ASSERT_TRUE(absl::string_view(" \t\n").find(text[at]) !=
                    absl::string_view::npos)
            << text;
      }
      at = token.end;
      ASSERT_LT(token.sentence, document.sentences().size());
      const Sentence& sentence = document.sentences()[token.sentence];
      ASSERT_LE(sentence.begin, token.begin);
      ASSERT_GE(sentence.end, token.end);
    }
    ASSERT_LE(at, text.size());
    uint32_t last = 0;
    for (const Quotation& quotation : document.quotations()) {
      ASSERT_LE(last, quotation.first) << text;
      ASSERT_LT(quotation.first, quotation.last) << text;
      ASSERT_LE(quotation.last, document.tokens().size()) << text;
      last = quotation.last;
    }
  }
}

TEST(DocumentTest, OfAnArticleBoilerplateIsPassedOver) {
  const std::string text =
      "By Ana Ruiz\n17:31 – The plan is dead.\nAdvertisement\nIt rains. "
      "(Editing by Jo "
      "Field)";
  const Document document = Document::AnalyzeArticle(text);
  std::vector<std::string> paragraphs;
  for (const Paragraph& paragraph : document.paragraphs()) {
    paragraphs.emplace_back(document.TextOf(paragraph));
  }
  EXPECT_THAT(paragraphs,
              ::testing::ElementsAre("The plan is dead.", "It rains."));
  EXPECT_EQ(document.text(), text);
  EXPECT_EQ(Document::Analyze(text).paragraphs().size(), 4u);
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
