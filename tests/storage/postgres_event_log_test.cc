// The log on PostgreSQL: the contract of the event log on one server and on a
// primary with two quorum standbys, and what only this implementation does.

#include "storage/postgres_event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/leveldb_event_log.h"
#include "storage/log_transfer.h"
#include "storage/subscription.h"
#include "tests/storage/event_log_contract.h"
#include "tests/testing/log_events.h"
#include "tests/testing/postgres_cluster.h"
#include "tests/testing/postgres_server.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Contents;
using ::onrecord::testing::IsOk;
using ::onrecord::testing::LabelOf;
using ::onrecord::testing::MakeEvent;
using ::onrecord::testing::MakeEvents;
using ::onrecord::testing::PostgresCluster;
using ::onrecord::testing::PostgresServer;
using ::onrecord::testing::RunSql;
using ::onrecord::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Started when the first test needs it, and shared: each log has a schema of
// its own.
PostgresServer* SingleServer() {
  static const absl::StatusOr<std::unique_ptr<PostgresServer>> server =
      PostgresServer::Create("single", {});
  EXPECT_OK(server);
  return server.ok() ? server->get() : nullptr;
}

PostgresCluster* Cluster() {
  static const absl::StatusOr<std::unique_ptr<PostgresCluster>> cluster =
      PostgresCluster::Create();
  EXPECT_OK(cluster);
  return cluster.ok() ? cluster->get() : nullptr;
}

PostgresLogOptions FreshOptions() {
  static int schemas = 0;
  PostgresLogOptions options;
  options.schema = absl::StrCat("log", ++schemas);
  options.append_timeout = absl::Seconds(60);
  options.read_timeout = absl::Seconds(60);
  options.connect_timeout = absl::Seconds(30);
  return options;
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenFresh(
    const std::string& url, const PostgresLogOptions& options) {
  ONRECORD_RETURN_IF_ERROR(InitPostgresEventLog(url, options));
  return OpenPostgresEventLog(url, options);
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenAs(const std::string& url,
                                                 const LogOptions& options) {
  PostgresLogOptions postgres = FreshOptions();
  postgres.clock = options.clock;
  postgres.max_commit_bytes = options.max_commit_bytes;
  return OpenFresh(url, postgres);
}

std::vector<LogImplementation> Implementations() {
  const absl::Status installed = PostgresServer::Installed();
  if (!installed.ok()) {
    std::cout << "SKIPPED: " << installed.message() << "\n";
    return {};
  }
  return {{"Single",
           [](const LogOptions& options) {
             return OpenAs(SingleServer()->Url(), options);
           },
           1000},
          {"Quorum",
           [](const LogOptions& options) {
             return OpenAs(Cluster()->Url(), options);
           },
           1000}};
}

std::string NameOf(const ::testing::TestParamInfo<LogImplementation>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Postgres, EventLogTest,
                         ::testing::ValuesIn(Implementations()), NameOf);
INSTANTIATE_TEST_SUITE_P(Postgres, LogFeaturesTest,
                         ::testing::ValuesIn(Implementations()), NameOf);

class PostgresEventLogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!PostgresServer::Installed().ok()) {
      GTEST_SKIP() << PostgresServer::Installed().message();
    }
  }

  static absl::Status Append(EventLog* log, const std::string& stream,
                             const std::string& label) {
    return log->Append(stream, ExpectedRevision::Any(), {MakeEvent(label)}, {})
        .status();
  }

  // Runs SQL on the log's tables.
  static std::string Sql(const PostgresServer& server,
                         const PostgresLogOptions& options,
                         const std::string& sql) {
    const auto result = RunSql(
        server, absl::StrCat("SET search_path = ", options.schema, ";", sql));
    EXPECT_OK(result);
    return result.value_or("");
  }

  // Kills the server's process whose commit waits for standbys, and waits until
  // the server is up again.
  static void CrashBackendThatWaits(const PostgresServer& server) {
    ASSERT_OK_AND_ASSIGN(
        const std::string pid,
        RunSql(
            server,
            "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"));
    pid_t number = 0;
    ASSERT_TRUE(absl::SimpleAtoi(pid, &number));
    kill(number, SIGKILL);
    for (int i = 0; i < 600; ++i) {
      absl::SleepFor(absl::Milliseconds(100));
      const auto waiting = RunSql(
          server,
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
      if (waiting.ok() && *waiting == "0") return;
    }
    FAIL() << server.LogTail();
  }
};

