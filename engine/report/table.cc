#include "engine/report/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/base/macros.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "engine/report/text.h"

namespace onrecord {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kNarrowestColumn = 10;

// A word up to this long is kept whole.
constexpr size_t kLongestWord = 16;

// Rows that decide how wide columns are where they must be narrowed.
constexpr size_t kRowsLookedAt = 300;

std::string CsvCell(const std::string& raw) {
  std::string text = PrintableLines(raw);
  double number;
  const bool formula = !text.empty() &&
                       absl::string_view("=+-@\t\r").find(text.front()) !=
                           absl::string_view::npos &&
                       !absl::SimpleAtod(text, &number);
  if (formula) text.insert(text.begin(), '\'');
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  return "\"" + absl::StrReplaceAll(text, {{"\"", "\"\""}}) + "\"";
}

void PrintCsvRow(const std::vector<std::string>& cells, std::ostream& out) {
  for (size_t i = 0; i < cells.size(); ++i) {
    out << (i > 0 ? "," : "") << CsvCell(cells[i]);
  }
  out << "\r\n";
}

constexpr absl::string_view kBold = "\x1B[1m";
constexpr absl::string_view kPlain = "\x1B[0m";

absl::string_view ColourOfStance(absl::string_view stance) {
  if (absl::StrContains(stance, "against")) return "\x1B[33m";
  if (absl::StrContains(stance, "neutral")) return "\x1B[2m";
  return absl::StrContains(stance, "for") ? "\x1B[36m" : "";
}

// How many lines the first rows take, about, with columns of these widths.
// `sizes` are the widths of their cells.
size_t LinesOf(const std::vector<std::vector<size_t>>& sizes,
               const std::vector<size_t>& widths) {
  size_t lines = 0;
  for (const std::vector<size_t>& row : sizes) {
    size_t height = 1;
    for (size_t i = 0; i < row.size(); ++i) {
      height = std::max(height, (row[i] + widths[i] - 1) / widths[i]);
    }
    lines += height;
  }
  return lines;
}

// The widths of columns for `cells`: as wide as they are, or, where that is
// more than `width` together, with room taken column by column from whichever
// wrapping one costs the fewest lines, the widest of such.
std::vector<size_t> FitWidths(
    const std::vector<Table::Column>& columns,
    const std::vector<std::vector<std::string>>& cells, size_t width) {
  std::vector<size_t> widths(columns.size(), 1);
  std::vector<size_t> narrowest(columns.size(), kNarrowestColumn);
  std::vector<std::vector<size_t>> sizes;
  for (const std::vector<std::string>& row : cells) {
    std::vector<size_t> of_row;
    for (size_t i = 0; i < row.size(); ++i) {
      of_row.push_back(DisplayWidth(row[i]));
      for (const absl::string_view word : absl::StrSplit(row[i], ' ')) {
        narrowest[i] =
            std::max(narrowest[i], std::min(DisplayWidth(word), kLongestWord));
      }
      widths[i] = std::max(widths[i], of_row.back());
    }
    if (sizes.size() < kRowsLookedAt) sizes.push_back(std::move(of_row));
  }
  // No column keeps more than the whole width: a very long cell need not be
  // narrowed to it step by step.
  for (size_t i = 0; i < widths.size(); ++i) {
    if (columns[i].wraps) {
      widths[i] = std::min(widths[i], std::max(width, narrowest[i]));
    }
  }
  size_t total =
      std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
  for (; total > width; --total) {
    size_t cheapest = widths.size();
    size_t fewest = 0;
    for (size_t i = 0; i < widths.size(); ++i) {
      if (!columns[i].wraps || widths[i] <= narrowest[i]) continue;
      --widths[i];
      const size_t lines = LinesOf(sizes, widths);
      ++widths[i];
      if (cheapest == widths.size() || lines < fewest ||
          (lines == fewest && widths[i] > widths[cheapest])) {
        cheapest = i;
        fewest = lines;
      }
    }
    if (cheapest == widths.size()) break;
    --widths[cheapest];
  }
  return widths;
}

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<std::string> cells) {
  ABSL_HARDENING_ASSERT(cells.size() == columns_.size());
  rows_.push_back(std::move(cells));
}

// Prints one row, each cell broken into lines that fit its column.
void Table::PrintRow(const std::vector<std::string>& cells,
                     const std::vector<size_t>& widths, bool colour,
                     bool is_head, std::ostream& out) const {
  std::vector<std::vector<std::string>> lines;
  size_t height = 0;
  for (size_t i = 0; i < cells.size(); ++i) {
    lines.push_back(WrapText(cells[i], std::max<size_t>(widths[i], 2)));
    height = std::max(height, lines.back().size());
  }
  for (size_t n = 0; n < height; ++n) {
    std::string line;
    size_t column = 0;  // where the next cell begins
    size_t used = 0;    // columns that `line` takes
    for (size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = n < lines[i].size() ? lines[i][n] : "";
      if (!cell.empty()) {
        const absl::string_view style = !colour   ? absl::string_view()
                                        : is_head ? kBold
                                        : columns_[i].tint == Tint::kStance
                                            ? ColourOfStance(cells[i])
                                            : absl::string_view();
        line.append(column - used, ' ');
        absl::StrAppend(&line, style, cell, style.empty() ? "" : kPlain);
        used = column + DisplayWidth(cell);
      }
      column += widths[i] + kGap;
    }
    out << line << "\n";
  }
}

void Table::PrintAligned(size_t width, bool colour, std::ostream& out) const {
  if (rows_.empty()) return;
  std::vector<std::vector<std::string>> cells(1);
  for (const Column& column : columns_) cells[0].push_back(column.name);
  for (const std::vector<std::string>& row : rows_) {
    std::vector<std::string>& shown = cells.emplace_back();
    for (const std::string& cell : row) shown.push_back(Printable(cell));
  }
  const std::vector<size_t> widths = FitWidths(columns_, cells, width);
  for (const std::vector<std::string>& row : cells) {
    PrintRow(row, widths, colour, /*is_head=*/&row == &cells.front(), out);
  }
}

void Table::PrintCsv(std::ostream& out) const {
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.name);
  PrintCsvRow(names, out);
  for (const std::vector<std::string>& row : rows_) PrintCsvRow(row, out);
}

}  // namespace onrecord
