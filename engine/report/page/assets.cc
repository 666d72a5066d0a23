#include "engine/report/page/assets.h"

#include <cstddef>

// Defined in embed.s.
extern "C" {
extern const char onrecord_page_html_begin[];
extern const char onrecord_page_html_end[];
extern const char onrecord_page_style_begin[];
extern const char onrecord_page_style_end[];
extern const char onrecord_page_d3_begin[];
extern const char onrecord_page_d3_end[];
extern const char onrecord_page_script_begin[];
extern const char onrecord_page_script_end[];
}

namespace onrecord {
namespace {

absl::string_view Between(const char* begin, const char* end) {
  return absl::string_view(begin, static_cast<size_t>(end - begin));
}

}  // namespace

absl::string_view PageHtml() {
  return Between(onrecord_page_html_begin, onrecord_page_html_end);
}

absl::string_view PageStyle() {
  return Between(onrecord_page_style_begin, onrecord_page_style_end);
}

absl::string_view PageD3() {
  return Between(onrecord_page_d3_begin, onrecord_page_d3_end);
}

absl::string_view PageScript() {
  return Between(onrecord_page_script_begin, onrecord_page_script_end);
}

}  // namespace onrecord
