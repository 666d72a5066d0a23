#include "storage/head_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/hash.h"

namespace onrecord {

std::string HeadText(const Head& head) {
  return absl::StrCat(head.commits, ":", absl::BytesToHexString(head.root));
}

absl::StatusOr<Head> ParseHead(absl::string_view text) {
  const size_t colon = text.find(':');
  Head head;
  if (colon != absl::string_view::npos &&
      absl::SimpleAtoi(text.substr(0, colon), &head.commits)) {
    const absl::string_view root = text.substr(colon + 1);
    if (root.size() == 2 * kSha256Bytes &&
        std::all_of(root.begin(), root.end(), absl::ascii_isxdigit)) {
      head.root = absl::HexStringToBytes(root);
      return head;
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text,
                   "\" is no head, expected COMMITS:ROOT with 64 hexadecimal "
                   "digits, as `onrecord log head` prints it"));
}

}  // namespace onrecord