TEST_F(PostgresEventLogTest, IsMadeOnceAndFoundAgain) {
  const std::string url = SingleServer()->Url();
  const PostgresLogOptions options = FreshOptions();
  EXPECT_THAT(OpenPostgresEventLog(url, options),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("log init")));
  ASSERT_OK(InitPostgresEventLog(url, options));
  {
    ASSERT_OK_AND_ASSIGN(auto log, OpenPostgresEventLog(url, options));
    ASSERT_OK(Append(log.get(), "a", "p"));
  }
  ASSERT_OK(InitPostgresEventLog(url, options));
  ASSERT_OK_AND_ASSIGN(auto log, OpenPostgresEventLog(url, options));
  EXPECT_EQ(Contents(log.get()), "1:a@0=p");
}

TEST_F(PostgresEventLogTest, SaysWhatToDoWhereNoServerIs) {
  PostgresLogOptions options;
  options.connect_timeout = absl::Milliseconds(500);
  EXPECT_THAT(
      OpenPostgresEventLog("postgresql://%2Fno%2Fsuch%2Fplace/db", options),
      StatusIs(absl::StatusCode::kUnavailable, HasSubstr("is it running")));
  EXPECT_THAT(OpenPostgresEventLog("postgresql://h:port/db", options),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("port")));
  options.schema = "no; DROP";
  EXPECT_THAT(
      OpenPostgresEventLog("postgresql://h/db", options),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("`schema`")));
}

TEST_F(PostgresEventLogTest, RefusesAServerThatCanLoseCommits) {
  const PostgresLogOptions options = FreshOptions();
  PostgresServer* const server = SingleServer();
  ASSERT_OK(InitPostgresEventLog(server->Url(), options));
  struct Danger {
    std::string setting;
    std::string said;
  };
  for (const Danger& danger :
       {Danger{"fsync", "fsync is off"},
        Danger{"full_page_writes", "full_page_writes is off"},
        Danger{"synchronous_commit", "synchronous_commit is off"}}) {
    server->Set({{danger.setting, "off"}});
    absl::Status status;
    // Settings are reread when the server comes to it.
    for (int i = 0; i < 200 && status.ok(); ++i) {
      absl::SleepFor(absl::Milliseconds(50));
      status = OpenPostgresEventLog(server->Url(), options).status();
    }
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition,
                                 AllOf(HasSubstr(danger.said),
                                       HasSubstr("--accept-data-loss"))));
    PostgresLogOptions accepting = options;
    accepting.accept_data_loss = true;
    EXPECT_THAT(OpenPostgresEventLog(server->Url(), accepting), IsOk());
    server->Set({{danger.setting, "on"}});
    for (int i = 0; i < 200 && !status.ok(); ++i) {
      absl::SleepFor(absl::Milliseconds(50));
      status = OpenPostgresEventLog(server->Url(), options).status();
    }
    EXPECT_OK(status);
  }
  // Naming two servers asks for high availability.
  EXPECT_THAT(OpenPostgresEventLog(testing::UrlOf({server, server}), options),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("synchronous_standby_names is empty")));
}

TEST_F(PostgresEventLogTest, OpenToReadItRefusesAppends) {
  PostgresLogOptions options = FreshOptions();
  const std::string url = SingleServer()->Url();
  ASSERT_OK_AND_ASSIGN(const auto log, OpenFresh(url, options));
  ASSERT_OK(Append(log.get(), "a", "p"));
  options.read_only = true;
  ASSERT_OK_AND_ASSIGN(const auto reader, OpenPostgresEventLog(url, options));
  const auto refused =
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("read-only"));
  EXPECT_THAT(Append(reader.get(), "a", "q"), refused);
  ASSERT_OK_AND_ASSIGN(const CommitRecord commit, log->ReadCommit(1));
  EXPECT_THAT(reader->ImportCommit(commit, true), refused);
  EXPECT_EQ(Contents(reader.get()), "1:a@0=p");
}

