// What a person decides, through the public API: its effect on what is known
// now, on what was known then, and its undoing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/analyst/change.h"
#include "engine/timeline.h"
#include "tests/engine/analyst/all_answers.h"
#include "tests/testing/proto_matchers.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::AllAnswers;
using ::onrecord::testing::ParseText;
using ::onrecord::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Decision kAna = {"ana", "because"};

constexpr char kCodebook[] = R"pb(
  topics { id: "ban" name: "The ban" proposition: "The ban should stay" }
  topics { id: "levy" name: "The levy" proposition: "The levy should rise" }
  actors { id: "country/norland" name: "Norland" }
  actors { id: "person/ruiz" name: "Ana Ruiz" aliases: "Ms Ruiz" }
  actors { id: "person/ruis" name: "Anna Ruis" }
  actors { id: "person/mori" name: "Kenji Mori" }
)pb";

class DecideTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(timeline_, Timeline::OpenInMemory({}));
    ASSERT_OK(timeline_->AddCodebook(ParseText<Codebook>(kCodebook)));
    Ingest("march", "2025-03-10",
           {Row("m1", "Ana Ruiz", "ban", -1), Row("m2", "Kenji Mori", "ban", 1),
            Row("m3", "Kenji Mori", "levy", 1)});
    Ingest(
        "june", "2025-06-10",
        {Row("j1", "Anna Ruis", "ban", 1), Row("j2", "Anna Ruis", "levy", -1)});
  }

  static StatementRow Row(const std::string& id, const std::string& speaker,
                          const std::string& topic, double stance) {
    StatementRow row;
    row.set_statement_id(id);
    row.mutable_speaker()->set_actor_name(speaker);
    row.set_topic(topic);
    row.set_stance(stance);
    Span& content = *row.add_content();
    content.set_begin(0);
    content.set_end(2);
    return row;
  }

  void Ingest(const std::string& id, const std::string& day,
              std::vector<StatementRow> rows) {
    Article article;
    article.set_id(id);
    article.set_published(day);
    article.set_text("Naïve or not.");
    for (StatementRow& row : rows) row.set_doc_id(id);
    ASSERT_OK(timeline_->IngestCoded({article}, rows));
  }

  // Records a change; returns the log positions of its events.
  std::vector<uint64_t> Decide(const Change& change) {
    const auto events = timeline_->Decide(change, kAna);
    EXPECT_OK(events);
    std::vector<uint64_t> positions;
    if (!events.ok()) return positions;
    for (const RecordedEvent& event : *events) {
      positions.push_back(event.log_position());
    }
    return positions;
  }

  // "actor topic label since" of each position.
  std::vector<std::string> Positions(uint64_t known_at = kLatest,
                                     bool rollup = false) {
    PositionQuery query;
    query.known_at = known_at;
    query.rollup = rollup;
    std::vector<std::string> lines;
    const auto rows = timeline_->Positions(query);
    EXPECT_OK(rows);
    for (const PositionRow& row : *rows) {
      lines.push_back(absl::StrCat(row.actor_name(), " ", row.topic(), " ",
                                   row.label(), " ", row.from()));
    }
    return lines;
  }

  std::string Everything(uint64_t known_at = kLatest) {
    return AllAnswers(*timeline_, known_at);
  }

  std::unique_ptr<Timeline> timeline_;
};

TEST_F(DecideTest, ACorrectionChangesThePresentAnswerAndNotThePastOne) {
  const uint64_t before = timeline_->log()->last_log_position();
  CorrectStatement change;
  change.statement_id = "m2";
  change.kind = EXTRACTION_WRONG;
  change.stance = -1.0;
  change.said_at = "2025-03-01";
  Decide(change);
  EXPECT_THAT(Positions(), ElementsAre("Kenji Mori ban against 2025-03-01",
                                       "Kenji Mori levy for 2025-03-10",
                                       "Anna Ruis ban for 2025-06-10",
                                       "Anna Ruis levy against 2025-06-10",
                                       "Ana Ruiz ban against 2025-03-10"));
  EXPECT_THAT(Positions(before),
              ElementsAre("Kenji Mori ban for 2025-03-10",
                          "Kenji Mori levy for 2025-03-10",
                          "Anna Ruis ban for 2025-06-10",
                          "Anna Ruis levy against 2025-06-10",
                          "Ana Ruiz ban against 2025-03-10"));
}

