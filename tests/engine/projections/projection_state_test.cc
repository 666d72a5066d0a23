#include "engine/projections/projection_state.h"

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/projection.pb.h"
#include "tests/testing/state_dump.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::Pair;

class ProjectionStateTest : public ::testing::Test {
 protected:
  void Save() {
    ProjectionBatch batch;
    state_.WriteTo(&batch);
    ASSERT_OK(store_->Write(batch));
    state_.Forget();
  }

  std::unique_ptr<ProjectionStore> store_ = *OpenInMemoryProjectionStore();
  ProjectionState state_{store_.get(), "mine"};
};

TEST_F(ProjectionStateTest, ChangesAreSeenBeforeTheyAreStored) {
  state_.Put("a", "1");
  Save();
  state_.Put("b", "2");
  state_.Delete("a");
  EXPECT_THAT(state_.Get("a"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(state_.Get("b"), IsOkAndHolds(Optional(std::string("2"))));
  EXPECT_THAT(ScopedReader(store_.get(), "mine").Get("a"),
              IsOkAndHolds(Optional(std::string("1"))));
  state_.Forget();
  EXPECT_THAT(state_.Get("a"), IsOkAndHolds(Optional(std::string("1"))));
}

TEST_F(ProjectionStateTest, AProjectionDoesNotSeeAnothers) {
  ProjectionState other(store_.get(), "other");
  other.Put("a", "1");
  ProjectionBatch batch;
  other.WriteTo(&batch);
  ASSERT_OK(store_->Write(batch));
  EXPECT_THAT(state_.Get("a"), IsOkAndHolds(std::nullopt));
  EXPECT_FALSE(state_.Scan("")->Valid());
  EXPECT_THAT(state_.Floor("", "z"), IsOkAndHolds(std::nullopt));
}

TEST_F(ProjectionStateTest, NumbersAddUp) {
  EXPECT_THAT(state_.GetNumber("n"), IsOkAndHolds(0));
  ASSERT_OK(state_.Add("n", 5));
  Save();
  ASSERT_OK(state_.Add("n", -7));
  EXPECT_THAT(state_.GetNumber("n"), IsOkAndHolds(-2));
  state_.Put("n", "many");
  EXPECT_THAT(state_.Add("n", 1), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(ProjectionStateTest, AMessageThatDoesNotDecodeIsNamed) {
  state_.Put("m", "\xff");
  EXPECT_THAT(GetMessage<Checkpoint>(state_, "m").status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("Checkpoint")));
}

// Random changes and saves, against a map.
TEST_F(ProjectionStateTest, EqualsAMap) {
  std::mt19937 random(7);
  std::map<std::string, std::string> model;
  const auto any_key = [&random] {
    std::string key;
    for (uint32_t n = random() % 4; n > 0; --n) {
      key.push_back("\0ab\xff"[random() % 4]);
    }
    return key;
  };
  for (int step = 0; step < 3000; ++step) {
    const std::string key = any_key();
    if (random() % 3 == 0) {
      state_.Delete(key);
      model.erase(key);
    } else {
      const std::string value = absl::StrCat(step);
      state_.Put(key, value);
      model[key] = value;
    }
    if (random() % 10 == 0) Save();
    const std::string prefix = any_key().substr(0, 1);
    const std::string at = absl::StrCat(prefix, any_key());
    const std::string message = absl::StrCat("step ", step);

    std::map<std::string, std::string> scanned;
    for (auto scan = state_.Scan(prefix, at); scan->Valid(); scan->Next()) {
      scanned.emplace(std::string(scan->key()), std::string(scan->value()));
    }
    std::map<std::string, std::string> expected;
    for (auto it = model.lower_bound(at);
         it != model.end() && absl::StartsWith(it->first, prefix); ++it) {
      expected.insert(*it);
    }
    ASSERT_EQ(scanned, expected) << message;

    auto floor = model.upper_bound(at);
    const bool found =
        floor != model.begin() && absl::StartsWith((--floor)->first, prefix);
    const auto actual = state_.Floor(prefix, at);
    ASSERT_OK(actual);
    ASSERT_EQ(actual->has_value(), found) << message;
    if (found) {
      ASSERT_THAT(**actual, Pair(floor->first, floor->second)) << message;
    }
  }
}

}  // namespace
}  // namespace testing
}  // namespace onrecord
