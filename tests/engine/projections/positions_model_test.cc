// Positions of random histories, against a model that recomputes them from the
// raw list of events.

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/projections/position_table.h"
#include "engine/projections/positions.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/replayer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/projection_store.h"
#include "tests/engine/projections/naive_positions.h"
#include "tests/engine/projections/random_history.h"
#include "tests/testing/scratch_log.h"
#include "tests/testing/state_dump.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {
namespace {

struct ModelCase {
  const char* name;
  RandomHistory::Shape shape;
  int events = 0;
  int seeds = 0;
};

class PositionsModelTest : public ::testing::TestWithParam<ModelCase> {
 protected:
  // ONRECORD_SEED=n runs that one alone.
  static std::vector<uint32_t> Seeds(int count) {
    const char* const one = std::getenv("ONRECORD_SEED");
    if (one != nullptr) return {static_cast<uint32_t>(std::atoi(one))};
    std::vector<uint32_t> seeds;
    for (int i = 1; i <= count; ++i) seeds.push_back(i);
    return seeds;
  }

  static std::unique_ptr<Replayer> MakeReplayer(ScratchLog* log,
                                                ProjectionStore* store,
                                                size_t max_pending_bytes,
                                                int threads = 0) {
    std::vector<std::unique_ptr<Projection>> projections;
    // Few, so that changes are made on their own thread, many times.
    const size_t max_changes = threads > 1 ? 5 : PositionTable::kMaxChanges;
    projections.push_back(std::make_unique<PositionsProjection>(max_changes));
    ReplayOptions options;
    options.max_pending_bytes = max_pending_bytes;
    options.threads = threads;
    return *Replayer::Create(log->get(), store, std::move(projections),
                             options);
  }

  using State = std::map<std::string, std::string>;

  // What `log` gives on so many threads.
  static State Rebuild(ScratchLog* log, int threads) {
    const auto store = *OpenInMemoryProjectionStore();
    EXPECT_OK(MakeReplayer(log, store.get(), 64 << 20, threads)->CatchUp());
    return DumpState(*store);
  }

  // What a store gives that goes on from `snapshot`, a state of `log` earlier.
  static State Restore(ScratchLog* log, const State& snapshot) {
    const auto store = *OpenInMemoryProjectionStore();
    ProjectionBatch batch;
    for (const auto& [key, value] : snapshot) batch.Put(key, value);
    EXPECT_OK(store->Write(batch));
    EXPECT_OK(MakeReplayer(log, store.get(), 64 << 20)->CatchUp());
    return DumpState(*store);
  }

  // A line for each position, as NaivePositions writes them.
  static std::vector<std::string> Lines(const Positions& positions,
                                        const PositionQuery& query) {
    std::vector<std::string> lines;
    EXPECT_OK(positions.ForEach(query, [&](const Position& p) {
      std::string line = Line(p.from, p.stance, p.conditional,
                              p.softened.has_value(), p.softened.value_or(0));
      std::vector<std::string> repeats;
      const auto flush = [&] {
        std::sort(repeats.begin(), repeats.end());
        for (const std::string& id : repeats) absl::StrAppend(&line, " +", id);
        repeats.clear();
      };
      for (const Evidence& evidence : p.evidence) {
        if (evidence.duplicate) {
          repeats.push_back(evidence.statement_id);
          continue;
        }
        flush();
        absl::StrAppend(&line, " ", evidence.statement_id);
      }
      flush();
      lines.push_back(line);
      return absl::OkStatus();
    }));
    return lines;
  }

