// The event log: the one seam between OnRecord and what it is stored in.

#ifndef ONRECORD_STORAGE_EVENT_LOG_H_
#define ONRECORD_STORAGE_EVENT_LOG_H_

#include <cstdint>
#include <future>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "proto/event.pb.h"
#include "proto/log.pb.h"
#include "storage/expected_revision.h"
#include "storage/progress.h"

namespace onrecord {

// Beyond every log position and revision: "from the end", "no bound".
inline constexpr uint64_t kLatest = std::numeric_limits<uint64_t>::max();

// The events that one commit adds to one stream.
struct StreamAppend {
  // 1 to 1,024 bytes of valid UTF-8 without NUL.
  std::string stream;
  ExpectedRevision expected = ExpectedRevision::Any();

  // At least one.
  std::vector<NewEvent> events;
};

// A StreamAppend that owns nothing.
struct StreamAppendView {
  absl::string_view stream;
  ExpectedRevision expected = ExpectedRevision::Any();
  absl::Span<const NewEvent> events;
};

// What somebody knew of the log who decided on an append: see AppendOptions.
struct AppendCondition {
  // Numbers of fields of NewEvent, as NewEvent::kActorIntroducedFieldNumber.
  // Empty: no condition.
  std::vector<int> body_fields;

  // The last log position that was looked at; 0 is none. It ends a commit.
  uint64_t known_to = 0;
};

struct AppendOptions {
  // Makes the append idempotent for ever: the same id with the same content
  // returns what the first append returned. Up to 1,024 bytes of valid UTF-8
  // without '#'. Empty: not idempotent.
  std::string commit_id;

  // The append was decided on all events of some kinds; fails with ABORTED if
  // there are more by now, in any stream.
  AppendCondition condition;

  // Return only when the commit survives loss of power. Without it, the commit
  // survives the process, and a later synced one makes it survive power too.
  bool sync = true;

  // Texts to be stored in the same step, each once for ever, under its
  // SHA-256.
  std::vector<std::string> texts;
};

struct AppendResult {
  // Number of the commit, from 0, no gaps: its leaf in the Merkle tree.
  uint64_t commit = 0;

  // Log positions of the first and the last event, both inclusive.
  uint64_t first_log_position = 0;
  uint64_t last_log_position = 0;

  // An earlier append with this commit id did it; this one changed nothing.
  bool already_recorded = false;
};

enum class Direction { kForwards, kBackwards };

struct ReadOptions {
  Direction direction = Direction::kForwards;

  // Reads the log as it stood when this was its last position. A reader never
  // moves: events appended after it was made are not seen. Several readers
  // given the same number make one read view.
  uint64_t known_at = kLatest;
};

// Walks over recorded events.
//
//   for (auto reader = log->ReadLog(1, {}); reader->Valid(); reader->Next()) …
//   if (!reader->status().ok()) …
//
// An EventReader is thread-compatible, and must be destroyed before its log.
class EventReader {
 public:
  virtual ~EventReader() = default;

  // Whether it stands on an event. At the end, and after an error, it does not.
  virtual bool Valid() const = 0;

  // REQUIRES: Valid().
  virtual void Next() = 0;

  // The event, until the next call of Next(). Decoded on the first call, so
  // stepping over events is cheap. An event that does not decode makes the
  // reader invalid and gives an empty one: look at status().
  // REQUIRES: Valid().
  virtual const RecordedEvent& event() = 0;

  // The same into a message of the caller's, whose memory is used again; false
  // if it does not decode. REQUIRES: Valid().
  virtual bool Read(RecordedEvent* event) {
    *event = this->event();
    return Valid();
  }

  // The event's NewEvent as its append serialized it, until the next call of
  // Next(): for readers that need little of it. An id that the log gave is not
  // in it. Empty if this reader does not have it: take event().
  // REQUIRES: Valid().
  virtual absl::string_view bytes() const { return {}; }

