// The timeline as one HTML file that needs nothing else: no network, no server.

#ifndef ONRECORD_ENGINE_REPORT_PAGE_H_
#define ONRECORD_ENGINE_REPORT_PAGE_H_

#include <ostream>

#include "proto/page.pb.h"

namespace onrecord {

// Writes a page that shows `data`. Every text of it is data of a script that
// never becomes markup, and the page's policy (CSP) lets no other script run
// and nothing be loaded.
void WritePage(const PageData& data, std::ostream& out);

// Writes the same page without data: it asks the server that it came from for
// `api/page`, and again whenever `api/events` says that there is more.
void WriteLivePage(std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_PAGE_H_
