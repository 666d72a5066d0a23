// The example service at work: its own event and projection, a live
// subscription, threads that read while others append, and a shutdown in the
// middle of a replay.

#include "tests/embedding/desk_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord_example {
namespace {

using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::HasSubstr;

onrecord::Codebook Tariffs() {
  onrecord::Codebook codebook;
  onrecord::Topic& topic = *codebook.add_topics();
  topic.set_id("tariffs");
  topic.set_proposition("The United States should keep its tariffs");
  topic.add_phrases("tariffs");
  return codebook;
}

onrecord::Article ArticleNumber(int n) {
  onrecord::Article article;
  article.set_id(absl::StrCat("article-", n));
  article.set_published("2025-04-26");
  article.set_text(absl::StrCat("Trade Minister Kenji Mori said on day ", n,
                                " that Japan opposes the tariffs."));
  return article;
}

class DeskServiceTest : public ::testing::Test {
 protected:
  std::unique_ptr<DeskService> Open(onrecord::TimelineOptions options = {}) {
    options.sync = false;
    auto service = DeskService::Open(dir_.Path("db"), std::move(options));
    EXPECT_OK(service);
    return service.ok() ? *std::move(service) : nullptr;
  }

  // Waits until the following thread has seen everything.
  void WaitForFollower(DeskService& service) {
    const uint64_t last = service.timeline().log()->last_log_position();
    for (int i = 0; service.followed_log_position() < last && i < 1000; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(service.followed_log_position(), last);
  }

  TempDirectory dir_;
};

TEST_F(DeskServiceTest, FoldsItsOwnEventsWithTheEngines) {
  auto service = Open();
  ASSERT_OK(service->timeline().AddCodebook(Tariffs()));
  ASSERT_OK(service->Read(ArticleNumber(1)));  // before anybody is on it
  ASSERT_OK(service->Assign("ana", "tariffs"));
  ASSERT_OK(service->Read(ArticleNumber(2)));
  ASSERT_OK_AND_ASSIGN(const Load load, service->LoadOf("ana"));
  EXPECT_EQ(load.assignments, 1);
  EXPECT_GT(load.statements, 0);
  EXPECT_THAT(service->timeline().State("none"),
              StatusIs(absl::StatusCode::kNotFound));

  // Another process would see the same.
  service = nullptr;
  service = Open();
  ASSERT_OK_AND_ASSIGN(const Load again, service->LoadOf("ana"));
  EXPECT_EQ(again.assignments, load.assignments);
  EXPECT_EQ(again.statements, load.statements);
  ASSERT_OK_AND_ASSIGN(
      const onrecord::VerifyReport report,
      service->timeline().Verify([](const onrecord::Damage& damage) {
        ADD_FAILURE() << damage.reason;
      }));
  EXPECT_EQ(report.damages, 0u);
}

TEST_F(DeskServiceTest, ReadsWhileOthersAppend) {
  constexpr int kWriters = 3;
  constexpr int kEach = 20;
  auto service = Open();
  ASSERT_OK(service->timeline().AddCodebook(Tariffs()));
  std::atomic<bool> done{false};
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&service, writer] {
      for (int i = 0; i < kEach; ++i) {
        EXPECT_OK(service->Assign(absl::StrCat("reporter-", writer),
                                  absl::StrCat("topic-", i)));
      }
    });
  }
  threads.emplace_back([&service] {
    for (int i = 0; i < 5; ++i) EXPECT_OK(service->Read(ArticleNumber(i)));
  });
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 2; ++reader) {
    readers.emplace_back([&service, &done] {
      int64_t seen = 0;
      while (!done) {
        const auto load = service->LoadOf("reporter-0");
        ASSERT_OK(load);
        EXPECT_GE(load->assignments, seen);
        seen = load->assignments;
        EXPECT_OK(service->CountPositions());
        EXPECT_OK(service->timeline().MetricsText());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  done = true;
  for (std::thread& thread : readers) thread.join();

  for (int writer = 0; writer < kWriters; ++writer) {
    ASSERT_OK_AND_ASSIGN(const Load load,
                         service->LoadOf(absl::StrCat("reporter-", writer)));
    EXPECT_EQ(load.assignments, kEach);
  }
  WaitForFollower(*service);
  EXPECT_TRUE(service->in_order());
  EXPECT_EQ(service->followed_events(), service->followed_log_position());
  ASSERT_OK_AND_ASSIGN(const std::string metrics,
                       service->timeline().MetricsText());
  EXPECT_THAT(metrics, HasSubstr(absl::StrCat("onrecord_appended_events_total ",
                                              kWriters * kEach, "\n")));
}

TEST_F(DeskServiceTest, ShutsDownInTheMiddleOfAReplay) {
  constexpr int kEvents = 20000;
  {
    auto service = Open();
    std::vector<onrecord::NewEvent> events(kEvents);
    for (onrecord::NewEvent& event : events) {
      event.mutable_application_event();
    }
    ASSERT_OK(service->timeline().Append(
        "bulk", onrecord::ExpectedRevision::Any(), events));
  }
  std::atomic<uint64_t> reached{0};
  std::atomic<DeskService*> replaying{nullptr};
  onrecord::TimelineOptions options;
  options.replay_progress = [&](const onrecord::ReplayProgress& progress) {
    reached = progress.log_position;
    // As a signal would: from within, the place is always the same.
    if (replaying != nullptr) replaying.load()->timeline().Stop();
  };
  auto service = Open(options);
  replaying = service.get();
  std::thread reader([&service] {
    EXPECT_THAT(service->CountPositions(),
                StatusIs(absl::StatusCode::kCancelled));
  });
  reader.join();
  EXPECT_GT(reached, 0u);
  EXPECT_LT(reached, static_cast<uint64_t>(kEvents));
  replaying = nullptr;
  service = nullptr;

  // The next opening goes on, and comes to the same state.
  service = Open();
  EXPECT_OK(service->CountPositions());
  ASSERT_OK_AND_ASSIGN(
      const onrecord::VerifyReport report,
      service->timeline().Verify([](const onrecord::Damage& damage) {
        ADD_FAILURE() << damage.reason;
      }));
  EXPECT_EQ(report.damages, 0u);
}

TEST_F(DeskServiceTest, BacksUpWhileOthersAppend) {
  auto service = Open();
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int i = 0; !done; ++i) {
      EXPECT_OK(service->Assign("ana", absl::StrCat("topic-", i)));
    }
  });
  const std::string backup = dir_.Path("backup");
  absl::StatusOr<onrecord::Head> head = service->timeline().Backup(backup);
  for (int i = 0; i < 3; ++i) head = service->timeline().Backup(backup);
  done = true;
  writer.join();
  ASSERT_OK(head);

  // A copy is opened as it is, and not changed by that.
  onrecord::TimelineOptions options;
  options.read_only = true;
  std::vector<std::string> before;
  const auto list = [&backup] {
    std::vector<std::string> files;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(backup)) {
      files.push_back(
          absl::StrCat(entry.path().string(), " ",
                       entry.is_regular_file() ? entry.file_size() : 0));
    }
    std::sort(files.begin(), files.end());
    return files;
  };
  before = list();
  {
    ASSERT_OK_AND_ASSIGN(auto copy, DeskService::Open(backup, options));
    ASSERT_OK_AND_ASSIGN(const onrecord::Head opened,
                         copy->timeline().log()->GetHead());
    EXPECT_EQ(opened.commits, head->commits);
    EXPECT_EQ(opened.root, head->root);
    ASSERT_OK_AND_ASSIGN(const Load load, copy->LoadOf("ana"));
    EXPECT_EQ(load.assignments, static_cast<int64_t>(head->commits));
    EXPECT_THAT(copy->Assign("ana", "another"),
                StatusIs(absl::StatusCode::kFailedPrecondition,
                         HasSubstr("read-only")));
  }
  EXPECT_EQ(list(), before);

  // What somebody holds does not stand still, and is refused.
  EXPECT_THAT(DeskService::Open(dir_.Path("db"), options),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(DeskServiceTest, TwoTimelinesLiveInOneProcess) {
  auto one = Open();
  ASSERT_OK_AND_ASSIGN(auto two, DeskService::Open(dir_.Path("two"), {}));
  ASSERT_OK(one->Assign("ana", "tariffs"));
  ASSERT_OK(two->Assign("ana", "a"));
  ASSERT_OK(two->Assign("ana", "b"));
  ASSERT_OK_AND_ASSIGN(const Load first, one->LoadOf("ana"));
  ASSERT_OK_AND_ASSIGN(const Load second, two->LoadOf("ana"));
  EXPECT_EQ(first.assignments, 1);
  EXPECT_EQ(second.assignments, 2);
  EXPECT_THAT(DeskService::Open(dir_.Path("two"), {}),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace onrecord_example
