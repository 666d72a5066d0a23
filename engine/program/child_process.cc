#include "engine/program/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/status_macros.h"

extern char** environ;

namespace onrecord {
namespace {

constexpr size_t kMaxLineBytes = size_t{64} << 20;
constexpr absl::Duration kTimeToEnd = absl::Seconds(1);

absl::Status SystemError(absl::string_view what) {
  return absl::InternalError(absl::StrCat(what, ": ", std::strerror(errno)));
}

// Both ends of a pipe; closed at the end unless released.
class Pipe {
 public:
  ~Pipe() {
    for (const int end : ends_) {
      if (end >= 0) close(end);
    }
  }
  bool Open() { return pipe2(ends_, O_CLOEXEC) == 0; }
  int end(int which) const { return ends_[which]; }
  int Release(int which) {
    const int end = ends_[which];
    ends_[which] = -1;
    return end;
  }

 private:
  int ends_[2] = {-1, -1};
};

// While it lives, writing to a broken pipe is an error in this thread, and no
// signal.
class NoBrokenPipeSignal {
 public:
  NoBrokenPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) != 0;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoBrokenPipeSignal() {
    const timespec now{0, 0};
    if (!was_pending_) sigtimedwait(&pipe_, nullptr, &now);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_;
  sigset_t before_;
  bool was_pending_;
};

// Starts /bin/sh -c `command` with these ends for standard input and output.
absl::StatusOr<pid_t> Spawn(const std::string& command, int input, int output) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setpgroup(&attributes, 0);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  std::string shell = "/bin/sh";
  std::string flag = "-c";
  std::string line = command;
  char* const args[] = {shell.data(), flag.data(), line.data(), nullptr};
  pid_t pid = 0;
  errno = posix_spawn(&pid, shell.c_str(), &files, &attributes, args, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (errno != 0) return SystemError("cannot start /bin/sh");
  return pid;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ChildProcess>> ChildProcess::Start(
    const std::string& command) {
  Pipe input;
  Pipe output;
  if (!input.Open() || !output.Open()) return SystemError("cannot make a pipe");
  ONRECORD_ASSIGN_OR_RETURN(const pid_t pid,
                            Spawn(command, input.end(0), output.end(1)));
  for (const int end : {input.end(1), output.end(0)}) {
    fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK);
  }
  return std::unique_ptr<ChildProcess>(
      new ChildProcess(pid, input.Release(1), output.Release(0)));
}

ChildProcess::~ChildProcess() {
  close(input_);
  const absl::Time deadline = absl::Now() + kTimeToEnd;
  while (!HasEnded() && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(2));
  }
  kill(-pid_, SIGKILL);
  if (!ended_) waitpid(pid_, nullptr, 0);
  close(output_);
}

bool ChildProcess::HasEnded() {
  if (!ended_) ended_ = waitpid(pid_, nullptr, WNOHANG) == pid_;
  return ended_;
}

absl::Status ChildProcess::Write(absl::string_view& rest) {
  const NoBrokenPipeSignal no_signal;
  const ssize_t written = write(input_, rest.data(), rest.size());
  if (written >= 0) {
    rest.remove_prefix(written);
    return absl::OkStatus();
  }
  if (errno == EAGAIN || errno == EINTR) return absl::OkStatus();
  if (errno == EPIPE) return absl::UnavailableError("ended");
  return SystemError("cannot be written to");
}

absl::Status ChildProcess::Read() {
  char buffer[1 << 16];
  const ssize_t size = read(output_, buffer, sizeof buffer);
  if (size > 0) {
    unread_.append(buffer, size);
    return absl::OkStatus();
  }
  if (size == 0) return absl::UnavailableError("ended");
  if (errno == EAGAIN || errno == EINTR) return absl::OkStatus();
  return SystemError("cannot be read from");
}

bool ChildProcess::TakeLines(
    const std::function<bool(absl::string_view line)>& take) {
  size_t begin = 0;
  bool more = true;
  while (more) {
    const size_t end = unread_.find('\n', std::max(begin, searched_));
    if (end == std::string::npos) break;
    more = take(absl::string_view(unread_).substr(begin, end - begin));
    begin = end + 1;
  }
  unread_.erase(0, begin);
  searched_ = more ? unread_.size() : 0;
  return more;
}

absl::Status ChildProcess::Exchange(
    absl::string_view request, absl::Time deadline,
    const std::function<bool(absl::string_view line)>& take) {
  const std::string line = absl::StrCat(request, "\n");
  absl::string_view rest = line;
  while (true) {
    const absl::Duration left = deadline - absl::Now();
    if (left <= absl::ZeroDuration()) {
      return absl::DeadlineExceededError("takes too long");
    }
    pollfd fds[] = {{output_, POLLIN, 0}, {input_, POLLOUT, 0}};
    const int64_t wait_ms =
        std::min<int64_t>(absl::ToInt64Milliseconds(left) + 1, 60 * 1000);
    if (poll(fds, rest.empty() ? 1 : 2, static_cast<int>(wait_ms)) < 0 &&
        errno != EINTR) {
      return SystemError("cannot be waited for");
    }
    if (fds[0].revents != 0) {
      ONRECORD_RETURN_IF_ERROR(Read());
      if (!TakeLines(take)) break;
      if (unread_.size() > kMaxLineBytes) {
        return absl::ResourceExhaustedError("a line is longer than 64 MiB");
      }
    } else if (!rest.empty() && fds[1].revents != 0) {
      ONRECORD_RETURN_IF_ERROR(Write(rest));
    }
  }
  if (unread_.empty() && rest.empty()) return absl::OkStatus();
  if (!rest.empty()) {
    return absl::InvalidArgumentError("closes before it has read its line");
  }
  return absl::InvalidArgumentError("something follows the closing line");
}

}  // namespace onrecord
