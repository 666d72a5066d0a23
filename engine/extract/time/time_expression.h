// Words of time in a text: "on Wednesday", "last week", "in February".

#ifndef ONRECORD_ENGINE_EXTRACT_TIME_TIME_EXPRESSION_H_
#define ONRECORD_ENGINE_EXTRACT_TIME_TIME_EXPRESSION_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "engine/edtf.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// Words that place something in the past or present. What lies ahead ("next
// week", "by June", "before Friday") is none.
struct TimeExpression {
  // The words, with the preposition before them.
  TokenRange range;

  // Absent if the day of publication would be needed and is not known.
  std::optional<EdtfTime> time;

  // Nothing but "before now": "once", "previously", "in the past". `time` is
  // then absent.
  bool vague = false;
};

// Finds the expressions of time in `document`, in the order of the text, none
// overlapping another, each resolved against `published` where it needs to be.
//
// A weekday is the latest one up to `published`; a month or a day without a
// year the latest that has begun; "last week" the Monday to Sunday before the
// week of `published`; "at the weekend" the latest Saturday and Sunday that
// have begun; "autumn" September to November.
std::vector<TimeExpression> FindTimeExpressions(
    const Document& document, std::optional<absl::CivilDay> published);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TIME_TIME_EXPRESSION_H_
