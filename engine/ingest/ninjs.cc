#include "engine/ingest/ninjs.h"

#include <initializer_list>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "engine/ingest/html/html_article.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using ::google::protobuf::Struct;
using ::google::protobuf::Value;

constexpr absl::string_view kPlain[] = {"text/plain"};
constexpr absl::string_view kMarkup[] = {"text/html", "application/xhtml+xml"};

// The field `name`, in lower case, however its name is written; a null value if
// there is none.
const Value& Field(const Struct& item, absl::string_view name) {
  static const Value* const kNone = new Value;
  for (const auto& [key, value] : item.fields()) {
    if (absl::EqualsIgnoreCase(key, name)) return value;
  }
  return *kNone;
}

// The first of the fields `names` that is a text.
std::string Text(const Struct& item,
                 std::initializer_list<absl::string_view> names) {
  for (const absl::string_view name : names) {
    const std::string& text = Field(item, name).string_value();
    if (!text.empty()) return text;
  }
  return "";
}

// Of a list of {"role","contenttype","value"}: the value of one of `types`,
// that of the role "main" if there is one.
std::string ValueOfType(const Value& list,
                        absl::Span<const absl::string_view> types) {
  std::string found;
  for (const Value& one : list.list_value().values()) {
    const Struct& part = one.struct_value();
    std::string type = Text(part, {"contenttype"});
    if (type.empty()) type = "text/plain";
    bool wanted = false;
    for (const absl::string_view each : types) {
      wanted |= absl::StartsWithIgnoreCase(type, each);
    }
    if (!wanted) continue;
    const std::string value = Text(part, {"value"});
    if (Text(part, {"role"}) == "main") return value;
    if (found.empty()) found = value;
  }
  return found;
}

std::string Headline(const Struct& item) {
  const std::string headline = Text(item, {"headline", "title"});
  return headline.empty() ? ValueOfType(Field(item, "headlines"), kPlain)
                          : headline;
}

absl::StatusOr<std::string> Body(const Struct& item) {
  std::string plain = Text(item, {"body_text"});
  if (plain.empty()) plain = ValueOfType(Field(item, "bodies"), kPlain);
  if (!plain.empty()) return plain;
  std::string markup = Text(item, {"body_html", "body_xhtml"});
  if (markup.empty()) markup = ValueOfType(Field(item, "bodies"), kMarkup);
  if (markup.empty()) {
    return absl::InvalidArgumentError(
        "no body of text: expected `body_text`, `body_html`, `body_xhtml` or "
        "`bodies` in plain text or HTML");
  }
  ONRECORD_ASSIGN_OR_RETURN(
      HtmlArticle page,
      ReadHtmlArticle(absl::StrCat("<article>", markup, "</article>")));
  return std::move(page.text);
}

std::string Publisher(const Struct& item) {
  for (const absl::string_view name : {"infosources", "infosource"}) {
    for (const Value& one : Field(item, name).list_value().values()) {
      const std::string source = Text(one.struct_value(), {"name"});
      if (!source.empty()) return source;
    }
  }
  return Text(item, {"copyrightholder"});
}

}  // namespace

bool IsNinjs(const Struct& item) {
  if (Field(item, "uri").string_value().empty()) return false;
  for (const absl::string_view name :
       {"headline", "headlines", "bodies", "body_text", "body_html",
        "body_xhtml", "pubstatus", "versioncreated"}) {
    if (Field(item, name).kind_case() != Value::KIND_NOT_SET) return true;
  }
  return false;
}

absl::StatusOr<ArticleRow> ReadNinjs(const Struct& item) {
  const std::string type = Text(item, {"type"});
  if (!type.empty() && type != "text") {
    return absl::InvalidArgumentError(
        absl::StrCat("`type` is \"", type, "\", expected \"text\""));
  }
  if (Text(item, {"pubstatus"}) == "canceled") {
    return absl::InvalidArgumentError(
        "`pubstatus` is \"canceled\": the item was withdrawn");
  }
  ArticleRow article;
  ONRECORD_ASSIGN_OR_RETURN(*article.mutable_text(), Body(item));
  const std::string uri = Text(item, {"uri"});
  article.set_id(uri);
  if (absl::StartsWith(uri, "https://") || absl::StartsWith(uri, "http://")) {
    article.set_url(uri);
  }
  article.set_title(Headline(item));
  article.set_publisher(Publisher(item));
  article.set_published(
      Text(item, {"firstcreated", "contentcreated", "versioncreated"}));
  article.set_language(Text(item, {"language"}));
  return article;
}

}  // namespace onrecord
