#include "tests/engine/projections/random_history.h"

#include "engine/projections/day.h"

namespace onrecord {
namespace testing {
namespace {

constexpr DayNumber kFirstDay = 19000;  // 2022-01-08

}  // namespace

std::string RandomHistory::AnyStatement() {
  // Now and then one that is recorded later, or never.
  return "article/s" + std::to_string(Below(statements_ + 3));
}

std::string RandomHistory::AnyDay() {
  const DayNumber day = kFirstDay + Below(shape_.days);
  if (Chance(4)) return "";
  if (Chance(10)) return FormatDay(day).substr(0, 7);
  if (Chance(10)) return FormatDayRange({day, day + 3});
  return FormatDay(day);
}

Statement RandomHistory::MakeStatement(const std::string& id) {
  Statement statement;
  statement.set_id(id);
  statement.set_article_id("article");
  Mention* const speaker = statement.mutable_speaker();
  if (Chance(10)) {
    speaker->set_unnamed(true);
    if (Chance(70)) speaker->set_member_of(AnyActor());
  } else {
    speaker->set_actor_id(AnyActor());
  }
  if (Chance(95)) statement.set_topic_id(AnyTopic());
  constexpr double kStances[] = {-1, -1, -0.5, 0, 0.5, 1, 1};
  if (Chance(90)) statement.set_stance(kStances[Below(7)]);
  statement.set_conditional(Chance(25));
  statement.set_said_at(AnyDay());
  if (Chance(20)) statement.set_duplicate_of(AnyStatement());
  if (Chance(20)) statement.set_parent_id(AnyStatement());
  return statement;
}

NewEvent RandomHistory::Correction() {
  NewEvent event;
  const std::string id = AnyStatement();
  if (Chance(50)) {
    StatementCorrected* const correction = event.mutable_statement_corrected();
    correction->set_statement_id(id);
    *correction->mutable_corrected() = MakeStatement(id);
    correction->set_by(Somebody());
  } else {
    StatementRetracted* const retraction = event.mutable_statement_retracted();
    retraction->set_statement_id(id);
    retraction->set_kind(static_cast<CorrectionKind>(1 + Below(3)));
    retraction->set_by(Somebody());
  }
  return event;
}

NewEvent RandomHistory::Directory() {
  NewEvent event;
  switch (Below(7)) {
    case 0:
      event.mutable_actors_merged()->set_merged_id(AnyActor());
      event.mutable_actors_merged()->set_into_id(AnyActor());
      break;
    case 1:
      event.mutable_actors_split()->set_merged_id(AnyActor());
      event.mutable_actors_split()->set_from_id(AnyActor());
      break;
    case 2:
      event.mutable_topics_merged()->set_merged_id(AnyTopic());
      event.mutable_topics_merged()->set_into_id(AnyTopic());
      event.mutable_topics_merged()->set_undone(Chance(60));
      break;
    case 3:
    case 4: {
      MembershipHeld* const held = event.mutable_membership_held();
      held->set_actor_id(AnyActor());
      held->set_member_of(AnyActor());
      if (Chance(20)) held->set_from(AnyDay());
      if (Chance(30)) held->set_to(AnyDay());
      held->set_by(Somebody());
      held->set_withdrawn(Chance(30));
      break;
    }
    default: {
      RoleHeld* const held = event.mutable_role_held();
      held->set_actor_id(AnyActor());
      held->mutable_role()->set_title("minister");
      if (Chance(90)) held->mutable_role()->set_of(AnyActor());
      if (Chance(40)) held->mutable_role()->set_from(AnyDay());
      if (Chance(40)) held->mutable_role()->set_to(AnyDay());
      held->set_by(Somebody());
      held->set_withdrawn(Chance(30));
      break;
    }
  }
  return event;
}

NewEvent RandomHistory::Next() {
  const int kind = Below(100);
  if (kind < shape_.directory) return Directory();
  if (kind < shape_.directory + shape_.corrections) return Correction();
  NewEvent event;
  const std::string id =
      Chance(3) ? AnyStatement() : "article/s" + std::to_string(statements_++);
  *event.mutable_statement_recorded()->mutable_statement() = MakeStatement(id);
  return event;
}

}  // namespace testing
}  // namespace onrecord