TEST_F(PostgresEventLogTest, HasTheHeadThatLevelDbHas) {
  SettableClock clock;
  LogOptions leveldb_options;
  leveldb_options.clock = &clock;
  ASSERT_OK_AND_ASSIGN(auto leveldb, OpenInMemoryEventLog(leveldb_options));
  ASSERT_OK_AND_ASSIGN(auto postgres,
                       OpenAs(SingleServer()->Url(), leveldb_options));
  for (EventLog* const log : {leveldb.get(), postgres.get()}) {
    for (int i = 0; i < 300; ++i) {
      AppendOptions options;
      options.sync = i == 299;
      if (i % 3 == 0) options.commit_id = absl::StrCat("c", i);
      if (i % 7 == 0) options.texts = {absl::StrCat("text ", i % 4)};
      std::vector<NewEvent> events;
      for (int j = 0; j <= i % 5; ++j) {
        events.push_back(MakeEvent(std::string(i * j * 3 % 1500, 'x')));
      }
      if (i % 11 == 0) events.back().set_id(absl::StrCat("e", i));
      ASSERT_OK(log->Append(absl::StrCat("s", i % 6), ExpectedRevision::Any(),
                            events, options));
    }
  }
  ASSERT_OK_AND_ASSIGN(const Head one, leveldb->GetHead());
  ASSERT_OK_AND_ASSIGN(const Head two, postgres->GetHead());
  EXPECT_EQ(one.commits, two.commits);
  EXPECT_EQ(one.root, two.root);
  ASSERT_OK_AND_ASSIGN(const VerifyReport report,
                       postgres->Verify([](const Damage& damage) {
                         ADD_FAILURE() << damage.reason;
                       }));
  EXPECT_EQ(report.head.root, one.root);
  EXPECT_EQ(Contents(leveldb.get()), Contents(postgres.get()));
}

TEST_F(PostgresEventLogTest, IsCopiedToLevelDbAndBack) {
  ASSERT_OK_AND_ASSIGN(auto from, OpenInMemoryEventLog({}));
  for (int i = 0; i < 600; ++i) {
    AppendOptions options;
    options.sync = false;
    options.commit_id = absl::StrCat("c", i);
    if (i % 50 == 0) options.texts = {absl::StrCat("text ", i)};
    ASSERT_OK(from->Append("a", ExpectedRevision::Any(),
                           {MakeEvent(absl::StrCat(i))}, options));
  }
  ASSERT_OK_AND_ASSIGN(auto postgres, OpenAs(SingleServer()->Url(), {}));
  ASSERT_OK_AND_ASSIGN(TransferReport report,
                       CopyLog(from.get(), postgres.get()));
  EXPECT_EQ(report.commits, 600u);
  ASSERT_OK(Append(from.get(), "a", "more"));
  ASSERT_OK_AND_ASSIGN(report, CopyLog(from.get(), postgres.get()));
  EXPECT_EQ(report.commits, 1u);
  EXPECT_EQ(report.already_recorded, 600u);
  ASSERT_OK_AND_ASSIGN(auto back, OpenInMemoryEventLog({}));
  ASSERT_THAT(CopyLog(postgres.get(), back.get()), IsOk());
  ASSERT_OK_AND_ASSIGN(const Head one, from->GetHead());
  ASSERT_OK_AND_ASSIGN(const Head two, back->GetHead());
  EXPECT_EQ(one.root, two.root);
  EXPECT_EQ(Contents(from.get()), Contents(back.get()));
}

