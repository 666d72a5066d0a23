#include "engine/extract/training/corpus.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/io/gzip_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace extract {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("no file ", path));
  std::stringstream content;
  content << file.rdbuf();
  std::string bytes = content.str();
  if (!absl::EndsWith(path, ".gz")) return bytes;
  google::protobuf::io::ArrayInputStream packed(bytes.data(),
                                                static_cast<int>(bytes.size()));
  google::protobuf::io::GzipInputStream stream(&packed);
  std::string text;
  const void* data;
  int size;
  while (stream.Next(&data, &size)) {
    text.append(static_cast<const char*>(data), size);
  }
  if (stream.ZlibErrorCode() < 0) {
    return absl::InvalidArgumentError(absl::StrCat("not gzip: ", path));
  }
  return text;
}

// Offsets of `text` in code points, as bytes.
class ByteOffsets {
 public:
  explicit ByteOffsets(absl::string_view text) {
    for (size_t i = 0; i < text.size(); ++i) {
      if ((text[i] & 0xC0) != 0x80) offsets_.push_back(i);
    }
    offsets_.push_back(text.size());
  }
  uint32_t operator()(double code_point) const {
    const auto at = static_cast<size_t>(std::max(0.0, code_point));
    return offsets_[std::min(at, offsets_.size() - 1)];
  }

 private:
  std::vector<uint32_t> offsets_;
};

std::vector<ByteSpan> Spans(const Struct& attribution, const char* field,
                            const ByteOffsets& bytes) {
  std::vector<ByteSpan> spans;
  const auto found = attribution.fields().find(field);
  if (found == attribution.fields().end()) return spans;
  for (const Value& span : found->second.list_value().values()) {
    const auto& ends = span.list_value().values();
    if (ends.size() != 2) continue;
    spans.push_back(
        {bytes(ends[0].number_value()), bytes(ends[1].number_value())});
  }
  return spans;
}

absl::StatusOr<AnnotatedArticle> ParseArticle(absl::string_view line) {
  Struct json;
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(line.data(), line.size()), &json);
  if (!status.ok()) {
    return absl::InvalidArgumentError("an article is no JSON object");
  }
  AnnotatedArticle article;
  article.id = json.fields().at("doc_id").string_value();
  article.text = json.fields().at("text").string_value();
  const ByteOffsets bytes(article.text);
  for (const Value& value :
       json.fields().at("attributions").list_value().values()) {
    const Struct& marked = value.struct_value();
    article.attributions.push_back({Spans(marked, "source_spans", bytes),
                                    Spans(marked, "cue_spans", bytes),
                                    Spans(marked, "content_spans", bytes)});
  }
  return article;
}

// Reads the rows of one article's parse, up to the next "#doc".
void ParseTokens(const std::vector<absl::string_view>& lines, size_t begin,
                 AnnotatedArticle& article) {
  const ByteOffsets bytes(article.text);
  uint32_t sentence = 0;
  size_t first = 0;  // of the sentence
  for (size_t i = begin; i < lines.size(); ++i) {
    const absl::string_view line = lines[i];
    if (absl::StartsWith(line, "#doc\t")) return;
    if (absl::StartsWith(line, "#coref")) continue;
    if (line.empty()) {
      first = article.tokens.size();
      ++sentence;
      continue;
    }
    const std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
    int begin_at;
    int end_at;
    int head;
    if (fields.size() < 7 || !absl::SimpleAtoi(fields[0], &begin_at) ||
        !absl::SimpleAtoi(fields[1], &end_at) ||
        !absl::SimpleAtoi(fields[4], &head)) {
      continue;
    }
    SilverToken token;
    token.span = {bytes(begin_at), bytes(end_at)};
    token.tag = std::string(fields[2]);
    token.name = std::string(fields[3]);
    token.head = head > 0 ? static_cast<int32_t>(first) + head - 1 : -1;
    token.relation = std::string(fields[5]);
    token.lemma = std::string(fields[6]);
    token.sentence = sentence;
    article.tokens.push_back(std::move(token));
  }
}

}  // namespace

absl::StatusOr<std::vector<AnnotatedArticle>> ReadCorpus(
    const std::string& directory, absl::string_view part) {
  const std::string stem = absl::StrCat(directory, "/polnear_", part);
  absl::StatusOr<std::string> articles = ReadFile(stem + ".jsonl.gz");
  if (absl::IsNotFound(articles.status())) {
    articles = ReadFile(stem + ".jsonl");
  }
  ONRECORD_RETURN_IF_ERROR(articles.status());
  ONRECORD_ASSIGN_OR_RETURN(const std::string parses,
                            ReadFile(stem + "_parses.tsv.gz"));
  const std::vector<absl::string_view> lines = absl::StrSplit(parses, '\n');
  absl::flat_hash_map<absl::string_view, size_t> starts;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (absl::StartsWith(lines[i], "#doc\t"))
      starts[lines[i].substr(5)] = i + 1;
  }
  std::vector<AnnotatedArticle> corpus;
  for (absl::string_view line :
       absl::StrSplit(*articles, '\n', absl::SkipWhitespace())) {
    ONRECORD_ASSIGN_OR_RETURN(AnnotatedArticle article, ParseArticle(line));
    const auto start = starts.find(article.id);
    if (start != starts.end()) ParseTokens(lines, start->second, article);
    corpus.push_back(std::move(article));
  }
  return corpus;
}

}  // namespace extract
}  // namespace onrecord
