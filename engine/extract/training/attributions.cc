// Prints the attributions that the models find, to be scored:
//
//   attributions FILE.jsonl
//
// FILE has an object with "doc_id" and "text" on each line; what comes out has
// "attributions" with "source_spans", "cue_spans" and "content_spans" too,
// offsets in code points, and their confidence.

#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/extract/attribution/attribution_model.h"
#include "engine/extract/text/document.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace onrecord {
namespace extract {
namespace {

// Code points before each byte.
std::vector<uint32_t> CodePoints(absl::string_view text) {
  std::vector<uint32_t> points = {0};
  for (size_t i = 0; i < text.size(); ++i) {
    const bool ends = i + 1 == text.size() || (text[i + 1] & 0xC0) != 0x80;
    points.push_back(points.back() + ends);
  }
  return points;
}

std::string SpansOf(const Document& document,
                    absl::Span<const TokenRange> ranges,
                    const std::vector<uint32_t>& points) {
  std::vector<std::string> spans;
  for (const TokenRange& range : ranges) {
    if (range.empty()) continue;
    spans.push_back(
        absl::StrCat("[", points[document.tokens()[range.first].begin], ",",
                     points[document.tokens()[range.last - 1].end], "]"));
  }
  return absl::StrCat("[", absl::StrJoin(spans, ","), "]");
}

void Print(const std::string& line) {
  google::protobuf::Struct json;
  if (!google::protobuf::util::JsonStringToMessage(line, &json).ok()) {
    std::cerr << "not a JSON object\n";
    return;
  }
  const std::string text = json.fields().at("text").string_value();
  const Document document = Document::Analyze(text);
  const std::vector<uint32_t> points = CodePoints(text);
  std::vector<std::string> found;
  for (const Attribution& attribution : FindAttributions(document)) {
    found.push_back(absl::StrCat(
        "{\"source_spans\":", SpansOf(document, {attribution.source}, points),
        ",\"cue_spans\":", SpansOf(document, {attribution.cue}, points),
        ",\"content_spans\":", SpansOf(document, attribution.content, points),
        ",\"confidence\":", attribution.confidence,
        ",\"source_confidence\":", attribution.source_confidence, "}"));
  }
  google::protobuf::Struct out;
  (*out.mutable_fields())["doc_id"] = json.fields().at("doc_id");
  (*out.mutable_fields())["text"] = json.fields().at("text");
  std::string head;
  if (!google::protobuf::util::MessageToJsonString(out, &head).ok()) return;
  head.pop_back();
  std::cout << head << ",\"attributions\":[" << absl::StrJoin(found, ",")
            << "]}\n";
}

}  // namespace
}  // namespace extract
}  // namespace onrecord

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: attributions FILE.jsonl\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  std::string line;
  while (std::getline(file, line)) onrecord::extract::Print(line);
  return 0;
}
