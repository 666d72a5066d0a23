#include "engine/extract/cues/cue_lexicon.h"

#include <gtest/gtest.h>

#include <cstring>
#include <ostream>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/engine/extract/read_text.h"

namespace onrecord {
namespace extract {
namespace {

struct MatchCase {
  const char* name;
  const char* text;
  const char* entry;  // the entry's words; empty for no cue at all
  const char* range;  // the words of the text
};

std::ostream& operator<<(std::ostream& out, const MatchCase& c) {
  return out << c.name;
}

class CueMatchTest : public ::testing::TestWithParam<MatchCase> {};

TEST_P(CueMatchTest, FindsTheLongestEntry) {
  const ReadText text(GetParam().text);
  if (*GetParam().entry == '\0') {
    EXPECT_TRUE(text.cues().cues().empty());
    return;
  }
  ASSERT_FALSE(text.cues().cues().empty());
  const Cue& cue = text.cues().cues().front();
  EXPECT_EQ(absl::StrJoin(cue.entry().words, " "), GetParam().entry);
  EXPECT_EQ(text.Words(cue.match.range), GetParam().range);
}

INSTANTIATE_TEST_SUITE_P(
    Cues, CueMatchTest,
    ::testing::Values(
        MatchCase{"Verb", "She said that it rained.", "say", "said"},
        MatchCase{"WithAuxiliaries", "She has repeatedly said that it rained.",
                  "say", "has repeatedly said"},
        MatchCase{"WithParticle", "She ruled out a vote.", "rule out",
                  "ruled out"},
        MatchCase{"WithNounAndPreposition",
                  "She voiced deep concern over the plan.",
                  "voice concern over", "voiced deep concern over"},
        MatchCase{"BritishSpelling", "She criticised the plan.", "criticize",
                  "criticised"},
        MatchCase{"Copula", "She remained opposed to the plan.",
                  "be opposed to", "remained opposed to"},
        MatchCase{"CopulaWithAdverb", "She is deeply critical of the plan.",
                  "be critical of", "is deeply critical of"},
        MatchCase{"Negated", "She did not comment.", "comment",
                  "did not comment"},
        MatchCase{"InfinitiveIsNoPreposition", "She agreed to leave the town.",
                  "agree", "agreed"},
        MatchCase{"NoCue", "She walked in the rain.", "", ""}),
    [](const ::testing::TestParamInfo<MatchCase>& info) {
      return std::string(info.param.name);
    });

TEST(CueTableTest, RowsAreSortedOnceEachWithFramesInRange) {
  std::set<std::string> seen;
  std::pair<CueClass, std::string> last = {CueClass::kSay, ""};
  for (size_t i = 0; i < kCueRowCount; ++i) {
    const CueRow& row = kCueRows[i];
    EXPECT_TRUE(seen.insert(row.words).second) << row.words << " twice";
    const std::pair<CueClass, std::string> key = {row.cue_class, row.words};
    EXPECT_LT(last, key) << row.words << " out of order";
    last = key;
    for (absl::string_view frame : absl::StrSplit(row.frames, ' ')) {
      ASSERT_GE(frame.size(), 2u) << row.words;
      EXPECT_NE(std::strchr("tcwigopnr", frame[0]), nullptr) << row.words;
      const int percent = std::stoi(std::string(frame.substr(1)));
      EXPECT_GT(percent, 0) << row.words;
      EXPECT_LT(percent, 100) << row.words;
    }
  }
}

TEST(CueLexiconTest, FindGivesFrames) {
  const CueEntry* entry = CueLexicon::Get().Find("say");
  ASSERT_NE(entry, nullptr);
  EXPECT_TRUE(entry->Takes(Frame::kThat));
  EXPECT_FALSE(entry->Takes(Frame::kObject));
  EXPECT_EQ(CueLexicon::Get().Find("say loudly and often"), nullptr);
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
