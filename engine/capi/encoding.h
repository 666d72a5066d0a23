// Messages as bytes that cross the C API.

#ifndef ONRECORD_ENGINE_CAPI_ENCODING_H_
#define ONRECORD_ENGINE_CAPI_ENCODING_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/capi/onrecord.h"

namespace onrecord {

// Adds `message` to `out`: as JSON on a line, or after its length as a varint.
// Returns INVALID_ARGUMENT if there is no such encoding.
absl::Status EncodeMessage(const google::protobuf::Message& message,
                           onrecord_encoding encoding, std::string* out);

// Takes one message off the front of `bytes`. Returns INVALID_ARGUMENT, naming
// the message by `number`, if it is malformed.
absl::Status DecodeNext(onrecord_encoding encoding, size_t number,
                        absl::string_view* bytes,
                        google::protobuf::Message* message);

// Whether nothing but blank lines is left.
bool AtEnd(onrecord_encoding encoding, absl::string_view bytes);

// All messages in `bytes`.
template <typename Message>
absl::StatusOr<std::vector<Message>> DecodeAll(onrecord_encoding encoding,
                                               absl::string_view bytes) {
  std::vector<Message> messages;
  while (!AtEnd(encoding, bytes)) {
    messages.emplace_back();
    absl::Status status =
        DecodeNext(encoding, messages.size(), &bytes, &messages.back());
    if (!status.ok()) return status;
  }
  return messages;
}

// The one message in `bytes`; one without fields if there are no bytes. In
// protobuf it stands alone, without a length.
absl::Status DecodeOne(onrecord_encoding encoding, absl::string_view bytes,
                       google::protobuf::Message* message);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CAPI_ENCODING_H_
