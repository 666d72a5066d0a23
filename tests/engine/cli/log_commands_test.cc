// The commands on the log, through the command line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/cli/run.h"
#include "storage/projection_directory.h"
#include "storage/projection_store.h"
#include "tests/engine/cli/command_line.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Ran;
using ::onrecord::testing::RunCommandLine;
using ::onrecord::testing::TempDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kNow[] = "--now=2025-05-01T00:00:00Z";

std::string Note(const std::string& text) {
  return absl::StrCat(
      R"({"applicationEvent":{"payload":{"@type":)",
      R"("type.googleapis.com/google.protobuf.StringValue","value":")", text,
      "\"}}}\n");
}

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class LogCommandsTest : public ::testing::Test {
 protected:
  // Runs a command that must succeed, and returns what it printed.
  std::string Run(std::vector<std::string> args) {
    const Ran ran = RunCommandLine(args);
    EXPECT_EQ(ran.exit_code, 0) << args[0] << " " << args[1] << ": " << ran.err;
    EXPECT_EQ(ran.err, "");
    return ran.out;
  }

  // Runs a command that must fail with `message`, having printed nothing.
  void Fail(std::vector<std::string> args, int exit_code,
            const std::string& message) {
    const Ran ran = RunCommandLine(args);
    EXPECT_EQ(ran.exit_code, exit_code);
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, AllOf(StartsWith("onrecord: "), HasSubstr(message)));
  }

  std::string Append(const std::string& stream,
                     const std::vector<std::string>& notes,
                     std::vector<std::string> flags = {}) {
    std::string lines;
    for (const std::string& note : notes) lines += Note(note);
    flags.insert(flags.begin(),
                 {"log", "append", dir_.Write("events.jsonl", lines),
                  "--stream=" + stream, Db(), kNow});
    return Run(flags);
  }

  void Ingest(const std::string& name, const std::string& text) {
    Run({"ingest", dir_.Write(name, text), Db(), kNow,
         "--published=2025-04-26"});
  }

  std::string Head(const std::string& db) {
    return std::string(
        absl::StripSuffix(Run({"log", "head", "--db=" + db}), "\n"));
  }

  std::string Db() const { return "--db=" + db_; }

  TempDirectory dir_;
  const std::string db_ = dir_.Path("db");
};

TEST_F(LogCommandsTest, AppendsAndReadsBack) {
  EXPECT_EQ(Append("desk", {"a", "b"}), "events 1 to 2 recorded: commit 0\n");
  EXPECT_EQ(Append("desk", {"c"}), "event 3 recorded: commit 1\n");
  EXPECT_EQ(Append("other", {"d"}), "event 4 recorded: commit 2\n");
  const std::string all = Run({"log", "read", Db()});
  EXPECT_THAT(all, StartsWith("{\"logPosition\":\"1\",\"stream\":\"desk\","));
  EXPECT_THAT(all, HasSubstr("\"value\":\"d\""));
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 4);
  EXPECT_THAT(Run({"log", "read", Db(), "--stream=desk", "--from=2"}),
              AllOf(HasSubstr("\"value\":\"c\""), Not(HasSubstr("\"a\""))));
  EXPECT_THAT(Run({"log", "read", Db(), "--backwards", "--limit=1"}),
              HasSubstr("\"value\":\"d\""));
  EXPECT_THAT(Run({"log", "read", Db(), "--id=#3"}),
              HasSubstr("\"value\":\"c\""));
  EXPECT_THAT(Run({"log", "tail", Db(), "--events=2"}),
              AllOf(HasSubstr("\"value\":\"c\""), HasSubstr("\"value\":\"d\""),
                    Not(HasSubstr("\"value\":\"b\""))));
  EXPECT_THAT(Run({"log", "stats", Db()}), HasSubstr("events         4\n"));
}