TEST_F(DecideTest, AStatementOfAnotherSpeakerIsThatSpeakers) {
  CorrectStatement change;
  change.statement_id = "j2";
  change.kind = IDENTITY_WRONG;
  change.speaker = "kenji mori";
  change.topic = "the ban";
  Decide(change);
  EXPECT_THAT(Positions(), ElementsAre("Kenji Mori ban for 2025-03-10",
                                       "Kenji Mori ban against 2025-06-10",
                                       "Kenji Mori levy for 2025-03-10",
                                       "Anna Ruis ban for 2025-06-10",
                                       "Ana Ruiz ban against 2025-03-10"));
}

TEST_F(DecideTest, WhatIsUnknownIsNoPosition) {
  CorrectStatement change;
  change.statement_id = "m1";
  change.kind = EXTRACTION_WRONG;
  change.stance = std::optional<double>();
  Decide(change);
  change.statement_id = "j1";
  change.stance.reset();
  change.speaker = "";
  Decide(change);
  EXPECT_THAT(Positions(), ElementsAre("Kenji Mori ban for 2025-03-10",
                                       "Kenji Mori levy for 2025-03-10",
                                       "Anna Ruis levy against 2025-06-10"));
}

TEST_F(DecideTest, ARetractedStatementDoesNotCount) {
  const uint64_t before = timeline_->log()->last_log_position();
  Decide(RetractStatement{"m2", PUBLISHER_CORRECTED});
  EXPECT_THAT(Positions(), Not(Contains("Kenji Mori ban for 2025-03-10")));
  EXPECT_THAT(Positions(before), Contains("Kenji Mori ban for 2025-03-10"));
}

TEST_F(DecideTest, APersonsDecisionOutlivesAMachines) {
  Decide(RetractStatement{"m2", PUBLISHER_CORRECTED});
  const std::string decided = Everything();
  NewEvent machine;
  StatementCorrected& correction = *machine.mutable_statement_corrected();
  correction.set_statement_id("m2");
  correction.mutable_corrected()->set_id("m2");
  correction.mutable_corrected()->mutable_speaker()->set_actor_id(
      "person/mori");
  correction.mutable_corrected()->set_topic_id("ban");
  correction.mutable_corrected()->set_stance(-1);
  ASSERT_OK(timeline_->log()->Append("article/march", ExpectedRevision::Any(),
                                     {machine}, {}));
  EXPECT_EQ(Everything(), decided);
}

TEST_F(DecideTest, MergedActorsAreOneAndOneAnswersForBoth) {
  const uint64_t before = timeline_->log()->last_log_position();
  Decide(MergeActors{"Anna Ruis", "Ana Ruiz"});
  EXPECT_THAT(Positions(), ElementsAre("Kenji Mori ban for 2025-03-10",
                                       "Kenji Mori levy for 2025-03-10",
                                       "Ana Ruiz ban against 2025-03-10",
                                       "Ana Ruiz ban for 2025-06-10",
                                       "Ana Ruiz levy against 2025-06-10"));
  PositionQuery query;
  query.actor_id = "anna ruis";
  ASSERT_OK_AND_ASSIGN(const auto by_name, timeline_->Positions(query));
  EXPECT_EQ(by_name.size(), 3);
  query.actor_id = "person/ruis";
  ASSERT_OK_AND_ASSIGN(const auto by_id, timeline_->Positions(query));
  EXPECT_EQ(by_id.size(), 3);
  query.known_at = before;
  ASSERT_OK_AND_ASSIGN(const auto then, timeline_->Positions(query));
  EXPECT_EQ(then.size(), 2);
}

