// Positions computed afresh from the raw list of events: what the projection is
// compared with. Slow, and as plain as can be.

#ifndef ONRECORD_TESTS_ENGINE_PROJECTIONS_NAIVE_POSITIONS_H_
#define ONRECORD_TESTS_ENGINE_PROJECTIONS_NAIVE_POSITIONS_H_

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/projections/day.h"
#include "proto/event.pb.h"

namespace onrecord {
namespace testing {

class NaivePositions {
 public:
  // What is known at `known_at`.
  NaivePositions(const std::vector<RecordedEvent>& log, uint64_t known_at) {
    for (uint64_t i = 0; i < known_at && i < log.size(); ++i) Take(log[i]);
  }

  // The actor, and the topic, that an id reads as.
  std::string Actor(const std::string& id) const { return Follow(actors_, id); }
  std::string Topic(const std::string& id) const { return Follow(topics_, id); }

  // The timeline of an actor on a topic up to `day`, a line for each position.
  std::vector<std::string> Timeline(const std::string& actor,
                                    const std::string& topic, bool rollup,
                                    DayNumber day) const {
    std::vector<std::tuple<DayNumber, uint64_t, bool, std::string>> order;
    for (const auto& [id, s] : statements_) {
      const std::string root = Standing(id);
      if (root.empty()) continue;
      const Version& v = statements_.at(root);
      const Mention& who = v.statement.speaker();
      const bool unnamed = who.actor_id().empty();
      const std::string speaker =
          Follow(actors_, unnamed ? who.member_of() : who.actor_id());
      const DayNumber said = ParseDayRange(v.statement.said_at()).first;
      const std::set<std::string>& bodies = BodiesOf(speaker, said);
      const bool own = speaker == actor && (rollup || !unnamed);
      if (!v.statement.has_stance() || speaker.empty() || said > day ||
          v.statement.topic_id().empty() ||
          Follow(topics_, v.statement.topic_id()) != topic ||
          !(own || (rollup && bodies.count(actor)))) {
        continue;
      }
      order.emplace_back(said, v.first, root != id, id);
    }
    std::sort(order.begin(), order.end());
    return Fold(order);
  }

 private:
  struct Version {
    Statement statement;
    uint64_t first = 0;
    bool retracted = false, misread = false, by_person = false;
  };
  using Order = std::vector<std::tuple<DayNumber, uint64_t, bool, std::string>>;
  using Merges = std::map<std::string, std::string>;

  static std::string Follow(const Merges& merges, std::string id) {
    while (merges.count(id)) id = merges.at(id);
    return id;
  }
  static void Merge(Merges& merges, const std::string& a,
                    const std::string& b) {
    std::string at = b;
    while (at != a && merges.count(at)) at = merges.at(at);
    if (at != a) merges[a] = b;
  }

  void Take(const RecordedEvent& event) {
    const NewEvent& e = event.event();
    if (e.has_statement_recorded()) {
      const Statement& s = e.statement_recorded().statement();
      Version& v = statements_[s.id()];
      if (v.by_person) return;
      if (v.first == 0) v.first = event.log_position();
      v.statement = s;
      v.retracted = false;
    } else if (e.has_statement_corrected()) {
      const auto it = statements_.find(e.statement_corrected().statement_id());
      const bool person = !e.statement_corrected().by().empty();
      if (it == statements_.end() || (it->second.by_person && !person)) return;
      it->second.statement = e.statement_corrected().corrected();
      it->second.retracted = false;
      it->second.by_person |= person;
    } else if (e.has_statement_retracted()) {
      const auto it = statements_.find(e.statement_retracted().statement_id());
      const bool person = !e.statement_retracted().by().empty();
      if (it == statements_.end() || (it->second.by_person && !person)) return;
      it->second.retracted = true;
      it->second.misread = e.statement_retracted().kind() == EXTRACTION_WRONG;
      it->second.by_person |= person;
    } else if (e.has_actors_merged()) {
      Merge(actors_, e.actors_merged().merged_id(),
            e.actors_merged().into_id());
    } else if (e.has_actors_split()) {
      const ActorsSplit& split = e.actors_split();
      const auto it = actors_.find(split.merged_id());
      if (it != actors_.end() && it->second == split.from_id()) {
        actors_.erase(it);
      }
    } else if (e.has_topics_merged()) {
      const TopicsMerged& m = e.topics_merged();
      if (!m.undone()) return Merge(topics_, m.merged_id(), m.into_id());
      const auto it = topics_.find(m.merged_id());
      if (it != topics_.end() && it->second == m.into_id()) topics_.erase(it);
    } else if (e.has_role_held()) {
      const RoleHeld& r = e.role_held();
      Hold(r.actor_id(), "role " + r.role().title(), r.role().of(),
           r.role().from(), r.role().to(), !r.by().empty(), r.withdrawn());
    } else if (e.has_membership_held()) {
      const MembershipHeld& m = e.membership_held();
      Hold(m.actor_id(), "member", m.member_of(), m.from(), m.to(),
           !m.by().empty(), m.withdrawn());
    }
  }

