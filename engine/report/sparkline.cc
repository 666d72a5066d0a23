#include "engine/report/sparkline.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/report/table.h"

namespace onrecord {
namespace {

constexpr size_t kCells = 24;

absl::string_view SignOf(const PositionRow& row) {
  return row.stance() > 0 ? "█" : row.stance() < 0 ? "▁" : "▄";
}

DayNumber DayOf(const std::string& edtf) { return ParseDayRange(edtf).first; }

// The first and the last day that `positions` name.
std::pair<DayNumber, DayNumber> DaysOf(
    const std::vector<PositionRow>& positions) {
  std::pair<DayNumber, DayNumber> days{kEver, kUndated};
  for (const PositionRow& row : positions) {
    for (const std::string* edtf : {&row.from(), &row.to()}) {
      const DayNumber day = DayOf(*edtf);
      if (day == kUndated) continue;
      days.first = std::min(days.first, day);
      days.second = std::max(days.second, day);
    }
  }
  return days;
}

}  // namespace

std::string Sparkline(absl::Span<const PositionRow> positions, DayNumber first,
                      DayNumber last, size_t cells) {
  std::string line;
  const int64_t days = int64_t{last} - first;
  for (size_t cell = 1; cell <= cells; ++cell) {
    const DayNumber day =
        first + static_cast<DayNumber>(days * static_cast<int64_t>(cell) /
                                       static_cast<int64_t>(cells));
    absl::string_view sign = "·";
    for (const PositionRow& row : positions) {
      // The later of two that met on the day.
      if (DayOf(row.from()) <= day &&
          (row.to().empty() || DayOf(row.to()) > day)) {
        sign = SignOf(row);
      }
    }
    absl::StrAppend(&line, sign);
  }
  return line;
}

void WriteSparklines(const std::vector<PositionRow>& positions,
                     const ReportOptions& options, std::ostream& out) {
  if (positions.empty()) return;
  const auto [first, last] = DaysOf(positions);
  const std::string over =
      last == kUndated ? ""
                       : absl::StrCat(FormatDay(first), "–", FormatDay(last));
  Table table({{"ACTOR", /*wraps=*/true},
               {"TOPIC", /*wraps=*/true},
               {over},
               {"NOW", /*wraps=*/false, Table::Tint::kStance}});
  for (size_t begin = 0; begin < positions.size();) {
    size_t end = begin;
    while (end < positions.size() &&
           positions[end].actor_id() == positions[begin].actor_id() &&
           positions[end].topic() == positions[begin].topic()) {
      ++end;
    }
    const auto same =
        absl::MakeConstSpan(positions).subspan(begin, end - begin);
    const PositionRow& now = same.back();
    table.AddRow({now.actor_name(),
                  now.topic_name().empty() ? now.topic() : now.topic_name(),
                  last == kUndated ? "" : Sparkline(same, first, last, kCells),
                  now.to().empty() ? now.label() : ""});
    begin = end;
  }
  if (options.format == Format::kCsv) {
    table.PrintCsv(out);
  } else {
    table.PrintAligned(options.width, options.colour, out);
  }
}

}  // namespace onrecord
