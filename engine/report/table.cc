#include "engine/report/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/base/macros.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "engine/report/text.h"

namespace onrecord {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kNarrowestColumn = 12;

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
  std::vector<size_t> widths(columns_.size(), 0);
  for (const std::vector<std::string>& row : cells) {
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(row[i]));
    }
  }
  // Takes room from the widest wrapping column until all fit.
  const auto total = [&] {
    return std::accumulate(widths.begin(), widths.end(),
                           kGap * (widths.size() - 1));
  };
  while (total() > width) {
    size_t widest = widths.size();
    for (size_t i = 0; i < widths.size(); ++i) {
      if (columns_[i].wraps && widths[i] > kNarrowestColumn &&
          (widest == widths.size() || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    if (widest == widths.size()) break;
    --widths[widest];
  }
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
