#include "tests/storage/event_log_contract.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "storage/hash.h"
#include "storage/merkle_tree.h"
#include "tests/testing/log_events.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {

using ::onrecord::testing::Contents;
using ::onrecord::testing::IsOkAndHolds;
using ::onrecord::testing::LabelOf;
using ::onrecord::testing::MakeEvent;
using ::onrecord::testing::MakeEvents;
using ::onrecord::testing::StatusIs;
using ::testing::HasSubstr;

void EventLogTest::SetUp() {
  LogOptions options;
  options.clock = &clock_;
  options.max_commit_bytes = 1 << 20;
  // Little enough for ManySmallCommitsReadBack to have the index written on the
  // way, enough for more entries of a stream than go under one key.
  options.index_lag_bytes = 8 << 20;
  ASSERT_OK_AND_ASSIGN(log_, GetParam().open(options));
}

AppendResult EventLogTest::Append(const std::string& stream,
                                  const std::vector<std::string>& labels,
                                  const std::string& commit_id) {
  AppendOptions options;
  options.commit_id = commit_id;
  options.sync = false;
  const auto result = log_->Append(stream, ExpectedRevision::Any(),
                                   MakeEvents(labels), options);
  EXPECT_OK(result);
  return result.value_or(AppendResult());
}

absl::Status EventLogTest::AppendTo(const std::string& stream,
                                    ExpectedRevision expected) {
  return log_->Append(stream, expected, {MakeEvent("x")}, {}).status();
}

std::string EventLogTest::ReadLog(uint64_t from, Direction direction,
                                  uint64_t known_at) {
  return Contents(log_->ReadLog(from, {direction, known_at}));
}

std::string EventLogTest::ReadStream(const std::string& stream, uint64_t from,
                                     Direction direction, uint64_t known_at) {
  return Contents(log_->ReadStream(stream, from, {direction, known_at}));
}

