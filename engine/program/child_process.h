// A program of the machine that answers lines with lines.

#ifndef ONRECORD_ENGINE_PROGRAM_CHILD_PROCESS_H_
#define ONRECORD_ENGINE_PROGRAM_CHILD_PROCESS_H_

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace onrecord {

// A running program, with its standard input and output. Thread-compatible. No
// signal handler is installed, and none is needed: a broken pipe is an error.
class ChildProcess {
 public:
  // Starts `command` with /bin/sh, in a process group of its own.
  static absl::StatusOr<std::unique_ptr<ChildProcess>> Start(
      const std::string& command);

  // Closes the program's input, gives it a moment to end, and kills it and
  // whatever it started if it does not.
  ~ChildProcess();

  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // Writes `request` and a line feed, and meanwhile calls `take` for each line
  // that comes, without its line feed, until it returns false.
  //
  // Returns UNAVAILABLE if the program ends before, DEADLINE_EXCEEDED if
  // `deadline` passes, RESOURCE_EXHAUSTED if a line is longer than 64 MiB, and
  // INVALID_ARGUMENT if something follows the last line, or that came before
  // all of `request` was read. After an error the
  // process is of no more use.
  absl::Status Exchange(
      absl::string_view request, absl::Time deadline,
      const std::function<bool(absl::string_view line)>& take);

  // Whether it has ended.
  bool HasEnded();

 private:
  ChildProcess(pid_t pid, int input, int output)
      : pid_(pid), input_(input), output_(output) {}

  absl::Status Write(absl::string_view& rest);
  absl::Status Read();

  // Hands out whole lines; returns false once `take` did.
  bool TakeLines(const std::function<bool(absl::string_view line)>& take);

  const pid_t pid_;
  const int input_;   // the program's standard input, to be written
  const int output_;  // its standard output, to be read
  bool ended_ = false;
  std::string unread_;   // what came and was not handed out yet
  size_t searched_ = 0;  // bytes of it that hold no line feed
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROGRAM_CHILD_PROCESS_H_
