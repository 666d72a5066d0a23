#include "engine/report/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/base/macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "engine/report/text.h"

namespace onrecord {
namespace {

constexpr absl::string_view kGap = "  ";
constexpr size_t kNarrowestColumn = 12;

std::string CsvCell(const std::string& cell) {
  double number;
  const bool formula = !cell.empty() &&
                       absl::string_view("=+-@\t\r").find(cell.front()) !=
                           absl::string_view::npos &&
                       !absl::SimpleAtod(cell, &number);
  const std::string text = formula ? "'" + cell : cell;
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  return "\"" + absl::StrReplaceAll(text, {{"\"", "\"\""}}) + "\"";
}

void PrintCsvRow(const std::vector<std::string>& cells, std::ostream& out) {
  for (size_t i = 0; i < cells.size(); ++i) {
    out << (i > 0 ? "," : "") << CsvCell(cells[i]);
  }
  out << "\r\n";
}

// Prints one row, each cell broken into lines that fit its column.
void PrintLines(const std::vector<std::string>& cells,
                const std::vector<size_t>& widths, std::ostream& out) {
  std::vector<std::vector<std::string>> lines;
  size_t height = 0;
  for (size_t i = 0; i < cells.size(); ++i) {
    lines.push_back(WrapText(cells[i], std::max<size_t>(widths[i], 2)));
    height = std::max(height, lines.back().size());
  }
  for (size_t n = 0; n < height; ++n) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line.append(kGap.data(), kGap.size());
      const std::string cell = n < lines[i].size() ? lines[i][n] : "";
      line += cell;
      line.append(widths[i] - std::min(widths[i], DisplayWidth(cell)), ' ');
    }
    absl::StripTrailingAsciiWhitespace(&line);
    out << line << "\n";
  }
}

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<std::string> cells) {
  ABSL_HARDENING_ASSERT(cells.size() == columns_.size());
  rows_.push_back(std::move(cells));
}

void Table::PrintAligned(size_t width, std::ostream& out) const {
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
                           kGap.size() * (widths.size() - 1));
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
    PrintLines(row, widths, out);
  }
}

void Table::PrintCsv(std::ostream& out) const {
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.name);
  PrintCsvRow(names, out);
  for (const std::vector<std::string>& row : rows_) PrintCsvRow(row, out);
}

}  // namespace onrecord
