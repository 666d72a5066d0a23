#include "storage/lock_holder.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace onrecord {
namespace {

// What the program of process `pid` is called; empty if it is not to be seen.
std::string ProgramOf(const std::string& pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/comm"));
  std::string name;
  std::getline(file, name);
  return name;
}

}  // namespace

std::string DescribeLockHolder(const std::string& path) {
  struct stat file {};
  if (stat(path.c_str(), &file) != 0) return "";
  // As proc(5) describes /proc/locks:
  //   1: POSIX  ADVISORY  WRITE 4242 08:01:131 0 EOF
  const std::string wanted = absl::StrFormat("%02x:%02x:%u", major(file.st_dev),
                                             minor(file.st_dev), file.st_ino);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string number, kind, strictness, access, pid, inode;
    words >> number >> kind >> strictness >> access >> pid >> inode;
    if (inode != wanted || access != "WRITE") continue;
    const std::string program = ProgramOf(pid);
    return absl::StrCat("process ", pid, program.empty() ? "" : ", ", program);
  }
  return "";
}

}  // namespace onrecord
