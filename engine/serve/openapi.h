// The description of the JSON API, made from its table.

#ifndef ONRECORD_ENGINE_SERVE_OPENAPI_H_
#define ONRECORD_ENGINE_SERVE_OPENAPI_H_

#include <string>

namespace onrecord {

// An OpenAPI 3.0.3 document, JSON. With `writes`, also of what records
// articles.
std::string OpenApi(bool writes);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_SERVE_OPENAPI_H_
