#include "engine/report/json_value.h"

#include <unicode/utf8.h>

#include <cmath>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace onrecord {
namespace {

// Control characters, ends of lines, and marks that turn the direction of
// writing.
bool ActsOnReader(UChar32 character) {
  return character < 0x20 || (character >= 0x7F && character < 0xA0) ||
         character == 0x200E || character == 0x200F ||
         (character >= 0x2028 && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

}  // namespace

std::string JsonString(absl::string_view text) {
  std::string json = "\"";
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int64_t>(text.size());
  for (int64_t at = 0; at < size;) {
    const int64_t begin = at;
    UChar32 character;
    U8_NEXT(bytes, at, size, character);
    if (character < 0) {
      json += "\xEF\xBF\xBD";
    } else if (character == '"' || character == '\\') {
      json += '\\';
      json += static_cast<char>(character);
    } else if (character == '<' || ActsOnReader(character)) {
      absl::StrAppendFormat(&json, "\\u%04x", character);
    } else {
      json.append(text.data() + begin, static_cast<size_t>(at - begin));
    }
  }
  return json + "\"";
}

JsonObject& JsonObject::AddRaw(absl::string_view name, absl::string_view json) {
  absl::StrAppend(&body_, body_.empty() ? "" : ",", JsonString(name), ":",
                  json);
  return *this;
}

JsonObject& JsonObject::Add(absl::string_view name, absl::string_view text) {
  return AddRaw(name, JsonString(text));
}

JsonObject& JsonObject::Add(absl::string_view name, const JsonObject& value) {
  return AddRaw(name, value.ToString());
}

JsonObject& JsonObject::Add(absl::string_view name,
                            const std::vector<JsonObject>& values) {
  std::string json;
  for (const JsonObject& value : values) {
    absl::StrAppend(&json, json.empty() ? "" : ",", value.ToString());
  }
  return AddRaw(name, absl::StrCat("[", json, "]"));
}

JsonObject& JsonObject::Add(absl::string_view name,
                            const std::vector<std::string>& texts) {
  std::string json;
  for (const std::string& text : texts) {
    absl::StrAppend(&json, json.empty() ? "" : ",", JsonString(text));
  }
  return AddRaw(name, absl::StrCat("[", json, "]"));
}

JsonObject& JsonObject::Add(absl::string_view name, double number) {
  return AddRaw(name, std::isfinite(number) ? absl::StrFormat("%.12g", number)
                                            : std::string("null"));
}

JsonObject& JsonObject::AddFlag(absl::string_view name, bool value) {
  return AddRaw(name, value ? "true" : "false");
}

JsonObject& JsonObject::AddIfAny(absl::string_view name,
                                 absl::string_view text) {
  return text.empty() ? *this : Add(name, text);
}

}  // namespace onrecord
