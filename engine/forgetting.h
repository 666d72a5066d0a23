// Erasing an article's text on demand.

#ifndef ONRECORD_ENGINE_FORGETTING_H_
#define ONRECORD_ENGINE_FORGETTING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/event_log.h"

namespace onrecord {

struct ForgetReport {
  // The articles for which the erasure was recorded now: the one asked for, and
  // others that came with the same text. Empty if it was recorded before.
  std::vector<std::string> article_ids;

  // Length of the text.
  uint64_t text_bytes = 0;
};

// Erases the text of an article from `log`, and records that it was: in one
// commit an ArticleForgotten for each article with that text. What was recorded
// about the article stays, without its words, and the log still verifies. Doing
// it again changes nothing.
//
// `reason` and `by` say why, and who decided; both may be empty. Returns
// NOT_FOUND if there is no such article.
absl::StatusOr<ForgetReport> ForgetArticle(EventLog* log,
                                           absl::string_view article_id,
                                           absl::string_view reason,
                                           absl::string_view by);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_FORGETTING_H_
