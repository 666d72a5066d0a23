#include "engine/report/event_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace onrecord {
namespace {

absl::string_view KindText(CorrectionKind kind) {
  switch (kind) {
    case PUBLISHER_CORRECTED:
      return "the publisher corrected";
    case EXTRACTION_WRONG:
      return "the extraction was wrong";
    case IDENTITY_WRONG:
      return "the identity was wrong";
    default:
      return "of unknown kind";
  }
}

std::string PeriodText(const std::string& from, const std::string& to) {
  return absl::StrCat(from.empty() ? "" : " from ", from,
                      to.empty() ? "" : " to ", to);
}

std::string StatementText(const Statement& statement) {
  const std::string& speaker = statement.speaker().actor_id();
  std::string text = absl::StrCat(
      speaker.empty() ? "unknown" : speaker, " on ",
      statement.topic_id().empty() ? "no topic" : statement.topic_id());
  if (!statement.has_stance()) {
    absl::StrAppend(&text, ", no stance");
  } else {
    absl::StrAppend(&text, ", stance ", statement.stance());
  }
  if (statement.conditional()) absl::StrAppend(&text, ", conditional");
  if (!statement.said_at().empty()) {
    absl::StrAppend(&text, ", said ", statement.said_at());
  }
  if (!statement.duplicate_of().empty()) {
    absl::StrAppend(&text, ", repeats ", statement.duplicate_of());
  }
  return text;
}

std::string Text(const StatementRecorded& body) {
  return absl::StrCat("statement ", body.statement().id(),
                      " is new: ", StatementText(body.statement()));
}
std::string Text(const StatementCorrected& body) {
  return absl::StrCat("statement ", body.statement_id(), " is ",
                      StatementText(body.corrected()), "; ",
                      KindText(body.kind()));
}
std::string Text(const StatementRetracted& body) {
  return absl::StrCat("statement ", body.statement_id(), " is retracted; ",
                      KindText(body.kind()));
}
std::string Text(const ActorIntroduced& body) {
  return absl::StrCat(body.actor_id(), " is \"", body.name(), "\"");
}
std::string Text(const ActorAliased& body) {
  return absl::StrCat(body.actor_id(),
                      body.withdrawn() ? " is not called \"" : " is called \"",
                      body.alias(), "\"");
}
std::string Text(const RoleHeld& body) {
  const Role& role = body.role();
  return absl::StrCat(body.actor_id(),
                      body.withdrawn() ? " did not hold \"" : " held \"",
                      role.title(), "\"", role.of().empty() ? "" : " of ",
                      role.of(), PeriodText(role.from(), role.to()));
}
std::string Text(const MembershipHeld& body) {
  return absl::StrCat(body.actor_id(),
                      body.withdrawn() ? " did not belong to " : " belongs to ",
                      body.member_of(), PeriodText(body.from(), body.to()));
}
std::string Text(const ActorsMerged& body) {
  return absl::StrCat(body.merged_id(), " is ", body.into_id());
}
std::string Text(const ActorsSplit& body) {
  return absl::StrCat(body.merged_id(), " is not ", body.from_id());
}
std::string Text(const TopicsMerged& body) {
  return absl::StrCat("topic ", body.merged_id(),
                      body.undone() ? " is not " : " is ", body.into_id());
}

template <typename Body>
std::string Signed(const Body& body) {
  if (body.by().empty()) return Text(body);
  return absl::StrCat(Text(body), " (", body.by(), ": ", body.reason(), ")");
}

}  // namespace

std::string EventText(const NewEvent& event) {
  switch (event.body_case()) {
    case NewEvent::kStatementRecorded:
      return Text(event.statement_recorded());
    case NewEvent::kStatementCorrected:
      return Signed(event.statement_corrected());
    case NewEvent::kStatementRetracted:
      return Signed(event.statement_retracted());
    case NewEvent::kActorIntroduced:
      return Text(event.actor_introduced());
    case NewEvent::kActorAliased:
      return Signed(event.actor_aliased());
    case NewEvent::kRoleHeld:
      return Signed(event.role_held());
    case NewEvent::kMembershipHeld:
      return Signed(event.membership_held());
    case NewEvent::kActorsMerged:
      return Signed(event.actors_merged());
    case NewEvent::kActorsSplit:
      return Signed(event.actors_split());
    case NewEvent::kTopicsMerged:
      return Signed(event.topics_merged());
    default:
      return "";
  }
}

}  // namespace onrecord
