// Bits of a stored log are flipped, one at a time: it is noticed, or it does
// not matter. Nothing that is read is wrong and called right.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/event_log.h"
#include "storage/hash.h"
#include "storage/leveldb_event_log.h"
#include "tests/testing/fault_env.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::FaultEnv;
using ::onrecord::testing::LabelOf;
using ::onrecord::testing::MakeEvents;

using Files = std::map<std::string, std::string>;

// A store whose commits stand in a table or, `in_log`, still in LevelDB's
// write-ahead log.
Files MakeStore(int commits, bool in_log) {
  FaultEnv env;
  LogOptions options;
  options.env = &env;
  auto log = OpenLevelDbEventLog("/db", options);
  EXPECT_OK(log);
  std::mt19937 random(1);
  for (int c = 0; c < commits; ++c) {
    AppendOptions append;
    append.commit_id = absl::StrCat("c", c);
    append.texts = {absl::StrCat("text ", c)};
    std::string noise;
    for (int i = 0; i < 40; ++i) {
      noise.push_back(static_cast<char>('a' + random() % 26));
    }
    EXPECT_OK((*log)->Append(absl::StrCat("s", c % 3), ExpectedRevision::Any(),
                             MakeEvents({absl::StrCat(c, noise), "x"}),
                             append));
  }
  if (in_log) return env.Files();
  log->reset();
  EXPECT_OK(OpenLevelDbEventLog("/db", options));
  return env.Files();
}

// Everything that the store answers. An answer that is an error says nothing,
// and is "?".
class Answers {
 public:
  static Answers Of(const Files& files, int commits) {
    FaultEnv env;
    env.SetFiles(files);
    LogOptions options;
    options.env = &env;
    options.create_if_missing = false;
    Answers answers;
    auto log = OpenLevelDbEventLog("/db", options);
    if (!log.ok()) {
      answers.status_ = log.status();
      return answers;
    }
    answers.Read((*log)->ReadLog(1, {}));
    for (int s = 0; s < 3; ++s) {
      answers.Read((*log)->ReadStream(absl::StrCat("s", s), 0, {}));
      answers.Read((*log)->ReadStream(absl::StrCat("s", s), kLatest,
                                      {Direction::kBackwards, kLatest}));
      const auto revision = (*log)->StreamRevision(absl::StrCat("s", s));
      answers.Add(revision.ok() ? absl::StrCat(*revision) : "?",
                  revision.status());
    }
    for (int c = 0; c < commits; c += 5) {
      const auto commit = (*log)->FindCommit(absl::StrCat("c", c));
      answers.Add(commit.ok() ? absl::StrCat(commit->first_log_position) : "?",
                  commit.status());
      const auto text =
          (*log)->GetText(AsView(Sha256({absl::StrCat("text ", c)})));
      answers.Add(text.ok() ? *text : "?", text.status());
    }
    const auto head = (*log)->GetHead();
    answers.Add(head.ok() ? head->root : "?", head.status());
    return answers;
  }

  // Whether any answer differs from that of the whole store without an error.
  bool WrongBeside(const Answers& whole) const {
    if (!status_.ok()) return false;
    if (answers_.size() != whole.answers_.size()) return true;
    for (size_t i = 0; i < answers_.size(); ++i) {
      if (answers_[i] == whole.answers_[i]) continue;
      // A read that stopped with an error gave a beginning.
      if (answers_[i].back() != '?' ||
          !absl::StartsWith(whole.answers_[i],
                            absl::string_view(answers_[i])
                                .substr(0, answers_[i].size() - 1))) {
        return true;
      }
    }
    return false;
  }

  bool detected() const { return !status_.ok() || errors_ > 0; }

  // An error that is there but is none of those that damage may give.
  absl::Status strange() const {
    if (status_.ok() || absl::IsDataLoss(status_) ||
        absl::IsUnimplemented(status_) || absl::IsInternal(status_) ||
        absl::IsFailedPrecondition(status_) || absl::IsNotFound(status_)) {
      return absl::OkStatus();
    }
    return status_;
  }

