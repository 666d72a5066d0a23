// Writes the pages that the browser test drives into a directory:
//
//   make_pages DIR
//
// arcs.html: three invented stories, each article recorded on the day after it
// came out, and at last a statement withdrawn; arcs.jsonl has a line for each
// question that the test asks of it, with the engine's answer.
// hostile.html: an article that attacks whoever shows it.
// 1000.html, 100000.html: so many positions.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/ingest/article_reader.h"
#include "engine/ingest/codebook_reader.h"
#include "engine/projections/day.h"
#include "engine/report/page.h"
#include "engine/report/page_data.h"
#include "engine/report/rows.h"
#include "engine/timeline.h"
#include "tests/testing/moving_clock.h"

namespace onrecord {
namespace {

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << status << "\n";
  std::exit(1);
}

template <typename T>
T Must(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

void Save(const PageData& data, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  WritePage(data, file);
  if (!file.flush()) Check(absl::InternalError(path));
}

// Records the articles of every arc, in order of the day.
void IngestArcs(Timeline& timeline, testing::MovingClock& clock) {
  std::vector<Article> articles;
  for (const char* arc : {"arc_A", "arc_B", "arc_D"}) {
    const std::string folder = absl::StrCat("tests/data/arcs/", arc, "/");
    clock.Set(absl::FromUnixSeconds(0));
    Check(timeline.AddCodebook(Must(ReadCodebook(folder + "codebook.json")))
              .status());
    for (ArticleRow& row :
         Must(ReadArticles({folder + "articles.jsonl"}, {}))) {
      articles.push_back(ArticleOf(std::move(row)));
    }
  }
  std::sort(articles.begin(), articles.end(),
            [](const Article& a, const Article& b) {
              return a.published() < b.published();
            });
  for (const Article& article : articles) {
    const DayNumber day = ParseDayRange(article.published()).first;
    clock.Set(absl::FromUnixSeconds(86400 * (int64_t{day} + 1)));
    Check(timeline.Ingest({article}).status());
  }
}

// Withdraws the one statement of a position that still holds and rests on no
// other.
void RetractOne(Timeline& timeline, testing::MovingClock& clock) {
  for (const PositionRow& row : Must(timeline.Positions({}))) {
    if (row.evidence_size() != 1 || !row.to().empty() ||
        row.actor_id().find("person/") != 0) {
      continue;
    }
    NewEvent event;
    StatementRetracted& retracted = *event.mutable_statement_retracted();
    retracted.set_statement_id(row.evidence(0));
    retracted.set_kind(PUBLISHER_CORRECTED);
    clock.Set(clock.Now() + absl::Hours(48));
    Check(timeline.log()
              ->Append(absl::StrCat("correction/", row.evidence(0)),
                       ExpectedRevision::Any(), {event}, {})
              .status());
    return;
  }
}

void Ask(Timeline& timeline, PositionQuery query, const std::string& as_of,
         std::ostream& out) {
  if (!as_of.empty()) {
    query.as_of = ToCivilDay(ParseDayRange(as_of).first);
  }
  out << "{\"asOf\":\"" << as_of << "\",\"knownAt\":\"" << query.known_at
      << "\",\"rollup\":" << (query.rollup ? "true" : "false")
      << ",\"positions\":[";
  const char* comma = "";
  for (const PositionRow& row : Must(timeline.Positions(query))) {
    out << comma << ToJson(row);
    comma = ",";
  }
  out << "]}\n";
}

void MakeArcs(const std::string& dir) {
  testing::MovingClock clock;
  TimelineOptions options;
  options.clock = &clock;
  const auto timeline = Must(Timeline::OpenInMemory(options));
  IngestArcs(*timeline, clock);
  RetractOne(*timeline, clock);
  const PageData data = Must(MakePageData(*timeline, {}, {}));
  Save(data, dir + "/arcs.html");
  std::ofstream answers(dir + "/arcs.jsonl");
  PositionQuery query;
  query.known_at = timeline->log()->last_log_position();
  for (const char* as_of : {"", "2024-03-20", "2024-04-17", "2024-07-03"}) {
    Ask(*timeline, query, as_of, answers);
  }
  for (const int known : {1, data.known_size() / 2, data.known_size() - 2}) {
    query.known_at = std::stoull(data.known(known).log_position());
    Ask(*timeline, query, "", answers);
  }
  query.rollup = true;
  Ask(*timeline, query, "2024-04-17", answers);
}

void MakeHostile(const std::string& dir) {
  const auto timeline = Must(Timeline::OpenInMemory({}));
  const std::string attack =
      "</script><script>window.attacked=1</script>"
      "<img src=x onerror='window.attacked=2'>\xE2\x80\xAEgnp.exe \x1B[31m";
  Codebook codebook;
  Topic& topic = *codebook.add_topics();
  topic.set_id("tariffs");
  topic.set_name(attack);
  topic.set_proposition(attack);
  topic.add_phrases("tariffs");
  Actor& actor = *codebook.add_actors();
  actor.set_id("person/mori");
  actor.set_name("Kenji Mori");
  Check(timeline->AddCodebook(codebook).status());
  Article article;
  article.set_id("hostile");
  article.set_title(attack);
  article.set_publisher(attack);
  article.set_url("javascript:window.attacked=3");
  article.set_published("2025-04-26");
  article.set_text(absl::StrCat("Kenji Mori said that he opposes the tariffs ",
                                attack, std::string(1, '\0'), " for ever."));
  Check(timeline->Ingest({article}).status());
  Save(Must(MakePageData(*timeline, {}, {})), dir + "/hostile.html");
}

// `count` positions: fifty in each lane, five lanes to an actor.
void MakeMany(uint32_t count, const std::string& path) {
  constexpr uint32_t kInLane = 50;
  constexpr uint32_t kTopics = 5;
  PageData data;
  for (uint32_t t = 0; t < kTopics; ++t) {
    PageTopic& topic = *data.add_topics();
    topic.set_id(absl::StrCat("topic/", t));
    topic.set_name(absl::StrCat("Topic number ", t));
  }
  data.add_known()->set_log_position(absl::StrCat(count));
  data.add_articles()->set_id("article");
  PageSegments& s = *data.mutable_segments();
  PageShifts& shifts = *data.mutable_shifts();
  for (const char* label : {"against", "for"}) s.add_labels(label);
  for (const char* word : {"reversal", "against", "for"})
    shifts.add_words(word);
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t actor = i / kInLane / kTopics;
    if (static_cast<int>(actor) == data.actors_size()) {
      PageActor& row = *data.add_actors();
      row.set_id(absl::StrCat("person/", actor));
      row.set_name(absl::StrCat("Person number ", actor));
    }
    const auto day =
        static_cast<int32_t>(15000 + i % kInLane * 100 + actor % 90);
    const bool last = i % kInLane == kInLane - 1;
    const bool is_for = i % 2 == 0;
    s.add_actor(actor);
    s.add_topic(i / kInLane % kTopics);
    s.add_from(day);
    s.add_to(last ? kEver : day + 100);
    s.add_stance(is_for ? 1 : -1);
    s.add_label(is_for);
    s.add_conditional(false);
    s.add_evidence(i);
    s.add_evidence_end(i + 1);
    s.add_views(3);
    s.add_known_from(0);
    s.add_known_until(1);
    if (i % kInLane > 0) {
      shifts.add_actor(actor);
      shifts.add_topic(i / kInLane % kTopics);
      shifts.add_day(day);
      shifts.add_kind(0);
      shifts.add_before(is_for ? 1 : 2);
      shifts.add_after(is_for ? 2 : 1);
      shifts.add_other_speaker(false);
      shifts.add_views(3);
      shifts.add_known_from(0);
      shifts.add_known_until(1);
    }
    data.add_passages(absl::StrCat("Person number ", actor, " said on day ",
                                   day, " that this was ", is_for ? "" : "not ",
                                   "what anybody had wanted, number ", i, "."));
    PageStatement& statement = *data.add_statements();
    statement.set_id(absl::StrCat("statement/", i));
    statement.set_passage(i);
    statement.add_content()->set_end(40);
    statement.set_speaker_name(absl::StrCat("Person number ", actor));
    statement.set_speaker_reason("named; name");
    statement.set_said_day(day);
    statement.set_said_at(FormatDay(day));
    statement.set_confidence(0.9);
  }
  Save(data, path);
}

}  // namespace
}  // namespace onrecord

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: make_pages DIR\n";
    return 2;
  }
  const std::string dir = argv[1];
  onrecord::MakeArcs(dir);
  onrecord::MakeHostile(dir);
  onrecord::MakeMany(1000, dir + "/1000.html");
  onrecord::MakeMany(100000, dir + "/100000.html");
}