TEST_P(EventLogTest, IsEmptyAtFirst) {
  EXPECT_EQ(log_->last_log_position(), 0u);
  EXPECT_EQ(Contents(log_.get()), "");
  EXPECT_EQ(ReadLog(kLatest, Direction::kBackwards), "");
  EXPECT_EQ(ReadStream("a", 0, Direction::kForwards), "");
  EXPECT_THAT(log_->StreamRevision("a"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK_AND_ASSIGN(const Head head, log_->GetHead());
  EXPECT_EQ(head.commits, 0u);
  EXPECT_EQ(head.root, AsView(EmptyRoot()));
}

TEST_P(EventLogTest, NumbersCommitsEventsAndRevisions) {
  const AppendResult first = Append("a", {"p", "q"});
  EXPECT_EQ(first.commit, 0u);
  EXPECT_EQ(first.first_log_position, 1u);
  EXPECT_EQ(first.last_log_position, 2u);
  EXPECT_FALSE(first.already_recorded);
  const AppendResult second = Append("b", {"r"});
  EXPECT_EQ(second.commit, 1u);
  EXPECT_EQ(second.first_log_position, 3u);
  Append("a", {"s"});
  EXPECT_EQ(Contents(log_.get()), "1:a@0=p 2:a@1=q 3:b@0=r 4:a@2=s");
  EXPECT_EQ(log_->last_log_position(), 4u);
  EXPECT_THAT(log_->StreamRevision("a"), IsOkAndHolds(2u));
}

TEST_P(EventLogTest, OneCommitAppendsToSeveralStreams) {
  const std::vector<StreamAppend> appends = {
      {"a", ExpectedRevision::NoStream(), MakeEvents({"p", "q"})},
      {"b", ExpectedRevision::Any(), MakeEvents({"r"})}};
  ASSERT_OK_AND_ASSIGN(const AppendResult result, log_->Append(appends, {}));
  EXPECT_EQ(result.last_log_position, 3u);
  EXPECT_EQ(Contents(log_.get()), "1:a@0=p 2:a@1=q 3:b@0=r");
}

TEST_P(EventLogTest, AWrongRevisionInOneStreamChangesNothing) {
  Append("b", {"p"});
  const std::vector<StreamAppend> appends = {
      {"a", ExpectedRevision::Any(), MakeEvents({"q"})},
      {"b", ExpectedRevision::NoStream(), MakeEvents({"r"})}};
  AppendOptions options;
  options.commit_id = "c";
  options.texts = {"text"};
  EXPECT_THAT(log_->Append(appends, options),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(Contents(log_.get()), "1:b@0=p");
  EXPECT_THAT(log_->FindCommit("c"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->GetText(AsView(Sha256({"text"}))),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(EventLogTest, ChecksExpectedRevisions) {
  EXPECT_THAT(AppendTo("a", ExpectedRevision::StreamExists()),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("no event")));
  EXPECT_THAT(AppendTo("a", ExpectedRevision::Exactly(0)),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_OK(AppendTo("a", ExpectedRevision::NoStream()));
  EXPECT_OK(AppendTo("a", ExpectedRevision::Exactly(0)));
  EXPECT_OK(AppendTo("a", ExpectedRevision::StreamExists()));
  const absl::Status stale = AppendTo("a", ExpectedRevision::Exactly(0));
  EXPECT_THAT(stale,
              StatusIs(absl::StatusCode::kAborted, HasSubstr("revision 2")));
  ASSERT_TRUE(GetWrongExpectedRevision(stale).has_value());
  EXPECT_EQ(GetWrongExpectedRevision(stale)->current, 2u);
  EXPECT_THAT(AppendTo("a", ExpectedRevision::NoStream()),
              StatusIs(absl::StatusCode::kAborted));
}

TEST_P(EventLogTest, AConditionFailsOnceThereIsMoreOfItsKinds) {
  NewEvent topic;
  topic.mutable_topic_defined()->mutable_topic()->set_id("t");
  const auto append = [&](const NewEvent& event, uint64_t known_to,
                          const std::string& commit_id = "") {
    AppendOptions options;
    options.commit_id = commit_id;
    options.condition = {{NewEvent::kTopicDefinedFieldNumber,
                          NewEvent::kTopicsMergedFieldNumber},
                         known_to};
    return log_->AppendAsync("a", ExpectedRevision::Any(), {event}, options);
  };
  EXPECT_OK(append(topic, 0, "c").get());
  Append("b", {"other", "kinds"});
  const auto aborted =
      StatusIs(absl::StatusCode::kAborted, HasSubstr("behind log position 0"));
  EXPECT_THAT(append(MakeEvent("late"), 0).get(), aborted);
  EXPECT_THAT(append(topic, 0).get(), aborted);
  // A commit that is recorded needs no condition.
  ASSERT_OK_AND_ASSIGN(const AppendResult again, append(topic, 0, "c").get());
  EXPECT_TRUE(again.already_recorded);
  EXPECT_OK(append(MakeEvent("p"), 1).get());
  // Of two under way, each on what it knew, one goes through.
  auto first = append(topic, 4);
  auto second = append(topic, 4);
  EXPECT_OK(first.get());
  EXPECT_THAT(second.get(), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(log_->last_log_position(), 5u);
}

TEST_P(EventLogTest, ReadsTheLogFromAnyPlace) {
  Append("a", {"p", "q", "r"});
  Append("b", {"s"});
  EXPECT_EQ(ReadLog(0, Direction::kForwards),
            "1:a@0=p 2:a@1=q 3:a@2=r 4:b@0=s");
  EXPECT_EQ(ReadLog(3, Direction::kForwards), "3:a@2=r 4:b@0=s");
  EXPECT_EQ(ReadLog(5, Direction::kForwards), "");
  EXPECT_EQ(ReadLog(kLatest, Direction::kBackwards),
            "4:b@0=s 3:a@2=r 2:a@1=q 1:a@0=p");
  EXPECT_EQ(ReadLog(2, Direction::kBackwards), "2:a@1=q 1:a@0=p");
  EXPECT_EQ(ReadLog(0, Direction::kBackwards), "");
}

TEST_P(EventLogTest, ReadsAStreamFromAnyPlace) {
  Append("a", {"p", "q"});
  Append("b", {"r"});
  Append("a", {"s"});
  EXPECT_EQ(ReadStream("a", 0, Direction::kForwards),
            "1:a@0=p 2:a@1=q 4:a@2=s");
  EXPECT_EQ(ReadStream("a", 1, Direction::kForwards), "2:a@1=q 4:a@2=s");
  EXPECT_EQ(ReadStream("a", 3, Direction::kForwards), "");
  EXPECT_EQ(ReadStream("a", kLatest, Direction::kBackwards),
            "4:a@2=s 2:a@1=q 1:a@0=p");
  EXPECT_EQ(ReadStream("a", 1, Direction::kBackwards), "2:a@1=q 1:a@0=p");
  EXPECT_EQ(ReadStream("a", 0, Direction::kBackwards), "1:a@0=p");
}

TEST_P(EventLogTest, ReadsAsKnownAtAnEarlierPosition) {
  Append("a", {"p", "q"});
  Append("b", {"r"});
  Append("a", {"s"});
  EXPECT_EQ(ReadLog(1, Direction::kForwards, 3), "1:a@0=p 2:a@1=q 3:b@0=r");
  EXPECT_EQ(ReadLog(kLatest, Direction::kBackwards, 1), "1:a@0=p");
  EXPECT_EQ(ReadStream("a", 0, Direction::kForwards, 3), "1:a@0=p 2:a@1=q");
  EXPECT_EQ(ReadStream("a", 0, Direction::kForwards, 1), "1:a@0=p");
  EXPECT_EQ(ReadStream("a", kLatest, Direction::kBackwards, 3),
            "2:a@1=q 1:a@0=p");
  EXPECT_EQ(ReadStream("b", 0, Direction::kForwards, 2), "");
  EXPECT_EQ(ReadStream("b", kLatest, Direction::kBackwards, 2), "");
}

TEST_P(EventLogTest, AReaderDoesNotMove) {
  Append("a", {"p"});
  auto log_reader = log_->ReadLog(1, {});
  auto stream_reader = log_->ReadStream("a", 0, {});
  Append("a", {"q"});
  EXPECT_EQ(Contents(std::move(log_reader)), "1:a@0=p");
  EXPECT_EQ(Contents(std::move(stream_reader)), "1:a@0=p");
}

TEST_P(EventLogTest, StreamsWhoseNamesBeginAlikeAreKeptApart) {
  Append("a", {"p"});
  Append("a/b", {"q"});
  Append("ab", {"r"});
  Append("a", {"s"});
  EXPECT_EQ(ReadStream("a", 0, Direction::kForwards), "1:a@0=p 4:a@1=s");
  EXPECT_EQ(ReadStream("ab", kLatest, Direction::kBackwards), "3:ab@0=r");
}

TEST_P(EventLogTest, ACommitLargerThanABlockReadsBackWhole) {
  std::vector<std::string> labels;
  std::string expected;
  for (int i = 0; i < 300; ++i) {
    labels.push_back(absl::StrCat(i, std::string(i * 7 % 500, 'x')));
    absl::StrAppend(&expected, i == 0 ? "" : " ", i + 1, ":a@", i, "=",
                    labels[i]);
  }
  const AppendResult result = Append("a", labels, "big");
  EXPECT_EQ(result.last_log_position, 300u);
  EXPECT_EQ(Contents(log_.get()), expected);
  EXPECT_EQ(ReadStream("a", 0, Direction::kForwards), expected);
  ASSERT_OK_AND_ASSIGN(const RecordedEvent event, log_->FindEvent("big#299"));
  EXPECT_EQ(LabelOf(event), labels[299]);
  EXPECT_TRUE(Append("a", labels, "big").already_recorded);
}

TEST_P(EventLogTest, AppendingACommitIdAgainChangesNothing) {
  const AppendResult first = Append("a", {"p", "q"}, "c");
  Append("a", {"r"});
  // The revision that the first append expected is long gone.
  AppendOptions options;
  options.commit_id = "c";
  ASSERT_OK_AND_ASSIGN(const AppendResult again,
                       log_->Append("a", ExpectedRevision::NoStream(),
                                    MakeEvents({"p", "q"}), options));
  EXPECT_TRUE(again.already_recorded);
  EXPECT_EQ(again.commit, first.commit);
  EXPECT_EQ(again.first_log_position, first.first_log_position);
  EXPECT_EQ(again.last_log_position, first.last_log_position);
  EXPECT_EQ(log_->last_log_position(), 3u);
}

TEST_P(EventLogTest, ACommitIdWithOtherContentIsRefused) {
  Append("a", {"p"}, "c");
  AppendOptions options;
  options.commit_id = "c";
  const auto append = [&](const std::string& stream,
                          const std::vector<std::string>& labels) {
    return log_->Append(stream, ExpectedRevision::Any(), MakeEvents(labels),
                        options);
  };
  const auto refused =
      StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("other content"));
  EXPECT_THAT(append("a", {"q"}), refused);
  EXPECT_THAT(append("b", {"p"}), refused);
  EXPECT_THAT(append("a", {"p", "p"}), refused);
  options.texts = {"text"};
  EXPECT_THAT(append("a", {"p"}), refused);
  EXPECT_EQ(Contents(log_.get()), "1:a@0=p");
}

TEST_P(EventLogTest, FindsCommits) {
  const AppendResult result = Append("a", {"p", "q"}, "c");
  ASSERT_OK_AND_ASSIGN(const AppendResult found, log_->FindCommit("c"));
  EXPECT_EQ(found.last_log_position, result.last_log_position);
  EXPECT_THAT(log_->FindCommit("d"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->FindCommit(""), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(EventLogTest, FindsEventsByTheIdsThatTheLogGave) {
  Append("a", {"p", "q"}, "c");
  Append("a", {"r"});
  ASSERT_OK_AND_ASSIGN(const RecordedEvent second, log_->FindEvent("c#1"));
  EXPECT_EQ(LabelOf(second), "q");
  EXPECT_EQ(second.event().id(), "c#1");
  ASSERT_OK_AND_ASSIGN(const RecordedEvent third, log_->FindEvent("#3"));
  EXPECT_EQ(LabelOf(third), "r");
  for (const char* id : {"c#2", "c#", "d#0", "#1", "#4", "#0", "#x", "c", ""}) {
    EXPECT_THAT(log_->FindEvent(id), StatusIs(absl::StatusCode::kNotFound))
        << id;
  }
}

TEST_P(EventLogTest, FindsEventsByTheirOwnIdsWhichAreUnique) {
  NewEvent event = MakeEvent("p");
  event.set_id("e1");
  AppendOptions options;
  options.commit_id = "c";
  ASSERT_OK(log_->Append("a", ExpectedRevision::Any(), {event}, options));
  ASSERT_OK_AND_ASSIGN(const RecordedEvent found, log_->FindEvent("e1"));
  EXPECT_EQ(LabelOf(found), "p");
  EXPECT_THAT(log_->FindEvent("c#0"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->Append("b", ExpectedRevision::Any(), {event}, {}),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("e1")));
  event.set_id("e2");
  EXPECT_THAT(log_->Append("b", ExpectedRevision::Any(), {event, event}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("e2")));
}

TEST_P(EventLogTest, KeepsEveryFieldOfAnEvent) {
  NewEvent event = MakeEvent("p");
  event.set_id("e1");
  event.set_valid_time("2025-04-16");
  event.set_correlation_id("k");
  event.set_causation_id("l");
  event.mutable_producer()->set_name("test");
  event.mutable_actor_introduced()->mutable_span()->set_begin(300);
  ASSERT_OK(log_->Append("a", ExpectedRevision::Any(), {event}, {}));
  auto reader = log_->ReadLog(1, {});
  ASSERT_TRUE(reader->Valid());
  EXPECT_EQ(reader->event().event().SerializeAsString(),
            event.SerializeAsString());
  EXPECT_EQ(reader->event().recorded_time_us(), 1000000000);
}

TEST_P(EventLogTest, RecordedTimeNeverGoesBack) {
  Append("a", {"p"});
  clock_.now = absl::FromUnixSeconds(900);
  Append("a", {"q"});
  clock_.now = absl::FromUnixSeconds(1001);
  Append("a", {"r"});
  std::vector<int64_t> times;
  for (auto reader = log_->ReadLog(1, {}); reader->Valid(); reader->Next()) {
    times.push_back(reader->event().recorded_time_us() / 1000000);
  }
  EXPECT_THAT(times, ::testing::ElementsAre(1000, 1000, 1001));
}

TEST_P(EventLogTest, StoresTextsOnceByTheirHash) {
  AppendOptions options;
  options.texts = {"one text", "", "one text"};
  ASSERT_OK(
      log_->Append("a", ExpectedRevision::Any(), {MakeEvent("p")}, options));
  options.texts = {"another", "one text"};
  ASSERT_OK(
      log_->Append("a", ExpectedRevision::Any(), {MakeEvent("q")}, options));
  EXPECT_THAT(log_->GetText(AsView(Sha256({"one text"}))),
              IsOkAndHolds("one text"));
  EXPECT_THAT(log_->GetText(AsView(Sha256({"another"}))),
              IsOkAndHolds("another"));
  EXPECT_THAT(log_->GetText(AsView(Sha256({""}))), IsOkAndHolds(""));
  EXPECT_THAT(log_->GetText(AsView(Sha256({"none"}))),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(log_->GetText("short"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK_AND_ASSIGN(const LogStats stats, log_->Stats());
  EXPECT_EQ(stats.texts, 3u);
}

namespace {

struct BadAppend {
  std::string name;
  std::vector<StreamAppend> appends;
  AppendOptions options;
  std::string field;
};

std::vector<BadAppend> BadAppends() {
  const ExpectedRevision any = ExpectedRevision::Any();
  const std::vector<NewEvent> good = {MakeEvent("p")};
  NewEvent bad_id = MakeEvent("p");
  bad_id.set_id("a#b");
  NewEvent bad_text = MakeEvent("p\xff");
  AppendOptions bad_commit;
  bad_commit.commit_id = "c#1";
  AppendOptions long_commit;
  long_commit.commit_id = std::string(1025, 'c');
  AppendOptions huge;
  huge.texts = {std::string(2 << 20, 'x')};
  return {
      {"nothing", {}, {}, "`events`"},
      {"no event", {{"a", any, {}}}, {}, "`events`"},
      {"no name", {{"", any, good}}, {}, "`stream`"},
      {"long name", {{std::string(1025, 'a'), any, good}}, {}, "`stream`"},
      {"NUL", {{std::string("a\0b", 3), any, good}}, {}, "`stream`"},
      {"not UTF-8", {{"a\xff", any, good}}, {}, "`stream`"},
      {"twice", {{"a", any, good}, {"a", any, good}}, {}, "`stream`"},
      {"# in an id", {{"a", any, {bad_id}}}, {}, "`id`"},
      {"event not UTF-8", {{"a", any, {bad_text}}}, {}, "`events`"},
      {"# in a commit id", {{"a", any, good}}, bad_commit, "`commit_id`"},
      {"long commit id", {{"a", any, good}}, long_commit, "`commit_id`"},
      {"too large", {{"a", any, good}}, huge, "bytes"},
  };
}

}  // namespace

TEST_P(EventLogTest, RefusesMalformedAppends) {
  for (const BadAppend& bad : BadAppends()) {
    EXPECT_THAT(
        log_->Append(bad.appends, bad.options),
        StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(bad.field)))
        << bad.name;
  }
  EXPECT_EQ(log_->last_log_position(), 0u);
}

TEST_P(EventLogTest, HeadsGrowWithCommits) {
  Append("a", {"p"});
  ASSERT_OK_AND_ASSIGN(const Head one, log_->GetHead());
  Append("a", {"q", "r"});
  ASSERT_OK_AND_ASSIGN(const Head two, log_->GetHead());
  EXPECT_EQ(one.commits, 1u);
  EXPECT_EQ(two.commits, 2u);
  EXPECT_EQ(two.root.size(), 32u);
  EXPECT_NE(one.root, two.root);
}

TEST_P(EventLogTest, VerifiesWhatItHolds) {
  Append("a", {"p", "q"}, "c");
  Append("b", {"r"});
  AppendOptions options;
  options.texts = {"text"};
  ASSERT_OK(
      log_->Append("a", ExpectedRevision::Any(), {MakeEvent("s")}, options));
  ASSERT_OK_AND_ASSIGN(
      const VerifyReport report, log_->Verify([](const Damage& damage) {
        ADD_FAILURE() << damage.log_position << " " << damage.reason;
      }));
  EXPECT_EQ(report.commits, 3u);
  EXPECT_EQ(report.events, 4u);
  EXPECT_EQ(report.texts, 1u);
  EXPECT_EQ(report.damages, 0u);
  ASSERT_OK_AND_ASSIGN(const Head head, log_->GetHead());
  EXPECT_EQ(report.head.commits, head.commits);
  EXPECT_EQ(report.head.root, head.root);
}

TEST_P(EventLogTest, CountsWhatItHolds) {
  Append("a", {"p", "q"});
  Append("b", {"r"});
  ASSERT_OK_AND_ASSIGN(const LogStats stats, log_->Stats());
  EXPECT_EQ(stats.commits, 2u);
  EXPECT_EQ(stats.events, 3u);
  EXPECT_EQ(stats.streams, 2u);
  EXPECT_EQ(stats.last_recorded, absl::FromUnixSeconds(1000));
  EXPECT_GT(stats.bytes_on_disk, 0u);
}

TEST_P(EventLogTest, ManySmallCommitsReadBack) {
  std::string expected;
  const int many = GetParam().many_commits;
  for (int i = 0; i < many; ++i) {
    Append(absl::StrCat("s", i % 7), {"x"}, absl::StrCat("c", i));
    if (i % 7 == 3) {
      absl::StrAppend(&expected, expected.empty() ? "" : " ", i + 1, ":s3@",
                      i / 7, "=x");
    }
  }
  EXPECT_EQ(ReadStream("s3", 0, Direction::kForwards), expected);
  ASSERT_OK_AND_ASSIGN(const AppendResult early, log_->FindCommit("c17"));
  EXPECT_EQ(early.first_log_position, 18u);
  EXPECT_TRUE(Append("s3", {"x"}, "c3").already_recorded);
  auto backwards =
      log_->ReadStream("s3", kLatest, {Direction::kBackwards, kLatest});
  uint64_t revision = (many + 3) / 7;
  for (; backwards->Valid(); backwards->Next()) {
    ASSERT_EQ(backwards->revision(), --revision);
  }
  EXPECT_OK(backwards->status());
  EXPECT_EQ(revision, 0u);
}

}  // namespace onrecord