  // REQUIRES: Valid().
  virtual uint64_t log_position() const = 0;
  virtual uint64_t revision() const = 0;
  virtual absl::string_view stream() const = 0;

  // OK at the end of a read. DATA_LOSS, with the stream, revision and log
  // position, where stored bytes do not check.
  virtual absl::Status status() const = 0;
};

// The number of commits and the root of the Merkle tree over them: 32 bytes,
// in the form of RFC 6962.
struct Head {
  uint64_t commits = 0;
  std::string root;
};

// A place where stored bytes are not what was written.
struct Damage {
  // Of the first event that is unreadable or wrong. 0 and empty if unknown.
  uint64_t log_position = 0;
  std::string stream;
  uint64_t revision = 0;
  std::string reason;
};

struct VerifyReport {
  uint64_t commits = 0;
  uint64_t events = 0;
  uint64_t texts = 0;
  uint64_t damages = 0;
  Head head;
};

struct LogStats {
  uint64_t commits = 0;
  uint64_t events = 0;
  uint64_t streams = 0;
  uint64_t texts = 0;
  uint64_t text_bytes = 0;

  // Of all files. Approximate while there are appends.
  uint64_t bytes_on_disk = 0;

  // Of the last commit. The epoch if there is none.
  absl::Time last_recorded;
};

// A future that is done, for an append that was decided at once.
std::future<absl::StatusOr<AppendResult>> ReadyAppend(
    absl::StatusOr<AppendResult> result);

// Appends events to streams, and reads them back in order.
//
// An EventLog is thread-safe. Readers made from it must be destroyed before it.
//
// Any failed write makes it refuse all later appends with FAILED_PRECONDITION
// until it is opened again; reading goes on.
class EventLog {
 public:
  virtual ~EventLog() = default;

  // Appends to one or more streams as one commit: a reader sees all events or
  // none. Events get consecutive log positions in the order given. No stream
  // may be named twice. An ArticleForgotten event erases the text with its hash
  // in the same step: its bytes are gone from the disk when this returns, and
  // never come back.
  //
  // Returns ABORTED if a stream is not in its expected state (see
  // GetWrongExpectedRevision) or the condition does not hold, ALREADY_EXISTS if
  // the commit id was used with other content or an event id is in the log, and
  // INVALID_ARGUMENT if there is no event, a name or id is malformed, or the
  // commit exceeds the limits. A commit id that is recorded is answered before
  // anything else is looked at.
  absl::StatusOr<AppendResult> Append(absl::Span<const StreamAppend> appends,
                                      const AppendOptions& options);

  // Appends to one stream.
  absl::StatusOr<AppendResult> Append(absl::string_view stream,
                                      ExpectedRevision expected,
                                      absl::Span<const NewEvent> events,
                                      const AppendOptions& options);

  // Like Append, but returns before the commit is written: many that are under
  // way are written together, with one sync. What the arguments refer to is
  // read before it returns. Appends take effect in the order of the calls.
  std::future<absl::StatusOr<AppendResult>> AppendAsync(
      absl::Span<const StreamAppend> appends, const AppendOptions& options);
  std::future<absl::StatusOr<AppendResult>> AppendAsync(
      absl::string_view stream, ExpectedRevision expected,
      absl::Span<const NewEvent> events, const AppendOptions& options);

  // Reads from `log_position` on, inclusive. Forwards from 0 is from the
  // start, backwards from kLatest is from the end.
  virtual std::unique_ptr<EventReader> ReadLog(uint64_t log_position,
                                               const ReadOptions& options) = 0;

  // Reads one stream from `revision` on, inclusive. A stream that does not
  // exist reads as empty.
  virtual std::unique_ptr<EventReader> ReadStream(
      absl::string_view stream, uint64_t revision,
      const ReadOptions& options) = 0;

