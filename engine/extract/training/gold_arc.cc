#include "engine/extract/training/gold_arc.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <numeric>
#include <sstream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/edtf.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace extract {
namespace {

using ::google::protobuf::ListValue;
using ::google::protobuf::Struct;
using ::google::protobuf::Value;

// The seed article was published on this day (it does not say so itself).
constexpr absl::string_view kSeedPublished = "2025-04-26";

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("no file ", path));
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

absl::StatusOr<std::vector<Struct>> ReadRows(const std::string& path) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
  std::vector<Struct> rows;
  int number = 0;
  for (const absl::string_view line : absl::StrSplit(content, '\n')) {
    ++number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    Struct row;
    if (!google::protobuf::util::JsonStringToMessage(std::string(line), &row)
             .ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ":", number, ": no JSON object"));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

absl::StatusOr<Codebook> ReadCodebook(const std::string& path) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string content, ReadFile(path));
  Codebook codebook;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (!google::protobuf::util::JsonStringToMessage(content, &codebook, options)
           .ok()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": no codebook"));
  }
  return codebook;
}

const Value& Get(const Struct& row, const std::string& key) {
  static const Value* const kNull = new Value;
  const auto found = row.fields().find(key);
  return found == row.fields().end() ? *kNull : found->second;
}

std::string Text(const Struct& row, const std::string& key) {
  return Get(row, key).string_value();
}

bool Flag(const Struct& row, const std::string& key) {
  return Get(row, key).bool_value();
}

// The byte at which each code point of `text` begins, and its end.
std::vector<uint32_t> CodePointStarts(absl::string_view text) {
  std::vector<uint32_t> starts;
  for (uint32_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xC0) != 0x80) starts.push_back(i);
  }
  starts.push_back(static_cast<uint32_t>(text.size()));
  return starts;
}

// A list [begin, end) of code points as bytes; empty if there is none.
Span ToSpan(const Value& value, const std::vector<uint32_t>& starts) {
  Span span;
  const ListValue& list = value.list_value();
  if (list.values_size() == 2) {
    span.set_begin(
        starts.at(static_cast<size_t>(list.values(0).number_value())));
    span.set_end(starts.at(static_cast<size_t>(list.values(1).number_value())));
  }
  return span;
}

TokenRange ToTokens(const Document& document, const Span& span) {
  const std::vector<Token>& tokens = document.tokens();
  const auto first = std::partition_point(
      tokens.begin(), tokens.end(),
      [&span](const Token& t) { return t.end <= span.begin(); });
  const auto last = std::partition_point(
      first, tokens.end(),
      [&span](const Token& t) { return t.begin < span.end(); });
  if (!span.has_begin() || first >= last) return {};
  return {static_cast<uint32_t>(first - tokens.begin()),
          static_cast<uint32_t>(last - tokens.begin())};
}

Statement::Kind ToKind(const std::string& name) {
  Statement::Kind kind = Statement::KIND_UNSPECIFIED;
  Statement::Kind_Parse(absl::AsciiStrToUpper(name), &kind);
  return kind;
}

// Where a statement begins: its first content, else its cue.
uint32_t BeginOf(const GoldArticle::Spans& spans) {
  if (!spans.content.empty()) return spans.content[0].begin();
  return spans.cue.has_begin() ? spans.cue.begin() : spans.source.begin();
}

// Brings statements into the order of the text, parents before what is nested
// in them, and turns parents' ids into indices.
void SortStatements(const std::map<std::string, std::string>& parents,
                    GoldArticle* article) {
  std::vector<size_t> order(article->statements.size());
  std::iota(order.begin(), order.end(), 0);
  const auto is_nested = [&](size_t i) {
    return parents.count(article->statements[i].id) > 0;
  };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const uint32_t x = BeginOf(article->spans[a]);
    const uint32_t y = BeginOf(article->spans[b]);
    if (is_nested(a) != is_nested(b) && x == y) return is_nested(b);
    return x < y;
  });
  GoldArticle sorted;
  std::map<std::string, int> index;
  std::map<std::string, int> speakers;
  for (const size_t i : order) {
    index[article->statements[i].id] = static_cast<int>(index.size());
    sorted.statements.push_back(article->statements[i]);
    sorted.spans.push_back(article->spans[i]);
  }
  for (size_t i = 0; i < sorted.statements.size(); ++i) {
    const auto parent = parents.find(sorted.statements[i].id);
    if (parent != parents.end() && index.count(parent->second) > 0) {
      sorted.spans[i].parent = index[parent->second];
    }
    const std::string& speaker = sorted.statements[i].speaker;
    if (!speaker.empty()) {
      const int next = static_cast<int>(speakers.size());
      sorted.spans[i].speaker = speakers.emplace(speaker, next).first->second;
    }
  }
  article->statements = std::move(sorted.statements);
  article->spans = std::move(sorted.spans);
}