  // Compares all answers as known at `known_at`.
  static void Compare(const ScratchLog& log, const Positions& positions,
                      const RandomHistory& history,
                      const RandomHistory::Shape& shape, uint64_t known_at) {
    const NaivePositions model(log.events(), known_at);
    std::vector<std::optional<absl::CivilDay>> days = {std::nullopt};
    for (int i = 0; i < shape.days + 4; i += 7) {
      days.push_back(ToCivilDay(19000 + i - 2));
    }
    for (int a = 0; a < shape.actors; ++a) {
      for (int t = 0; t < shape.topics; ++t) {
        for (const bool rollup : {false, true}) {
          for (const auto& day : days) {
            PositionQuery query;
            query.actor_id = history.Actor(a);
            query.topic_id = history.Topic(t);
            query.rollup = rollup;
            query.as_of = day;
            query.known_at = known_at;
            CompareOne(model, positions, query);
            if (HasFailure()) return;
          }
        }
      }
    }
  }

  static void CompareOne(const NaivePositions& model,
                         const Positions& positions,
                         const PositionQuery& query) {
    SCOPED_TRACE(absl::StrCat(
        query.actor_id, " on ", query.topic_id,
        query.rollup ? " rolled up" : "", " as of ",
        query.as_of ? FormatDay(ToDayNumber(*query.as_of)) : "ever",
        " known at ", query.known_at));
    const DayNumber day = query.as_of ? ToDayNumber(*query.as_of) : kEver;
    const std::vector<std::string> expected = model.Timeline(
        model.Is(query.actor_id), model.Is(query.topic_id), query.rollup, day);
    ASSERT_THAT(Lines(positions, query), ::testing::ElementsAreArray(expected));
    ASSERT_OK_AND_ASSIGN(const std::optional<Position> at, positions.At(query));
    ASSERT_EQ(at.has_value(), !expected.empty());
    if (!at.has_value()) return;
    const std::string line =
        Line(at->from, at->stance, at->conditional, at->softened.has_value(),
             at->softened.value_or(0));
    ASSERT_EQ(line, expected.back().substr(0, line.size()));
  }
};

TEST_P(PositionsModelTest, EqualsWhatIsRecomputed) {
  const ModelCase& param = GetParam();
  for (const uint32_t seed : Seeds(param.seeds)) {
    SCOPED_TRACE(absl::StrCat("ONRECORD_SEED=", seed));
    RandomHistory history(seed, param.shape);
    ScratchLog log;
    ASSERT_OK_AND_ASSIGN(const auto store, OpenInMemoryProjectionStore());
    auto replayer = MakeReplayer(&log, store.get(), 1);
    std::vector<uint64_t> known;
    std::vector<State> snapshots;
    for (int i = 1; i <= param.events; ++i) {
      log.Add(history.Next());
      if (i % 17 == static_cast<int>(seed % 17)) {
        ASSERT_OK(replayer->CatchUp());
      }
      if (i % 29 == 0) known.push_back(static_cast<uint64_t>(i));
      // Opened again: nothing may live in memory alone.
      if (i % 50 != 0) continue;
      snapshots.push_back(DumpState(*store));
      replayer = MakeReplayer(&log, store.get(), 1);
    }
    ASSERT_OK(replayer->CatchUp());
    known.push_back(kLatest);
    const Positions positions(store.get());
    for (const uint64_t known_at : known) {
      Compare(log, positions, history, param.shape, known_at);
      ASSERT_FALSE(HasFailure());
    }

    const State kept = DumpState(*store);
    EXPECT_EQ(Rebuild(&log, 1), kept);
    EXPECT_EQ(Rebuild(&log, 4), kept);
    for (const State& snapshot : snapshots) {
      EXPECT_EQ(Restore(&log, snapshot), kept);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, PositionsModelTest,
    ::testing::Values(ModelCase{"Mixed", {6, 3, 30, 15, 20}, 160, 8},
                      ModelCase{"OnePair", {1, 1, 40, 0, 25}, 500, 4},
                      ModelCase{
                          "TwoActorsManyMerges", {2, 2, 30, 25, 10}, 300, 5},
                      ModelCase{"ManyCorrections", {2, 1, 30, 2, 75}, 500, 4}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace testing
}  // namespace onrecord
