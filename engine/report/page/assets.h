// The files that the page is made of, compiled in.

#ifndef ONRECORD_ENGINE_REPORT_PAGE_ASSETS_H_
#define ONRECORD_ENGINE_REPORT_PAGE_ASSETS_H_

#include "absl/strings/string_view.h"

namespace onrecord {

// HTML with places for the rest: {{policy}}, {{style}}, {{data}}, {{d3}} and
// {{script}}, each once and in this order.
absl::string_view PageHtml();
absl::string_view PageStyle();
absl::string_view PageD3();
absl::string_view PageScript();

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_PAGE_ASSETS_H_