TEST_F(LogCommandsTest, ReadsEventsOfAKindFromAnyPlace) {
  Append("desk", {"a"});
  Ingest("first.txt", "Kenji Mori said that Japan opposes the new tariffs.\n");
  Append("desk", {"b"});
  EXPECT_THAT(Run({"log", "read", Db(), "--kind=articleIngested"}),
              AllOf(HasSubstr("\"articleId\":\"first\""),
                    Not(HasSubstr("applicationEvent"))));
  EXPECT_THAT(Run({"log", "read", Db(), "--kind=application_event",
                   "--stream=desk", "--backwards", "--limit=1"}),
              HasSubstr("\"value\":\"b\""));
  Fail({"log", "read", Db(), "--kind=articles"}, 2, "articleIngested");
}

TEST_F(LogCommandsTest, AnExpectedRevisionThatIsWrongChangesNothing) {
  Append("desk", {"a"}, {"--expected=none"});
  Append("desk", {"b"}, {"--expected=0"});
  Append("desk", {"c"}, {"--expected=exists"});
  const std::string events = dir_.Write("e.jsonl", Note("x"));
  Fail({"log", "append", events, "--stream=desk", "--expected=0", Db()}, 1,
       "ABORTED: ");
  Fail({"log", "append", events, "--stream=desk", "--expected=none", Db()}, 1,
       "revision 2");
  Fail({"log", "append", events, "--stream=new", "--expected=exists", Db()}, 1,
       "ABORTED: ");
  Fail({"log", "append", events, "--stream=desk", "--expected=some", Db()}, 2,
       "expected any, none, exists or a revision");
  EXPECT_THAT(Run({"log", "stats", Db()}), HasSubstr("events         3\n"));
}

TEST_F(LogCommandsTest, TheSameCommitIdAgainChangesNothing) {
  EXPECT_EQ(Append("desk", {"a", "b"}, {"--commit-id=one"}),
            "events 1 to 2 recorded: commit 0\n");
  EXPECT_EQ(Append("desk", {"a", "b"}, {"--commit-id=one"}),
            "events 1 to 2 already recorded: commit 0\n");
  Fail({"log", "append", dir_.Write("e.jsonl", Note("x")), "--stream=desk",
        "--commit-id=one", Db()},
       1, "ALREADY_EXISTS: ");
}

TEST_F(LogCommandsTest, AppendSaysWhichLineIsWrong) {
  const struct {
    const char* lines;
    const char* message;
  } cases[] = {
      {"", "e.jsonl: no events here"},
      {"{\"id\":\"x\"}\n", "e.jsonl:1: the event has no body, expected one of"},
      {"\n{\"aplicationEvent\":{}}\n", "e.jsonl:2: "},
      {"{\"applicationEvent\":\n", "e.jsonl:1: "},
  };
  for (const auto& bad : cases) {
    Fail({"log", "append", dir_.Write("e.jsonl", bad.lines), "--stream=desk",
          Db()},
         1, bad.message);
  }
  EXPECT_FALSE(std::filesystem::exists(db_));
}

// Tells when it is first flushed, and fails once it holds `last`.
class WatchedBuffer : public std::stringbuf {
 public:
  explicit WatchedBuffer(std::string last) : last_(std::move(last)) {}
  bool flushed() const { return flushed_; }

 protected:
  int sync() override {
    flushed_ = true;
    return str().find(last_) == std::string::npos ? 0 : -1;
  }

 private:
  const std::string last_;
  std::atomic<bool> flushed_{false};
};

TEST_F(LogCommandsTest, FollowsWhatOtherCommandsRecord) {
  Append("desk", {"a"});
  WatchedBuffer followed("\"later\"");
  std::thread follower([&] {
    std::ostream out(&followed);
    std::ostringstream err;
    RunOnRecord({"log", "tail", Db(), "--follow", "--for=100s"}, {}, out, err);
  });
  const auto wait = [] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  };
  while (!followed.flushed()) wait();
  // The follower may have the directory open at this moment: then again.
  const std::string events = dir_.Write("e.jsonl", Note("later"));
  while (RunCommandLine({"log", "append", events, "--stream=desk", Db()})
             .exit_code != 0) {
    wait();
  }
  follower.join();
  EXPECT_THAT(followed.str(),
              AllOf(HasSubstr("\"a\""), HasSubstr("\"later\"")));
  const std::string lines = followed.str();
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2);
}

