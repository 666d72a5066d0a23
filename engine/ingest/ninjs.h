// Articles in ninjs, the news industry's JSON (IPTC; versions 1 to 3).

#ifndef ONRECORD_ENGINE_INGEST_NINJS_H_
#define ONRECORD_ENGINE_INGEST_NINJS_H_

#include <google/protobuf/struct.pb.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proto/article_row.pb.h"

namespace onrecord {

// Whether an object is an item of ninjs: it has a `uri`, and a headline, body,
// status or version under ninjs's names.
bool IsNinjs(const google::protobuf::Struct& item);

// Reads an item of text. Its `uri` becomes the id, and the URL if it is one of
// the web; the first of `firstcreated`, `contentcreated` and `versioncreated`
// the date; the first source, or else the holder of the copyright, the
// publisher; the body, in plain text if there is one and else from HTML, the
// text. Names in camel case, as of version 3, are the same names. Thread-safe.
//
// Returns INVALID_ARGUMENT if it is an item of another type, is withdrawn
// (`pubstatus` "canceled"), or has no body of text.
absl::StatusOr<ArticleRow> ReadNinjs(const google::protobuf::Struct& item);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_NINJS_H_
