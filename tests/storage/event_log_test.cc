// The contract of the event log, on LevelDB.

#include "storage/event_log.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "storage/leveldb_event_log.h"
#include "tests/storage/event_log_contract.h"
#include "tests/testing/fault_env.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::FaultEnv;
using ::onrecord::testing::TempDirectory;

absl::StatusOr<std::unique_ptr<EventLog>> OpenOnDisk(
    const LogOptions& options) {
  static const TempDirectory dir;
  static int logs = 0;
  return OpenLevelDbEventLog(dir.Path(absl::StrCat("log", ++logs)), options);
}

// Under the environment that loses what was not synced, with no fault in it.
absl::StatusOr<std::unique_ptr<EventLog>> OpenOnFaultEnv(LogOptions options) {
  static FaultEnv* const env = new FaultEnv;
  static int logs = 0;
  options.env = env;
  return OpenLevelDbEventLog(absl::StrCat("/log", ++logs), options);
}

const auto kImplementations =
    ::testing::Values(LogImplementation{"InMemory", OpenInMemoryEventLog},
                      LogImplementation{"LevelDb", OpenOnDisk},
                      LogImplementation{"FaultEnv", OpenOnFaultEnv});

std::string NameOf(const ::testing::TestParamInfo<LogImplementation>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Implementations, EventLogTest, kImplementations,
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Implementations, LogFeaturesTest, kImplementations,
                         NameOf);

}  // namespace
}  // namespace onrecord