TEST_F(LogCommandsTest, ProvesWhatChecksWithoutTheLog) {
  Append("desk", {"a"});
  const std::string first = Head(db_);
  Append("desk", {"b"});
  const std::string second = Head(db_);
  const std::string inclusion =
      dir_.Write("in.json", Run({"log", "prove", "--id=#1", Db()}));
  const std::string at =
      dir_.Write("at.json", Run({"log", "prove", "--at=1", Db()}));
  EXPECT_EQ(Contents(inclusion), Contents(at));
  const std::string early = dir_.Write(
      "early.json", Run({"log", "prove", "--at=1", "--head=" + first, Db()}));
  const std::string consistency =
      dir_.Write("co.json", Run({"log", "prove", "--since=" + first, Db()}));
  std::filesystem::remove_all(db_);

  EXPECT_THAT(Run({"log", "check", inclusion, "--head=" + second}),
              HasSubstr("\"value\":\"a\""));
  EXPECT_THAT(Run({"log", "check", early, "--head=" + first}),
              HasSubstr("\"value\":\"a\""));
  EXPECT_EQ(Run({"log", "check", consistency, "--head=" + first}),
            first + " is the beginning of " + second + "\n");
  Fail({"log", "check", inclusion, "--head=" + first}, 1, "DATA_LOSS: ");
  Fail({"log", "check", inclusion, "--head=2:12"}, 2, "--head");
  Fail({"log", "check", dir_.Write("x.json", "{}"), "--head=" + first}, 1,
       "x.json: no proof");
  std::string forged = Contents(consistency);
  const size_t path = forged.find("\"path\":[\"") + 9;
  forged[path] = forged[path] == 'A' ? 'B' : 'A';
  Fail({"log", "check", dir_.Write("forged.json", forged), "--head=" + first},
       1, "DATA_LOSS: ");
}

TEST_F(LogCommandsTest, AHeadOfAnotherLogIsNotProven) {
  Append("desk", {"a"});
  std::string other = Head(db_);
  other.back() = other.back() == '0' ? '1' : '0';
  Fail({"log", "prove", "--since=" + other, Db()}, 1,
       "DATA_LOSS: the log's first 1 commits are not those of");
  Fail({"log", "prove", Db()}, 2, "log prove");
  Fail({"log", "prove", "--at=9", Db()}, 1, "OUT_OF_RANGE: ");
}

class LogTransferTest : public LogCommandsTest,
                        public ::testing::WithParamInterface<const char*> {};

TEST_P(LogTransferTest, ARoundTripHasTheSameHead) {
  Append("desk", {"a", "b"});
  Ingest("first.txt", "Kenji Mori said that Japan opposes the new tariffs.\n");
  const std::string file = dir_.Path(absl::StrCat("out", GetParam()));
  EXPECT_THAT(Run({"log", "export", file, Db()}), StartsWith("2 commits with"));
  Fail({"log", "export", file, Db()}, 1, "ALREADY_EXISTS: ");
  Append("desk", {"c"});

  // As if the export had been cut short in its last record.
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 3);
  EXPECT_THAT(Run({"log", "export", file, "--resume", Db()}),
              StartsWith("2 commits with"));
  EXPECT_THAT(Run({"log", "export", file, "--resume", Db()}),
              StartsWith("0 commits with"));

  const std::string copy = dir_.Path("copy");
  EXPECT_THAT(Run({"log", "import", file, "--db=" + copy}),
              StartsWith("3 commits with"));
  EXPECT_EQ(Head(copy), Head(db_));
  EXPECT_THAT(Run({"log", "import", file, "--db=" + copy}),
              StartsWith("0 commits with 0 events recorded, 3 already there"));
  EXPECT_EQ(Run({"statements", "--db=" + copy}), Run({"statements", Db()}));
}