TEST_F(DecideTest, ALaterArticleSpeaksOfTheMergedActor) {
  Decide(MergeActors{"Anna Ruis", "Ana Ruiz"});
  Ingest("july", "2025-07-10", {Row("y1", "Anna Ruis", "ban", -1)});
  EXPECT_THAT(Positions(), Contains("Ana Ruiz ban against 2025-07-10"));
  ASSERT_OK_AND_ASSIGN(const auto actors, timeline_->Actors());
  EXPECT_EQ(actors.size(), 3);
}

TEST_F(DecideTest, OneActorThatWasTwoIsDivided) {
  Decide(DivideActor{"Ana Ruiz", "Ana Ruiz", {"m1"}, {"Ms Ruiz"}});
  PositionQuery query;
  query.actor_id = "ms ruiz";
  ASSERT_OK_AND_ASSIGN(const auto rows, timeline_->Positions(query));
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].actor_id(), "person/ana-ruiz");
  query.actor_id = "Ana Ruiz";
  EXPECT_THAT(timeline_->Positions(query),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("the name of several")));
}

TEST_F(DecideTest, AnOfficeMakesAPositionOfItsBody) {
  HoldRole role;
  role.actor = "Kenji Mori";
  role.role = ParseText<Role>(R"pb(title: "trade minister"
                                   of: "Norland"
                                   from: "2025-01-01")pb");
  Decide(role);
  EXPECT_THAT(Positions(kLatest, /*rollup=*/true),
              Contains("Norland ban for 2025-03-10"));
  role.role.set_to("2025-02-01");
  Decide(role);
  EXPECT_THAT(Positions(kLatest, /*rollup=*/true),
              Not(Contains("Norland ban for 2025-03-10")));
}

TEST_F(DecideTest, MergedTopicsAreOne) {
  Decide(MergeTopics{"levy", "ban"});
  EXPECT_THAT(Positions(), ElementsAre("Kenji Mori ban for 2025-03-10",
                                       "Anna Ruis ban for 2025-06-10",
                                       "Anna Ruis ban against 2025-06-10",
                                       "Ana Ruiz ban against 2025-03-10"));
}

TEST_F(DecideTest, WhatAPersonTookBackIsNotRecordedAgain) {
  AliasActor alias{"Ana Ruiz", "Ms Ruiz", /*withdrawn=*/true};
  Decide(alias);
  const uint64_t decided = timeline_->log()->last_log_position();
  ASSERT_OK(timeline_->AddCodebook(ParseText<Codebook>(kCodebook)));
  EXPECT_EQ(timeline_->log()->last_log_position(), decided);
}

struct UndoCase {
  const char* test_name;
  Change change;
};

class UndoTest : public DecideTest,
                 public ::testing::WithParamInterface<UndoCase> {};

TEST_P(UndoTest, LeavesNoTraceInAnyAnswer) {
  const std::string before = Everything();
  const std::vector<uint64_t> decided = Decide(GetParam().change);
  const std::string after = Everything();
  EXPECT_NE(after, before);
  const std::vector<uint64_t> undone = Decide(Undo{decided});
  EXPECT_EQ(Everything(), before);
  EXPECT_EQ(Everything(decided.back()), after) << "as it was known then";
  Decide(Undo{undone});
  EXPECT_EQ(Everything(), after) << "undone twice is done";
}

TEST_P(UndoTest, IsRefusedTheSecondTime) {
  const std::vector<uint64_t> decided = Decide(GetParam().change);
  Decide(Undo{decided});
  const uint64_t last = timeline_->log()->last_log_position();
  EXPECT_THAT(timeline_->Decide(Undo{decided}, kAna),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("changed or undone since")));
  EXPECT_EQ(timeline_->log()->last_log_position(), last);
}

