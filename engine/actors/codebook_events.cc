#include "engine/actors/codebook_events.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <utility>

#include "engine/actors/streams.h"

namespace onrecord {
namespace {

constexpr char kReason[] = "codebook";

class CodebookEvents {
 public:
  explicit CodebookEvents(Directory& directory) : directory_(directory) {}

  void AddTopic(const Topic& topic, const TopicsById& known) {
    const auto last = known.find(topic.id());
    if (last != known.end()) {
      const TopicFact& fact = last->second;
      if (!fact.found() && google::protobuf::util::MessageDifferencer::Equals(
                               topic, fact.topic())) {
        return;
      }
    }
    NewEvent event;
    *event.mutable_topic_defined()->mutable_topic() = topic;
    events_.push_back(std::move(event));
    Close(TopicStream(topic.id()));
  }

  void AddActor(const Actor& actor) {
    if (directory_.Find(actor.id()) == nullptr) {
      NewEvent event;
      ActorIntroduced* body = event.mutable_actor_introduced();
      body->set_actor_id(actor.id());
      body->set_name(actor.name());
      body->set_kind(KindOf(actor));
      Record(std::move(event));
    }
    for (const std::string& alias : actor.aliases()) AddAlias(actor, alias);
    for (const Role& role : actor.roles()) AddRole(actor, role);
    for (const std::string& body : actor.member_of()) AddMember(actor, body);
    Close(ActorStream(actor.id()));
  }

  std::vector<StreamAppend> Take() && { return std::move(appends_); }

 private:
  void AddAlias(const Actor& actor, const std::string& alias) {
    if (directory_.IsCalled(*directory_.Find(actor.id()), alias)) return;
    NewEvent event;
    ActorAliased* body = event.mutable_actor_aliased();
    body->set_actor_id(actor.id());
    body->set_alias(alias);
    body->set_confidence(1);
    body->set_reason(kReason);
    Record(std::move(event));
  }

  void AddRole(const Actor& actor, const Role& role) {
    const Actor& known = *directory_.Find(actor.id());
    const bool is_known = std::any_of(
        known.roles().begin(), known.roles().end(), [&role](const Role& held) {
          return google::protobuf::util::MessageDifferencer::Equals(held, role);
        });
    if (is_known) return;
    NewEvent event;
    RoleHeld* body = event.mutable_role_held();
    body->set_actor_id(actor.id());
    *body->mutable_role() = role;
    body->set_reason(kReason);
    Record(std::move(event));
  }

  void AddMember(const Actor& actor, const std::string& member_of) {
    const Actor& known = *directory_.Find(actor.id());
    if (std::find(known.member_of().begin(), known.member_of().end(),
                  member_of) != known.member_of().end()) {
      return;
    }
    NewEvent event;
    MembershipHeld* body = event.mutable_membership_held();
    body->set_actor_id(actor.id());
    body->set_member_of(member_of);
    body->set_reason(kReason);
    Record(std::move(event));
  }

  void Record(NewEvent event) {
    if (directory_.Apply(event)) events_.push_back(std::move(event));
  }

  // Puts the events recorded since the last call into `stream`.
  void Close(std::string stream) {
    if (events_.empty()) return;
    appends_.push_back(
        {std::move(stream), ExpectedRevision::Any(), std::move(events_)});
    events_.clear();
  }

  Directory& directory_;
  std::vector<NewEvent> events_;
  std::vector<StreamAppend> appends_;
};

}  // namespace

std::vector<StreamAppend> EventsOfCodebook(const Codebook& codebook,
                                           const TopicsById& known_topics,
                                           Directory& directory) {
  CodebookEvents events(directory);
  for (const Topic& topic : codebook.topics()) {
    events.AddTopic(topic, known_topics);
  }
  for (const Actor& actor : codebook.actors()) events.AddActor(actor);
  return std::move(events).Take();
}

}  // namespace onrecord