  void Hold(const std::string& actor, const std::string& what,
            const std::string& of, const std::string& from,
            const std::string& to, bool person, bool withdrawn) {
    const auto key = std::make_tuple(actor, what, of, from);
    const auto it = held_.find(key);
    if (it != held_.end() && it->second.second && !person) return;
    if (!person && taken_back_.count(key)) return;
    if (withdrawn) {
      if (held_.erase(key) > 0 && person) taken_back_.insert(key);
    } else if (it == held_.end() || it->second.first != to) {
      held_[key] = {to, person};
      taken_back_.erase(key);
    }
  }

  // The statement that `id` counts as: itself, or the one it repeats; empty if
  // it does not count.
  std::string Standing(const std::string& id) const {
    if (statements_.at(id).retracted) return "";
    std::string at = id;
    for (int i = 0; i < 16; ++i) {
      const std::string next = statements_.at(at).statement.duplicate_of();
      const auto it = statements_.find(next);
      if (next.empty() || it == statements_.end()) return at;
      if (it->second.retracted) return it->second.misread ? at : "";
      at = next;
    }
    return id;  // a circle
  }

  const std::set<std::string>& BodiesOf(const std::string& actor,
                                        DayNumber day) const {
    const auto [it, added] = bodies_.try_emplace({actor, day});
    std::set<std::string>& all = it->second;
    if (!added) return all;
    all = {actor};
    for (size_t before = 0; before != all.size();) {
      before = all.size();
      for (const auto& [key, to] : held_) {
        const auto& [holder, what, of, from] = key;
        if (!of.empty() && all.count(Follow(actors_, holder)) &&
            HeldOn(from, to.first, day)) {
          all.insert(Follow(actors_, of));
        }
      }
    }
    all.erase(actor);
    return all;
  }

  std::vector<std::string> Fold(const Order& order) const;

  mutable std::map<std::pair<std::string, DayNumber>, std::set<std::string>>
      bodies_;
  std::map<std::string, Version> statements_;
  Merges actors_, topics_;
  using Held = std::tuple<std::string, std::string, std::string, std::string>;
  std::map<Held, std::pair<std::string, bool>> held_;
  std::set<Held> taken_back_;  // by a person
};

// A line of a timeline: what it says, and the statements that show it.
inline std::string Line(DayNumber from, double stance, bool conditional,
                        bool softened, double concession) {
  return absl::StrCat(FormatDay(from), " ", stance, conditional ? " if" : "",
                      softened ? absl::StrCat(" but ", concession) : "", ":");
}

inline std::vector<std::string> NaivePositions::Fold(const Order& order) const {
  std::vector<std::string> lines;
  const auto sign = [](double x) { return (x > .05) - (x < -.05); };
  bool held = false, firm = false, soft = false, counted = false;
  double stance = 0, concession = 0;
  DayNumber from = 0, since = 0;
  std::string root;  // the last statement that was no repetition
  for (const auto& [day, position, repeats, id] : order) {
    const Statement& s = statements_.at(Standing(id)).statement;
    if (repeats) {
      if (counted && Standing(id) == root) lines.back() += " +" + id;
      continue;
    }
    root = id;
    counted = true;
    const bool other = held && sign(s.stance()) != sign(stance);
    if (!held || (other && (!s.conditional() || !firm)) ||
        (!other && !s.conditional() && !firm)) {
      stance = s.stance(), from = since = day, soft = false, held = true;
      firm = !s.conditional();
    } else if (other && day > since &&
               !(soft && sign(s.stance()) == sign(concession))) {
      soft = true, concession = s.stance(), from = day;
    } else if (!other && !s.conditional() && soft && day > from) {
      soft = false, from = day;
    } else {
      counted = !other || day > since;
      if (counted) lines.back() += " " + id;
      continue;
    }
    lines.push_back(Line(from, stance, !firm, soft, concession) + " " + id);
  }
  return lines;
}

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_PROJECTIONS_NAIVE_POSITIONS_H_
