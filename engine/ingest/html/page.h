// A web page as a tree.

#ifndef ONRECORD_ENGINE_INGEST_HTML_PAGE_H_
#define ONRECORD_ENGINE_INGEST_HTML_PAGE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace onrecord {

// An element, or a stretch of text.
struct HtmlNode {
  // In lower case. Empty for text.
  std::string tag;

  // Of an element, by name in lower case, the first of each name.
  std::vector<std::pair<std::string, std::string>> attributes;

  // Of a stretch of text: UTF-8, entities decoded.
  std::string text;

  // Index of the element that it is in; -1 at the top.
  int parent = -1;

  // Its descendants are the nodes from the one after it to before this index.
  int end = 0;

  // The attribute's value; empty if there is none.
  absl::string_view Attribute(absl::string_view name) const;
  bool Has(absl::string_view name) const;
};

// The nodes in the order of the page. The contents of scripts (but those of
// JSON-LD) and of styles, and attributes that nothing here reads, are left out.
using HtmlPage = std::vector<HtmlNode>;

// Parses `html`, UTF-8, however broken; NUL bytes count as spaces. Thread-safe.
//
// Returns INVALID_ARGUMENT if elements are nested more than 512 deep, as
// browsers' limit is too.
absl::StatusOr<HtmlPage> ParseHtml(absl::string_view html);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_HTML_PAGE_H_
