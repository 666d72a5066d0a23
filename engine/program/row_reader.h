// The lines of an outside program into what it found in an article.

#ifndef ONRECORD_ENGINE_PROGRAM_ROW_READER_H_
#define ONRECORD_ENGINE_PROGRAM_ROW_READER_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/extract/statement/extraction.h"
#include "engine/row_entities.h"
#include "proto/article.pb.h"
#include "proto/codebook.pb.h"
#include "proto/row.pb.h"

namespace onrecord {

// Takes rows of statements in JSON, one after the other, and checks each
// against the article. Thread-compatible; `article` must outlive it.
class RowReader {
 public:
  // `reason` is what a statement without one gets.
  RowReader(const Article& article, const Codebook& codebook,
            std::string reason);

  // Returns INVALID_ARGUMENT, naming the field, if `json` is no row, or does
  // not fit the article.
  absl::Status Add(absl::string_view json);

  extract::Extraction Take() &&;

 private:
  absl::Status AddRow(const StatementRow& row);
  absl::Status SetParent(const StatementRow& row,
                         extract::ExtractedStatement& extracted) const;
  void SetTopic(const StatementRow& row, Statement& statement);

  const Article& article_;
  const std::string reason_;
  absl::flat_hash_set<std::string> topics_;
  absl::flat_hash_map<std::string, int> indices_;  // of statements, by id
  RowEntities entities_;
  extract::Extraction extraction_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROGRAM_ROW_READER_H_
