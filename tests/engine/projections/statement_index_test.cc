#include "engine/projections/statement_index.h"

#include <map>
#include <memory>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/projections/projection_state.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/projection_store.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {
namespace {

std::string Describe(const StatementSummary& s) {
  return absl::StrCat(s.log_position, " ", s.speaker, " ", s.topic, " ",
                      s.said.first, " ", s.said.last, " ", s.stance, " ",
                      s.has_stance, s.conditional, s.unnamed, s.second_hand,
                      s.retracted, s.misread, s.by_person, s.repeated, " ",
                      s.duplicate_of);
}

StatementSummary AnySummary(uint64_t log_position, std::mt19937& random) {
  constexpr double kStances[] = {-1, 0, 1, 0.5, -0.25};
  const auto chance = [&random] { return random() % 3 == 0; };
  StatementSummary s;
  s.log_position = log_position;
  if (!chance()) s.speaker = random() % 1000;
  if (!chance()) s.topic = random() % 1000;
  if (!chance()) {
    s.said.first = static_cast<DayNumber>(random() % 40000) - 20000;
    s.said.last = s.said.first + static_cast<DayNumber>(random() % 2 * 30);
  }
  s.has_stance = !chance();
  if (s.has_stance) s.stance = kStances[random() % 5];
  s.conditional = chance();
  s.unnamed = chance();
  s.second_hand = chance();
  s.retracted = chance();
  s.misread = chance();
  s.by_person = chance();
  s.repeated = chance();
  if (chance()) s.duplicate_of = "another@1-2";
  return s;
}

// Ids of articles, of one application that parts them all the same way, and
// some that nothing parts.
std::string IdOf(int i) {
  if (i % 5 == 0) return absl::StrCat("application/", i);
  if (i % 5 == 1) return absl::StrCat("plain", i);
  return absl::StrCat("article-", i / 40, "@", i * 10, "-", i * 10 + 9);
}

class StatementIndexTest : public ::testing::TestWithParam<int> {
 protected:
  std::unique_ptr<ProjectionStore> store_ = *OpenInMemoryProjectionStore();
};

// What is put in is found, whether or not it was written in between, and is
// told by its log position.
TEST_P(StatementIndexTest, FindsWhatWasPutIn) {
  const int flush_every = GetParam();
  std::mt19937 random(1);
  ProjectionState state(store_.get(), "test");
  StatementIndex index;
  std::map<std::string, StatementSummary> model;
  uint64_t log_position = 0;
  for (int i = 0; i < 3000; ++i) {
    log_position += 1 + random() % 5;
    const std::string id = IdOf(i);
    ASSERT_OK_AND_ASSIGN(const StatementSummary* const none,
                         index.Find(id, state));
    ASSERT_EQ(none, nullptr);
    model[id] = AnySummary(log_position, random);
    ASSERT_OK(index.Add(id, model[id], state));
    const std::string again = IdOf(static_cast<int>(random() % (i + 1)));
    model[again] = AnySummary(model[again].log_position, random);
    ASSERT_OK(index.Put(again, model[again], state));
    if (i % flush_every != 0) continue;
    index.Flush(state);
    index.Drop();
    ASSERT_OK(state.Spill(store_.get()));
  }
  index.Flush(state);
  StatementIds ids(&state);
  for (const auto& [id, summary] : model) {
    ASSERT_OK_AND_ASSIGN(const StatementSummary* const found,
                         index.Find(id, state));
    ASSERT_NE(found, nullptr) << id;
    ASSERT_EQ(Describe(*found), Describe(summary)) << id;
    ASSERT_THAT(ids.At(summary.log_position), IsOkAndHolds(id));
  }
  EXPECT_THAT(ids.At(log_position + 1), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(index.Find("article-1@", state),
              IsOkAndHolds(static_cast<const StatementSummary*>(nullptr)));
}

INSTANTIATE_TEST_SUITE_P(Flushes, StatementIndexTest,
                         ::testing::Values(1, 50, 100000));

}  // namespace
}  // namespace testing
}  // namespace onrecord
