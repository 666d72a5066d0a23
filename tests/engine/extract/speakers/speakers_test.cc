#include "engine/extract/speakers/speakers.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "engine/extract/extractor.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace extract {
namespace {

struct SpeakerCase {
  const char* name;
  const char* text;
  const char* content;  // how the statement that is asked about begins
  const char* speaker;  // the entity's name; "unnamed" if it has none
};

std::ostream& operator<<(std::ostream& out, const SpeakerCase& c) {
  return out << c.name;
}

class SpeakersTest : public ::testing::TestWithParam<SpeakerCase> {};

// The entity that speaks the statement whose content begins with `content`.
std::string SpeakerOf(const std::string& text, const Extraction& extraction,
                      const std::string& content) {
  for (const ExtractedStatement& extracted : extraction.statements) {
    if (extracted.statement.content().empty()) continue;
    const Span& span = extracted.statement.content(0);
    if (text.compare(span.begin(), content.size(), content) != 0) continue;
    if (extracted.speaker < 0) return "nobody";
    const Entity& entity = extraction.entities[extracted.speaker];
    return entity.unnamed ? "unnamed" : entity.name;
  }
  return "no such statement";
}

TEST_P(SpeakersTest, IsWhoTheTextMeans) {
  Article article;
  article.set_id("a");
  article.set_text(GetParam().text);
  article.set_published("2025-04-26");
  ASSERT_OK_AND_ASSIGN(const Extraction extraction,
                       Extract(article, Codebook()));
  EXPECT_EQ(SpeakerOf(article.text(), extraction, GetParam().content),
            GetParam().speaker);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, SpeakersTest,
    ::testing::Values(
        SpeakerCase{"FamilyNameFirst",
                    "Finance Minister Tanaka Kenji said the plan would fail. "
                    "Tanaka then said that it was dead.",
                    "that it was dead", "Kenji Tanaka"},
        // An agency is not the broadcaster that has its name.
        SpeakerCase{"AgencyByItsShortName",
                    "Kyodo reported that the talks had failed. Anna Berg told "
                    "Kyodo Television that it was too early to say.",
                    "that the talks", "Kyodo News"},
        SpeakerCase{"AgencyByItsLetters",
                    "The talks had failed, AFP reported on Monday. The Berlin "
                    "office declined to comment.",
                    "The talks had failed", "Agence France-Presse"},
        SpeakerCase{"PersonWithTheNameOfAnAgency",
                    "Trade Minister Tom Kyodo met Anna Berg on Monday. Kyodo "
                    "said that the plan would fail.",
                    "that the plan", "Tom Kyodo"},
        // A group that was kept unnamed once drew every later "minister".
        SpeakerCase{"NamedBeforeUnnamed",
                    "Trade Minister Anna Berg said the plan would fail. Two "
                    "ministers said that it was dead. The trade minister said "
                    "that talks would go on.",
                    "that talks", "Anna Berg"},
        // "Former" was read as the body whose minister she was.
        // The minister was once an apposition to the news.
        SpeakerCase{"SubjectBehindAccordingTo",
                    "According to the news from Oslo on the 27th, the new "
                    "Trade Minister Ella Holm, who took office last week, said "
                    "that the plan was dead.",
                    "that the plan", "Ella Holm"},
        // In an answer "she" is not the one who answers.
        SpeakerCase{"PronounInAnAnswer",
                    "Ella Holm, the finance minister, wants a cut.\n\nClara "
                    "Berg, governor of the bank, spoke to the paper.\n\nQ: Is "
                    "Ella Holm right?\n\nA: She said that the levy would "
                    "stay.\n\nQ: And you?\n\nA: I wait.",
                    "that the levy", "Ella Holm"},
        // A far body that has the word in its name once won over initials.
        SpeakerCase{"BodyCalledByItsInitials",
                    "The Importers' Association said prices would rise. Tor "
                    "Lund, president of the APS, said that farms were "
                    "losing money. The association said that aid was late.",
                    "that aid was late", "APS"},
        SpeakerCase{"BodyCalledByItsInitialsInATitle",
                    "The Importers' Association said prices would rise. The "
                    "APS president accused both sides, and the association "
                    "repeated that aid was late.",
                    "that aid was late", "APS"},
        SpeakerCase{"TradeIsLastPerson",
                    "Former finance minister Ella Holm, who left in March, "
                    "said the cut was panic. The lawmaker said that rates "
                    "should fall slowly.",
                    "that rates", "Ella Holm"},
        SpeakerCase{"RelativePronoun",
                    "Finance Minister Tor Lund, who in April claimed to have "
                    "no view, said that the levy would end.",
                    "to have no view", "Tor Lund"},
        SpeakerCase{"AppositionBehindName",
                    "In an interview on Monday Peter Aal, now a backbencher, "
                    "said that the government had caved in.",
                    "that the government", "Peter Aal"},
        SpeakerCase{"SubjectWithClauseBetweenCommas",
                    "Tor Lund said rates were too high. Ella Holm, whom he "
                    "replaced, signaled a cut last month. Now a lawmaker, she "
                    "said that her offer stood.",
                    "that her offer", "Ella Holm"},
        SpeakerCase{"SpokesmanOfPersonIsSomebodyElse",
                    "Ella Holm won. A spokesman for Ms Holm said that she was "
                    "glad.",
                    "that she was", "unnamed"},
        SpeakerCase{"SourceCloseToABody",
                    "A source close to the Lumora Group said that two members "
                    "had wanted less.",
                    "that two members", "unnamed"},
        SpeakerCase{"AccordingToPaperSomebodySaid",
                    "According to the Daily Globe of Monday, Trade Minister "
                    "Anna Berg, who took office last week, said that the rules "
                    "would follow.",
                    "that the rules", "Anna Berg"},
        SpeakerCase{"WeekdayIsNoBody",
                    "At the dinner last Thursday the club was divided. In a "
                    "letter it asked for time.",
                    "time", "nobody"}),
    [](const ::testing::TestParamInfo<SpeakerCase>& info) {
      return std::string(info.param.name);
    });

}  // namespace
}  // namespace extract
}  // namespace onrecord
