// Hand-coded stories: positions and shifts as annotated.

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/projections/positions.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/replayer.h"
#include "engine/projections/shifts.h"
#include "engine/projections/standing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/projection_store.h"
#include "tests/testing/arc.h"
#include "tests/testing/scratch_log.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {
namespace {

using Who = std::pair<std::string, std::string>;  // actor, topic

class ArcsTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    arc_ = ReadArc(GetParam());
    for (const NewEvent& event : arc_.events) log_.Add(event);
    store_ = *OpenInMemoryProjectionStore();
    std::vector<std::unique_ptr<Projection>> projections;
    projections.push_back(std::make_unique<PositionsProjection>());
    replayer_ = *Replayer::Create(log_.get(), store_.get(),
                                  std::move(projections), ReplayOptions());
    ASSERT_OK(replayer_->CatchUp());
  }

  std::vector<Shift> Shifts(bool rollup, uint64_t known_at = kLatest) {
    PositionQuery query;
    query.rollup = rollup;
    query.known_at = known_at;
    std::vector<Shift> shifts;
    EXPECT_OK(
        ForEachShift(Positions(store_.get()), query, [&](const Shift& shift) {
          shifts.push_back(shift);
          return absl::OkStatus();
        }));
    return shifts;
  }

  // The shift of the annotated row's actor and topic on its day, if it shows
  // the evidence of the row.
  const Shift* Find(const std::vector<Shift>& shifts, const JsonRow& row) {
    for (const Shift& shift : shifts) {
      const auto shows = [&](const std::string& id) {
        return std::any_of(
            shift.after.evidence.begin(), shift.after.evidence.end(),
            [&](const Evidence& e) { return e.statement_id == id; });
      };
      const std::vector<std::string> ids = Texts(row, "evidence_after");
      if (shift.after.actor_id == arc_.ActorId(Text(row, "actor")) &&
          shift.after.topic_id == Text(row, "topic") &&
          FormatDayRange(shift.day) == Text(row, "day") &&
          std::all_of(ids.begin(), ids.end(), shows)) {
        return &shift;
      }
    }
    return nullptr;
  }

  // Whether the annotated change of a body is one of sign, from words whose
  // speaker the annotation ties to the body. That a condition is dropped is no
  // shift, and an unnamed speaker's body is not annotated.
  bool CanBeRolledUp(const JsonRow& row) {
    const std::vector<std::string> before = Texts(row, "evidence_before");
    for (const JsonRow& statement : arc_.statements) {
      if (absl::c_linear_search(before, Text(statement, "id")) &&
          absl::StartsWith(Text(statement, "speaker"), "unnamed")) {
        return false;
      }
    }
    return SignOf(Number(Part(row, "from"), "stance")) !=
           SignOf(Number(Part(row, "to"), "stance"));
  }

  Arc arc_;
  ScratchLog log_;
  std::unique_ptr<ProjectionStore> store_;
  std::unique_ptr<Replayer> replayer_;
};

// Where an actor stood on a day, by the rules that annotators were given:
// statements without a stance, repeated or corrected ones left aside.
std::map<Who, std::vector<std::pair<DayNumber, int>>> AnnotatedSteps(
    const Arc& arc, std::set<Who>* corrected) {
  std::vector<std::pair<DayNumber, const JsonRow*>> rows;
  for (const JsonRow& row : arc.statements) {
    const Who who(Text(row, "speaker"), Text(row, "topic"));
    if (row.fields().count("corrected_by") &&
        row.fields().at("corrected_by").has_struct_value()) {
      corrected->insert(who);
    }
    if (who.first.empty() || absl::StartsWith(who.first, "unnamed") ||
        who.second.empty() || !HasNumber(row, "stance") ||
        Flag(row, "optional") || !Text(row, "duplicate_of").empty()) {
      continue;
    }
    rows.emplace_back(ParseDayRange(Text(row, "said_at")).first, &row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.first < b.first;
  });
  std::map<Who, std::vector<std::pair<DayNumber, int>>> steps;
  std::set<Who> firm;
  for (const auto& [day, row] : rows) {
    const Who who(Text(*row, "speaker"), Text(*row, "topic"));
    if (corrected->count(who)) continue;
    const bool conditional = Flag(*row, "conditional");
    if (conditional && firm.count(who)) continue;
    if (!conditional) firm.insert(who);
    const int sign = SignOf(Number(*row, "stance"));
    auto& of_one = steps[who];
    if (of_one.empty() || of_one.back().second != sign) {
      of_one.emplace_back(day, sign);
    }
  }
  return steps;
}

