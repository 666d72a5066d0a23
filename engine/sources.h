// How many sources of their own say something.

#ifndef ONRECORD_ENGINE_SOURCES_H_
#define ONRECORD_ENGINE_SOURCES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/statement.pb.h"

namespace onrecord {

// Counts independent sources of statements: an article is one, copies of one
// text (an agency's, cut or with another headline) are one, and what came
// through one relay is one.
//
// Thread-compatible.
class SourceCounter {
 public:
  // Gives the text of an article; empty if it was erased.
  using TextOf = absl::FunctionRef<absl::StatusOr<std::string>(
      const std::string& article_id)>;

  absl::StatusOr<uint32_t> Count(const std::vector<Statement>& statements,
                                 TextOf text_of);

 private:
  using Shingles = absl::flat_hash_set<uint64_t>;

  absl::StatusOr<const Shingles*> ShinglesOf(const std::string& article_id,
                                             TextOf text_of);
  absl::StatusOr<bool> AreCopies(const std::string& a, const std::string& b,
                                 TextOf text_of);

  // Of the articles that were compared last.
  absl::flat_hash_map<std::string, Shingles> shingles_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SOURCES_H_
