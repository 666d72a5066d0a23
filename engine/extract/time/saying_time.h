// When something was said: the words of time that belong to the saying, set
// against the day of publication.

#ifndef ONRECORD_ENGINE_EXTRACT_TIME_SAYING_TIME_H_
#define ONRECORD_ENGINE_EXTRACT_TIME_SAYING_TIME_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "engine/edtf.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

struct SayingTime {
  // Absent if unknown; `unknown` then says why.
  std::optional<EdtfTime> time;
  std::string unknown;

  // The words that say when ("on Wednesday", "last week"). Empty if only the
  // day of publication does.
  TokenRange span;
};

// Says when each of `sayings` was said. Words of time count if they belong to
// the saying ("said on Wednesday", "told Radio Pacífico in June"), not if they
// belong to what was said ("a deal by June"). The same speaker going on
// speaks on the same occasion. With no such words, it was said on the day of
// publication; in the past perfect ("had earlier called"), in the months
// before it.
//
// A weekday is the latest one up to the day of publication, a month without a
// year the latest that has begun, "last week" the Monday to Sunday before this
// week's Monday, "autumn" September to November.
//
// Without `published`, only a full date ("12 March 2024") is a time; else the
// time is unknown, with the words that would say it as its span.
//
// The result has one entry for each saying, in their order.
std::vector<SayingTime> ResolveSayingTimes(
    const Document& document, std::optional<absl::CivilDay> published,
    absl::Span<const Saying> sayings);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TIME_SAYING_TIME_H_
