// How long an office or membership was held.

#ifndef ONRECORD_ENGINE_ACTORS_PERIOD_H_
#define ONRECORD_ENGINE_ACTORS_PERIOD_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// A first and a last day, as EDTF; empty: no bound.
struct Period {
  absl::string_view from;
  absl::string_view to;
};

// Returns OK if the days are none or EDTF, and in order; else INVALID_ARGUMENT,
// naming `from` or `to` with `prefix` in front.
absl::Status CheckPeriod(absl::string_view prefix, const Period& period);

// Whether one day at least is in both.
// REQUIRES: CheckPeriod holds of both.
bool Overlap(const Period& a, const Period& b);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_PERIOD_H_
