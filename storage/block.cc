#include "storage/block.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "storage/coding.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr uint8_t kFormat = 1;
constexpr size_t kChecksumBytes = 8;

// Events that go into one block: [first, last) of one of the streams.
struct Slice {
  const StreamEvents* stream;
  size_t first;
  size_t last;
};

std::string EncodeBlock(const CommitHeader& header, uint64_t index_in_commit,
                        uint64_t events, absl::Span<const Slice> slices) {
  std::string body;
  uint64_t kinds = 0;
  for (const Slice& slice : slices) {
    PutString(slice.stream->stream, &body);
    PutVarint(slice.stream->first_revision + slice.first, &body);
    PutVarint(slice.last - slice.first, &body);
    for (size_t i = slice.first; i < slice.last; ++i) {
      PutString(slice.stream->events[i].bytes, &body);
      kinds |= slice.stream->events[i].kinds;
    }
  }
  std::string bytes(kChecksumBytes, '\0');
  bytes.reserve(body.size() + 128 + header.commit_id.size() +
                kSha256Bytes * header.texts.size());
  bytes.push_back(static_cast<char>(kFormat));
  PutVarint(header.commit, &bytes);
  PutVarint(header.first_log_position + index_in_commit, &bytes);
  PutVarint(events, &bytes);
  PutVarint(index_in_commit, &bytes);
  PutVarint(header.events, &bytes);
  PutFixed64(static_cast<uint64_t>(header.recorded_time_us), &bytes);
  PutVarint(kinds, &bytes);
  PutString(header.commit_id, &bytes);
  const size_t texts = index_in_commit == 0 ? header.texts.size() : 0;
  PutVarint(texts, &bytes);
  for (size_t i = 0; i < texts; ++i) {
    bytes.append(header.texts[i].data(), kSha256Bytes);
  }
  bytes.append(body);
  std::string checksum;
  PutFixed64(Checksum(absl::string_view(bytes).substr(kChecksumBytes)),
             &checksum);
  std::copy(checksum.begin(), checksum.end(), bytes.begin());
  return bytes;
}

absl::Status Malformed(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("not a block: ", what));
}

}  // namespace

std::vector<EncodedBlock> EncodeCommit(const CommitHeader& header,
                                       absl::Span<const StreamEvents> streams,
                                       size_t block_bytes) {
  std::vector<EncodedBlock> blocks;
  std::vector<Slice> slices;
  size_t bytes = 0;
  uint64_t done = 0;   // events in finished blocks
  uint64_t taken = 0;  // events in `slices`
  const auto finish = [&] {
    blocks.push_back({header.first_log_position + done + taken - 1,
                      EncodeBlock(header, done, taken, slices)});
    done += taken;
    taken = 0;
    bytes = 0;
    slices.clear();
  };
  for (const StreamEvents& stream : streams) {
    for (size_t i = 0; i < stream.events.size(); ++i) {
      const size_t size = stream.events[i].bytes.size() + 2;
      if (taken > 0 && bytes + size > block_bytes) finish();
      if (slices.empty() || slices.back().stream != &stream) {
        slices.push_back({&stream, i, i});
        bytes += stream.stream.size() + 4;
      }
      slices.back().last = i + 1;
      bytes += size;
      ++taken;
    }
  }
  if (taken > 0) finish();
  return blocks;
}

absl::string_view LeafPart(absl::string_view bytes) {
  return bytes.substr(kChecksumBytes);
}

void Block::Clear() {
  commit_ = first_log_position_ = commit_events_ = index_in_commit_ = 0;
  recorded_time_us_ = 0;
  kinds_ = checksum_ = 0;
  commit_id_ = texts_ = leaf_part_ = {};
  runs_.clear();
  events_.clear();
}

