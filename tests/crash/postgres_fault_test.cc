// Three servers that fail in every way, at random, while three processes append
// and two follow.
//
// A long run, of about nine minutes; ONRECORD_SEED repeats the one that printed
// it, as far as time lets it:
//
//   bazel test --test_env=ONRECORD_FAULTS=200 --test_timeout=3600
//       --test_output=streamed //tests/crash:postgres_fault_test

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/event_log.h"
#include "storage/postgres_event_log.h"
#include "storage/proofs.h"
#include "tests/testing/postgres_cluster.h"
#include "tests/testing/postgres_server.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::PostgresCluster;
using ::onrecord::testing::PostgresServer;
using ::onrecord::testing::TempDirectory;

constexpr char kWorker[] = "tests/crash/postgres_worker";

uint32_t FromEnvironment(const char* name, uint32_t otherwise) {
  const char* const value = std::getenv(name);
  if (value != nullptr) {
    EXPECT_TRUE(absl::SimpleAtoi(value, &otherwise));
  }
  return otherwise;
}

// A worker process, whose output goes to a file.
class Worker {
 public:
  Worker(const std::string& kind, const std::string& url,
         const std::string& schema, const std::string& name,
         const TempDirectory& dir)
      : output_(dir.Path(name)) {
    const std::string stop = dir.Path("stop");
    pid_ = fork();
    if (pid_ != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int file = open(output_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(file, STDOUT_FILENO);
    execl(kWorker, kWorker, kind.c_str(), url.c_str(), schema.c_str(),
          name.c_str(), stop.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  ~Worker() {
    if (pid_ > 0) kill(pid_, SIGKILL);
  }

  std::vector<std::string> Lines() const {
    std::vector<std::string> lines;
    std::ifstream file(output_);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
  }
  std::string LastLine() const {
    const std::vector<std::string> lines = Lines();
    return lines.empty() ? "" : lines.back();
  }

  // The exit status.
  int Await() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = 0;
    return status;
  }

 private:
  const std::string output_;
  pid_t pid_ = 0;
};

class FaultTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!PostgresServer::Installed().ok()) {
      GTEST_SKIP() << PostgresServer::Installed().message();
    }
    seed_ = FromEnvironment("ONRECORD_SEED", std::random_device()());
    std::cout << "ONRECORD_SEED=" << seed_ << std::endl;
    random_.seed(seed_);
    ASSERT_OK_AND_ASSIGN(cluster_, PostgresCluster::Create());
    // For ever, whichever is the primary.
    url_ = cluster_->Url();
    options_.append_timeout = absl::Seconds(60);
    options_.read_timeout = absl::Seconds(60);
    ASSERT_OK(InitPostgresEventLog(url_, options_));
    ASSERT_OK_AND_ASSIGN(log_, OpenPostgresEventLog(url_, options_));
  }

  void Pause(int least_ms, int most_ms) {
    absl::SleepFor(
        absl::Milliseconds(least_ms + random_() % (most_ms - least_ms + 1)));
  }

  PostgresServer& RandomStandby() {
    return *cluster_->standbys()[random_() % 2];
  }

  // Brings one fault about and, by its end, has three servers again. Returns
  // what it was.
  std::string Fault() {
    switch (random_() % 10) {
      case 0:
        cluster_->primary().Kill();
        EXPECT_OK(cluster_->FailOver());
        return "primary killed, standby promoted";
      case 1:
        RandomStandby().Kill();
        Pause(100, 500);
        return "standby killed";
      case 2: {
        PostgresServer& standby = RandomStandby();
        standby.Pause();
        Pause(300, 2000);
        standby.Resume();
        return "standby paused";
      }
      case 3:
        cluster_->primary().Pause();
        Pause(300, 2000);
        cluster_->primary().Resume();
        return "primary paused";
      case 4: {
        PostgresServer& old = cluster_->primary();
        old.Pause();
        EXPECT_OK(cluster_->FailOver());
        Pause(300, 1000);
        old.Resume();
        Pause(300, 1000);
        return "primary paused, standby promoted, both are there";
      }
      case 5: {
        PostgresServer& old = cluster_->primary();
        old.Kill();
        EXPECT_OK(cluster_->FailOver());
        Pause(0, 500);
        EXPECT_OK(old.Start());
        Pause(500, 1500);
        return "old primary comes back stale";
      }
      case 6:
        return FillDisk(cluster_->primary(), "primary's");
      case 7:
        return FillDisk(RandomStandby(), "standby's");
      case 8:
        for (PostgresServer* const standby : cluster_->standbys()) {
          standby->Kill();
        }
        Pause(300, 1500);
        return "both standbys killed";
      default:
        cluster_->primary().Kill();
        Pause(0, 500);
        EXPECT_OK(cluster_->primary().Start());
        return "primary killed, and back";
    }
  }

  std::string FillDisk(PostgresServer& server, const std::string& whose) {
    const absl::Status full = server.FillDisk();
    Pause(500, 1500);
    server.FreeDisk();
    if (!full.ok()) return absl::StrCat("none: ", full.message());
    // It may have ended itself.
    server.Kill();
    if (&server == &cluster_->primary()) {
      EXPECT_OK(server.Start());
    }
    return absl::StrCat(whose, " disk full");
  }

