// Matchers for absl::Status and absl::StatusOr.
//
//   EXPECT_THAT(log->Append(…), StatusIs(absl::StatusCode::kAborted,
//                                        HasSubstr("revision 4")));
//   EXPECT_THAT(Parse("1"), IsOkAndHolds(1));
//   ASSERT_OK_AND_ASSIGN(auto log, EventLog::Open(dir));

#ifndef ONRECORD_TESTS_TESTING_STATUS_MATCHERS_H_
#define ONRECORD_TESTS_TESTING_STATUS_MATCHERS_H_

#include <gmock/gmock.h>

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace testing {

inline const absl::Status& GetStatus(const absl::Status& status) {
  return status;
}

template <typename T>
const absl::Status& GetStatus(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  const absl::Status& status = GetStatus(arg);
  *result_listener << status;
  return status.ok();
}

MATCHER_P(StatusIs, code, "has code " + absl::StatusCodeToString(code)) {
  const absl::Status& status = GetStatus(arg);
  *result_listener << status;
  return status.code() == code;
}

MATCHER_P2(StatusIs, code, message_matcher,
           "has code " + absl::StatusCodeToString(code) +
               " and a message that " +
               ::testing::DescribeMatcher<std::string>(message_matcher)) {
  const absl::Status& status = GetStatus(arg);
  *result_listener << status;
  return status.code() == code &&
         ::testing::ExplainMatchResult(
             message_matcher, std::string(status.message()), result_listener);
}

MATCHER_P(IsOkAndHolds, value_matcher, "is OK and holds a fitting value") {
  if (!arg.ok()) {
    *result_listener << arg.status();
    return false;
  }
  return ::testing::ExplainMatchResult(value_matcher, *arg, result_listener);
}

#define EXPECT_OK(expression) \
  EXPECT_THAT(expression, ::onrecord::testing::IsOk())
#define ASSERT_OK(expression) \
  ASSERT_THAT(expression, ::onrecord::testing::IsOk())

#define ASSERT_OK_AND_ASSIGN(target, expression) \
  ONRECORD_ASSERT_OK_AND_ASSIGN_IMPL_(           \
      ONRECORD_CONCAT_(onrecord_status_or_, __LINE__), target, expression)

#define ONRECORD_ASSERT_OK_AND_ASSIGN_IMPL_(status_or, target, expression) \
  auto status_or = (expression);                                           \
  ASSERT_OK(status_or);                                                    \
  target = *std::move(status_or)

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_STATUS_MATCHERS_H_
