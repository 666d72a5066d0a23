#include "engine/report/page.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "engine/report/page/assets.h"
#include "engine/report/rows.h"
#include "storage/hash.h"

namespace onrecord {
namespace {

// How a policy names the one inline script or style with these bytes.
std::string SourceOf(absl::string_view code) {
  return absl::StrCat("'sha256-", absl::Base64Escape(AsView(Sha256({code}))),
                      "'");
}

// Content Security Policy, level 3: nothing from anywhere but what is listed.
std::string Policy(absl::string_view connect) {
  return absl::StrCat("default-src 'none'; script-src ", SourceOf(PageD3()),
                      " ", SourceOf(PageScript()), "; style-src ",
                      SourceOf(PageStyle()), "; img-src data:; connect-src ",
                      connect, "; base-uri 'none'; form-action 'none'");
}

void Write(absl::string_view connect, absl::string_view data,
           std::ostream& out) {
  const std::string policy = Policy(connect);
  const struct {
    absl::string_view place;
    absl::string_view filling;
  } kParts[] = {{"{{policy}}", policy},
                {"{{style}}", PageStyle()},
                {"{{data}}", data},
                {"{{d3}}", PageD3()},
                {"{{script}}", PageScript()}};
  absl::string_view html = PageHtml();
  for (const auto& part : kParts) {
    const size_t at = html.find(part.place);
    out << html.substr(0, at) << part.filling;
    html.remove_prefix(at + part.place.size());
  }
  out << html;
}

}  // namespace

void WritePage(const PageData& data, std::ostream& out) {
  // Inside a script element only "<" could end it.
  Write("'none'", absl::StrReplaceAll(ToJson(data), {{"<", "\\u003c"}}), out);
}

void WriteLivePage(std::ostream& out) { Write("'self'", "", out); }

}  // namespace onrecord