TEST_P(LogTransferTest, AnExportOfAnotherLogIsNotGoneOnWith) {
  Append("desk", {"a"});
  const std::string file = dir_.Path(absl::StrCat("out", GetParam()));
  Run({"log", "export", file, Db()});
  const std::string before = Contents(file);
  std::filesystem::remove_all(db_);
  Append("desk", {"another"});
  Fail({"log", "export", file, "--resume", Db()}, 1, "FAILED_PRECONDITION: ");
  EXPECT_EQ(Contents(file), before);
}

INSTANTIATE_TEST_SUITE_P(Formats, LogTransferTest,
                         ::testing::Values(".jsonl", ".bin"),
                         [](const auto& info) {
                           return std::string(info.param).substr(1);
                         });

TEST_F(LogCommandsTest, ExportsToStandardOutput) {
  Append("desk", {"a"});
  Append("desk", {"b"});
  const std::string all = Run({"log", "export", "--format=jsonl", Db()});
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 2);
  EXPECT_EQ(Run({"log", "export", "--format=jsonl", "--from=2", Db()}),
            all.substr(all.find('\n') + 1));
  Fail({"log", "export", "--format=xml", Db()}, 2,
       "expected protobuf or jsonl");
  Fail({"log", "import", dir_.Write("x.jsonl", "{\n"), Db()}, 1,
       "x.jsonl: record 1: ");
  Fail({"log", "import", dir_.Path("none"), Db()}, 1, "none: no such file");
}

TEST_F(LogCommandsTest, BackupIsBroughtUpToDateAndRestored) {
  Append("desk", {"a"});
  const std::string backup = dir_.Path("backup");
  EXPECT_EQ(Run({"log", "backup", backup, Db()}),
            "1 commit with 1 event copied\nhead: " + Head(db_) + "\n");
  Append("desk", {"b"});
  EXPECT_THAT(Run({"log", "backup", backup, Db()}),
              StartsWith("1 commit with 1 event copied, 1 already there\n"));
  const std::string head = Head(db_);
  Fail({"log", "restore", backup, Db()}, 1, "ALREADY_EXISTS: ");
  std::filesystem::remove_all(db_);
  EXPECT_THAT(Run({"log", "restore", backup, Db()}),
              HasSubstr("head: " + head));
  EXPECT_EQ(Head(db_), head);
  EXPECT_THAT(Run({"log", "copy", db_, dir_.Path("standby")}),
              HasSubstr("head: " + head));
  Append("other", {"c"});
  const std::string standby = dir_.Path("standby");
  Run({"log", "append", dir_.Write("e.jsonl", Note("x")), "--stream=desk",
       "--db=" + standby});
  Fail({"log", "copy", db_, standby}, 1, "FAILED_PRECONDITION: ");
  Fail({"log", "restore", dir_.Path("none"), "--db=" + dir_.Path("x")}, 1,
       "NOT_FOUND: ");
}

TEST_F(LogCommandsTest, ReadOnlyLeavesABackupAsItIs) {
  Ingest("first.txt", "Kenji Mori said that Japan opposes the new tariffs.\n");
  const std::string backup = dir_.Path("backup");
  Run({"log", "backup", backup, Db()});
  const auto files = [&backup] {
    std::vector<std::string> found;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(backup)) {
      const std::string path = entry.path().string();
      found.push_back(entry.is_regular_file() ? path + Contents(path) : path);
    }
    std::sort(found.begin(), found.end());
    return found;
  };
  const std::vector<std::string> before = files();
  const std::string at = "--db=" + backup;
  EXPECT_EQ(Run({"statements", at, "--read-only"}), Run({"statements", Db()}));
  EXPECT_EQ(Run({"log", "read", at, "--read-only"}),
            Run({"log", "read", Db()}));
  Fail({"log", "append", dir_.Write("e.jsonl", Note("x")), "--stream=desk", at,
        "--read-only"},
       1, "FAILED_PRECONDITION: ");
  EXPECT_EQ(files(), before);
}

