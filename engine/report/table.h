// Rows of cells, as an aligned table or as CSV.

#ifndef ONRECORD_ENGINE_REPORT_TABLE_H_
#define ONRECORD_ENGINE_REPORT_TABLE_H_

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace onrecord {

// A table of text. Thread-compatible.
class Table {
 public:
  // What decides the colour of a cell, where there are colours.
  enum class Tint { kNone, kStance };

  struct Column {
    std::string name;

    // Broken over several lines where the table is too wide. At least one
    // column should be.
    bool wraps = false;
    Tint tint = Tint::kNone;
  };

  explicit Table(std::vector<Column> columns);

  // REQUIRES: as many cells as columns.
  void AddRow(std::vector<std::string> cells);

  // Prints the names of the columns and all rows, aligned, cells made
  // printable, at most `width` terminal columns wide where the wrapping columns
  // can give that much room. With `colour`, the names are bold and stances have
  // colours (ECMA-48), which stay beside their words. Nothing at all if there
  // is no row.
  void PrintAligned(size_t width, bool colour, std::ostream& out) const;

  // Prints the same as CSV (RFC 4180). A cell that a spreadsheet would take for
  // a formula gets an apostrophe in front, and what a terminal would act on is
  // replaced.
  void PrintCsv(std::ostream& out) const;

 private:
  void PrintRow(const std::vector<std::string>& cells,
                const std::vector<size_t>& widths, bool colour, bool is_head,
                std::ostream& out) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_TABLE_H_
