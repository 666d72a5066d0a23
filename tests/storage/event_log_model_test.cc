// A random walk over the log beside a vector that says what it must hold, and
// many threads at once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/event_log.h"
#include "storage/leveldb_event_log.h"
#include "storage/subscription.h"
#include "tests/testing/fault_env.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::FaultEnv;
using ::onrecord::testing::LabelOf;
using ::onrecord::testing::MakeEvent;
using ::onrecord::testing::StatusIs;

uint32_t Seed() {
  uint32_t seed = std::random_device()();
  const char* const value = std::getenv("ONRECORD_SEED");
  if (value != nullptr) {
    EXPECT_TRUE(absl::SimpleAtoi(value, &seed));
  }
  std::cout << "ONRECORD_SEED=" << seed << "\n";
  return seed;
}

struct ModelEvent {
  std::string stream;
  uint64_t revision;
  std::string label;
};

struct ModelCommit {
  std::vector<StreamAppend> appends;
  AppendResult result;
};

class LogModel {
 public:
  explicit LogModel(uint32_t seed) : random_(seed) {
    options_.env = &env_;
    options_.write_buffer_bytes = 64 << 10;
    options_.index_lag_bytes = 4 << 10;
    Reopen();
  }

  void Step() {
    switch (random_() % 10) {
      case 0:
        return random_() % 20 == 0 ? Reopen() : ReadBackwards();
      case 1:
        return AppendAgain();
      case 2:
        return ReadForwards();
      case 3:
        return ReadStream();
      default:
        return Append();
    }
  }

  void CheckAll() {
    Reopen();
    for (uint64_t i = 0; i < events_.size(); ++i) {
      const auto event = log_->FindEvent(ids_[i]);
      ASSERT_OK(event);
      EXPECT_EQ(LabelOf(*event), events_[i].label);
    }
    EXPECT_OK(log_->Verify([](const Damage& damage) {
      ADD_FAILURE() << damage.log_position << ": " << damage.reason;
    }));
  }

 private:
  void Reopen() {
    log_ = nullptr;
    ASSERT_OK_AND_ASSIGN(log_, OpenLevelDbEventLog("/db", options_));
    EXPECT_EQ(log_->last_log_position(), events_.size());
  }

  std::string RandomStream() { return absl::StrCat("s", random_() % 5); }

  // A random expectation, and whether it is right.
  std::pair<ExpectedRevision, bool> RandomExpectation(uint64_t next) {
    switch (random_() % 4) {
      case 0:
        return {ExpectedRevision::NoStream(), next == 0};
      case 1:
        return {ExpectedRevision::StreamExists(), next > 0};
      case 2: {
        const uint64_t revision = next + random_() % 2 - 1;
        return {ExpectedRevision::Exactly(revision),
                next > 0 && revision == next - 1};
      }
      default:
        return {ExpectedRevision::Any(), true};
    }
  }

  void Append() {
    ModelCommit commit;
    bool right = true;
    std::map<std::string, int> named;
    for (uint32_t i = random_() % 3 + 1; i > 0; --i) {
      StreamAppend append;
      append.stream = RandomStream();
      if (named[append.stream]++ > 0) continue;
      bool holds;
      std::tie(append.expected, holds) =
          RandomExpectation(next_revisions_[append.stream]);
      right = right && holds;
      for (uint32_t j = random_() % 4 + 1; j > 0; --j) {
        append.events.push_back(MakeEvent(
            absl::StrCat(++labels_, std::string(random_() % 2000, 'x'))));
      }
      commit.appends.push_back(std::move(append));
    }
    AppendOptions options;
    options.sync = random_() % 8 == 0;
    if (random_() % 2 == 0) options.commit_id = absl::StrCat("c", labels_);
    const auto result = log_->Append(commit.appends, options);
    if (!right) {
      EXPECT_THAT(result, StatusIs(absl::StatusCode::kAborted));
      return;
    }
    ASSERT_OK(result);
    commit.result = *result;
    EXPECT_EQ(result->first_log_position, events_.size() + 1);
    Record(commit, options.commit_id);
    EXPECT_EQ(result->last_log_position, events_.size());
    if (!options.commit_id.empty()) commits_[options.commit_id] = commit;
  }

  void Record(const ModelCommit& commit, const std::string& commit_id) {
    size_t index = 0;
    for (const StreamAppend& append : commit.appends) {
      for (const NewEvent& event : append.events) {
        events_.push_back({append.stream, next_revisions_[append.stream]++,
                           event.actor_introduced().name()});
        ids_.push_back(commit_id.empty() ? absl::StrCat("#", events_.size())
                                         : absl::StrCat(commit_id, "#", index));
        ++index;
      }
    }
  }

  void AppendAgain() {
    if (commits_.empty()) return;
    auto it = commits_.begin();
    std::advance(it, random_() % commits_.size());
    AppendOptions options;
    options.commit_id = it->first;
    options.sync = false;
    std::vector<StreamAppend> appends = it->second.appends;
    const bool same = random_() % 2 == 0;
    if (!same) appends.back().events.push_back(MakeEvent("other"));
    const auto result = log_->Append(appends, options);
    if (!same) {
      EXPECT_THAT(result, StatusIs(absl::StatusCode::kAlreadyExists));
      return;
    }
    ASSERT_OK(result);
    EXPECT_TRUE(result->already_recorded);
    EXPECT_EQ(result->first_log_position, it->second.result.first_log_position);
    EXPECT_EQ(result->last_log_position, it->second.result.last_log_position);
  }

