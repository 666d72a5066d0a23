// Which parts of a page are its article, and which are around it.

#ifndef ONRECORD_ENGINE_INGEST_HTML_PAGE_PARTS_H_
#define ONRECORD_ENGINE_INGEST_HTML_PAGE_PARTS_H_

#include <vector>

#include "engine/ingest/html/page.h"

namespace onrecord {

struct PageParts {
  // The nodes that are not read, by index: scripts, navigation, footers,
  // captions, what is hidden, and elements whose class, id or role says that
  // they are related links, cookie notices, bylines, comments or the like, as
  // long as the greater part of the page's text is not in them.
  std::vector<bool> skipped;

  // The element that holds the article's text; 0 if none stands out.
  int main = 0;
};

// Finds the parts of `page`. The main element is the innermost in which four
// fifths of the text in paragraphs stand: of the text that the page marks as an
// article's body, else of its one article, else of its main part, else of all.
// Cost is linear in the page.
PageParts FindParts(const HtmlPage& page);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_HTML_PAGE_PARTS_H_
