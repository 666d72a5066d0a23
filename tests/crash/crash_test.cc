// Kills a process that appends, at random moments, and looks whether what it
// had been told is true. This process keeps what was acknowledged.
//
//   ONRECORD_CRASH_ROUNDS=1000 ONRECORD_SEED=7 bazel test … for a long run

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/leveldb_event_log.h"
#include "storage/proofs.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

constexpr char kWriter[] = "tests/crash/crash_writer";

uint32_t FromEnvironment(const char* name, uint32_t otherwise) {
  const char* const value = std::getenv(name);
  if (value != nullptr) {
    EXPECT_TRUE(absl::SimpleAtoi(value, &otherwise));
  }
  return otherwise;
}

struct Acknowledged {
  std::string commit_id;
  uint64_t first = 0;
  uint64_t last = 0;
};

// Runs the writer, kills it `delay_us` after it has opened the log, and returns
// what it said.
std::string RunAndKill(const std::string& dir, uint32_t seed, int round,
                       uint32_t delay_us) {
  int pipe_ends[2];
  EXPECT_EQ(pipe(pipe_ends), 0);
  const std::string seed_text = absl::StrCat(seed);
  const std::string round_text = absl::StrCat(round);
  const pid_t writer = fork();
  if (writer == 0) {
    dup2(pipe_ends[1], STDOUT_FILENO);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    execl(kWriter, kWriter, dir.c_str(), seed_text.c_str(), round_text.c_str(),
          static_cast<char*>(nullptr));
    _exit(127);
  }
  close(pipe_ends[1]);
  std::string said;
  bool killed = false;
  char buffer[4096];
  const uint64_t least = 5;  // bytes of "open\n"
  while (true) {
    const ssize_t size = read(pipe_ends[0], buffer, sizeof(buffer));
    if (size <= 0) break;
    said.append(buffer, size);
    if (!killed && said.size() >= least) {
      killed = true;
      if (fork() == 0) {
        usleep(delay_us);
        kill(writer, SIGKILL);
        _exit(0);
      }
    }
  }
  close(pipe_ends[0]);
  int status = 0;
  waitpid(writer, &status, 0);
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended with " << status;
  return said;
}

std::vector<Acknowledged> Parse(const std::string& said) {
  std::vector<Acknowledged> acknowledged;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    // The last line may be cut.
    if (lines.eof()) break;
    if (line == "open") continue;
    std::istringstream words(line);
    Acknowledged a;
    words >> a.commit_id >> a.first >> a.last;
    acknowledged.push_back(a);
  }
  return acknowledged;
}

// Every event in order, none missing, no commit half there.
void CheckWhole(EventLog* log) {
  uint64_t next = 1;
  auto reader = log->ReadLog(1, {});
  for (; reader->Valid(); reader->Next(), ++next) {
    ASSERT_EQ(reader->event().log_position(), next);
  }
  ASSERT_OK(reader->status());
  ASSERT_EQ(next, log->last_log_position() + 1);
}

TEST(CrashTest, AKilledWriterLosesNothingThatItAcknowledged) {
  const uint32_t rounds = FromEnvironment("ONRECORD_CRASH_ROUNDS", 15);
  const uint32_t seed =
      FromEnvironment("ONRECORD_SEED", std::random_device()());
  std::cout << "ONRECORD_SEED=" << seed << std::endl;
  std::mt19937 random(seed);
  testing::TempDirectory directory;
  std::string dir;
  Head last_head;
  uint64_t commits = 0;
  for (uint32_t round = 0; round < rounds; ++round) {
    // A log of its own every 20 rounds, or checking would take ever longer.
    if (round % 20 == 0) {
      dir = directory.Path(absl::StrCat("log", round));
      last_head = Head();
    }
    const std::string said = RunAndKill(dir, random(), round, random() % 60000);
    const std::vector<Acknowledged> acknowledged = Parse(said);
    ASSERT_OK_AND_ASSIGN(auto log, OpenLevelDbEventLog(dir, {}));
    CheckWhole(log.get());
    for (const Acknowledged& a : acknowledged) {
      const auto found = log->FindCommit(a.commit_id);
      ASSERT_OK(found) << "round " << round << ": acknowledged commit "
                       << a.commit_id << " is lost";
      ASSERT_EQ(found->first_log_position, a.first);
      ASSERT_EQ(found->last_log_position, a.last);
    }
    commits += acknowledged.size();
    ASSERT_OK(log->Verify([&](const Damage& damage) {
      ADD_FAILURE() << "round " << round << ", log position "
                    << damage.log_position << ": " << damage.reason;
    }));
    ASSERT_OK_AND_ASSIGN(const Head head, log->GetHead());
    ASSERT_OK_AND_ASSIGN(
        const ConsistencyProof proof,
        log->ProveConsistency(last_head.commits, head.commits));
    if (last_head.commits > 0) {
      ASSERT_EQ(proof.old_head().root(), last_head.root);
    }
    ASSERT_OK(CheckConsistencyProof(proof));
    last_head = head;
  }
  std::cout << rounds << " kills, " << commits
            << " acknowledged commits, 0 lost" << std::endl;
  EXPECT_GT(commits, 0u);
}

}  // namespace
}  // namespace onrecord
