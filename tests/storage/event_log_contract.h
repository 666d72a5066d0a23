// What every implementation of the event log does, as suites that a test of one
// instantiates:
//
//   INSTANTIATE_TEST_SUITE_P(Mine, EventLogTest, ::testing::Values(…));
//   INSTANTIATE_TEST_SUITE_P(Mine, LogFeaturesTest, ::testing::Values(…));

#ifndef ONRECORD_TESTS_STORAGE_EVENT_LOG_CONTRACT_H_
#define ONRECORD_TESTS_STORAGE_EVENT_LOG_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/clock.h"
#include "storage/event_log.h"
#include "storage/leveldb_event_log.h"

namespace onrecord {

struct LogImplementation {
  std::string name;

  // Opens an empty log, another one at each call. Of the options, the clock and
  // the limit on commits count.
  std::function<absl::StatusOr<std::unique_ptr<EventLog>>(const LogOptions&)>
      open;

  // How many commits are many.
  int many_commits = 20000;

  friend std::ostream& operator<<(std::ostream& out,
                                  const LogImplementation& implementation) {
    return out << implementation.name;
  }
};

class SettableClock : public Clock {
 public:
  absl::Time Now() override { return now; }
  absl::Time now = absl::FromUnixSeconds(1000);
};

class EventLogTest : public ::testing::TestWithParam<LogImplementation> {
 protected:
  void SetUp() override;

  AppendResult Append(const std::string& stream,
                      const std::vector<std::string>& labels,
                      const std::string& commit_id = "");
  absl::Status AppendTo(const std::string& stream, ExpectedRevision expected);
  std::string ReadLog(uint64_t from, Direction direction,
                      uint64_t known_at = kLatest);
  std::string ReadStream(const std::string& stream, uint64_t from,
                         Direction direction, uint64_t known_at = kLatest);

  SettableClock clock_;
  std::unique_ptr<EventLog> log_;
};

// Reading by kind, following, proving, copying and forgetting.
class LogFeaturesTest : public ::testing::TestWithParam<LogImplementation> {
 protected:
  void SetUp() override;

  void Append(EventLog* log, const std::string& stream,
              const std::vector<std::string>& labels,
              const std::string& text = "");
  void Append(const std::string& stream, const std::vector<std::string>& labels,
              const std::string& text = "") {
    Append(log_.get(), stream, labels, text);
  }
  void Forget(EventLog* log, const std::string& text);
  Head HeadOf(EventLog* log);

  std::unique_ptr<EventLog> log_;
};

}  // namespace onrecord

#endif  // ONRECORD_TESTS_STORAGE_EVENT_LOG_CONTRACT_H_
