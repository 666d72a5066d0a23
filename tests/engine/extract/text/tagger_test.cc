#include "engine/extract/text/tagger.h"

#include <string>
#include <utility>
#include <vector>

#include "engine/extract/text/document.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace onrecord {
namespace extract {
namespace {

using ::testing::ElementsAre;

std::vector<Tag> TagsOf(const std::string& text) {
  const Document document = Document::Analyze(text);
  std::vector<Tag> tags;
  for (const Token& token : document.tokens()) tags.push_back(token.tag);
  return tags;
}

TEST(TaggerTest, TagsAStatement) {
  EXPECT_THAT(TagsOf("Officials said they would not lift the ban."),
              ElementsAre(Tag::kNNS, Tag::kVBD, Tag::kPRP, Tag::kMD, Tag::kRB,
                          Tag::kVB, Tag::kDT, Tag::kNN, Tag::kStop));
}

TEST(TaggerTest, TellsUsesOfOneWordApart) {
  EXPECT_EQ(TagsOf("They plan to leave.")[1], Tag::kVBP);
  EXPECT_EQ(TagsOf("The plan was rejected.")[1], Tag::kNN);
  EXPECT_EQ(TagsOf("He said that it rained.")[2], Tag::kIN);
  EXPECT_EQ(TagsOf("The minister's plan")[2], Tag::kPOS);
  EXPECT_EQ(TagsOf("He's leaving.")[1], Tag::kVBZ);
}

// "Curbs" was once taken for a verb, so that nothing was said of them.
TEST(TaggerTest, DescribedWordBeforeAModalIsANoun) {
  EXPECT_EQ(TagsOf("She said in a letter that further curbs would hurt.")[7],
            Tag::kNNS);
  EXPECT_EQ(TagsOf("What she says may matter.")[2], Tag::kVBZ);
  EXPECT_EQ(TagsOf("A bridge that works would help.")[3], Tag::kVBZ);
}

TEST(TaggerTest, HerIsNobodysWhereNoNounFollows) {
  EXPECT_EQ(TagsOf("He had assured her by phone that it rained.")[3],
            Tag::kPRP);
  EXPECT_EQ(TagsOf("He had seen her bridge.")[3], Tag::kPRPS);
}

TEST(TaggerTest, VerbFollowsSpeechAndAName) {
  EXPECT_EQ(TagsOf("“I will vote no,” Ana Ruiz posts from Madrid.")[9],
            Tag::kVBZ);
}

TEST(TaggerTest, TagsNamesThatItNeverSaw) {
  EXPECT_EQ(TagsOf("The plan of Qwarzin Velthoven failed.")[3], Tag::kNNP);
  EXPECT_EQ(TagsOf("The plan of Qwarzin Velthoven failed.")[4], Tag::kNNP);
}

TEST(TaggerTest, TagsMarks) {
  EXPECT_THAT(
      TagsOf("“Yes,” he said (twice)!"),
      ElementsAre(Tag::kQuote, Tag::kUH, Tag::kComma, Tag::kQuote, Tag::kPRP,
                  Tag::kVBD, Tag::kPunct, Tag::kRB, Tag::kPunct, Tag::kStop));
}

// What the figures of the tagger rest on: gross damage to the model shows.
TEST(TaggerTest, NamesArePartsOfTheirKind) {
  const Document document = Document::Analyze(
      "Qwarzin Velthoven, president of the Velden Chamber of Commerce, said "
      "in Berlin that Mr. Dorrenbach was wrong.");
  std::vector<std::pair<std::string, NameClass>> names;
  for (const Token& token : document.tokens()) {
    if (token.name != NameClass::kNone) {
      names.emplace_back(document.TextOf(token), token.name);
    }
  }
  EXPECT_THAT(names,
              ElementsAre(std::make_pair("Qwarzin", NameClass::kPerson),
                          std::make_pair("Velthoven", NameClass::kPerson),
                          std::make_pair("Velden", NameClass::kOrganisation),
                          std::make_pair("Chamber", NameClass::kOrganisation),
                          std::make_pair("of", NameClass::kOrganisation),
                          std::make_pair("Commerce", NameClass::kOrganisation),
                          std::make_pair("Berlin", NameClass::kPlace),
                          std::make_pair("Dorrenbach", NameClass::kPerson)));
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
