#include "engine/extract/stance/modality.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/extract/marked_text.h"

namespace onrecord {
namespace extract {
namespace {

struct ModalityCase {
  std::string marked;
  bool conditional;
  bool negated;
};

TEST(ModalityTest, ConditionsAndNegationsAreTold) {
  const std::vector<ModalityCase> cases = {
      {"<1 She> [said] {the ban would stay}.", false, false},
      {"<1 She> [said] {the ban would go if they agreed}.", true, false},
      {"<1 She> [said] {that unless they agree, the ban will stay}.", true,
       false},
      {"<1 She> [said] {the ban would go as long as they paid}.", true, false},
      {"<1 She> [said] {the ban would go provided that they paid}.", true,
       false},
      {"<1 She> [said] {the ban would stay until they paid}.", false, false},
      {"<1 She> [called] {it “serious, if small”}.", false, false},
      {"<1 She> [would do] {it even if they lost}.", false, false},
      {"<1 She> [did not want] {a ban}.", false, true},
      {"<1 She> [said] {there was no reason to wait}.", false, true},
      {"<1 She> [said] {the ban was no longer needed}.", false, true},
      {"<1 She> [said] {“Nobody wants this”}.", false, true},
      {"<1 She> [refused] {to lift the ban}.", false, false},
      {"<1 She> [denied] {it}.", false, false},
      {"<1 She> [urged] {them to pay for farms with no losses}.", false, false},
      {"<1 She> [said] {it would go if they did not pay}.", true, false},
  };
  for (const ModalityCase& test : cases) {
    MarkedText text(test.marked);
    EXPECT_EQ(IsConditional(text.document(), text.sayings()[0]),
              test.conditional)
        << test.marked;
    EXPECT_EQ(IsNegated(text.document(), text.sayings()[0]), test.negated)
        << test.marked;
  }
}

}  // namespace
}  // namespace extract
}  // namespace onrecord
