// Hand-coded statements in place of extracted ones.

#ifndef ONRECORD_ENGINE_ACTORS_CODED_STATEMENTS_H_
#define ONRECORD_ENGINE_ACTORS_CODED_STATEMENTS_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "engine/actors/directory.h"
#include "engine/actors/resolver.h"
#include "proto/article.pb.h"
#include "proto/row.pb.h"

namespace onrecord {

// The reason that every hand-coded statement gives.
inline constexpr char kHandCoded[] = "hand-coded";

// Returns OK if `rows` fit `articles`; else INVALID_ARGUMENT, naming the
// statement and the field: its article is not among them, or a span is not
// inside the text on character boundaries. A parent may be missing: an analyst
// need not code what a statement was reported within.
absl::Status CheckCodedStatements(absl::Span<const Article> articles,
                                  const std::vector<StatementRow>& rows);

// Returns what the rows that are of `article` add to the log. A speaker is the
// actor of `actorId` if the directory has it, else found by `actorName`, else
// introduced. A statement without a date was said when the article came out.
//
// REQUIRES: CheckCodedStatements holds.
ResolvedArticle ResolveCoded(const Article& article,
                             const std::vector<StatementRow>& rows,
                             Directory& directory);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ACTORS_CODED_STATEMENTS_H_
