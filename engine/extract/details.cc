#include "engine/extract/details.h"

#include "engine/edtf.h"
#include "engine/extract/stance/stance.h"
#include "engine/extract/time/saying_time.h"
#include "proto/statement.pb.h"

namespace onrecord {
namespace extract {
namespace {

void SetTime(const Document& document, const SayingTime& time,
             Statement* statement) {
  if (time.time.has_value()) {
    statement->set_said_at(time.time->ToString());
  } else {
    statement->set_said_at_unknown(time.unknown);
  }
  if (!time.span.empty()) {
    *statement->mutable_said_at_span() = SpanOf(document, time.span);
  }
}

void SetStance(const Document& document, const StanceChoice& choice,
               Statement* statement) {
  if (choice.stance.has_value()) {
    statement->set_stance(*choice.stance);
    for (const TokenRange range : choice.grounds) {
      if (!range.empty()) {
        *statement->add_stance_grounds() = SpanOf(document, range);
      }
    }
  } else {
    statement->set_stance_unknown(choice.unknown);
  }
  statement->set_conditional(choice.conditional);
  statement->set_negated(choice.negated);
}

}  // namespace

void AddDetails(const Document& document,
                std::optional<absl::CivilDay> published,
                const TopicIndex& topics, absl::Span<const TopicChoice> choices,
                absl::Span<const Saying> sayings,
                std::vector<ExtractedStatement>* statements) {
  const std::vector<SayingTime> times =
      ResolveSayingTimes(document, published, sayings);
  std::vector<int> topic_of;
  for (const TopicChoice& choice : choices) topic_of.push_back(choice.topic);
  const std::vector<StanceChoice> stances =
      JudgeStances(document, topics, sayings, topic_of);
  for (size_t i = 0; i < statements->size(); ++i) {
    Statement* statement = &(*statements)[i].statement;
    SetTime(document, times[i], statement);
    if (choices[i].topic >= 0) {
      statement->set_topic_id(topics.topics()[choices[i].topic].id());
    } else {
      statement->set_topic_unknown(choices[i].unknown);
    }
    SetStance(document, stances[i], statement);
  }
}

}  // namespace extract
}  // namespace onrecord
