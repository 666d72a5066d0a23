#include "storage/expected_revision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

struct AdmitsCase {
  std::string name;
  ExpectedRevision expected;
  bool no_stream;
  bool revision_0;
  bool revision_4;
};

class ExpectedRevisionTest : public ::testing::TestWithParam<AdmitsCase> {};

TEST_P(ExpectedRevisionTest, AdmitsTheStatesThatItNames) {
  const AdmitsCase& c = GetParam();
  EXPECT_EQ(c.expected.Admits(std::nullopt), c.no_stream);
  EXPECT_EQ(c.expected.Admits(0), c.revision_0);
  EXPECT_EQ(c.expected.Admits(4), c.revision_4);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ExpectedRevisionTest,
    ::testing::Values(
        AdmitsCase{"Any", ExpectedRevision::Any(), true, true, true},
        AdmitsCase{"NoStream", ExpectedRevision::NoStream(), true, false,
                   false},
        AdmitsCase{"StreamExists", ExpectedRevision::StreamExists(), false,
                   true, true},
        AdmitsCase{"Exactly", ExpectedRevision::Exactly(4), false, false,
                   true}),
    [](const auto& info) { return info.param.name; });

TEST(WrongExpectedRevisionTest, CarriesTheCurrentRevision) {
  const absl::Status status =
      WrongExpectedRevisionError("a b/c", ExpectedRevision::Exactly(3), 4);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted,
                               HasSubstr("is at revision 4")));
  const auto found = GetWrongExpectedRevision(status);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->stream, "a b/c");
  EXPECT_EQ(found->current, 4u);
}

TEST(WrongExpectedRevisionTest, CarriesThatThereIsNoStream) {
  const absl::Status status = WrongExpectedRevisionError(
      "a", ExpectedRevision::StreamExists(), std::nullopt);
  const auto found = GetWrongExpectedRevision(status);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->stream, "a");
  EXPECT_EQ(found->current, std::nullopt);
}

TEST(WrongExpectedRevisionTest, IsAbsentFromOtherErrors) {
  EXPECT_FALSE(GetWrongExpectedRevision(absl::AbortedError("x")).has_value());
  EXPECT_FALSE(GetWrongExpectedRevision(absl::OkStatus()).has_value());
}

}  // namespace
}  // namespace onrecord
