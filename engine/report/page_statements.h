// The statements of a page, with the sentences that they stand in.

#ifndef ONRECORD_ENGINE_REPORT_PAGE_STATEMENTS_H_
#define ONRECORD_ENGINE_REPORT_PAGE_STATEMENTS_H_

#include <google/protobuf/repeated_field.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/day.h"
#include "engine/report/passage.h"
#include "engine/timeline.h"
#include "proto/page.pb.h"
#include "proto/row.pb.h"

namespace onrecord {

// Adds statements, articles and passages to a PageData as they are asked for;
// a statement that reads otherwise at a later point of knowledge is added
// again.
//
// Thread-compatible.
class PageStatements {
 public:
  // Returns INTERNAL if ICU lacks its data. `timeline` and `data` must outlive
  // it.
  static absl::StatusOr<std::unique_ptr<PageStatements>> Create(
      Timeline* timeline, PageData* data);

  // Reads the statements as known at `log_position`, which is point of
  // knowledge `point`.
  absl::Status Begin(uint64_t log_position, uint32_t point);

  // The indices of statements `ids` in PageData.statements, as they read at the
  // point under way.
  absl::StatusOr<std::vector<uint32_t>> Find(
      const google::protobuf::RepeatedPtrField<std::string>& ids);

 private:
  PageStatements(Timeline* timeline, PageData* data,
                 std::unique_ptr<PassageFinder> passages);

  absl::StatusOr<uint32_t> Add(const StatementRow& row);

  // The day from which a position counts a statement: one that repeats another
  // counts from when that was said.
  DayNumber CountedFrom(const StatementRow& row) const;
  uint32_t AddArticle(const std::string& id);
  absl::StatusOr<absl::string_view> TextOf(const std::string& article_id);
  absl::Status SetPassage(const StatementRow& row, PageStatement& statement);
  uint32_t AddPassage(uint32_t article, const Passage& passage,
                      absl::string_view text);

  Timeline* const timeline_;
  PageData* const data_;
  const std::unique_ptr<PassageFinder> finder_;

  // Of the point under way.
  uint32_t point_ = 0;
  std::vector<StatementRow> rows_;
  absl::flat_hash_map<std::string, size_t> row_numbers_;      // by id
  absl::flat_hash_map<std::string, uint32_t> found_numbers_;  // by id

  // Of all points.
  absl::flat_hash_map<std::string, SourceRow> articles_;
  absl::flat_hash_map<std::string, uint32_t> article_numbers_;
  absl::flat_hash_map<std::string, uint32_t> statement_numbers_;  // by row
  absl::flat_hash_map<std::tuple<uint32_t, size_t, size_t>, uint32_t>
      passage_numbers_;
  absl::flat_hash_map<std::string, std::string> texts_;  // by article id
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_PAGE_STATEMENTS_H_