  // Every head must be an extension of the one before.
  void CheckHead() {
    ASSERT_OK_AND_ASSIGN(const Head head, log_->GetHead());
    ASSERT_OK_AND_ASSIGN(const ConsistencyProof proof,
                         log_->ProveConsistency(head_.commits, head.commits));
    EXPECT_OK(CheckConsistencyProof(proof));
    if (head_.commits > 0) {
      EXPECT_EQ(proof.old_head().root(), head_.root);
    }
    EXPECT_EQ(proof.new_head().root(), head.root);
    head_ = head;
  }

  // What the log holds: the commits, each with its first and last position.
  std::map<std::string, std::pair<uint64_t, uint64_t>> ReadCommits() {
    std::map<std::string, std::pair<uint64_t, uint64_t>> commits;
    std::map<std::string, uint64_t> next_revisions;
    uint64_t place = 0;
    auto reader = log_->ReadLog(1, {});
    for (; reader->Valid(); reader->Next()) {
      const RecordedEvent& event = reader->event();
      EXPECT_EQ(event.log_position(), ++place);
      EXPECT_EQ(event.revision(), next_revisions[event.stream()]++);
      const std::string& id = event.event().id();
      const std::string commit_id = id.substr(0, id.rfind('#'));
      const auto [commit, is_new] =
          commits.emplace(commit_id, std::pair(place, place));
      EXPECT_TRUE(is_new || commit->second.second == place - 1)
          << commit_id << " is recorded twice";
      commit->second.second = place;
    }
    EXPECT_OK(reader->status());
    return commits;
  }

  uint32_t seed_ = 0;
  std::mt19937 random_;
  std::unique_ptr<PostgresCluster> cluster_;
  std::string url_;
  PostgresLogOptions options_;
  std::unique_ptr<EventLog> log_;
  Head head_;
};

TEST_F(FaultTest, NoAcknowledgedCommitIsLostOrRecordedTwice) {
  const TempDirectory dir;
  std::vector<std::unique_ptr<Worker>> writers;
  std::vector<std::unique_ptr<Worker>> readers;
  for (const char* const name : {"w1", "w2", "w3"}) {
    writers.push_back(
        std::make_unique<Worker>("writer", url_, options_.schema, name, dir));
  }
  for (const char* const name : {"r1", "r2"}) {
    readers.push_back(
        std::make_unique<Worker>("reader", url_, options_.schema, name, dir));
  }
  const uint32_t faults = FromEnvironment("ONRECORD_FAULTS", 6);
  for (uint32_t i = 0; i < faults && !HasFailure(); ++i) {
    Pause(200, 800);
    const absl::Time start = absl::Now();
    const std::string what = Fault();
    ASSERT_OK(cluster_->Restore());
    // Every writer goes on.
    for (const auto& writer : writers) {
      const size_t before = writer->Lines().size();
      for (int wait = 0; wait < 1200 && writer->Lines().size() == before;
           ++wait) {
        absl::SleepFor(absl::Milliseconds(50));
      }
      ASSERT_GT(writer->Lines().size(), before);
    }
    CheckHead();
    std::cout << i + 1 << ": " << what << "; " << head_.commits
              << " commits, after " << absl::Now() - start << std::endl;
  }

  std::ofstream(dir.Path("stop")) << 0 << std::endl;
  std::map<std::string, std::pair<uint64_t, uint64_t>> acknowledged;
  for (const auto& writer : writers) {
    EXPECT_EQ(writer->Await(), 0) << writer->LastLine();
    for (const std::string& line : writer->Lines()) {
      std::istringstream parts(line);
      std::string id;
      std::pair<uint64_t, uint64_t> places;
      parts >> id >> places.first >> places.second;
      EXPECT_TRUE(acknowledged.emplace(id, places).second);
    }
  }
  const auto commits = ReadCommits();
  for (const auto& [id, places] : acknowledged) {
    const auto found = commits.find(id);
    ASSERT_NE(found, commits.end()) << id << " is lost";
    EXPECT_EQ(found->second, places) << id;
  }
  // Each writer ends with an acknowledged commit.
  EXPECT_EQ(commits.size(), acknowledged.size());
  ASSERT_OK_AND_ASSIGN(const VerifyReport report,
                       log_->Verify([](const Damage& damage) {
                         ADD_FAILURE() << damage.reason;
                       }));
  std::cout << acknowledged.size() << " acknowledged commits, " << report.events
            << " events\n";

  std::ofstream(dir.Path("stop")) << log_->last_log_position() << std::endl;
  for (const auto& reader : readers) {
    EXPECT_EQ(reader->Await(), 0) << reader->LastLine();
  }
  EXPECT_EQ(readers[0]->Lines(), readers[1]->Lines());
  // And as one that reads it all now.
  Worker later("reader", url_, options_.schema, "r3", dir);
  EXPECT_EQ(later.Await(), 0);
  EXPECT_EQ(later.Lines(), readers[0]->Lines());
  EXPECT_EQ(later.Lines().size(), 1u);
}

}  // namespace
}  // namespace onrecord
