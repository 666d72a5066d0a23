// What a page's JSON-LD says about the article on it (schema.org).

#ifndef ONRECORD_ENGINE_INGEST_HTML_JSON_LD_H_
#define ONRECORD_ENGINE_INGEST_HTML_JSON_LD_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {

// Fields are empty where the page does not say.
struct JsonLdArticle {
  std::string headline;
  std::string date_published;  // as written
  std::string publisher;
  std::string language;
  std::string url;
  std::string body;  // plain text
};

// Returns what the first article among the objects of `script` says: one whose
// type is Article or ends so (NewsArticle, ReportageNewsArticle, …), or a
// BlogPosting. Nothing if there is none or `script` is not JSON.
std::optional<JsonLdArticle> ParseJsonLd(absl::string_view script);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_HTML_JSON_LD_H_
