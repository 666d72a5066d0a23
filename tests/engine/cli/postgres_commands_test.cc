// Commands on a log on PostgreSQL.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "engine/serve/endpoint.h"
#include "engine/timeline.h"
#include "tests/engine/cli/command_line.h"
#include "tests/testing/postgres_server.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_directory.h"

namespace onrecord {
namespace {

using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::PostgresServer;
using ::onrecord::testing::RunCommandLine;
using ::onrecord::testing::StatusIs;
using ::onrecord::testing::TempDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kNow[] = "--now=2025-05-01T00:00:00Z";

class PostgresCommandsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!PostgresServer::Installed().ok()) {
      GTEST_SKIP() << PostgresServer::Installed().message();
    }
    ASSERT_OK_AND_ASSIGN(server_, PostgresServer::Create("cli", {}));
    log_ = "--log=" + server_->Url();
    article_ = dir_.Write(
        "article.txt",
        "Trade Minister Kenji Mori said that Japan opposes the tariffs.");
  }

  std::string Db(const std::string& name) const {
    return "--db=" + dir_.Path(name);
  }

  TempDirectory dir_;
  std::unique_ptr<PostgresServer> server_;
  std::string log_;
  std::string article_;
};

TEST_F(PostgresCommandsTest, ProcessesShareALogAndItIsCopied) {
  EXPECT_THAT(
      RunCommandLine({"replay", log_, Db("one")}).err,
      HasSubstr("NOT_FOUND: the database holds no log in schema \"onrecord\"; "
                "`onrecord log init` makes one"));
  const auto made = RunCommandLine({"log", "init", log_});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("ready: 0:"));
  const auto ingested = RunCommandLine(
      {"ingest", article_, log_, Db("one"), kNow, "--published=2025-04-26"});
  EXPECT_EQ(ingested.exit_code, 0) << ingested.err;
  const std::string one = RunCommandLine({"statements", log_, Db("one")}).out;
  EXPECT_THAT(one, HasSubstr("Kenji Mori"));
  // Another process has a directory of its own, and the same answers.
  EXPECT_EQ(RunCommandLine({"statements", log_, Db("two")}).out, one);
  EXPECT_EQ(RunCommandLine({"log", "init", log_}).exit_code, 0);

  const auto copied =
      RunCommandLine({"log", "copy", server_->Url(), dir_.Path("copy")});
  EXPECT_EQ(copied.exit_code, 0) << copied.err;
  EXPECT_EQ(RunCommandLine({"statements", Db("copy")}).out, one);
  const std::string head = RunCommandLine({"log", "head", log_}).out;
  EXPECT_EQ(RunCommandLine({"log", "head", Db("copy")}).out, head);
  EXPECT_EQ(RunCommandLine({"log", "verify", log_}).exit_code, 0);
}

TEST_F(PostgresCommandsTest, AnswersFromWhatItHasWhileTheServerIsAway) {
  ASSERT_EQ(RunCommandLine({"log", "init", log_}).exit_code, 0);
  TimelineOptions options;
  options.log = server_->Url();
  ASSERT_OK_AND_ASSIGN(auto timeline,
                       Timeline::Open(dir_.Path("one"), options));
  Article article;
  article.set_id("a1");
  article.set_published("2025-04-26");
  article.set_text(
      "Trade Minister Kenji Mori said that Japan opposes tariffs.");
  ASSERT_OK(timeline->Ingest({article}));
  ASSERT_OK_AND_ASSIGN(const auto before, timeline->Statements({}));
  EXPECT_OK(timeline->Freshness());
  server_->Kill();
  ASSERT_OK_AND_ASSIGN(const auto after, timeline->Statements({}));
  EXPECT_EQ(after.size(), before.size());
  EXPECT_THAT(timeline->Freshness(),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("answers go as far as log position ")));
  const auto statements = std::find_if(
      Endpoints().begin(), Endpoints().end(), [](const Endpoint& endpoint) {
        return endpoint.path == "/api/statements";
      });
  ASSERT_NE(statements, Endpoints().end());
  EXPECT_THAT(Answer(*statements, *timeline, {}),
              IsOkAndHolds(AllOf(
                  HasSubstr("\"stale\":\"answers go as far as log position "),
                  HasSubstr("Kenji Mori"))));
  article.set_id("a2");
  EXPECT_THAT(timeline->Ingest({article}),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(PostgresCommandsTest, SaysWhatToDoWhereNoServerIs) {
  server_->Kill();
  const auto result = RunCommandLine({"replay", log_, Db("one")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("UNAVAILABLE"));
  EXPECT_THAT(result.err, HasSubstr("is it running"));
}

}  // namespace
}  // namespace onrecord
