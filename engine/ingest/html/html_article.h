// A web page into the article that is on it.

#ifndef ONRECORD_ENGINE_INGEST_HTML_HTML_ARTICLE_H_
#define ONRECORD_ENGINE_INGEST_HTML_HTML_ARTICLE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/ingest/html/page_metadata.h"

namespace onrecord {

struct HtmlArticle {
  // The article's paragraphs in UTF-8, each on a line of its own with an empty
  // line between two; without its title, and without what stands around it.
  std::string text;
  PageMetadata metadata;
};

// Reads the page `bytes`, in the encoding that it declares (see ToUtf8).
// Thread-safe. A pure function of its argument; scripts are not run, nothing is
// fetched.
//
// Returns INVALID_ARGUMENT if the bytes are not in that encoding, elements are
// nested too deep, or no text is found.
absl::StatusOr<HtmlArticle> ReadHtmlArticle(absl::string_view bytes);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_HTML_HTML_ARTICLE_H_
