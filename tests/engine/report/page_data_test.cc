// What the page holds, read as the page reads it, is what the engine answers:
// at every point of knowledge, on every day, rolled up or not.

#include "engine/report/page_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/projections/day.h"
#include "engine/timeline.h"
#include "tests/testing/arc.h"
#include "tests/testing/moving_clock.h"
#include "tests/testing/status_matchers.h"

namespace onrecord {
namespace {

using ::onrecord::testing::Arc;
using ::onrecord::testing::IsOk;
using ::onrecord::testing::ReadArc;
using ::testing::HasSubstr;

// What a state of the page's controls shows: one line for each position.
std::multiset<std::string> Shown(const PageData& data, uint32_t known,
                                 bool rollup, DayNumber as_of) {
  std::multiset<std::string> lines;
  const PageSegments& s = data.segments();
  for (int i = 0; i < s.from_size(); ++i) {
    if (known < s.known_from(i) || known >= s.known_until(i)) continue;
    if ((s.views(i) & (rollup ? 2 : 1)) == 0) continue;
    if (s.from(i) != kUndated && s.from(i) > as_of) continue;
    const bool ended = s.to(i) <= as_of && s.to(i) != kEver;
    std::string line = absl::StrCat(
        data.actors(s.actor(i)).id(), " ", data.topics(s.topic(i)).id(), " ",
        FormatDay(s.from(i)), "/", ended ? FormatDay(s.to(i)) : "", " ",
        s.labels(s.label(i)));
    for (uint32_t e = i == 0 ? 0 : s.evidence_end(i - 1); e < s.evidence_end(i);
         ++e) {
      const PageStatement& statement = data.statements(s.evidence(e));
      if (statement.has_said_day() && statement.said_day() > as_of) continue;
      absl::StrAppend(&line, " ", statement.id());
    }
    lines.insert(line);
  }
  return lines;
}

std::multiset<std::string> Answered(Timeline& timeline, uint64_t known_at,
                                    bool rollup, DayNumber as_of) {
  PositionQuery query;
  query.known_at = known_at;
  query.rollup = rollup;
  query.as_of = ToCivilDay(as_of);
  const auto rows = timeline.Positions(query);
  EXPECT_THAT(rows, IsOk());
  std::multiset<std::string> lines;
  for (const PositionRow& row : *rows) {
    std::string line =
        absl::StrCat(row.actor_id(), " ", row.topic(), " ", row.from(), "/",
                     row.to(), " ", row.label());
    for (const std::string& id : row.evidence()) {
      absl::StrAppend(&line, " ", id);
    }
    lines.insert(line);
  }
  return lines;
}

class PageDataTest : public ::testing::TestWithParam<const char*> {
 protected:
  // Records the story, each article and what it corrects on its own day.
  void Tell() {
    const Arc arc = ReadArc(GetParam());
    TimelineOptions options;
    options.clock = &clock_;
    timeline_ = *Timeline::OpenInMemory(options);
    size_t next = 0;
    int day = 0;
    for (const auto& article : arc.articles) {
      clock_.Set(absl::FromUnixSeconds(1700000000 + 86400 * day++));
      const size_t end = arc.events_up_to.at(testing::Text(article, "id"));
      const std::vector<NewEvent> events(arc.events.begin() + next,
                                         arc.events.begin() + end);
      next = end;
      ASSERT_THAT(timeline_->log()->Append("story", ExpectedRevision::Any(),
                                           events, {}),
                  IsOk());
    }
  }