CorrectStatement Correction() {
  CorrectStatement change;
  change.statement_id = "m1";
  change.kind = EXTRACTION_WRONG;
  change.speaker = "Kenji Mori";
  change.stance = 0.0;
  return change;
}

HoldRole RoleOf(const char* role) {
  return {"Kenji Mori", ParseText<Role>(role), false};
}

INSTANTIATE_TEST_SUITE_P(
    All, UndoTest,
    ::testing::Values(
        UndoCase{"Correction", Correction()},
        UndoCase{"Retraction", RetractStatement{"m1", PUBLISHER_CORRECTED}},
        UndoCase{"Merge", MergeActors{"Anna Ruis", "Ana Ruiz"}},
        UndoCase{"Alias", AliasActor{"Kenji Mori", "Mr Mori"}},
        UndoCase{"AliasTakenBack", AliasActor{"Ana Ruiz", "Ms Ruiz", true}},
        UndoCase{"Role", RoleOf(R"pb(title: "minister" of: "Norland")pb")},
        UndoCase{"Membership", JoinBody{"Ana Ruiz", "Norland", "", "2025-05"}},
        UndoCase{"TopicMerge", MergeTopics{"levy", "ban"}}),
    [](const auto& info) { return info.param.test_name; });

struct BadCase {
  const char* test_name;
  Change change;
  absl::StatusCode code;
  const char* message;
};

class BadChangeTest : public DecideTest,
                      public ::testing::WithParamInterface<BadCase> {};

TEST_P(BadChangeTest, IsRefusedAndNothingIsRecorded) {
  Decide(RoleOf(R"pb(title: "minister" of: "Norland" from: "2025-01")pb"));
  Decide(MergeActors{"Anna Ruis", "Ana Ruiz"});
  const uint64_t last = timeline_->log()->last_log_position();
  EXPECT_THAT(timeline_->Decide(GetParam().change, kAna),
              StatusIs(GetParam().code, HasSubstr(GetParam().message)));
  EXPECT_EQ(timeline_->log()->last_log_position(), last);
}

CorrectStatement Bad(void (*spoil)(CorrectStatement& change)) {
  CorrectStatement change;
  change.statement_id = "m1";
  change.kind = EXTRACTION_WRONG;
  spoil(change);
  return change;
}

constexpr auto kNotFound = absl::StatusCode::kNotFound;
constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
constexpr auto kFailed = absl::StatusCode::kFailedPrecondition;