GoldStatement ToStatement(const Struct& row) {
  GoldStatement gold;
  gold.id = Text(row, "id");
  gold.speaker = Text(row, "speaker");
  gold.topic = Text(row, "topic");
  const Value& stance = Get(row, "stance");
  if (stance.kind_case() == Value::kNumberValue) {
    gold.stance = stance.number_value();
  }
  gold.said_at = Text(row, "said_at");
  gold.conditional = Flag(row, "conditional");
  gold.negated = Flag(row, "negated");
  gold.optional = Flag(row, "optional");
  return gold;
}

}  // namespace

std::vector<Saying> GoldArticle::SayingsOf(const Document& document) const {
  std::vector<Saying> sayings;
  for (const Spans& gold : spans) {
    Saying saying;
    saying.source = ToTokens(document, gold.source);
    saying.cue = ToTokens(document, gold.cue);
    for (const Span& part : gold.content) {
      saying.content.push_back(ToTokens(document, part));
    }
    saying.kind = gold.kind;
    saying.speaker = gold.speaker;
    saying.parent = gold.parent;
    sayings.push_back(std::move(saying));
  }
  return sayings;
}

absl::StatusOr<GoldArc> ReadArc(absl::string_view path) {
  GoldArc arc;
  ONRECORD_ASSIGN_OR_RETURN(arc.codebook,
                            ReadCodebook(absl::StrCat(path, "/codebook.json")));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Struct> articles,
                            ReadRows(absl::StrCat(path, "/articles.jsonl")));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Struct> statements,
                            ReadRows(absl::StrCat(path, "/statements.jsonl")));
  for (const Struct& row : articles) {
    GoldArticle article;
    article.id = Text(row, "id");
    article.text = Text(row, "text");
    ONRECORD_ASSIGN_OR_RETURN(article.published,
                              ParseDay(Text(row, "published")));
    const std::vector<uint32_t> starts = CodePointStarts(article.text);
    std::map<std::string, std::string> parents;
    for (const Struct& gold : statements) {
      if (Text(gold, "doc_id") != article.id) continue;
      article.statements.push_back(ToStatement(gold));
      GoldArticle::Spans spans;
      spans.source = ToSpan(Get(gold, "source_span"), starts);
      spans.cue = ToSpan(Get(gold, "cue_span"), starts);
      for (const Value& part :
           Get(gold, "content_spans").list_value().values()) {
        spans.content.push_back(ToSpan(part, starts));
      }
      spans.kind = ToKind(Text(gold, "kind"));
      article.spans.push_back(std::move(spans));
      const std::string parent = Text(gold, "parent");
      if (!parent.empty()) parents[Text(gold, "id")] = parent;
    }
    SortStatements(parents, &article);
    arc.articles.push_back(std::move(article));
  }
  return arc;
}

absl::StatusOr<GoldArc> ReadSeed(absl::string_view path) {
  GoldArc arc;
  ONRECORD_ASSIGN_OR_RETURN(
      arc.codebook, ReadCodebook(absl::StrCat(path, "/seed_codebook.json")));
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<Struct> statements,
                            ReadRows(absl::StrCat(path, "/seed_gold.jsonl")));
  ONRECORD_ASSIGN_OR_RETURN(
      const std::vector<Struct> positions,
      ReadRows(absl::StrCat(path, "/seed_positions.jsonl")));
  GoldArticle article;
  article.id = "seed";
  ONRECORD_ASSIGN_OR_RETURN(article.text,
                            ReadFile(absl::StrCat(path, "/seed_article.txt")));
  ONRECORD_ASSIGN_OR_RETURN(article.published, ParseDay(kSeedPublished));
  const std::vector<uint32_t> starts = CodePointStarts(article.text);
  std::map<std::string, std::string> parents;
  for (const Struct& row : statements) {
    GoldStatement gold;
    gold.id = Text(row, "id");
    gold.speaker = Text(row, "speaker_canonical");
    gold.optional = Flag(row, "optional");
    article.statements.push_back(std::move(gold));
    GoldArticle::Spans spans;
    spans.source = ToSpan(Get(row, "speaker_span"), starts);
    spans.cue = ToSpan(Get(row, "cue_span"), starts);
    spans.content.push_back(ToSpan(Get(row, "content_span"), starts));
    spans.kind = ToKind(Text(row, "kind"));
    article.spans.push_back(std::move(spans));
    const std::string parent = Text(row, "parent");
    if (!parent.empty()) parents[Text(row, "id")] = parent;
  }
  SortStatements(parents, &article);
  arc.articles.push_back(std::move(article));
  for (const Struct& row : positions) {
    GoldPosition position;
    position.actor = Text(row, "actorName");
    position.topic = Text(row, "topic");
    position.stance = Get(row, "stance").number_value();
    for (const Value& id : Get(row, "evidence_gold").list_value().values()) {
      position.evidence.push_back(id.string_value());
    }
    arc.positions.push_back(std::move(position));
  }
  return arc;
}

}  // namespace extract
}  // namespace onrecord