TEST_P(ArcsTest, PositionsAreAsAnnotatedOnEveryDay) {
  std::set<Who> corrected;
  const auto steps = AnnotatedSteps(arc_, &corrected);
  std::set<DayNumber> days;
  for (const JsonRow& article : arc_.articles) {
    days.insert(ParseDayRange(Text(article, "published").substr(0, 10)).first);
  }
  const Positions positions(store_.get());
  int compared = 0;
  for (const auto& [who, of_one] : steps) {
    std::set<DayNumber> sampled = days;
    for (const auto& [day, sign] : of_one) sampled.insert(day);
    for (const DayNumber day : sampled) {
      std::optional<int> expected;
      for (const auto& [from, sign] : of_one) {
        if (from <= day) expected = sign;
      }
      PositionQuery query;
      query.actor_id = arc_.ActorId(who.first);
      query.topic_id = who.second;
      query.as_of = ToCivilDay(day);
      ASSERT_OK_AND_ASSIGN(const std::optional<Position> position,
                           positions.At(query));
      std::optional<int> actual;
      if (position.has_value()) actual = SignOf(position->stance);
      EXPECT_EQ(actual, expected)
          << who.first << " on " << who.second << " as of " << FormatDay(day);
      ++compared;
    }
  }
  EXPECT_GT(compared, 100);
  // Nobody else has a position.
  EXPECT_OK(positions.ForEach(PositionQuery(), [&](const Position& position) {
    for (const auto& [who, of_one] : steps) {
      if (arc_.ActorId(who.first) == position.actor_id &&
          who.second == position.topic_id) {
        return absl::OkStatus();
      }
    }
    for (const Who& who : corrected) {
      if (arc_.ActorId(who.first) == position.actor_id) {
        return absl::OkStatus();
      }
    }
    ADD_FAILURE() << position.actor_id << " on " << position.topic_id;
    return absl::OkStatus();
  }));
}

TEST_P(ArcsTest, EveryAnnotatedShiftIsListed) {
  const std::vector<Shift> own = Shifts(false);
  const std::vector<Shift> rolled_up = Shifts(true);
  for (const JsonRow& row : arc_.shifts) {
    if (Text(row, "actor").empty()) continue;  // a note on what is no shift
    if (Flag(row, "by_office") && !CanBeRolledUp(row)) continue;
    EXPECT_NE(Find(Flag(row, "by_office") ? rolled_up : own, row), nullptr)
        << row.ShortDebugString();
  }
}

TEST_P(ArcsTest, WhatOnlyLooksLikeAShiftIsNotListed) {
  const std::vector<Shift> shifts = Shifts(false);
  for (const JsonRow& row : arc_.not_shifts) {
    for (const Shift& shift : shifts) {
      for (const std::string& id : Texts(row, "statements")) {
        if (shift.after.actor_id != arc_.ActorId(Text(row, "actor"))) continue;
        EXPECT_NE(shift.after.evidence.front().statement_id, id)
            << row.ShortDebugString();
      }
    }
  }
  for (const JsonRow& row : arc_.shifts) {
    for (const Shift& shift : shifts) {
      EXPECT_NE(shift.after.evidence.front().statement_id,
                Text(row, "no_shift"));
    }
  }
}

// What was known before a correction stays as it was; what is known now does
// not hold the error.
TEST_P(ArcsTest, ACorrectionChangesThePresentAnswerAndNotThePastOne) {
  const Positions positions(store_.get());
  int corrections = 0;
  for (const JsonRow& row : arc_.statements) {
    const JsonRow& note = Part(row, "corrected_by");
    if (note.fields().empty() || Flag(row, "optional")) continue;
    ++corrections;
    const auto shown = [&](uint64_t known_at) {
      PositionQuery query;
      query.actor_id = arc_.ActorId(Text(row, "speaker"));
      query.topic_id = Text(row, "topic");
      query.known_at = known_at;
      std::optional<int> sign;
      EXPECT_OK(positions.ForEach(query, [&](const Position& position) {
        for (const Evidence& evidence : position.evidence) {
          if (evidence.statement_id == Text(row, "id")) {
            sign = SignOf(evidence.stance);
          }
        }
        return absl::OkStatus();
      }));
      return sign;
    };
    EXPECT_EQ(shown(arc_.events_up_to.at(Text(row, "doc_id"))),
              SignOf(Number(row, "stance")))
        << Text(row, "id");
    if (Flag(note, "retracted")) {
      EXPECT_EQ(shown(kLatest), std::nullopt) << Text(row, "id");
    } else {
      EXPECT_EQ(shown(kLatest), SignOf(Number(note, "new_stance")))
          << Text(row, "id");
    }
  }
  EXPECT_GT(corrections, 0);
}

INSTANTIATE_TEST_SUITE_P(Stories, ArcsTest,
                         ::testing::Values("arc_A", "arc_B", "arc_D"),
                         [](const auto& info) {
                           return std::string(info.param);
                         });

}  // namespace
}  // namespace testing
}  // namespace onrecord