TEST_F(LogCommandsTest, VerifyNamesAProjectionThatWasChanged) {
  Ingest("first.txt", "Kenji Mori said that Japan opposes the new tariffs.\n");
  Run({"replay", Db()});
  EXPECT_THAT(Run({"log", "verify", Db()}), HasSubstr("head: 1:"));
  EXPECT_FALSE(std::filesystem::exists(db_ + "/projections.new"));

  {
    ASSERT_OK_AND_ASSIGN(const auto store,
                         OpenProjectionStore(ProjectionDirectory(db_)));
    const auto first = store->Scan("statements");
    ASSERT_TRUE(first->Valid());
    ProjectionBatch batch;
    batch.Put(first->key(), "changed");
    ASSERT_OK(store->Write(batch));
  }
  const Ran ran = RunCommandLine({"log", "verify", Db()});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("damaged: projection `statements` is not what "
                                 "the log gives\n"));
  EXPECT_THAT(ran.err, StartsWith("onrecord: DATA_LOSS: 1 place is damaged"));
  Run({"log", "verify", "--log-only", Db()});
  Run({"log", "repair", "--projections", Db()});
  Run({"log", "verify", Db()});
}

TEST_F(LogCommandsTest, RepairSaysWhatItDid) {
  Append("desk", {"a"});
  EXPECT_THAT(Run({"log", "repair", Db()}),
              StartsWith("nothing was wrong: 1 events in 1 commits\n"));
  Ingest("first.txt", "Kenji Mori said that Japan opposes the new tariffs.\n");
  Run({"replay", Db()});
  const std::string before = Run({"replay", Db()});
  EXPECT_THAT(Run({"log", "repair", "--projections", Db()}),
              StartsWith("the projections were deleted"));
  EXPECT_FALSE(std::filesystem::exists(db_ + "/projections"));
  EXPECT_EQ(Run({"replay", Db()}), before);

  std::filesystem::remove(db_ + "/HEAD");
  Fail({"log", "stats", Db()}, 1, "DATA_LOSS: ");
  EXPECT_THAT(Run({"log", "repair", Db()}),
              HasSubstr("the head marker was missing"));
  EXPECT_EQ(Run({"replay", Db()}), before);
  Fail({"log", "repair", "--db=" + dir_.Path("none")}, 1, "NOT_FOUND: ");
}

TEST_F(LogCommandsTest, ForgetErasesTheTextOfEachArticleThatHasIt) {
  const std::string text =
      "Kenji Mori said that Japan opposes the new tariffs.\n";
  Ingest("first.txt", text);
  Ingest("second.txt", text);
  Ingest("third.txt", "Ana Ruiz said that Peru opposes the new tariffs.\n");
  EXPECT_THAT(Run({"statements", Db(), "--format=jsonl"}),
              HasSubstr("Japan opposes"));
  EXPECT_EQ(
      Run({"forget", "first", "--reason=a court", "--by=desk", Db()}),
      absl::StrCat("text of ", text.size(), " bytes erased: first, second\n"));
  EXPECT_EQ(Run({"forget", "second", Db()}),
            "the text was erased before; nothing changed\n");
  EXPECT_THAT(Run({"statements", Db(), "--format=jsonl"}),
              AllOf(Not(HasSubstr("Japan opposes")), HasSubstr("Peru opposes"),
                    HasSubstr("\"docId\":\"first\"")));
  EXPECT_THAT(Run({"log", "read", "--stream=article/first", "--backwards",
                   "--limit=1", Db()}),
              AllOf(HasSubstr("articleForgotten"), HasSubstr("a court")));
  EXPECT_THAT(Run({"log", "verify", Db()}), HasSubstr("texts checked"));
  Fail({"forget", "none", Db()}, 1, "NOT_FOUND: no article \"none\"");
}

}  // namespace
}  // namespace onrecord
