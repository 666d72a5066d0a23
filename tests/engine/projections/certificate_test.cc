#include "engine/projections/certificate.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/projections/positions_projection.h"
#include "gmock/gmock.h"
#include "tests/engine/projections/story_fixture.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::MatchesRegex;

class CertificateTest : public StoryTest {
 protected:
  std::string Certificate() {
    const auto checkpoint = replayer_->GetCheckpoint("positions");
    EXPECT_OK(checkpoint);
    const auto head = log_.get()->GetHead();
    EXPECT_OK(head);
    const auto line = CertificateOf(*store_, *checkpoint, *head);
    EXPECT_OK(line);
    return *line;
  }
};

TEST_F(CertificateTest, IsTheSameForTheSameLog) {
  Say("1", "a", "2025-01-01", 1);
  const std::string live = Certificate();
  EXPECT_THAT(live, MatchesRegex(absl::StrCat(
                        "positions v", PositionsProjection().version(),
                        " at 1 of 1 commits [0-9a-f]{64}: [0-9a-f]{64}")));
  ASSERT_OK(replayer_->Rebuild("positions"));
  EXPECT_EQ(Certificate(), live);
  Say("2", "a", "2025-01-01", 1);
  EXPECT_NE(Certificate(), live);
}

TEST_F(CertificateTest, ShowsAChangedState) {
  Say("1", "a", "2025-01-01", 1);
  ASSERT_OK_AND_ASSIGN(const std::string before,
                       HashOfState(*store_, "positions"));
  ProjectionBatch batch;
  batch.Put("positions/z", "");
  ASSERT_OK(store_->Write(batch));
  ASSERT_OK_AND_ASSIGN(const std::string after,
                       HashOfState(*store_, "positions"));
  EXPECT_NE(after, before);
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
