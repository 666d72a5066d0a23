// The program `onrecord`.

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "engine/cli/run.h"

int main(int argc, char** argv) {
  onrecord::Environment environment;
  if (const char* db = std::getenv("ONRECORD_DB")) environment.default_db = db;
  winsize size{};
  if (isatty(STDOUT_FILENO) != 0 &&
      ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
    environment.terminal_width = size.ws_col;
  }
  std::ios::sync_with_stdio(false);
  return onrecord::RunOnRecord(std::vector<std::string>(argv + 1, argv + argc),
                               environment, std::cout, std::cerr);
}
