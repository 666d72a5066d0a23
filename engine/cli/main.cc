// The program `onrecord`.

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "engine/cli/run.h"

namespace {

// Columns of the terminal behind `file`; 0 if it is none.
size_t WidthOf(int file) {
  winsize size{};
  if (isatty(file) == 0 || ioctl(file, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

// Colours are for terminals that have them and people who want them
// (no-color.org).
bool WantsColour() {
  const char* const no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* const terminal = std::getenv("TERM");
  return terminal != nullptr && std::string(terminal) != "dumb";
}

}  // namespace

int main(int argc, char** argv) {
  onrecord::Environment environment;
  if (const char* db = std::getenv("ONRECORD_DB")) environment.default_db = db;
  environment.terminal_width = WidthOf(STDOUT_FILENO);
  environment.error_width = WidthOf(STDERR_FILENO);
  environment.colour = environment.terminal_width > 0 && WantsColour();
  std::ios::sync_with_stdio(false);
  return onrecord::RunOnRecord(std::vector<std::string>(argv + 1, argv + argc),
                               environment, std::cout, std::cerr);
}
