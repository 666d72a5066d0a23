// Measures time, topic and stance by themselves: given the annotators' spans,
// how many of their answers come out.
//
//   arc_rates [--misses] ARC_FOLDER… [seed:SEED_FOLDER]
//
// Prints one line of rates for each folder and one for all. With --misses,
// also every statement that comes out otherwise.

#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "engine/edtf.h"
#include "engine/extract/stance/stance.h"
#include "engine/extract/text/document.h"
#include "engine/extract/time/saying_time.h"
#include "engine/extract/topics/topics.h"
#include "engine/extract/training/gold_arc.h"

namespace onrecord {
namespace extract {
namespace {

struct Rate {
  int right = 0;
  int all = 0;

  void Count(bool is_right) {
    right += is_right;
    ++all;
  }
  std::string ToString() const {
    return absl::StrFormat("%.3f (%d/%d)", all == 0 ? 0.0 : 1.0 * right / all,
                           right, all);
  }
};

struct Rates {
  Rate day;       // required statements; exact, or overlapping an interval
  Rate topic;     // required statements that have one
  Rate no_topic;  // required statements that have none
  Rate stance;    // required statements with one, given the gold topic
  Rate silence;   // those with a topic and none, given the gold topic
  Rate conditional;
  Rate negated;
  Rate position;        // the seed's: one piece of evidence has the sign, none
                        // the opposite one
  Rate position_topic;  // ... and the topic is found too

  void Print(absl::string_view name) const {
    absl::PrintF(
        "%s day=%s topic=%s no_topic=%s stance=%s silence=%s conditional=%s "
        "negated=%s position=%s position_topic=%s\n",
        name, day.ToString(), topic.ToString(), no_topic.ToString(),
        stance.ToString(), silence.ToString(), conditional.ToString(),
        negated.ToString(), position.ToString(), position_topic.ToString());
  }
};

int Sign(double stance) { return (stance > 0.05) - (stance < -0.05); }

bool IsDayRight(const std::string& gold, const SayingTime& time) {
  if (!time.time) return false;
  const absl::StatusOr<EdtfTime> want = EdtfTime::Parse(gold);
  if (!want.ok()) return false;
  return want->is_day() ? *want == *time.time : want->Overlaps(*time.time);
}

// Measures one article after another, adding to `rates`.
class Meter {
 public:
  Meter(const TopicIndex& index, bool print_misses, Rates* rates)
      : index_(index), print_misses_(print_misses), rates_(rates) {}

  void Measure(const GoldArticle& article,
               const std::vector<GoldPosition>& positions);

 private:
  int TopicNumber(const std::string& id) const {
    for (size_t i = 0; i < index_.topics().size(); ++i) {
      if (index_.topics()[i].id() == id) return static_cast<int>(i);
    }
    return -1;
  }
  std::string TopicId(int topic) const {
    return topic < 0 ? "none" : index_.topics()[topic].id();
  }

  void Count(Rate* rate, bool right, const char* what, const std::string& want,
             const std::string& got, size_t i);
  void MeasureStatement(size_t i);
  void MeasurePosition(const GoldPosition& position);
  std::string Describe(const StanceChoice& choice) const;

  const TopicIndex& index_;
  const bool print_misses_;
  Rates* const rates_;