  testing::MovingClock clock_;
  std::unique_ptr<Timeline> timeline_;
};

TEST_P(PageDataTest, ShowsWhatTheEngineAnswers) {
  Tell();
  const auto data = MakePageData(*timeline_, {}, {});
  ASSERT_THAT(data, IsOk());
  ASSERT_EQ(data->known_size(), 5);
  std::set<DayNumber> days;
  for (const DayNumber day : data->segments().from()) {
    if (day != kUndated) days.insert({day - 1, day});
  }
  ASSERT_GT(days.size(), 5u);
  for (int known = 0; known < data->known_size(); ++known) {
    uint64_t log_position;
    ASSERT_TRUE(
        absl::SimpleAtoi(data->known(known).log_position(), &log_position));
    for (const bool rollup : {false, true}) {
      for (const DayNumber day : days) {
        ASSERT_EQ(Shown(*data, known, rollup, day),
                  Answered(*timeline_, log_position, rollup, day))
            << "known " << known << " rollup " << rollup << " as of "
            << FormatDay(day);
      }
    }
  }
}

TEST_P(PageDataTest, FewerPointsAreTheLastOfThem) {
  Tell();
  PageOptions options;
  options.max_known_points = 2;
  const auto data = MakePageData(*timeline_, {}, options);
  ASSERT_THAT(data, IsOk());
  ASSERT_EQ(data->known_size(), 2);
  EXPECT_EQ(data->known(1).log_position(),
            absl::StrCat(timeline_->log()->last_log_position()));
  EXPECT_EQ(Shown(*data, 1, false, kEver - 1),
            Shown(*MakePageData(*timeline_, {}, {}), 4, false, kEver - 1));
}

TEST_P(PageDataTest, OneActorIsShownAlone) {
  Tell();
  const auto everybody = timeline_->Positions({});
  ASSERT_THAT(everybody, IsOk());
  // Of those who are listed: others have no name to be asked for by.
  const auto listed = std::find_if(
      everybody->begin(), everybody->end(), [](const PositionRow& row) {
        return row.actor_id().rfind("actor/", 0) != 0;
      });
  ASSERT_NE(listed, everybody->end());
  PositionQuery query;
  query.actor_id = listed->actor_id();
  const auto data = MakePageData(*timeline_, query, {});
  ASSERT_THAT(data, IsOk());
  ASSERT_EQ(data->actors_size(), 1);
  EXPECT_EQ(data->actors(0).id(), query.actor_id);
  query.actor_id = "nobody";
  EXPECT_THAT(
      MakePageData(*timeline_, query, {}),
      testing::StatusIs(absl::StatusCode::kNotFound, HasSubstr("nobody")));
}

INSTANTIATE_TEST_SUITE_P(Arcs, PageDataTest,
                         ::testing::Values("arc_A", "arc_B", "arc_D"),
                         [](const auto& info) {
                           return std::string(info.param);
                         });

TEST(EmptyPageTest, HasNothingAndOnePointOfKnowledge) {
  const std::unique_ptr<Timeline> timeline = *Timeline::OpenInMemory({});
  const auto data = MakePageData(*timeline, {}, {});
  ASSERT_THAT(data, IsOk());
  EXPECT_EQ(data->known_size(), 1);
  EXPECT_EQ(data->segments().from_size(), 0);
}

TEST(PageSpansTest, PointAtTheWordsAsABrowserCounts) {
  const std::unique_ptr<Timeline> timeline = *Timeline::OpenInMemory({});
  Codebook codebook;
  Topic& topic = *codebook.add_topics();
  topic.set_id("tariffs");
  topic.set_proposition("The United States should keep its tariffs");
  topic.add_phrases("tariffs");
  ASSERT_THAT(timeline->AddCodebook(codebook), IsOk());
  Article article;
  article.set_id("a");
  article.set_title("A title");
  article.set_url("https://example.org/a");
  article.set_published("2025-04-26");
  article.set_text(
      "😀 It rained – hard. Trade Minister Kenji Mori said that Japan opposes "
      "the tariffs. It stopped.");
  ASSERT_THAT(timeline->Ingest({article}), IsOk());
  const auto data = MakePageData(*timeline, {}, {});
  ASSERT_THAT(data, IsOk());
  const auto of_mori =
      std::find_if(data->statements().begin(), data->statements().end(),
                   [](const PageStatement& one) {
                     return one.speaker_name() == "Kenji Mori";
                   });
  ASSERT_NE(of_mori, data->statements().end());
  const PageStatement& statement = *of_mori;
  const std::string& passage = data->passages(statement.passage());
  EXPECT_EQ(passage,
            "Trade Minister Kenji Mori said that Japan opposes the tariffs.");
  const PageSpan& words = statement.content(0);
  EXPECT_EQ(passage.substr(words.begin(), words.end() - words.begin()),
            "that Japan opposes the tariffs");
  EXPECT_EQ(passage.substr(statement.cue().begin(),
                           statement.cue().end() - statement.cue().begin()),
            "said");
  EXPECT_EQ(data->articles(statement.article()).title(), "A title");
}

}  // namespace
}  // namespace onrecord