absl::Status Block::Parse(absl::string_view bytes) {
  Clear();
  if (bytes.size() <= kChecksumBytes) return Malformed("it is cut short");
  const uint64_t checksum = Decoder(bytes).Fixed64();
  const absl::string_view checked = bytes.substr(kChecksumBytes);
  if (Checksum(checked) != checksum) {
    return absl::DataLossError("the block does not match its checksum");
  }
  Decoder decoder(checked);
  const uint8_t format = decoder.Byte();
  if (format != kFormat) {
    return absl::UnimplementedError(absl::StrCat("a block of format ", format,
                                                 ", newer than this program"));
  }
  checksum_ = checksum;
  leaf_part_ = checked;
  commit_ = decoder.Varint();
  first_log_position_ = decoder.Varint();
  const uint64_t count = decoder.Varint();
  index_in_commit_ = decoder.Varint();
  commit_events_ = decoder.Varint();
  recorded_time_us_ = static_cast<int64_t>(decoder.Fixed64());
  kinds_ = decoder.Varint();
  commit_id_ = decoder.String();
  const uint64_t texts = decoder.Varint();
  if (texts > decoder.remaining() / kSha256Bytes) {
    Clear();
    return Malformed("it is cut short");
  }
  texts_ = decoder.Bytes(texts * kSha256Bytes);
  absl::Status status = Malformed("its header is wrong");
  if (decoder.ok() && count > 0 && first_log_position_ > index_in_commit_ &&
      first_log_position_ + count > count &&
      index_in_commit_ < commit_events_ &&
      count <= commit_events_ - index_in_commit_) {
    status = ParseRuns(decoder.Bytes(decoder.remaining()), count);
  }
  if (!status.ok()) Clear();
  return status;
}

absl::Status Block::ParseRuns(absl::string_view bytes, uint64_t count) {
  Decoder decoder(bytes);
  while (!decoder.empty()) {
    Run run;
    run.stream = decoder.String();
    run.first_revision = decoder.Varint();
    const uint64_t run_events = decoder.Varint();
    run.first_event = events_.size();
    run.events = run_events;
    // Every event takes a byte at least.
    if (run_events == 0 || run_events > decoder.remaining() ||
        run_events > count - events_.size() || run.stream.empty()) {
      return Malformed("a run of events is wrong");
    }
    const uint32_t index = static_cast<uint32_t>(runs_.size());
    for (uint64_t i = 0; i < run_events; ++i) {
      events_.push_back({decoder.String(), index});
    }
    runs_.push_back(run);
  }
  if (!decoder.ok()) return Malformed("it is cut short");
  if (events_.size() != count) return Malformed("events are missing");
  return absl::OkStatus();
}

absl::Status Block::FillEvent(size_t i, RecordedEvent* event) const {
  const absl::string_view bytes = events_[i].bytes;
  NewEvent* const body = event->mutable_event();
  if (!body->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError("the event does not parse");
  }
  const uint64_t log_position = first_log_position_ + i;
  event->set_log_position(log_position);
  const Run& run = run_of(i);
  event->mutable_stream()->assign(run.stream.data(), run.stream.size());
  event->set_revision(revision_of(i));
  event->set_recorded_time_us(recorded_time_us_);
  if (body->id().empty()) {
    body->set_id(GivenEventId(commit_id_, index_in_commit_ + i, log_position));
  }
  return absl::OkStatus();
}

EventPeek PeekEvent(absl::string_view bytes) {
  EventPeek peek;
  Decoder decoder(bytes);
  while (!decoder.empty() && decoder.ok()) {
    const uint64_t tag = decoder.Varint();
    const int field = static_cast<int>(tag >> 3);
    switch (tag & 7) {
      case 0:
        decoder.Varint();
        break;
      case 1:
        decoder.Bytes(8);
        break;
      case 2: {
        const absl::string_view content = decoder.String();
        if (field == NewEvent::kIdFieldNumber && !content.empty()) {
          peek.id = content;
          peek.kinds |= kOwnIdBit;
        }
        peek.kinds |= KindBit(field);
        break;
      }
      case 5:
        decoder.Bytes(4);
        break;
      default:
        return peek;
    }
  }
  return peek;
}

std::string GivenEventId(absl::string_view commit_id, uint64_t index_in_commit,
                         uint64_t log_position) {
  return absl::StrCat(commit_id, "#",
                      commit_id.empty() ? log_position : index_in_commit);
}

}  // namespace onrecord
