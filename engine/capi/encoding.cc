#include "engine/capi/encoding.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/util/delimited_message_util.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/ingest/json.h"
#include "engine/report/event_json.h"
#include "engine/report/rows.h"
#include "proto/event.pb.h"

namespace onrecord {
namespace {

absl::Status UnknownEncoding(onrecord_encoding encoding) {
  return absl::InvalidArgumentError(absl::StrCat(
      "`encoding` is ", encoding, ", expected ONRECORD_JSON (0) or ",
      "ONRECORD_PROTOBUF (1)"));
}

// An application's event may hold what JSON cannot.
std::string JsonOf(const google::protobuf::Message& message) {
  if (message.GetDescriptor() == RecordedEvent::descriptor()) {
    return EventToJson(static_cast<const RecordedEvent&>(message));
  }
  return ToJson(message);
}

absl::Status DecodeLine(absl::string_view* bytes,
                        google::protobuf::Message* message) {
  absl::string_view line;
  while (line.empty() && !bytes->empty()) {
    const size_t end = bytes->find('\n');
    line = absl::StripAsciiWhitespace(bytes->substr(0, end));
    bytes->remove_prefix(end == absl::string_view::npos ? bytes->size()
                                                        : end + 1);
  }
  return ParseJson(line, *message);
}

absl::Status DecodeDelimited(absl::string_view* bytes,
                             google::protobuf::Message* message) {
  google::protobuf::io::CodedInputStream in(
      reinterpret_cast<const uint8_t*>(bytes->data()),
      static_cast<int>(bytes->size()));
  bool at_end = false;
  if (!google::protobuf::util::ParseDelimitedFromCodedStream(message, &in,
                                                             &at_end)) {
    return absl::InvalidArgumentError("it is malformed or cut short");
  }
  bytes->remove_prefix(static_cast<size_t>(in.CurrentPosition()));
  return absl::OkStatus();
}

}  // namespace

absl::Status EncodeMessage(const google::protobuf::Message& message,
                           onrecord_encoding encoding, std::string* out) {
  if (encoding == ONRECORD_JSON) {
    absl::StrAppend(out, JsonOf(message), "\n");
    return absl::OkStatus();
  }
  if (encoding != ONRECORD_PROTOBUF) return UnknownEncoding(encoding);
  const std::string bytes = message.SerializeAsString();
  uint8_t length[10];
  const uint8_t* const end =
      google::protobuf::io::CodedOutputStream::WriteVarint64ToArray(
          bytes.size(), length);
  out->append(reinterpret_cast<const char*>(length),
              static_cast<size_t>(end - length));
  out->append(bytes);
  return absl::OkStatus();
}

absl::Status DecodeNext(onrecord_encoding encoding, size_t number,
                        absl::string_view* bytes,
                        google::protobuf::Message* message) {
  if (encoding != ONRECORD_JSON && encoding != ONRECORD_PROTOBUF) {
    return UnknownEncoding(encoding);
  }
  const absl::Status status = encoding == ONRECORD_JSON
                                  ? DecodeLine(bytes, message)
                                  : DecodeDelimited(bytes, message);
  if (status.ok()) return status;
  return absl::Status(status.code(),
                      absl::StrCat(message->GetTypeName(), " ", number, ": ",
                                   status.message()));
}

bool AtEnd(onrecord_encoding encoding, absl::string_view bytes) {
  return encoding == ONRECORD_JSON ? absl::StripAsciiWhitespace(bytes).empty()
                                   : bytes.empty();
}

absl::Status DecodeOne(onrecord_encoding encoding, absl::string_view bytes,
                       google::protobuf::Message* message) {
  if (encoding == ONRECORD_JSON) {
    if (AtEnd(encoding, bytes)) return absl::OkStatus();
    return ParseJson(bytes, *message);
  }
  if (encoding != ONRECORD_PROTOBUF) return UnknownEncoding(encoding);
  if (message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the ", message->GetTypeName(), " does not parse"));
}

}  // namespace onrecord