  // Reads, forwards, the events from `log_position` on whose body is one of
  // `body_fields`: numbers of fields of NewEvent, as
  // NewEvent::kStatementRecordedFieldNumber. Others are passed over unread.
  virtual std::unique_ptr<EventReader> ReadKinds(
      absl::Span<const int> body_fields, uint64_t log_position,
      const ReadOptions& options) = 0;

  // 0 if the log is empty.
  virtual uint64_t last_log_position() const = 0;

  // UNAVAILABLE, with the reason, if the last call of last_log_position did not
  // reach the log's server, and gave what was known before.
  virtual absl::Status Reached() const { return absl::OkStatus(); }

  // The revision of the stream's last event. Returns NOT_FOUND if it has none.
  virtual absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) = 0;

  // What the append with this commit id returned. Returns NOT_FOUND if there
  // was none.
  virtual absl::StatusOr<AppendResult> FindCommit(
      absl::string_view commit_id) = 0;

  // The event with this id. Returns NOT_FOUND if there is none.
  virtual absl::StatusOr<RecordedEvent> FindEvent(
      absl::string_view event_id) = 0;

  // The text with this SHA-256 (32 bytes). Returns NOT_FOUND if it was never
  // stored or has been erased.
  virtual absl::StatusOr<std::string> GetText(absl::string_view sha256) = 0;

  // The head after the last commit.
  virtual absl::StatusOr<Head> GetHead() = 0;

  // Waits until there is an event behind `log_position`, for no longer than
  // `timeout`. Returns whether there is one. See Subscription for more.
  virtual bool WaitForEvents(uint64_t log_position, absl::Duration timeout) = 0;

  // Proves to whoever holds `commits`' head that the event at `log_position`
  // stood in it. Returns OUT_OF_RANGE if it did not. Check with CheckInclusion
  // of storage/proofs.h, without the log.
  virtual absl::StatusOr<InclusionProof> ProveInclusion(uint64_t log_position,
                                                        uint64_t commits) = 0;

  // Proves that the log of `old_commits` is the beginning of the one of
  // `new_commits`. Returns OUT_OF_RANGE if it is the larger.
  virtual absl::StatusOr<ConsistencyProof> ProveConsistency(
      uint64_t old_commits, uint64_t new_commits) = 0;

  // The commit that starts at `log_position`, with its texts. Returns
  // OUT_OF_RANGE at the end of the log.
  virtual absl::StatusOr<CommitRecord> ReadCommit(uint64_t log_position) = 0;

  // Records what another log recorded: same bytes, so same head. Returns
  // FAILED_PRECONDITION if it is not the next commit of this log, nor one that
  // it has, and INVALID_ARGUMENT if it does not check.
  absl::StatusOr<AppendResult> ImportCommit(const CommitRecord& commit,
                                            bool sync);

  // Like ImportCommit, as AppendAsync is like Append: the way to import many.
  virtual std::future<absl::StatusOr<AppendResult>> ImportCommitAsync(
      const CommitRecord& commit, bool sync) = 0;

  virtual absl::StatusOr<LogStats> Stats() = 0;

  // Reads everything, and calls `on_damage` for each thing that does not
  // check. Returns OK whether or not it found damage. Steps of `progress` are
  // events.
  absl::StatusOr<VerifyReport> Verify(
      absl::FunctionRef<void(const Damage&)> on_damage,
      const OnProgress& progress = nullptr) {
    return DoVerify(on_damage, progress);
  }

 protected:
  virtual absl::StatusOr<VerifyReport> DoVerify(
      absl::FunctionRef<void(const Damage&)> on_damage,
      const OnProgress& progress) = 0;

  // What the Appends and AppendAsyncs come down to.
  virtual absl::StatusOr<AppendResult> DoAppend(
      absl::Span<const StreamAppendView> appends,
      const AppendOptions& options) = 0;
  virtual std::future<absl::StatusOr<AppendResult>> DoAppendAsync(
      absl::Span<const StreamAppendView> appends,
      const AppendOptions& options) = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_EVENT_LOG_H_
