#include "storage/prepared_append.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "storage/event_strings.h"
#include "storage/status_macros.h"
#include "storage/utf8.h"

namespace onrecord {
namespace {

constexpr size_t kMaxNameBytes = 1024;

absl::Status CheckName(absl::string_view field, absl::string_view name) {
  const auto invalid = [field](absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat("`", field, "` ", what));
  };
  if (name.size() > kMaxNameBytes) {
    return invalid(absl::StrCat("is longer than ", kMaxNameBytes, " bytes"));
  }
  if (name.find('\0') != absl::string_view::npos) return invalid("holds a NUL");
  if (!IsValidUtf8(name)) return invalid("is not valid UTF-8");
  return absl::OkStatus();
}

absl::Status CheckId(absl::string_view field, absl::string_view id) {
  ONRECORD_RETURN_IF_ERROR(CheckName(field, id));
  if (id.find('#') != absl::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", field, "` ", id, " holds a '#'"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PreparedAppend> PreparedAppend::Make(
    absl::Span<const StreamAppendView> appends, const AppendOptions& options,
    size_t max_commit_bytes) {
  PreparedAppend prepared;
  ONRECORD_RETURN_IF_ERROR(prepared.AddOptions(options));
  size_t bytes = 0;
  size_t events = 0;
  for (const StreamAppendView& append : appends) {
    events += append.events.size();
    for (const NewEvent& event : append.events) bytes += event.ByteSizeLong();
  }
  if (events == 0) return absl::InvalidArgumentError("`events` is empty");
  if (bytes + prepared.text_bytes_ > max_commit_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("`events` and `texts` are ", bytes + prepared.text_bytes_,
                     " bytes together, more than ", max_commit_bytes));
  }
  prepared.bytes_.reserve(bytes + events * kMaxVarintBytes);
  prepared.events_.reserve(events);
  prepared.streams_.reserve(appends.size());
  for (const StreamAppendView& append : appends) {
    ONRECORD_RETURN_IF_ERROR(prepared.AddStream(append));
  }
  if (prepared.streams_.size() > 1) {
    absl::flat_hash_set<absl::string_view> names;
    for (const Stream& stream : prepared.streams_) {
      if (names.insert(stream.name).second) continue;
      return absl::InvalidArgumentError(
          absl::StrCat("`stream` ", stream.name, " is named twice"));
    }
  }
  absl::flat_hash_set<absl::string_view> ids;
  for (const auto& [event, id] : prepared.event_ids_) {
    if (ids.insert(id).second) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("`id` ", id, " is given twice"));
  }
  return prepared;
}

absl::Status PreparedAppend::AddOptions(const AppendOptions& options) {
  ONRECORD_RETURN_IF_ERROR(CheckId("commit_id", options.commit_id));
  commit_id_ = options.commit_id;
  for (const int field : options.condition.body_fields) {
    if (KindBit(field) == 0) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`condition` has ", field, ", which is no body of an event"));
    }
    known_kinds_ |= KindBit(field);
  }
  known_to_ = options.condition.known_to;
  sync_ = options.sync;
  texts_ = options.texts;
  for (const std::string& text : texts_) {
    text_hashes_.push_back(Sha256({text}));
    text_bytes_ += text.size();
  }
  return absl::OkStatus();
}

absl::Status PreparedAppend::AddStream(const StreamAppendView& append) {
  if (append.stream.empty()) {
    return absl::InvalidArgumentError("`stream` is empty");
  }
  ONRECORD_RETURN_IF_ERROR(CheckName("stream", append.stream));
  if (append.events.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`events` of stream ", append.stream, " is empty"));
  }
  streams_.push_back({std::string(append.stream), append.expected,
                      events_.size(), append.events.size()});
  for (const NewEvent& event : append.events) {
    ONRECORD_RETURN_IF_ERROR(AddEvent(event));
  }
  return absl::OkStatus();
}

absl::Status PreparedAppend::AddEvent(const NewEvent& event) {
  EncodedEvent encoded;
  encoded.begin = bytes_.size();
  encoded.kinds = KindBit(event.body_case());
  PutVarint(event.GetCachedSize(), &bytes_);
  const size_t begin = bytes_.size();
  // The limit on commits keeps sizes below what protobuf can write.
  encoded.end = begin + event.GetCachedSize();
  bytes_.resize(encoded.end);
  event.SerializeWithCachedSizesToArray(
      reinterpret_cast<uint8_t*>(&bytes_[begin]));
  // Such an event could be stored, but not read back.
  if (!StringsAreUtf8(absl::string_view(bytes_).substr(begin))) {
    return absl::InvalidArgumentError(
        "`events` has one with a string that is not valid UTF-8");
  }
  if (!event.id().empty()) {
    ONRECORD_RETURN_IF_ERROR(CheckId("id", event.id()));
    event_ids_.emplace_back(events_.size(), event.id());
    encoded.kinds |= kOwnIdBit;
  }
  if (event.has_article_forgotten()) {
    const std::string& hash = event.article_forgotten().text_sha256();
    if (hash.size() != kSha256Bytes) {
      return absl::InvalidArgumentError("`text_sha256` is not 32 bytes");
    }
    forgotten_.push_back(ToSha256Hash(hash));
  }
  events_.push_back(encoded);
  return absl::OkStatus();
}

}  // namespace onrecord
