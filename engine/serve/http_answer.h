// Statuses as HTTP answers.

#ifndef ONRECORD_ENGINE_SERVE_HTTP_ANSWER_H_
#define ONRECORD_ENGINE_SERVE_HTTP_ANSWER_H_

#include <httplib.h>

#include "absl/status/status.h"

namespace onrecord {

inline constexpr char kJsonType[] = "application/json; charset=utf-8";

// Answers with {"error":{"code","message"}} and the HTTP status that fits.
void SetError(const absl::Status& status, httplib::Response& response);

// The same for a response that has an HTTP status and nothing else.
void DescribeError(httplib::Response& response);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SERVE_HTTP_ANSWER_H_
