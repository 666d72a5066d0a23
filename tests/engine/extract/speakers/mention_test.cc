#include "engine/extract/speakers/mention.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/engine/extract/read_text.h"

namespace onrecord {
namespace extract {
namespace {

struct MentionCase {
  const char* name;
  const char* text;
  const char* phrase;    // of the text
  const char* expected;  // "kind name; title (of); …"
};

std::ostream& operator<<(std::ostream& out, const MentionCase& c) {
  return out << c.name;
}

std::string Render(const NounMention& mention) {
  std::string line =
      absl::StrCat(mention.form == NounMention::Form::kDescription ? "described"
                   : mention.form == NounMention::Form::kPronoun
                       ? "pronoun"
                       : Actor::Kind_Name(mention.kind),
                   " ", mention.name);
  for (const Entity::Office& office : mention.offices) {
    absl::StrAppend(&line, "; ", office.title, " (", office.of, ")");
  }
  if (!mention.acronym.empty()) absl::StrAppend(&line, "; ", mention.acronym);
  return line;
}

class MentionTest : public ::testing::TestWithParam<MentionCase> {};

TEST_P(MentionTest, ReadsNameOfficeAndKind) {
  const ReadText text(GetParam().text);
  const TokenRange range = text.Find(GetParam().phrase);
  ASSERT_FALSE(range.empty());
  EXPECT_EQ(Render(ReadMention(text.grammar(), range)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Phrases, MentionTest,
    ::testing::Values(
        MentionCase{"TitleBeforeName",
                    "Spanish Finance Minister Ana Ruiz said it rained.",
                    "Spanish Finance Minister Ana Ruiz",
                    "PERSON Ana Ruiz; Finance Minister (Spanish)"},
        MentionCase{"DescriptionThenName",
                    "Japan's chief trade negotiator, Taro Mori, said so.",
                    "Japan's chief trade negotiator, Taro Mori",
                    "PERSON Taro Mori; chief trade negotiator (Japan)"},
        MentionCase{"NameThenTwoDescriptions",
                    "Taro Mori, a lawmaker of the Green Party and a former "
                    "foreign minister, said so.",
                    "Taro Mori, a lawmaker of the Green Party and a former "
                    "foreign minister",
                    "PERSON Taro Mori; lawmaker (the Green Party); former "
                    "foreign minister ()"},
        MentionCase{"Particle", "Trade Minister Pieter van Aalst said so.",
                    "Trade Minister Pieter van Aalst",
                    "PERSON Pieter van Aalst; Trade Minister ()"},
        MentionCase{
            "BodyBeforeLowerCaseTitle", "Lumora spokesman Jan Smit said so.",
            "Lumora spokesman Jan Smit", "PERSON Jan Smit; spokesman (Lumora)"},
        MentionCase{"Country", "Tokyo said so.", "Tokyo", "COUNTRY Japan"},
        MentionCase{"Government", "The Japanese government said so.",
                    "The Japanese government", "COUNTRY Japan"},
        MentionCase{"BodyWithAcronym",
                    "The Association of Salmon Producers (ASP) said so.",
                    "The Association of Salmon Producers (ASP)",
                    "ORGANISATION Association of Salmon Producers; ASP"},
        MentionCase{"Ministry", "The Spanish Foreign Ministry said so.",
                    "The Spanish Foreign Ministry",
                    "ORGANISATION Spanish Foreign Ministry"},
        MentionCase{"Officials", "Two Dutch officials said so.",
                    "Two Dutch officials",
                    "described Two Dutch officials; officials (Dutch)"},
        MentionCase{"Pronoun", "He said so.", "He", "pronoun he"},
        MentionCase{"Pair", "She said both sides agreed to talk.", "both sides",
                    "pronoun both sides"}),
    [](const ::testing::TestParamInfo<MentionCase>& info) {
      return std::string(info.param.name);
    });

}  // namespace
}  // namespace extract
}  // namespace onrecord
