#include "engine/projections/event_feed.h"

#include <leveldb/db.h>
#include <leveldb/env.h>
#include <leveldb/helpers/memenv.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/leveldb_event_log.h"
#include "tests/engine/projections/random_history.h"
#include "tests/testing/scratch_log.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class EventFeedTest : public ::testing::Test {
 protected:
  static FeedOptions Options(uint64_t first, uint64_t last, bool ahead) {
    FeedOptions options;
    options.first_log_position = first;
    options.last_log_position = last;
    options.ahead = ahead;
    return options;
  }

  // A line for each event: its log position, and what is there of it.
  static std::vector<std::string> Read(EventLog* log,
                                       const FeedOptions& options) {
    std::vector<std::string> lines;
    EventFeed feed(log, options);
    while (const EventBatch* const batch = feed.Next()) {
      for (const EventBatch::Item& item : batch->items()) {
        lines.push_back(absl::StrCat(item.log_position));
        if (item.event != nullptr) {
          absl::StrAppend(&lines.back(), " ", item.event->event().id());
        }
        if (item.has_brief) {
          absl::StrAppend(&lines.back(), " brief ", item.brief.log_position,
                          " ", item.brief.id, " ", item.brief.actor_id, " ",
                          item.brief.topic_id, " ", item.brief.said.first);
        }
      }
      EXPECT_EQ(batch->last_event_id(),
                absl::StrCat("event-", batch->items().back().log_position));
    }
    EXPECT_OK(feed.status());
    return lines;
  }
};

TEST_F(EventFeedTest, GivesTheSameAheadAndNot) {
  RandomHistory history(1, RandomHistory::Shape());
  ScratchLog log;
  for (int i = 0; i < 3000; ++i) log.Add(history.Next());
  for (const bool messages : {false, true}) {
    for (const bool briefs : {false, true}) {
      std::vector<std::vector<std::string>> read;
      for (const bool ahead : {false, true}) {
        FeedOptions options = Options(5, 2900, ahead);
        options.messages = messages;
        options.briefs = briefs;
        read.push_back(Read(log.get(), options));
      }
      ASSERT_EQ(read[0].size(), 2896u);
      EXPECT_EQ(read[0], read[1]);
      // Nobody is left without a form of the event.
      for (const std::string& line : read[0]) {
        EXPECT_THAT(line, HasSubstr(" "));
      }
    }
  }
}

TEST_F(EventFeedTest, CanBeLeftBeforeTheEnd) {
  ScratchLog log;
  for (int i = 0; i < 20000; ++i) log.Add(NewEvent());
  EventFeed feed(log.get(), Options(1, 20000, true));
  ASSERT_NE(feed.Next(), nullptr);
}

// Damage that LevelDB does not notice.
TEST_F(EventFeedTest, DamageEndsItWithThePlace) {
  const std::unique_ptr<leveldb::Env> env(
      leveldb::NewMemEnv(leveldb::Env::Default()));
  LogOptions log_options;
  log_options.env = env.get();
  {
    ASSERT_OK_AND_ASSIGN(const auto log,
                         OpenLevelDbEventLog("/log", log_options));
    for (int i = 0; i < 3000; ++i) {
      ASSERT_OK(log->Append("s", ExpectedRevision::Any(), {NewEvent()}, {}));
    }
  }
  {
    leveldb::Options options;
    options.env = env.get();
    leveldb::DB* opened = nullptr;
    ASSERT_TRUE(leveldb::DB::Open(options, "/log/log", &opened).ok());
    const std::unique_ptr<leveldb::DB> db(opened);
    const std::string key("e\0\0\0\0\0\0\x07\xd0", 9);  // log position 2000
    std::string value;
    ASSERT_TRUE(db->Get({}, key, &value).ok());
    value.back() = static_cast<char>(value.back() ^ 1);
    ASSERT_TRUE(db->Put({}, key, value).ok());
  }
  ASSERT_OK_AND_ASSIGN(const auto log,
                       OpenLevelDbEventLog("/log", log_options));
  for (const bool ahead : {false, true}) {
    EventFeed feed(log.get(), Options(1, 3000, ahead));
    uint64_t last = 0;
    while (const EventBatch* const batch = feed.Next()) {
      last = batch->items().back().log_position;
    }
    EXPECT_LT(last, 2000u);
    EXPECT_THAT(feed.status(),
                StatusIs(absl::StatusCode::kDataLoss,
                         AllOf(HasSubstr("2000"), HasSubstr("checksum"))));
  }
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