TEST_F(PostgresEventLogTest, ProcessesShareOneOrderWithoutGaps) {
  constexpr int kLogs = 3;
  constexpr int kAppends = 100;
  const PostgresLogOptions options = FreshOptions();
  const std::string url = SingleServer()->Url();
  ASSERT_OK(InitPostgresEventLog(url, options));
  std::vector<std::thread> appenders;
  for (int t = 0; t < kLogs; ++t) {
    appenders.emplace_back([&, t] {
      ASSERT_OK_AND_ASSIGN(auto log, OpenPostgresEventLog(url, options));
      for (int i = 0; i < kAppends; ++i) {
        while (true) {
          // All want the same stream, and take turns by expected revisions.
          const auto revision = log->StreamRevision("shared");
          const auto result =
              log->Append("shared",
                          revision.ok() ? ExpectedRevision::Exactly(*revision)
                                        : ExpectedRevision::NoStream(),
                          {MakeEvent(absl::StrCat(t, "-", i))}, {});
          if (result.ok()) break;
          ASSERT_THAT(result, StatusIs(absl::StatusCode::kAborted));
        }
      }
    });
  }
  ASSERT_OK_AND_ASSIGN(auto follower, OpenPostgresEventLog(url, options));
  Subscription subscription(follower.get(), 0);
  std::vector<int> next(kLogs);
  for (uint64_t place = 1; place <= kLogs * kAppends; ++place) {
    ASSERT_OK_AND_ASSIGN(const RecordedEvent* event,
                         subscription.Next(absl::Seconds(60)));
    ASSERT_NE(event, nullptr);
    ASSERT_EQ(event->log_position(), place);
    ASSERT_EQ(event->revision(), place - 1);
    const int t = LabelOf(*event)[0] - '0';
    ASSERT_EQ(LabelOf(*event), absl::StrCat(t, "-", next[t]++));
  }
  for (std::thread& appender : appenders) appender.join();
}

TEST_F(PostgresEventLogTest, FindsDamage) {
  const PostgresLogOptions options = FreshOptions();
  PostgresServer* const server = SingleServer();
  ASSERT_OK_AND_ASSIGN(auto log, OpenFresh(server->Url(), options));
  AppendOptions with_text;
  with_text.texts = {"a text"};
  for (int i = 0; i < 4; ++i) {
    ASSERT_OK(log->Append("a", ExpectedRevision::Any(), MakeEvents({"p", "q"}),
                          with_text));
  }
  NewEvent with_id = MakeEvent("r");
  with_id.set_id("e");
  ASSERT_THAT(log->Append("b", ExpectedRevision::Any(), {with_id}, {}), IsOk());
  const auto damages = [&log] {
    std::string all;
    EXPECT_THAT(log->Verify([&all](const Damage& damage) {
      absl::StrAppend(&all, damage.log_position, ":", damage.reason, "\n");
    }),
                IsOk());
    return all;
  };
  EXPECT_EQ(damages(), "");
  Sql(*server, options,
      "CREATE TABLE kept AS SELECT * FROM blocks;"
      "UPDATE blocks SET bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1)"
      " WHERE last_log_position = 4");
  EXPECT_THAT(damages(), HasSubstr("3:"));
  auto reader = log->ReadLog(1, {});
  while (reader->Valid()) reader->Next();
  EXPECT_THAT(reader->status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("position 3")));
  Sql(*server, options,
      "UPDATE blocks b SET bytes = k.bytes FROM kept k"
      " WHERE k.last_log_position = b.last_log_position;"
      "UPDATE texts SET body = 'another'");
  EXPECT_THAT(damages(), HasSubstr("damaged"));
  Sql(*server, options,
      "UPDATE texts SET body = 'a text';"
      "UPDATE commits SET leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1)");
  EXPECT_THAT(damages(), HasSubstr("another root"));
  Sql(*server, options,
      "UPDATE commits SET leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1);"
      "UPDATE blocks SET kinds = 0 WHERE last_log_position = 4");
  EXPECT_EQ(damages(), "3:the index does not find its kinds of events\n");
  Sql(*server, options,
      "UPDATE blocks b SET kinds = k.kinds FROM kept k"
      " WHERE k.last_log_position = b.last_log_position;"
      "UPDATE event_ids SET log_position = 2");
  EXPECT_EQ(damages(), "9:the index does not find its id\n");
  Sql(*server, options, "DELETE FROM event_ids");
  EXPECT_EQ(damages(), "9:the index does not find its id\n");
}

TEST_F(PostgresEventLogTest, RefusesANewerFormat) {
  const PostgresLogOptions options = FreshOptions();
  PostgresServer* const server = SingleServer();
  ASSERT_OK(InitPostgresEventLog(server->Url(), options));
  Sql(*server, options, "UPDATE head SET format = 2");
  const auto newer =
      StatusIs(absl::StatusCode::kUnimplemented, HasSubstr("format 2, newer"));
  EXPECT_THAT(OpenPostgresEventLog(server->Url(), options), newer);
  EXPECT_THAT(InitPostgresEventLog(server->Url(), options), newer);
}