  void ReadForwards() {
    const uint64_t from = random_() % (events_.size() + 2);
    const uint64_t known_at = random_() % (events_.size() + 2);
    uint64_t place = std::max<uint64_t>(from, 1);
    auto reader = log_->ReadLog(from, {Direction::kForwards, known_at});
    for (int i = 0; i < 50 && reader->Valid(); ++i, ++place, reader->Next()) {
      Expect(reader->event(), place);
    }
    EXPECT_OK(reader->status());
    if (!reader->Valid()) {
      EXPECT_EQ(place,
                std::max(std::max<uint64_t>(from, 1),
                         std::min<uint64_t>(known_at, events_.size()) + 1));
    }
  }

  void ReadBackwards() {
    uint64_t place =
        std::min<uint64_t>(random_() % (events_.size() + 2), events_.size());
    auto reader = log_->ReadLog(place, {Direction::kBackwards, kLatest});
    for (int i = 0; i < 50 && reader->Valid(); ++i, --place, reader->Next()) {
      Expect(reader->event(), place);
    }
    EXPECT_OK(reader->status());
    if (!reader->Valid()) {
      EXPECT_EQ(place, 0u);
    }
  }

  void ReadStream() {
    const std::string stream = RandomStream();
    const bool forwards = random_() % 2 == 0;
    std::vector<uint64_t> places;
    for (uint64_t i = 0; i < events_.size(); ++i) {
      if (events_[i].stream == stream) places.push_back(i + 1);
    }
    const uint64_t from = random_() % (places.size() + 2);
    if (forwards) {
      places.erase(places.begin(),
                   places.begin() + std::min<size_t>(from, places.size()));
    } else {
      places.resize(std::min<size_t>(from + 1, places.size()));
      std::reverse(places.begin(), places.end());
    }
    auto reader = log_->ReadStream(
        stream, from,
        {forwards ? Direction::kForwards : Direction::kBackwards, kLatest});
    for (const uint64_t place : places) {
      ASSERT_TRUE(reader->Valid()) << reader->status();
      Expect(reader->event(), place);
      reader->Next();
    }
    EXPECT_FALSE(reader->Valid());
    EXPECT_OK(reader->status());
  }

  void Expect(const RecordedEvent& event, uint64_t place) {
    const ModelEvent& expected = events_[place - 1];
    EXPECT_EQ(event.log_position(), place);
    EXPECT_EQ(event.stream(), expected.stream);
    EXPECT_EQ(event.revision(), expected.revision);
    EXPECT_EQ(LabelOf(event), expected.label);
    EXPECT_EQ(event.event().id(), ids_[place - 1]);
  }

  FaultEnv env_;
  LogOptions options_;
  std::mt19937 random_;
  std::unique_ptr<EventLog> log_;
  std::vector<ModelEvent> events_;
  std::vector<std::string> ids_;
  std::map<std::string, uint64_t> next_revisions_;
  std::map<std::string, ModelCommit> commits_;
  int labels_ = 0;
};

TEST(EventLogModelTest, DoesWhatAVectorDoes) {
  LogModel model(Seed());
  for (int i = 0; i < 3000 && !::testing::Test::HasFailure(); ++i) {
    model.Step();
  }
  model.CheckAll();
}

// The race that other event stores lose events to: a projection that reads on
// from what it has seen, while many append.
TEST(EventLogRaceTest, AFollowerSeesEveryEventOnceInOrder) {
  constexpr int kAppenders = 4;
  constexpr int kAppends = 300;
  ASSERT_OK_AND_ASSIGN(auto log, OpenInMemoryEventLog({}));
  std::vector<std::thread> appenders;
  std::atomic<int> conflicts{0};
  for (int t = 0; t < kAppenders; ++t) {
    appenders.emplace_back([&, t] {
      for (int i = 0; i < kAppends; ++i) {
        AppendOptions options;
        options.commit_id = absl::StrCat(t, "-", i);
        options.sync = i % 16 == 0;
        const NewEvent event = MakeEvent(options.commit_id);
        if (i % 2 == 0) {
          ASSERT_OK(log->Append(absl::StrCat("own", t), ExpectedRevision::Any(),
                                {event}, options));
          continue;
        }
        // All want the same stream, and take turns by expected revisions.
        while (true) {
          const auto revision = log->StreamRevision("shared");
          const auto result =
              log->Append("shared",
                          revision.ok() ? ExpectedRevision::Exactly(*revision)
                                        : ExpectedRevision::NoStream(),
                          {event}, options);
          if (result.ok()) break;
          ASSERT_THAT(result, StatusIs(absl::StatusCode::kAborted));
          ++conflicts;
        }
      }
    });
  }
  std::map<std::string, int> seen;
  std::map<std::string, uint64_t> next_revisions;
  Subscription subscription(log.get(), 0);
  for (uint64_t place = 1; place <= kAppenders * kAppends; ++place) {
    ASSERT_OK_AND_ASSIGN(const RecordedEvent* event,
                         subscription.Next(absl::Seconds(60)));
    ASSERT_NE(event, nullptr);
    ASSERT_EQ(event->log_position(), place);
    ASSERT_EQ(event->revision(), next_revisions[event->stream()]++);
    ++seen[LabelOf(*event)];
  }
  for (std::thread& appender : appenders) appender.join();
  EXPECT_EQ(seen.size(), static_cast<size_t>(kAppenders * kAppends));
  EXPECT_EQ(log->last_log_position(),
            static_cast<uint64_t>(kAppenders * kAppends));
  std::cout << conflicts << " conflicts\n";
}

}  // namespace
}  // namespace onrecord