 private:
  void Add(std::string answer, const absl::Status& status) {
    answers_.push_back(std::move(answer));
    // That something is not there would be a wrong answer.
    if (absl::IsNotFound(status)) answers_.back() = "not found";
    if (!status.ok()) ++errors_;
  }

  void Read(std::unique_ptr<EventReader> reader) {
    std::string answer;
    for (; reader->Valid(); reader->Next()) {
      const RecordedEvent& event = reader->event();
      if (!reader->Valid()) break;
      absl::StrAppend(&answer, event.ShortDebugString(), "\n");
    }
    if (!reader->status().ok()) answer.push_back('?');
    Add(answer.empty() ? "nothing" : answer, reader->status());
  }

  absl::Status status_;
  std::vector<std::string> answers_;
  int errors_ = 0;
};

struct Counts {
  int flips = 0;
  int detected = 0;
  int wrong = 0;
};

void Flip(const Files& files, const std::string& name, size_t byte, int bit,
          const Answers& whole, int commits, Counts* counts) {
  Files flipped = files;
  flipped[name][byte] ^= static_cast<char>(1 << bit);
  const Answers answers = Answers::Of(flipped, commits);
  ++counts->flips;
  counts->detected += answers.detected();
  if (!answers.WrongBeside(whole)) return;
  ++counts->wrong;
  if (counts->wrong <= 5) {
    ADD_FAILURE() << "bit " << bit << " of byte " << byte << " of " << name;
  }
}

int FromEnvironment(const char* name, int otherwise) {
  const char* const value = std::getenv(name);
  if (value != nullptr) {
    EXPECT_TRUE(absl::SimpleAtoi(value, &otherwise));
  }
  return otherwise;
}

class LogFlipTest : public ::testing::TestWithParam<bool> {};

TEST_P(LogFlipTest, AFlippedBitOfAnyByteIsNoticedOrHarmless) {
  constexpr int kCommits = 6;
  const Files files = MakeStore(kCommits, GetParam());
  const Answers whole = Answers::Of(files, kCommits);
  ASSERT_FALSE(whole.detected());
  const int stride = FromEnvironment("ONRECORD_FLIP_STRIDE", 3);
  Counts counts;
  size_t place = 0;
  for (const auto& [name, contents] : files) {
    for (size_t byte = 0; byte < contents.size(); ++byte, ++place) {
      if (place % stride != 0) continue;
      Flip(files, name, byte, static_cast<int>(place % 8), whole, kCommits,
           &counts);
    }
  }
  std::cout << counts.flips << " flips, " << counts.detected << " detected, "
            << counts.wrong << " silent wrong answers\n";
  EXPECT_EQ(counts.wrong, 0);
  EXPECT_GT(counts.detected, 0);
}

TEST_P(LogFlipTest, RandomBitsOfALargerStoreAreNoticedOrHarmless) {
  constexpr int kCommits = 300;
  const Files files = MakeStore(kCommits, GetParam());
  const Answers whole = Answers::Of(files, kCommits);
  ASSERT_FALSE(whole.detected());
  std::vector<std::pair<std::string, size_t>> bytes;
  for (const auto& [name, contents] : files) {
    for (size_t byte = 0; byte < contents.size(); ++byte) {
      bytes.emplace_back(name, byte);
    }
  }
  std::mt19937 random(7);
  Counts counts;
  for (int i = FromEnvironment("ONRECORD_FLIPS", 200); i > 0; --i) {
    const auto& [name, byte] = bytes[random() % bytes.size()];
    Flip(files, name, byte, static_cast<int>(random() % 8), whole, kCommits,
         &counts);
  }
  std::cout << counts.flips << " flips of " << bytes.size() << " bytes, "
            << counts.detected << " detected, " << counts.wrong
            << " silent wrong answers\n";
  EXPECT_EQ(counts.wrong, 0);
}

INSTANTIATE_TEST_SUITE_P(Stores, LogFlipTest, ::testing::Bool(),
                         [](const auto& info) {
                           return info.param ? "InTheWriteAheadLog"
                                             : "InTables";
                         });

}  // namespace
}  // namespace onrecord
