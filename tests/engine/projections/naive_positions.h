// Positions computed afresh from the raw list of events: what the projection is
// compared with. Slow, plain, and less than 150 lines of code.

#ifndef ONRECORD_TESTS_ENGINE_PROJECTIONS_NAIVE_POSITIONS_H_
#define ONRECORD_TESTS_ENGINE_PROJECTIONS_NAIVE_POSITIONS_H_

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

// A line of a timeline: what it says, before the statements that show it.
inline std::string Line(DayNumber from, double stance, bool conditional,
                        bool softened, double concession) {
  return absl::StrCat(FormatDay(from), " ", stance, conditional ? " if" : "",
                      softened ? absl::StrCat(" but ", concession) : "", ":");
}

class NaivePositions {
 public:
  // What is known at `known_at`.
  NaivePositions(const std::vector<RecordedEvent>& log, uint64_t known_at) {
    for (uint64_t i = 0; i < known_at && i < log.size(); ++i) Take(log[i]);
  }

  // The actor or topic that an id reads as.
  std::string Is(std::string id) const {
    while (merged_.count(id)) id = merged_.at(id);
    return id;
  }

  // The timeline of an actor on a topic up to `day`, a line for each position.
  std::vector<std::string> Timeline(const std::string& actor,
                                    const std::string& topic, bool rollup,
                                    DayNumber day) const {
    std::set<std::tuple<DayNumber, uint64_t, bool, std::string>> in_order;
    for (const auto& [id, unused] : statements_) {
      const std::string root = Standing(id);
      if (root.empty()) continue;
      const auto& [s, first, by_person, gone, misread] = statements_.at(root);
      const DayNumber said = ParseDayRange(s.said_at()).first;
      if (s.has_stance() && said <= day && !s.topic_id().empty() &&
          Is(s.topic_id()) == topic &&
          Speaks(s.speaker(), said, actor, rollup)) {
        in_order.emplace(said, first, root != id, id);
      }
    }
    std::vector<std::string> lines;
    const auto sign = [](double x) { return (x > .05) - (x < -.05); };
    bool held = false, firm = false, soft = false, counted = false;
    double stance = 0, concession = 0;
    DayNumber from = 0, since = 0;
    std::string root;  // the last statement that was no repetition
    for (const auto& [said, first, repeats, id] : in_order) {
      if (repeats) {
        if (counted && Standing(id) == root) lines.back() += " +" + id;
        continue;
      }
      const Statement& s = statements_.at(id).now;
      root = id;
      counted = true;
      const bool sure = !s.conditional();
      const bool other = held && sign(s.stance()) != sign(stance);
      if (!held || (other ? sure || !firm : sure && !firm)) {
        stance = s.stance(), from = since = said, soft = false, held = true;
        firm = sure;
      } else if (other && said > since &&
                 !(soft && sign(s.stance()) == sign(concession))) {
        soft = true, concession = s.stance(), from = said;
      } else if (!other && sure && soft && said > from) {
        soft = false, from = said;
      } else {
        counted = !other || said > since;
        if (counted) lines.back() += " " + id;
        continue;
      }
      lines.push_back(Line(from, stance, !firm, soft, concession) + " " + id);
    }
    return lines;
  }

 private:
  struct Version {
    Statement now;
    uint64_t first = 0;
    bool by_person = false, gone = false, misread = false;
  };
  struct Holding {
    std::string to;
    bool by_person = false, gone = true;
  };
  using What = std::tuple<std::string, std::string, std::string, std::string>;

  void Take(const RecordedEvent& event) {
    const NewEvent& e = event.event();
    if (e.has_statement_recorded()) {
      const Statement& s = e.statement_recorded().statement();
      statements_.try_emplace(s.id(), Version{s, event.log_position()});
      Say(s.id(), &s, "");
    } else if (e.has_statement_corrected()) {
      const StatementCorrected& c = e.statement_corrected();
      Say(c.statement_id(), &c.corrected(), c.by());
    } else if (e.has_statement_retracted()) {
      const StatementRetracted& r = e.statement_retracted();
      Say(r.statement_id(), nullptr, r.by(), r.kind() == EXTRACTION_WRONG);
    } else if (e.has_actors_merged()) {
      Merge(e.actors_merged().merged_id(), e.actors_merged().into_id(), false);
    } else if (e.has_actors_split()) {
      Merge(e.actors_split().merged_id(), e.actors_split().from_id(), true);
    } else if (e.has_topics_merged()) {
      const TopicsMerged& m = e.topics_merged();
      Merge(m.merged_id(), m.into_id(), m.undone());
    } else if (e.has_role_held()) {
      const RoleHeld& r = e.role_held();
      Hold({r.actor_id(), r.role().title(), r.role().of(), r.role().from()},
           {r.role().to(), !r.by().empty(), r.withdrawn()});
    } else if (e.has_membership_held()) {
      const MembershipHeld& m = e.membership_held();
      Hold({m.actor_id(), "", m.member_of(), m.from()},
           {m.to(), !m.by().empty(), m.withdrawn()});
    }
  }

  // `now` is null if the statement is retracted.
  void Say(const std::string& id, const Statement* now, const std::string& by,
           bool misread = false) {
    const auto it = statements_.find(id);
    if (it == statements_.end() || (it->second.by_person && by.empty())) return;
    Version& v = it->second;
    if (now != nullptr) v.now = *now;
    v.gone = now == nullptr, v.misread = misread, v.by_person |= !by.empty();
  }
  void Merge(const std::string& a, const std::string& b, bool undone) {
    if (undone && merged_.count(a) && merged_.at(a) == b) merged_.erase(a);
    std::string at = b;
    while (at != a && merged_.count(at)) at = merged_.at(at);
    if (!undone && at != a) merged_[a] = b;
  }
  void Hold(const What& what, const Holding& said) {
    Holding& h = held_[what];
    if (h.by_person && !said.by_person) return;
    if (said.gone ? !h.gone : h.gone || h.to != said.to) h = said;
  }

  // The statement that `id` counts as: itself, or the one it repeats; empty if
  // it does not count.
  std::string Standing(const std::string& id) const {
    if (statements_.at(id).gone) return "";
    std::string at = id;
    for (int i = 0; i < 16; ++i) {
      const auto it = statements_.find(statements_.at(at).now.duplicate_of());
      if (it == statements_.end()) return at;
      if (it->second.gone) return it->second.misread ? at : "";
      at = it->first;
    }
    return id;  // a circle
  }

  // Whether what `speaker` says on `day` counts for `actor`: itself, or rolled
  // up, whatever it belonged to then.
  bool Speaks(const Mention& speaker, DayNumber day, const std::string& actor,
              bool rollup) const {
    const bool unnamed = speaker.actor_id().empty();
    const std::string id = unnamed ? speaker.member_of() : speaker.actor_id();
    std::set<std::string> all = {Is(id)};
    if (id.empty() || !rollup) return !unnamed && all.count(actor) > 0;
    for (size_t before = 0; before != all.size();) {
      before = all.size();
      for (const auto& [what, held] : held_) {
        const auto& [holder, title, of, from] = what;
        if (!held.gone && !of.empty() && all.count(Is(holder)) &&
            HeldOn(from, held.to, day)) {
          all.insert(Is(of));
        }
      }
    }
    return all.count(actor) > 0;
  }

  std::map<std::string, Version> statements_;
  std::map<std::string, std::string> merged_;
  std::map<What, Holding> held_;
};

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_PROJECTIONS_NAIVE_POSITIONS_H_
