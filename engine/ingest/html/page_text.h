// The words of a page as a reader sees them.

#ifndef ONRECORD_ENGINE_INGEST_HTML_PAGE_TEXT_H_
#define ONRECORD_ENGINE_INGEST_HTML_PAGE_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/ingest/html/page.h"

namespace onrecord {

// Returns `text` with each run of white space as one space, none at the ends,
// and without characters that are not seen (soft hyphens, zero-width spaces).
std::string CollapseSpace(absl::string_view text);

// A paragraph, heading, list item or the like: text that stands by itself.
struct TextBlock {
  std::string text;

  // How many bytes of it are in links.
  size_t link_bytes = 0;

  // The innermost block element that it is in, as an index into the page.
  int element = -1;
};

// Returns the blocks of the nodes [begin, end) of `page`, in order, none empty.
// Nodes for which `skipped` holds, by index, are passed over with everything in
// them. Cost is linear in the nodes.
std::vector<TextBlock> BlocksOf(const HtmlPage& page, int begin, int end,
                                const std::vector<bool>& skipped);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_HTML_PAGE_TEXT_H_