INSTANTIATE_TEST_SUITE_P(
    All, BadChangeTest,
    ::testing::Values(
        BadCase{"UnknownStatement",
                Bad([](CorrectStatement& c) { c.statement_id = "m9"; }),
                kNotFound, "no statement \"m9\""},
        BadCase{"NoKind", Bad([](CorrectStatement& c) {
                  c.kind = CORRECTION_KIND_UNSPECIFIED;
                }),
                kInvalid, "`kind`"},
        BadCase{"NothingChanges", Bad([](CorrectStatement& c) {
                  c.stance = -1.0;
                  c.topic = "ban";
                }),
                kFailed, "says so already"},
        BadCase{"StanceTooLarge",
                Bad([](CorrectStatement& c) { c.stance = 1.5; }), kInvalid,
                "`stance` is 1.5"},
        BadCase{"UnknownTopic",
                Bad([](CorrectStatement& c) { c.topic = "bann"; }), kNotFound,
                "no topic \"bann\"; is it \"ban\"?"},
        BadCase{"UnknownSpeaker",
                Bad([](CorrectStatement& c) { c.speaker = "Kenji Mory"; }),
                kNotFound, "is it \"Kenji Mori\"?"},
        BadCase{"NoDate", Bad([](CorrectStatement& c) { c.said_at = "soon"; }),
                kInvalid, "`said_at`"},
        BadCase{"RepeatsItself",
                Bad([](CorrectStatement& c) { c.duplicate_of = "m1"; }),
                kInvalid, "the statement itself"},
        BadCase{"SpanInsideACharacter", Bad([](CorrectStatement& c) {
                  c.content = {ParseText<Span>("begin: 0 end: 3")};
                }),
                kInvalid, "`content` is [0, 3)"},
        BadCase{"SpanBeyondTheText", Bad([](CorrectStatement& c) {
                  c.content = {ParseText<Span>("begin: 0 end: 99")};
                }),
                kInvalid, "`content` is [0, 99)"},
        BadCase{"MergeOfOne", MergeActors{"Kenji Mori", "person/mori"}, kFailed,
                "circle"},
        BadCase{"MergeInACircle", MergeActors{"Ana Ruiz", "Anna Ruis"}, kFailed,
                "circle"},
        BadCase{"MergeOfNobody", MergeActors{"Zed", "Ana Ruiz"}, kNotFound,
                "no actor \"Zed\""},
        BadCase{"SplitOfNoMerge", SplitActors{"Kenji Mori", "Ana Ruiz"},
                kNotFound, "was merged into"},
        BadCase{"OverlappingRole", RoleOf(R"pb(title: "Minister"
                                               of: "Norland"
                                               from: "2025-02")pb"),
                kInvalid, "overlaps what is recorded"},
        BadCase{"RoleThatEndsBeforeItBegins", RoleOf(R"pb(title: "x"
                                                          from: "2025-02"
                                                          to: "2025-01")pb"),
                kInvalid, "`to` is before `from`"},
        BadCase{"TheSameRole", RoleOf(R"pb(title: "minister"
                                           of: "Norland"
                                           from: "2025-01")pb"),
                kFailed, "recorded already"},
        BadCase{
            "RoleNeverHeld",
            HoldRole{"Ana Ruiz", ParseText<Role>(R"pb(title: "x")pb"), true},
            kNotFound, "has no role \"x\""},
        BadCase{"MemberOfItself", JoinBody{"Norland", "Norland", "", ""},
                kInvalid, "the actor itself"},
        BadCase{"AliasIsKnown", AliasActor{"Ana Ruiz", "ms ruiz"}, kFailed,
                "already"},
        BadCase{"TopicMergedIntoItself", MergeTopics{"ban", "The ban"}, kFailed,
                "circle"},
        BadCase{"UndoOfWhatIsNotThere", Undo{{1000}},
                absl::StatusCode::kOutOfRange, "there is no log position 1000"},
        BadCase{"UndoOfAnArticle", Undo{{12}}, kFailed, "cannot be undone"}),
    [](const auto& info) { return info.param.test_name; });

TEST_F(DecideTest, WhoAndWhyMustBeSaid) {
  const Change change = RetractStatement{"m1", EXTRACTION_WRONG};
  EXPECT_THAT(timeline_->Decide(change, {"", "because"}),
              StatusIs(kInvalid, HasSubstr("`by`")));
  EXPECT_THAT(timeline_->Decide(change, {"ana", " "}),
              StatusIs(kInvalid, HasSubstr("`reason`")));
}

TEST_F(DecideTest, EventsSayWhoDecidedAndWhy) {
  ASSERT_OK_AND_ASSIGN(
      const std::vector<RecordedEvent> events,
      timeline_->Decide(RetractStatement{"m1", PUBLISHER_CORRECTED},
                        {"ana", "a note of 3 May"}));
  ASSERT_EQ(events.size(), 1);
  EXPECT_EQ(events[0].stream(), "article/march");
  const StatementRetracted& body = events[0].event().statement_retracted();
  EXPECT_EQ(body.by(), "ana");
  EXPECT_EQ(body.reason(), "a note of 3 May");
  EXPECT_EQ(body.kind(), PUBLISHER_CORRECTED);
}

}  // namespace
}  // namespace onrecord
