#include "engine/extract/stance/status_quo.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/extract/text/document.h"

namespace onrecord {
namespace extract {
namespace {

TEST(StatusQuoTest, SideIsReadFromTheProposition) {
  struct Case {
    std::string proposition;
    int side;
  };
  const std::vector<Case> cases = {
      {"The central bank should cut its rate.", -1},
      {"The speed limit should be raised.", -1},
      {"The minimum wage should rise by a tenth.", -1},
      {"The central bank should not change its rate.", 0},
      {"Norland should keep its ban on timber.", 1},
      {"The fee should stay.", 1},
      {"Norland should build a bridge.", 0},
      {"The bridge", 0},
      {"", 0},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(StatusQuoSide(test.proposition), test.side) << test.proposition;
  }
}

TEST(StatusQuoTest, WordsAreFromTheVerbToWhatItIsLeftAs) {
  struct Case {
    std::string text;
    std::string words;
  };
  const std::vector<Case> cases = {
      {"The bank left its rate at 5% again.", "left its rate at 5"},
      {"The bank held its rate unchanged.", "held its rate unchanged"},
      {"The fee would stay unchanged.", "stay unchanged"},
      {"They kept the plan on hold.", "kept the plan on hold"},
      {"They kept the plan and met at noon.", ""},
      {"They kept quiet and raised the fee at 5 places.", ""},
      {"The bank left.", ""},
      {"", ""},
  };
  for (const Case& test : cases) {
    const Document document = Document::Analyze(test.text);
    const auto size = static_cast<uint32_t>(document.tokens().size());
    const TokenRange words = FindStatusQuo(document, {0, size});
    std::string found;
    if (!words.empty()) {
      const uint32_t begin = document.tokens()[words.first].begin;
      found = test.text.substr(begin,
                               document.tokens()[words.last - 1].end - begin);
    }
    EXPECT_EQ(found, test.words) << test.text;
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
