// Decisions at random, taken back one after the other: each leaves the answers
// as if it had never been made.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/analyst/change.h"
#include "engine/timeline.h"
#include "tests/engine/analyst/all_answers.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::AllAnswers;

constexpr int kActors = 5;
constexpr int kTopics = 3;
constexpr int kStatements = 24;
const Decision kAna = {"ana", "because"};

std::string ActorId(int i) { return absl::StrCat("person/a", i); }
std::string TopicId(int i) { return absl::StrCat("topic-", i); }
std::string StatementId(int i) { return absl::StrCat("s", i); }

class UndoModelTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  // ONRECORD_SEED=n runs that one in place of the given.
  UndoModelTest()
      : seed_(std::getenv("ONRECORD_SEED") == nullptr
                  ? GetParam()
                  : std::atoi(std::getenv("ONRECORD_SEED"))),
        random_(seed_) {}

  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(timeline_, Timeline::OpenInMemory({}));
    Codebook codebook;
    for (int i = 0; i < kActors; ++i) {
      Actor* const actor = codebook.add_actors();
      actor->set_id(ActorId(i));
      actor->set_name(absl::StrCat("Name", i));
      actor->add_aliases(absl::StrCat("Alias", i));
    }
    for (int i = 0; i < kTopics; ++i) {
      codebook.add_topics()->set_id(TopicId(i));
    }
    ASSERT_OK(timeline_->AddCodebook(codebook));
    Article article;
    article.set_id("article");
    article.set_text("Words.");
    std::vector<StatementRow> rows;
    for (int i = 0; i < kStatements; ++i) rows.push_back(AnyStatement(i));
    ASSERT_OK(timeline_->IngestCoded({article}, rows));
  }

  int Below(int n) { return static_cast<int>(random_() % n); }
  std::string AnyActor() { return ActorId(Below(kActors)); }
  std::string AnyTopic() { return TopicId(Below(kTopics)); }
  std::string AnyDay() { return absl::StrCat("2025-0", 1 + Below(6), "-10"); }
  CorrectionKind AnyKind() {
    return static_cast<CorrectionKind>(PUBLISHER_CORRECTED + Below(3));
  }

  StatementRow AnyStatement(int i) {
    StatementRow row;
    row.set_doc_id("article");
    row.set_statement_id(StatementId(i));
    row.mutable_speaker()->set_actor_id(AnyActor());
    row.set_topic(AnyTopic());
    row.set_stance(Below(3) - 1);
    row.set_said_at(AnyDay());
    row.set_conditional(Below(4) == 0);
    if (i > 0 && Below(4) == 0) row.set_duplicate_of(StatementId(Below(i)));
    return row;
  }

  Change AnyCorrection() {
    CorrectStatement change;
    change.statement_id = StatementId(Below(kStatements));
    change.kind = AnyKind();
    if (Below(2) == 0) change.speaker = AnyActor();
    if (Below(2) == 0) change.topic = AnyTopic();
    if (Below(2) == 0) change.stance = Below(3) - 1.0;
    if (Below(2) == 0) change.said_at = AnyDay();
    return change;
  }

  Change AnyRole() {
    HoldRole change;
    change.actor = AnyActor();
    change.role.set_title("minister");
    change.role.set_of(AnyActor());
    if (Below(2) == 0) change.role.set_from("2025-01-01");
    if (Below(2) == 0) change.role.set_to(AnyDay());
    change.withdrawn = Below(4) == 0;
    return change;
  }

  Change AnyChange() {
    switch (Below(9)) {
      case 0:
        return RetractStatement{StatementId(Below(kStatements)), AnyKind()};
      case 1:
        return MergeActors{AnyActor(), AnyActor()};
      case 2:
        return SplitActors{AnyActor(), AnyActor()};
      case 3:
        return AliasActor{AnyActor(), absl::StrCat("Alias", Below(8)),
                          Below(3) == 0};
      case 4:
        return JoinBody{AnyActor(), AnyActor(), "", AnyDay(), Below(4) == 0};
      case 5:
        return MergeTopics{AnyTopic(), AnyTopic()};
      case 6:
        return AnyRole();
      default:
        return AnyCorrection();
    }
  }

  std::string Answers(uint64_t known_at = kLatest) {
    return AllAnswers(*timeline_, known_at);
  }

  const uint32_t seed_;
  std::mt19937 random_;
  std::unique_ptr<Timeline> timeline_;
};

TEST_P(UndoModelTest, WhatIsUndoneLeavesNoTrace) {
  SCOPED_TRACE(absl::StrCat("ONRECORD_SEED=", seed_));
  struct Decided {
    std::string before;
    std::vector<uint64_t> log_positions;
    std::string after;
  };
  std::vector<Decided> decisions;
  for (int i = 0; i < 60; ++i) {
    const std::string before = Answers();
    const auto events = timeline_->Decide(AnyChange(), kAna);
    if (!events.ok()) {
      ASSERT_EQ(Answers(), before) << events.status();
      continue;
    }
    Decided& decided = decisions.emplace_back();
    decided.before = before;
    for (const RecordedEvent& event : *events) {
      decided.log_positions.push_back(event.log_position());
    }
    decided.after = Answers();
  }
  ASSERT_GT(decisions.size(), 10u);
  std::vector<Decided> as_then = decisions;
  for (; !decisions.empty(); decisions.pop_back()) {
    const Decided& last = decisions.back();
    ASSERT_OK(timeline_->Decide(Undo{last.log_positions}, kAna));
    ASSERT_EQ(Answers(), last.before)
        << "undone: log position " << last.log_positions[0];
  }
  for (const Decided& decided : as_then) {
    ASSERT_EQ(Answers(decided.log_positions.back()), decided.after);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, UndoModelTest, ::testing::Range(1u, 5u));

}  // namespace
}  // namespace onrecord
