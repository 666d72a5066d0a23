#include "engine/serve/http_answer.h"

#include "absl/strings/str_cat.h"
#include "engine/report/json_value.h"

namespace onrecord {
namespace {

int HttpStatusOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 413;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kFailedPrecondition:
      return 503;
    default:
      return 500;
  }
}

absl::string_view MessageOf(int http_status) {
  switch (http_status) {
    case 404:
      return "no such page";
    case 405:
      return "this server only reads";
    case 413:
      return "the body is too large";
    case 414:
      return "the address is too long";
    case 415:
      return "expected application/json or application/x-ndjson";
    default:
      return http_status < 500 ? "the request is malformed"
                               : "the request could not be answered";
  }
}

std::string ErrorJson(absl::string_view code, absl::string_view message) {
  return JsonObject()
             .Add("error",
                  JsonObject().Add("code", code).Add("message", message))
             .ToString() +
         "\n";
}

}  // namespace

void SetError(const absl::Status& status, httplib::Response& response) {
  response.status = HttpStatusOf(status.code());
  response.set_content(
      ErrorJson(absl::StatusCodeToString(status.code()), status.message()),
      kJsonType);
}

void DescribeError(httplib::Response& response) {
  response.set_content(ErrorJson(absl::StrCat("HTTP_", response.status),
                                 MessageOf(response.status)),
                       kJsonType);
}

}  // namespace onrecord