TEST_F(PostgresEventLogTest, RejectsALogThatDoesNotGoOnFromTheOneSeen) {
  const PostgresLogOptions options = FreshOptions();
  PostgresServer* const server = SingleServer();
  PostgresLogOptions hasty = options;
  hasty.append_timeout = hasty.read_timeout = absl::Seconds(2);
  ASSERT_OK_AND_ASSIGN(auto log, OpenFresh(server->Url(), hasty));
  for (const char* const label : {"p", "q", "r"}) {
    ASSERT_OK(Append(log.get(), "a", label));
  }
  const auto old =
      StatusIs(absl::StatusCode::kUnavailable, HasSubstr("old primary"));
  // The log as it was before its last commit.
  const std::string back = absl::StrCat(
      "CREATE TABLE kept AS SELECT * FROM head;"
      "UPDATE head SET commits = 2, last_log_position = 2, tree = substr(tree,"
      " 1, 32)");
  Sql(*server, options, back);
  EXPECT_THAT(Append(log.get(), "a", "s"), old);
  EXPECT_THAT(log->GetHead(), old);
  // As many commits, but other ones.
  Sql(*server, options,
      "UPDATE head SET commits = 3, last_log_position = 3, tree = (SELECT "
      "set_byte(tree, 1, get_byte(tree, 1) # 1) FROM kept)");
  EXPECT_THAT(Append(log.get(), "a", "s"), old);
  EXPECT_THAT(log->GetHead(), old);
  Sql(*server, options, "UPDATE head SET tree = (SELECT tree FROM kept)");
  EXPECT_OK(Append(log.get(), "a", "s"));
}

TEST_F(PostgresEventLogTest, WithoutAQuorumAppendsFailInTimeAndReadsGoOn) {
  PostgresCluster* const cluster = Cluster();
  const PostgresLogOptions options = FreshOptions();
  ASSERT_OK(InitPostgresEventLog(cluster->Url(), options));
  PostgresLogOptions hasty = options;
  hasty.append_timeout = absl::Seconds(2);
  ASSERT_OK_AND_ASSIGN(auto log, OpenPostgresEventLog(cluster->Url(), hasty));
  ASSERT_OK(Append(log.get(), "a", "p"));
  for (PostgresServer* const standby : cluster->standbys()) standby->Pause();
  AppendOptions with_id;
  with_id.commit_id = "c";
  const auto append = [&](EventLog* to) {
    return to->Append("a", ExpectedRevision::Any(), {MakeEvent("q")}, with_id);
  };
  for (int i = 0; i < 3; ++i) {
    const absl::Time start = absl::Now();
    EXPECT_THAT(append(log.get()), StatusIs(absl::StatusCode::kUnavailable));
    EXPECT_LT(absl::Now() - start, absl::Seconds(20));
    EXPECT_EQ(Contents(log.get()), "1:a@0=p");
  }
  for (PostgresServer* const standby : cluster->standbys()) standby->Resume();
  ASSERT_OK_AND_ASSIGN(auto patient,
                       OpenPostgresEventLog(cluster->Url(), options));
  EXPECT_THAT(append(patient.get()), IsOk());
  EXPECT_EQ(Contents(patient.get()), "1:a@0=p 2:a@1=q");
}

