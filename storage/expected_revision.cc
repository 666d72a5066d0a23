#include "storage/expected_revision.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace onrecord {
namespace {

// The payload is "<revision> <stream>" or "none <stream>".
constexpr char kPayloadType[] = "onrecord.WrongExpectedRevision";
constexpr char kNoRevision[] = "none";

std::string RevisionText(std::optional<uint64_t> revision) {
  return revision.has_value() ? absl::StrCat(*revision) : kNoRevision;
}

}  // namespace

bool ExpectedRevision::Admits(std::optional<uint64_t> current) const {
  switch (kind_) {
    case Kind::kAny:
      return true;
    case Kind::kNoStream:
      return !current.has_value();
    case Kind::kStreamExists:
      return current.has_value();
    case Kind::kExactly:
      return current == revision_;
  }
  return false;
}

std::string ExpectedRevision::ToString() const {
  switch (kind_) {
    case Kind::kAny:
      return "any";
    case Kind::kNoStream:
      return "no stream";
    case Kind::kStreamExists:
      return "stream exists";
    case Kind::kExactly:
      return absl::StrCat("revision ", revision_);
  }
  return "";
}

absl::Status WrongExpectedRevisionError(absl::string_view stream,
                                        ExpectedRevision expected,
                                        std::optional<uint64_t> current) {
  absl::Status status = absl::AbortedError(absl::StrCat(
      "stream ", stream, ": expected ", expected.ToString(), ", but it ",
      current.has_value() ? absl::StrCat("is at revision ", *current)
                          : "has no event"));
  status.SetPayload(kPayloadType, absl::Cord(absl::StrCat(RevisionText(current),
                                                          " ", stream)));
  return status;
}

std::optional<WrongExpectedRevision> GetWrongExpectedRevision(
    const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadType);
  if (!payload.has_value()) return std::nullopt;
  const std::string text(*payload);
  const size_t space = text.find(' ');
  if (space == std::string::npos) return std::nullopt;
  WrongExpectedRevision found;
  found.stream = text.substr(space + 1);
  const absl::string_view revision = absl::string_view(text).substr(0, space);
  if (revision == kNoRevision) return found;
  uint64_t current = 0;
  if (!absl::SimpleAtoi(revision, &current)) return std::nullopt;
  found.current = current;
  return found;
}

}  // namespace onrecord
