// The log of the first format: every later version opens it, and writes the
// same bytes for the same events.
//
// To write the files of a new format, never to change those of an old one:
//   ONRECORD_WRITE_GOLDEN=tests/data/log_v1 bazel-bin/tests/storage/…

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "storage/clock.h"
#include "storage/event_log.h"
#include "storage/hash.h"
#include "storage/leveldb_event_log.h"
#include "storage/log_transfer.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::MakeEvent;
using ::onrecord::testing::StatusIs;

constexpr char kGolden[] = "tests/data/log_v1";

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

NewEvent OwnIdEvent() {
  NewEvent event = MakeEvent("with an id");
  event.set_id("e1");
  event.set_valid_time("2025-04-16");
  event.set_correlation_id("k");
  event.mutable_producer()->set_name("golden");
  return event;
}

// Of each thing that the format knows, one.
void Fill(EventLog* log) {
  AppendOptions options;
  options.commit_id = "first";
  options.texts = {"a text that is kept", "a text that is forgotten"};
  ASSERT_OK(log->Append("a", ExpectedRevision::NoStream(),
                        {MakeEvent("p"), MakeEvent("q")}, options));
  const std::vector<StreamAppend> two = {
      {"b", ExpectedRevision::Any(), {MakeEvent("r")}},
      {"a", ExpectedRevision::Exactly(1), {OwnIdEvent()}}};
  ASSERT_OK(log->Append(two, {}));
  std::vector<NewEvent> many;
  for (int i = 0; i < 40; ++i) {
    many.push_back(MakeEvent(absl::StrCat(i, std::string(300, 'x'))));
  }
  options.commit_id = "several blocks";
  options.texts = {"a text that is kept"};
  ASSERT_OK(log->Append("c", ExpectedRevision::Any(), many, options));
  NewEvent forgotten;
  forgotten.mutable_article_forgotten()->set_text_sha256(
      std::string(AsView(Sha256({"a text that is forgotten"}))));
  ASSERT_OK(
      log->Append("a", ExpectedRevision::StreamExists(), {forgotten}, {}));
}

std::string Exported(EventLog* log) {
  std::stringstream out;
  EXPECT_OK(ExportLog(log, 1, TransferFormat::kProtobuf, &out));
  return out.str();
}

TEST(GoldenLogTest, TheBytesThatAreWrittenDoNotChange) {
  FixedClock clock(absl::FromUnixMicros(1745000000123456));
  LogOptions options;
  options.clock = &clock;
  testing::TempDirectory scratch;
  const char* const target = std::getenv("ONRECORD_WRITE_GOLDEN");
  const std::string dir =
      target != nullptr ? absl::StrCat(target, "/store") : scratch.Path("log");
  ASSERT_OK_AND_ASSIGN(auto log, OpenLevelDbEventLog(dir, options));
  Fill(log.get());
  const std::string exported = Exported(log.get());
  ASSERT_OK_AND_ASSIGN(const Head head, log->GetHead());
  if (target != nullptr) {
    std::ofstream(absl::StrCat(target, "/export.bin")) << exported;
    std::ofstream(absl::StrCat(target, "/head.txt"))
        << head.commits << " " << ToHex(head.root) << "\n";
    // Once more, so that events stand in a table as well as in a log.
    log = nullptr;
    ASSERT_OK_AND_ASSIGN(log, OpenLevelDbEventLog(dir, options));
    return;
  }
  EXPECT_EQ(exported, ReadFile(absl::StrCat(kGolden, "/export.bin")));
  EXPECT_EQ(absl::StrCat(head.commits, " ", ToHex(head.root), "\n"),
            ReadFile(absl::StrCat(kGolden, "/head.txt")));
}

TEST(GoldenLogTest, TheStoreOfTheFirstFormatOpens) {
  testing::TempDirectory scratch;
  // A copy: opening writes, and test data may not be written.
  const std::string dir = scratch.Path("log");
  for (const auto& file : std::filesystem::recursive_directory_iterator(
           absl::StrCat(kGolden, "/store"))) {
    if (!std::filesystem::is_regular_file(file.path())) continue;
    const std::string name =
        file.path().string().substr(std::string(kGolden).size() + 7);
    scratch.Write(absl::StrCat("log/", name), ReadFile(file.path().string()));
  }
  LogOptions options;
  options.create_if_missing = false;
  ASSERT_OK_AND_ASSIGN(auto log, OpenLevelDbEventLog(dir, options));
  EXPECT_EQ(Exported(log.get()),
            ReadFile(absl::StrCat(kGolden, "/export.bin")));
  ASSERT_OK_AND_ASSIGN(const Head head, log->GetHead());
  EXPECT_EQ(absl::StrCat(head.commits, " ", ToHex(head.root), "\n"),
            ReadFile(absl::StrCat(kGolden, "/head.txt")));
  EXPECT_THAT(log->GetText(AsView(Sha256({"a text that is kept"}))),
              IsOkAndHolds("a text that is kept"));
  EXPECT_THAT(log->GetText(AsView(Sha256({"a text that is forgotten"}))),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log->StreamRevision("c"), IsOkAndHolds(39u));
  ASSERT_OK_AND_ASSIGN(const RecordedEvent own, log->FindEvent("e1"));
  EXPECT_EQ(own.log_position(), 4u);
  EXPECT_EQ(own.recorded_time_us(), 1745000000123456);
  ASSERT_OK(log->Verify([](const Damage& damage) {
    ADD_FAILURE() << damage.log_position << ": " << damage.reason;
  }));
  ASSERT_OK(
      log->Append("a", ExpectedRevision::Exactly(3), {MakeEvent("more")}, {}));
}

}  // namespace
}  // namespace onrecord
