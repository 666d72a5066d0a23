// A directory of a test's own, gone when the test is.

#ifndef ONRECORD_TESTS_TESTING_TEMP_DIRECTORY_H_
#define ONRECORD_TESTS_TESTING_TEMP_DIRECTORY_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace testing {

// A directory that is empty at first, and removed with everything in it at the
// end.
class TempDirectory {
 public:
  TempDirectory() {
    std::string name = ::testing::TempDir() + "/onrecord.XXXXXX";
    if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no " << name;
    path_ = name;
  }
  ~TempDirectory() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  // The path of `name` inside the directory; of the directory if empty.
  std::string Path(absl::string_view name = {}) const {
    return name.empty() ? path_ : path_ + "/" + std::string(name);
  }

  // Writes a file, making the folders it is in, and returns its path.
  std::string Write(absl::string_view name, absl::string_view content) const {
    const std::filesystem::path path(Path(name));
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file << content;
    if (!file.flush()) ADD_FAILURE() << "cannot write " << path;
    return path.string();
  }

 private:
  std::string path_;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_TEMP_DIRECTORY_H_
