#include "engine/actors/period.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "engine/edtf.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status InvalidField(absl::string_view prefix, absl::string_view field,
                          absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("`", prefix, field, "` ", why));
}

absl::Status CheckDate(absl::string_view prefix, absl::string_view field,
                       absl::string_view date) {
  if (date.empty()) return absl::OkStatus();
  const absl::StatusOr<EdtfTime> parsed = EdtfTime::Parse(date);
  if (parsed.ok()) return absl::OkStatus();
  return InvalidField(prefix, field, parsed.status().message());
}

// Whether `last` ends before `first` begins. Open ends never do.
bool EndsBefore(absl::string_view last, absl::string_view first) {
  if (last.empty() || first.empty()) return false;
  return EdtfTime::Parse(last)->last_day() <
         EdtfTime::Parse(first)->first_day();
}

}  // namespace

absl::Status CheckPeriod(absl::string_view prefix, const Period& period) {
  ONRECORD_RETURN_IF_ERROR(CheckDate(prefix, "from", period.from));
  ONRECORD_RETURN_IF_ERROR(CheckDate(prefix, "to", period.to));
  if (EndsBefore(period.to, period.from)) {
    return InvalidField(prefix, "to", "is before `from`");
  }
  return absl::OkStatus();
}

bool Overlap(const Period& a, const Period& b) {
  return !EndsBefore(a.to, b.from) && !EndsBefore(b.to, a.from);
}

}  // namespace onrecord
