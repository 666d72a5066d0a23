#include "engine/extract/parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {
namespace {

std::string Repeat(absl::string_view piece, size_t bytes) {
  std::string text;
  while (text.size() < bytes) absl::StrAppend(&text, piece);
  return text;
}

struct CutCase {
  std::string name;
  std::string piece;  // over and over
  std::string cut;    // what every part but the last ends with
};

class SplitIntoPartsTest : public ::testing::TestWithParam<CutCase> {};

TEST_P(SplitIntoPartsTest, LosesNothingAndCutsWhereItHurtsLeast) {
  const std::string text =
      Repeat(GetParam().piece, 3 * kMostPartBytes + kMostPartBytes / 2);
  const std::vector<absl::string_view> parts = SplitIntoParts(text);
  EXPECT_EQ(absl::StrJoin(parts, ""), text);
  ASSERT_GE(parts.size(), 4u);
  for (size_t i = 0; i < parts.size(); ++i) {
    EXPECT_LE(parts[i].size(), kMostPartBytes);
    if (i + 1 == parts.size()) break;
    EXPECT_TRUE(absl::EndsWith(parts[i], GetParam().cut)) << i;
    EXPECT_GT(parts[i].size(), kMostPartBytes / 4);
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, SplitIntoPartsTest,
                         ::testing::ValuesIn(std::vector<CutCase>{
                             {"Paragraphs", "One line.\nAnother line.\n\n",
                              "Another line.\n\n"},
                             {"Lines", "One line, and on it goes.\n", "\n"},
                             {"Words", "word ", "word "},
                             {"Characters", "\u00e9", "\u00e9"},
                         }),
                         [](const auto& info) { return info.param.name; });

TEST(SplitIntoPartsTest, ShortTextsAreOnePart) {
  EXPECT_THAT(SplitIntoParts(""), ::testing::ElementsAre(""));
  EXPECT_EQ(SplitIntoParts(std::string(kMostPartBytes, 'a')).size(), 1u);
}

Extraction PartOf(const std::string& name, const std::string& alias) {
  Extraction part;
  Entity entity;
  entity.name = name;
  entity.aliases = {alias};
  entity.begin = 5;
  entity.end = 8;
  part.entities.push_back(entity);
  for (int i = 0; i < 2; ++i) {
    ExtractedStatement extracted;
    extracted.speaker = 0;
    extracted.parent = i - 1;
    extracted.statement.add_content()->set_begin(10);
    extracted.statement.mutable_content(0)->set_end(20);
    part.statements.push_back(extracted);
  }
  part.found_topics.emplace_back();
  part.found_topics.back().set_id("ban");
  return part;
}

TEST(PartJoinerTest, MovesPlacesAndNumbers) {
  PartJoiner joiner(2);
  joiner.Add(0, PartOf("Ana Ruiz", "Ruiz"));
  joiner.Add(100, PartOf("Juan Gil", "Gil"));
  const Extraction whole = joiner.Take();
  ASSERT_EQ(whole.entities.size(), 2u);
  EXPECT_EQ(whole.entities[1].begin, 105u);
  ASSERT_EQ(whole.statements.size(), 4u);
  EXPECT_EQ(whole.statements[1].parent, 0);
  EXPECT_EQ(whole.statements[2].parent, -1);
  EXPECT_EQ(whole.statements[3].parent, 2);
  EXPECT_EQ(whole.statements[3].speaker, 1);
  EXPECT_EQ(whole.statements[3].statement.content(0).begin(), 110u);
  EXPECT_EQ(whole.statements[3].statement.content(0).end(), 120u);
  EXPECT_EQ(whole.found_topics.size(), 1u);
}

TEST(PartJoinerTest, OneNameIsOneEntity) {
  PartJoiner joiner(2);
  joiner.Add(0, PartOf("Ana Ruiz", "Ruiz"));
  joiner.Add(100, PartOf("Ana Ruiz", "Dr Ruiz"));
  const Extraction whole = joiner.Take();
  ASSERT_EQ(whole.entities.size(), 1u);
  EXPECT_EQ(whole.entities[0].begin, 5u);
  EXPECT_THAT(whole.entities[0].aliases,
              ::testing::ElementsAre("Ruiz", "Dr Ruiz"));
  EXPECT_EQ(whole.statements[3].speaker, 0);
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
