#include "engine/report/web_annotation.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/report/json_value.h"

namespace onrecord {
namespace {

// Bytes of text before and after the words, to tell them from the same words
// elsewhere.
constexpr size_t kAround = 32;

bool ContinuesCharacter(char byte) { return (byte & 0xC0) == 0x80; }

size_t Characters(absl::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return !ContinuesCharacter(c); }));
}

absl::string_view Before(absl::string_view text, size_t at) {
  size_t begin = at - std::min(at, kAround);
  while (begin < at && ContinuesCharacter(text[begin])) ++begin;
  return text.substr(begin, at - begin);
}

absl::string_view After(absl::string_view text, size_t at) {
  size_t end = std::min(text.size(), at + kAround);
  while (end > at && end < text.size() && ContinuesCharacter(text[end])) --end;
  return text.substr(at, end - at);
}

JsonObject TargetOf(const std::string& source, absl::string_view text,
                    size_t begin, size_t end) {
  const std::vector<JsonObject> selectors = {
      JsonObject()
          .Add("type", "TextQuoteSelector")
          .Add("exact", text.substr(begin, end - begin))
          .Add("prefix", Before(text, begin))
          .Add("suffix", After(text, end)),
      JsonObject()
          .Add("type", "TextPositionSelector")
          .Add("start", static_cast<double>(Characters(text.substr(0, begin))))
          .Add("end", static_cast<double>(Characters(text.substr(0, end))))};
  return JsonObject()
      .Add("type", "SpecificResource")
      .Add("source", source)
      .Add("selector", selectors);
}

JsonObject BodyOf(const StatementRow& row) {
  const MentionRow& speaker = row.speaker();
  const std::string who =
      speaker.actor_name().empty() ? speaker.text() : speaker.actor_name();
  const std::string side = !row.has_stance()  ? "no stance"
                           : row.stance() > 0 ? "for"
                           : row.stance() < 0 ? "against"
                                              : "neutral";
  return JsonObject()
      .Add("type", "TextualBody")
      .Add("purpose", "classifying")
      .Add("format", "text/plain")
      .Add("value", absl::StrCat(who.empty() ? "unknown" : who, ": ", side,
                                 row.topic().empty() ? "" : " ", row.topic()));
}

}  // namespace

void WriteWebAnnotations(const ExportData& data, std::ostream& out) {
  std::vector<JsonObject> items;
  for (const StatementRow* row : Evidence(data)) {
    const auto text = data.texts.find(row->doc_id());
    if (text == data.texts.end()) continue;
    std::vector<JsonObject> targets;
    for (const Span& span : row->content()) {
      if (span.begin() > span.end() || span.end() > text->second.size()) {
        continue;
      }
      targets.push_back(TargetOf(ArticleUri(data, row->doc_id()), text->second,
                                 span.begin(), span.end()));
    }
    if (targets.empty()) continue;
    items.push_back(JsonObject()
                        .Add("id", Urn("statement", row->statement_id()))
                        .Add("type", "Annotation")
                        .Add("motivation", "classifying")
                        .Add("body", BodyOf(*row))
                        .Add("target", targets));
  }
  out << JsonObject()
             .Add("@context", "http://www.w3.org/ns/anno.jsonld")
             .Add("id", "urn:x-onrecord:annotations")
             .Add("type", "AnnotationPage")
             .Add("items", items)
             .ToString()
      << "\n";
}

}  // namespace onrecord
