#include "engine/extract/stance/direction.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace onrecord {
namespace extract {
namespace {

struct DirectionCase {
  std::string proposition;
  int direction;
};

TEST(DirectionOfTest, IsReadFromTheProposition) {
  const std::vector<DirectionCase> cases = {
      {"Norland should keep its ban on timber.", -1},
      {"Norland should lift its ban on timber.", 1},
      {"Norland should not keep its ban on timber.", 1},
      {"Exports of timber should be restricted.", -1},
      {"The state should compensate sawmills for losses caused by the ban.", 1},
      {"Norland should pursue a complaint against the ban.", 1},
      {"Allies should tighten export controls on saws.", -1},
      {"Countries should join Norland in restricting trade.", -1},
      {"Toolmakers should be stopped from servicing saws.", -1},
      {"The treaty should be upheld.", 1},
      {"The central bank should cut its rate.", -1},
      {"The timber ban", -1},
      {"", 1},
  };
  for (const DirectionCase& test : cases) {
    EXPECT_EQ(DirectionOf(test.proposition), test.direction)
        << test.proposition;
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
