#include "engine/ingest/html/json_ld.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "storage/utf8.h"

namespace onrecord {
namespace {

using ::google::protobuf::Struct;
using ::google::protobuf::Value;

const Value* Field(const Struct& object, const char* name) {
  const auto field = object.fields().find(name);
  return field == object.fields().end() ? nullptr : &field->second;
}

bool IsArticleType(absl::string_view type) {
  return absl::EndsWith(type, "Article") || absl::EndsWith(type, "BlogPosting");
}

bool IsArticle(const Struct& object) {
  const Value* type = Field(object, "@type");
  if (type == nullptr) return false;
  if (IsArticleType(type->string_value())) return true;
  for (const Value& one : type->list_value().values()) {
    if (IsArticleType(one.string_value())) return true;
  }
  return false;
}

// The first article in `value`: itself, in its list, or in its `@graph`.
const Struct* FindArticle(const Value& value) {
  if (value.has_list_value()) {
    for (const Value& one : value.list_value().values()) {
      if (const Struct* found = FindArticle(one)) return found;
    }
  }
  if (!value.has_struct_value()) return nullptr;
  if (IsArticle(value.struct_value())) return &value.struct_value();
  const Value* graph = Field(value.struct_value(), "@graph");
  return graph == nullptr ? nullptr : FindArticle(*graph);
}

// A text; of an object, the text in its field `inner`; of a list, of its first.
std::string TextOf(const Value* value, const char* inner) {
  if (value == nullptr) return "";
  if (value->has_list_value()) {
    const auto& values = value->list_value().values();
    return values.empty() ? "" : TextOf(&values[0], inner);
  }
  if (value->has_struct_value()) {
    const Value* field = Field(value->struct_value(), inner);
    return field == nullptr ? "" : field->string_value();
  }
  return value->string_value();
}

// Without what some pages put around the JSON: CDATA and comment marks,
// semicolons.
absl::string_view Strip(absl::string_view script) {
  constexpr absl::string_view kOpening = "<![CDATA[";
  const size_t opening = script.find(kOpening);
  if (opening < script.find_first_of("{\"")) {
    script.remove_prefix(opening + kOpening.size());
    script = script.substr(0, script.rfind("]]>"));
  }
  const size_t begin = script.find_first_of("{[");
  const size_t end = script.find_last_of("}]");
  if (begin == absl::string_view::npos || end == absl::string_view::npos ||
      end < begin) {
    return {};
  }
  return script.substr(begin, end + 1 - begin);
}

}  // namespace

std::optional<JsonLdArticle> ParseJsonLd(absl::string_view script) {
  const absl::string_view json = Strip(script);
  Value value;
  if (json.empty() || !CheckUtf8(json).ok() ||
      !google::protobuf::util::JsonStringToMessage({json.data(), json.size()},
                                                   &value)
           .ok()) {
    return std::nullopt;
  }
  const Struct* article = FindArticle(value);
  if (article == nullptr) return std::nullopt;
  JsonLdArticle found;
  found.headline = TextOf(Field(*article, "headline"), "@value");
  found.date_published = TextOf(Field(*article, "datePublished"), "@value");
  found.publisher = TextOf(Field(*article, "publisher"), "name");
  found.language = TextOf(Field(*article, "inLanguage"), "alternateName");
  found.url = TextOf(Field(*article, "url"), "@id");
  if (found.url.empty()) {
    found.url = TextOf(Field(*article, "mainEntityOfPage"), "@id");
  }
  found.body = TextOf(Field(*article, "articleBody"), "@value");
  return found;
}

}  // namespace onrecord
