#include "tests/engine/analyst/all_answers.h"

#include <gtest/gtest.h>

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {

std::string AllAnswers(Timeline& timeline, uint64_t known_at) {
  std::string all;
  const auto add = [&all](const auto& rows) {
    EXPECT_OK(rows);
    for (const auto& row : *rows) {
      absl::StrAppend(&all, row.ShortDebugString(), "\n");
    }
  };
  for (const bool rollup : {false, true}) {
    PositionQuery query;
    query.known_at = known_at;
    query.rollup = rollup;
    add(timeline.Positions(query));
    add(timeline.Shifts(query));
    add(timeline.Network(query, std::nullopt));
    PositionQuery before = query;
    before.as_of = absl::CivilDay(2025, 4, 1);
    add(timeline.Diff(before, query));
    before.as_of = absl::CivilDay(2025, 3, 20);
    add(timeline.Positions(before));
  }
  StatementQuery query;
  query.known_at = known_at;
  auto statements = timeline.Statements(query);
  EXPECT_OK(statements);
  for (StatementRow& row : *statements) row.clear_correction();
  add(statements);
  add(timeline.Actors(known_at));
  add(timeline.Topics(known_at));
  return all;
}

}  // namespace testing
}  // namespace onrecord