// A backend that is ended while it waits for standbys leaves its commit on the
// primary alone: it is neither acknowledged before a standby has it, nor
// appended again.
TEST_F(PostgresEventLogTest, ACommitWithAnUnknownOutcomeIsResolved) {
  PostgresCluster* const cluster = Cluster();
  const PostgresLogOptions options = FreshOptions();
  ASSERT_OK_AND_ASSIGN(auto log, OpenFresh(cluster->Url(), options));
  for (const char* const function :
       {"pg_terminate_backend", "pg_cancel_backend"}) {
    const uint64_t before = log->last_log_position();
    for (PostgresServer* const standby : cluster->standbys()) standby->Pause();
    auto future = log->AppendAsync("a", ExpectedRevision::Any(),
                                   {MakeEvent(function)}, {});
    std::string ended;
    for (int i = 0; i < 400 && ended.empty(); ++i) {
      absl::SleepFor(absl::Milliseconds(50));
      ended = RunSql(cluster->primary(),
                     absl::StrCat("SELECT ", function,
                                  "(pid) FROM pg_stat_activity"
                                  " WHERE wait_event = 'SyncRep'"))
                  .value_or("");
    }
    EXPECT_EQ(ended, "t");
    EXPECT_EQ(future.wait_for(std::chrono::seconds(1)),
              std::future_status::timeout);
    for (PostgresServer* const standby : cluster->standbys()) {
      standby->Resume();
    }
    const auto result = future.get();
    ASSERT_THAT(result, IsOk());
    EXPECT_EQ(result->first_log_position, before + 1);
    EXPECT_EQ(log->last_log_position(), before + 1);
  }
}

// A primary that crashes while a commit waits for standbys shows that commit
// when it is back, to whoever has not heard yet that another has taken over.
// Whether all of it crashed, or it started again after one of its processes.
TEST_F(PostgresEventLogTest, ShowsNoCommitThatOnlyACrashedPrimaryHas) {
  PostgresCluster* const cluster = Cluster();
  for (const bool whole : {true, false}) {
    PostgresLogOptions options = FreshOptions();
    // It names the old primary first, for ever.
    const std::string url = cluster->Url();
    PostgresServer& old = cluster->primary();
    ASSERT_OK_AND_ASSIGN(const auto log, OpenFresh(url, options));
    ASSERT_OK(Append(log.get(), "a", "p"));
    for (PostgresServer* const standby : cluster->standbys()) standby->Kill();
    options.append_timeout = absl::Seconds(1);
    ASSERT_OK_AND_ASSIGN(auto hasty, OpenPostgresEventLog(url, options));
    EXPECT_THAT(Append(hasty.get(), "a", "lost"),
                StatusIs(absl::StatusCode::kUnavailable));
    hasty = nullptr;
    if (whole) {
      old.Kill();
    } else {
      CrashBackendThatWaits(old);
      old.Pause();
    }
    for (PostgresServer* const standby : cluster->standbys()) {
      ASSERT_OK(standby->Start());
    }
    ASSERT_OK(cluster->FailOver());
    ASSERT_OK(cluster->AwaitStandbys(1));
    if (whole) {
      ASSERT_OK(old.Start());
    } else {
      old.Resume();
    }
    EXPECT_EQ(Sql(old, options, "SELECT commits FROM head"), "2");

    EXPECT_EQ(Contents(log.get()), "1:a@0=p");
    ASSERT_OK_AND_ASSIGN(const auto another,
                         OpenPostgresEventLog(url, options));
    EXPECT_EQ(Contents(another.get()), "1:a@0=p");
    ASSERT_OK(Append(log.get(), "a", "q"));
    EXPECT_EQ(Contents(log.get()), "1:a@0=p 2:a@1=q");
    EXPECT_EQ(Contents(another.get()), "1:a@0=p 2:a@1=q");
    ASSERT_OK(cluster->Restore());
  }
}

TEST_F(PostgresEventLogTest, GoesOnAfterAFailOverAndRejectsTheOldPrimary) {
  PostgresCluster* const cluster = Cluster();
  const PostgresLogOptions options = FreshOptions();
  // The URL names the servers in one order for ever.
  const std::string url = cluster->Url();
  ASSERT_OK_AND_ASSIGN(auto log, OpenFresh(url, options));
  ASSERT_OK(Append(log.get(), "a", "p"));
  PostgresServer& old = cluster->primary();
  old.Kill();
  ASSERT_OK(cluster->FailOver());
  ASSERT_OK(cluster->AwaitStandbys(1));
  ASSERT_OK(Append(log.get(), "a", "q"));
  // It comes back, does not know that it is a primary no more, and stands first
  // in the URL.
  ASSERT_OK(old.Start());
  ASSERT_OK(Append(log.get(), "a", "r"));
  EXPECT_EQ(Contents(log.get()), "1:a@0=p 2:a@1=q 3:a@2=r");
  ASSERT_OK(cluster->Restore());
}

}  // namespace
}  // namespace onrecord