  // Of the article being measured.
  const GoldArticle* article_ = nullptr;
  const Document* document_ = nullptr;
  std::vector<Saying> sayings_;
  std::vector<SayingTime> times_;
  std::vector<TopicChoice> topics_;
  std::vector<StanceChoice> stances_;
};

void Meter::Count(Rate* rate, bool right, const char* what,
                  const std::string& want, const std::string& got, size_t i) {
  rate->Count(right);
  if (right || !print_misses_) return;
  std::string words;
  const auto add = [&](TokenRange range) {
    if (range.empty()) return;
    const Span span = SpanOf(*document_, range);
    absl::StrAppend(
        &words, " [",
        document_->text().substr(span.begin(), span.end() - span.begin()), "]");
  };
  add(sayings_[i].cue);
  for (const TokenRange part : sayings_[i].content) add(part);
  absl::PrintF("  %s %s want %s got %s:%s\n", article_->statements[i].id, what,
               want, got, words);
}

std::string Meter::Describe(const StanceChoice& choice) const {
  std::string text = choice.stance
                         ? absl::StrFormat("%+d", Sign(*choice.stance))
                         : absl::StrCat("~ (", choice.unknown, ")");
  for (const TokenRange range : choice.grounds) {
    const Span span = SpanOf(*document_, range);
    absl::StrAppend(
        &text, " <",
        document_->text().substr(span.begin(), span.end() - span.begin()), ">");
  }
  return text;
}

void Meter::MeasureStatement(size_t i) {
  const GoldStatement& gold = article_->statements[i];
  if (gold.optional || gold.said_at.empty()) return;
  const SayingTime& time = times_[i];
  Count(&rates_->day, IsDayRight(gold.said_at, time), "day", gold.said_at,
        time.time ? time.time->ToString() : time.unknown, i);
  const std::string topic = TopicId(topics_[i].topic);
  std::string scores = topic;
  for (const TopicScore& score : topics_[i].scores) {
    absl::StrAppend(&scores, " ", TopicId(score.topic), "=",
                    absl::StrFormat("%.2f", score.score));
  }
  if (gold.topic.empty()) {
    Count(&rates_->no_topic, topics_[i].topic < 0, "topic", "none", scores, i);
  } else {
    Count(&rates_->topic, topic == gold.topic, "topic", gold.topic, scores, i);
  }
  const StanceChoice& stance = stances_[i];
  if (gold.stance) {
    Count(&rates_->stance,
          stance.stance && Sign(*stance.stance) == Sign(*gold.stance), "stance",
          absl::StrFormat("%+d", Sign(*gold.stance)), Describe(stance), i);
  } else if (!gold.topic.empty()) {
    Count(&rates_->silence, !stance.stance, "stance", "~", Describe(stance), i);
  }
  Count(&rates_->conditional, stance.conditional == gold.conditional,
        "conditional", gold.conditional ? "yes" : "no", "other", i);
  Count(&rates_->negated, stance.negated == gold.negated, "negated",
        gold.negated ? "yes" : "no", "other", i);
}

void Meter::MeasurePosition(const GoldPosition& position) {
  const int topic = TopicNumber(position.topic);
  const std::vector<int> all(sayings_.size(), topic);
  const std::vector<StanceChoice> stances =
      JudgeStances(*document_, index_, sayings_, all);
  bool is_shown = false;
  bool is_contradicted = false;
  bool is_topic_found = false;
  std::string found;
  for (size_t i = 0; i < sayings_.size(); ++i) {
    for (const std::string& id : position.evidence) {
      if (article_->statements[i].id != id) continue;
      absl::StrAppend(&found, " ", id, " ", TopicId(topics_[i].topic), " ",
                      Describe(stances[i]));
      if (!stances[i].stance) continue;
      const bool is_same = Sign(*stances[i].stance) == Sign(position.stance);
      is_shown |= is_same;
      is_contradicted |= !is_same;
      is_topic_found |= is_same && topics_[i].topic == topic;
    }
  }
  const bool right = is_shown && !is_contradicted;
  rates_->position.Count(right);
  rates_->position_topic.Count(right && is_topic_found);
  if (print_misses_ && !(right && is_topic_found)) {
    absl::PrintF("  position %s %s want %+d got:%s\n", position.actor,
                 position.topic, Sign(position.stance), found);
  }
}

void Meter::Measure(const GoldArticle& article,
                    const std::vector<GoldPosition>& positions) {
  const Document document = Document::Analyze(article.text);
  article_ = &article;
  document_ = &document;
  sayings_ = article.SayingsOf(document);
  times_ = ResolveSayingTimes(document, article.published, sayings_);
  topics_ = ChooseTopics(document, index_, sayings_);
  std::vector<int> gold_topics;
  for (const GoldStatement& gold : article.statements) {
    gold_topics.push_back(TopicNumber(gold.topic));
  }
  stances_ = JudgeStances(document, index_, sayings_, gold_topics);
  for (size_t i = 0; i < sayings_.size(); ++i) MeasureStatement(i);
  for (const GoldPosition& position : positions) MeasurePosition(position);
}

int Main(int argc, char** argv) {
  bool print_misses = false;
  Rates all;
  for (int i = 1; i < argc; ++i) {
    absl::string_view path = argv[i];
    if (path == "--misses") {
      print_misses = true;
      continue;
    }
    const bool is_seed = absl::ConsumePrefix(&path, "seed:");
    const absl::StatusOr<GoldArc> arc =
        is_seed ? ReadSeed(path) : ReadArc(path);
    if (!arc.ok()) {
      absl::FPrintF(stderr, "%s\n", arc.status().ToString());
      return 1;
    }
    const std::vector<Topic> topics(arc->codebook.topics().begin(),
                                    arc->codebook.topics().end());
    const TopicIndex index(topics);
    Rates rates;
    for (Rates* sum : {&rates, &all}) {
      Meter meter(index, print_misses && sum == &rates, sum);
      for (const GoldArticle& article : arc->articles) {
        meter.Measure(article, arc->positions);
      }
    }
    rates.Print(argv[i]);
  }
  all.Print("all");
  return 0;
}

}  // namespace
}  // namespace extract
}  // namespace onrecord

int main(int argc, char** argv) { return onrecord::extract::Main(argc, argv); }
