// JSON documents that follow no message of ours, built by hand.

#ifndef ONRECORD_ENGINE_REPORT_JSON_VALUE_H_
#define ONRECORD_ENGINE_REPORT_JSON_VALUE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace onrecord {

// `text` as a JSON string, quoted. "<" is escaped too, so that JSON may stand
// in HTML, and what acts on a terminal. What is not UTF-8 becomes U+FFFD.
std::string JsonString(absl::string_view text);

// A JSON object; its fields stay in the order in which they were added. A value
// type.
class JsonObject {
 public:
  JsonObject& Add(absl::string_view name, absl::string_view text);
  JsonObject& Add(absl::string_view name, const char* text) {
    return Add(name, absl::string_view(text));
  }
  JsonObject& Add(absl::string_view name, const JsonObject& value);
  JsonObject& Add(absl::string_view name,
                  const std::vector<JsonObject>& values);
  JsonObject& Add(absl::string_view name,
                  const std::vector<std::string>& texts);
  JsonObject& Add(absl::string_view name, double number);
  JsonObject& AddFlag(absl::string_view name, bool value);

  // Adds `text` unless it is empty.
  JsonObject& AddIfAny(absl::string_view name, absl::string_view text);

  bool empty() const { return body_.empty(); }
  std::string ToString() const { return "{" + body_ + "}"; }

 private:
  JsonObject& AddRaw(absl::string_view name, absl::string_view json);

  std::string body_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_JSON_VALUE_H_
