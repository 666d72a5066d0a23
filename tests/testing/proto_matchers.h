// Matchers for protocol buffer messages.

#ifndef ONRECORD_TESTS_TESTING_PROTO_MATCHERS_H_
#define ONRECORD_TESTS_TESTING_PROTO_MATCHERS_H_

#include <gmock/gmock.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <string>

namespace onrecord {
namespace testing {

// Parses `text`, in protobuf's text format. Fails the test if it does not
// parse.
template <typename Message>
Message ParseText(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) {
    ADD_FAILURE() << "not a " << message.GetTypeName() << ": " << text;
  }
  return message;
}

// Matches a message equal to `expected`, field by field.
MATCHER_P(EqualsProto, expected,
          "equals " + std::string(expected.ShortDebugString())) {
  std::string difference;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  const bool equal = differencer.Compare(expected, arg);
  if (!equal) *result_listener << difference;
  return equal;
}

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_PROTO_MATCHERS_H_
