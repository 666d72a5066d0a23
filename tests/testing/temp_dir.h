// Directories for tests.

#ifndef ONRECORD_TESTS_TESTING_TEMP_DIR_H_
#define ONRECORD_TESTS_TESTING_TEMP_DIR_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace onrecord {
namespace testing {

// The path of a directory of the running test's own, which does not exist.
inline std::string FreshDir(const std::string& name) {
  const ::testing::TestInfo* test =
      ::testing::UnitTest::GetInstance()->current_test_info();
  std::string dir = std::string(test->test_suite_name()) + "_" + test->name();
  for (char& c : dir) {
    if (c == '/') c = '_';
  }
  dir = ::testing::TempDir() + dir + "_" + name;
  std::filesystem::remove_all(dir);
  return dir;
}

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_TEMP_DIR_H_
