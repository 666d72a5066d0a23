#include "storage/block.h"

#include <algorithm>
#include <limits>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/coding.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr uint8_t kFormat = 1;
constexpr size_t kChecksumBytes = 8;

// What the numbers before a commit's id take at most, and those before the
// events of a run.
constexpr size_t kMaxHeaderBytes = 24 + 8 * kMaxVarintBytes;
constexpr size_t kMaxRunHeaderBytes = 3 * kMaxVarintBytes;

// Events that go into one block: [first, last) of one of the streams.
struct Slice {
  const StreamEvents* stream;
  size_t first;
  size_t last;

  absl::string_view bytes() const {
    const size_t begin = stream->events[first].begin;
    return stream->bytes.substr(begin, stream->events[last - 1].end - begin);
  }
};

// Writes at a place that has room for it.
class Writer {
 public:
  explicit Writer(char* next) : next_(next) {}

  void Varint(uint64_t value) { next_ = WriteVarint(value, next_); }
  void Fixed64(uint64_t value) {
    for (int i = 0; i < 8; ++i) *next_++ = static_cast<char>(value >> (8 * i));
  }
  void Bytes(absl::string_view bytes) {
    next_ = std::copy(bytes.begin(), bytes.end(), next_);
  }
  void String(absl::string_view bytes) {
    Varint(bytes.size());
    Bytes(bytes);
  }
  const char* next() const { return next_; }

 private:
  char* next_;
};

std::string EncodeBlock(const CommitHeader& header, uint64_t index_in_commit,
                        uint64_t events, absl::Span<const Slice> slices) {
  const size_t texts = index_in_commit == 0 ? header.texts.size() : 0;
  size_t room =
      kMaxHeaderBytes + header.commit_id.size() + texts * kSha256Bytes;
  uint64_t kinds = 0;
  for (const Slice& slice : slices) {
    room +=
        kMaxRunHeaderBytes + slice.stream->stream.size() + slice.bytes().size();
    for (size_t i = slice.first; i < slice.last; ++i) {
      kinds |= slice.stream->events[i].kinds;
    }
  }
  std::string bytes(room, '\0');
  Writer writer(&bytes[kChecksumBytes]);
  writer.Varint(kFormat);
  writer.Varint(header.commit);
  writer.Varint(header.first_log_position + index_in_commit);
  writer.Varint(events);
  writer.Varint(index_in_commit);
  writer.Varint(header.events);
  writer.Fixed64(static_cast<uint64_t>(header.recorded_time_us));
  writer.Varint(kinds);
  writer.String(header.commit_id);
  writer.Varint(texts);
  for (size_t i = 0; i < texts; ++i) writer.Bytes(AsView(header.texts[i]));
  for (const Slice& slice : slices) {
    writer.String(slice.stream->stream);
    writer.Varint(slice.stream->first_revision + slice.first);
    writer.Varint(slice.last - slice.first);
    writer.Bytes(slice.bytes());
  }
  bytes.resize(writer.next() - bytes.data());
  Writer(bytes.data())
      .Fixed64(Checksum(absl::string_view(bytes).substr(kChecksumBytes)));
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
      const size_t size = stream.events[i].end - stream.events[i].begin;
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
  const bool whole = decoder.ok() && count > 0 &&
                     first_log_position_ > index_in_commit_ &&
                     first_log_position_ + count > count &&
                     index_in_commit_ < commit_events_ &&
                     count <= commit_events_ - index_in_commit_;
  absl::Status status =
      whole ? ParseRuns(decoder.Bytes(decoder.remaining()), count)
            : Malformed("its header is wrong");
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

std::optional<GivenId> ParseGivenEventId(absl::string_view event_id) {
  const size_t mark = event_id.rfind('#');
  if (mark == absl::string_view::npos) return std::nullopt;
  GivenId given{event_id.substr(0, mark), 0};
  // Half of the largest number: a log position may be added to it.
  if (!absl::SimpleAtoi(event_id.substr(mark + 1), &given.number)) {
    given.number = std::numeric_limits<uint64_t>::max() / 2;
  }
  return given;
}

}  // namespace onrecord
