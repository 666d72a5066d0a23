// OnRecord's public API: a timeline of who said what, and when.

#ifndef ONRECORD_ENGINE_TIMELINE_H_
#define ONRECORD_ENGINE_TIMELINE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "engine/analyst/change.h"
#include "engine/extractor.h"
#include "engine/forgetting.h"
#include "engine/ingest_report.h"
#include "engine/projections/positions.h"
#include "engine/projections/projection.h"
#include "engine/projections/projection_state.h"
#include "engine/projections/replay_progress.h"
#include "engine/projections/statements.h"
#include "engine/projections/why.h"
#include "proto/article.pb.h"
#include "proto/codebook.pb.h"
#include "proto/event.pb.h"
#include "proto/row.pb.h"
#include "storage/clock.h"
#include "storage/event_log.h"
#include "storage/expected_revision.h"
#include "storage/mutex.h"
#include "storage/progress.h"
#include "storage/projection_store.h"
#include "storage/subscription.h"

namespace onrecord {

class Answers;
class Ingestion;
class Listing;
class Metrics;
class Replayer;

// Everything that can be set about a timeline, limits included.
struct TimelineOptions {
  // Where the log is: empty, in the timeline's directory; or a PostgreSQL URL,
  // as storage/postgres_event_log.h takes it, of a log that was made with
  // `onrecord log init` or InitEventLog. The directory then holds projections
  // alone, and many processes, each with one of its own, share the log.
  std::string log;

  // Append to a PostgreSQL server even if its settings can lose what it has
  // acknowledged.
  bool accept_data_loss = false;

  // Create the timeline if its directory is empty or missing.
  bool create_if_missing = true;

  // Change nothing in the directory, which must exist and be held by nobody: a
  // backup, or one on a medium that cannot be written. Whatever would be
  // recorded is refused with FAILED_PRECONDITION. Projections are made in
  // memory, from the log.
  bool read_only = false;

  // What is recorded survives loss of power when a call returns. Without it, it
  // survives the process, and calls are faster.
  bool sync = true;

  // Where the time of recording comes from. Must outlive the timeline.
  Clock* clock = Clock::Real();

  // What reads the articles that are ingested. Must outlive the timeline.
  Extractor* extractor = Extractor::BuiltIn();

  // How many articles of one ingest are read at once; 0: one for each core of
  // the machine. What is recorded does not depend on it.
  int extraction_threads = 0;

  // Called as the articles of an ingest are read, the slowest part of it, with
  // how many of how many; on any of those threads, one at a time. It may not
  // call the timeline.
  OnProgress ingest_progress;

  // Makes the service's own projections, beside the engine's: their states are
  // kept, checked and read (see Timeline::State) like those. Each is called
  // once when the timeline is opened, and once in each Verify.
  std::vector<std::function<std::unique_ptr<Projection>()>> projections;

  // Called now and then while events are folded into projections, by the thread
  // that asked something. It may call Stop, but nothing else of the timeline.
  std::function<void(const ReplayProgress&)> replay_progress;

  // Memory for blocks of the log that were read, in bytes. Taken when needed.
  size_t cache_bytes = size_t{32} << 20;

  // Memory that holds events before they are sorted into a table, in bytes.
  // Larger appends faster, and takes longer to open after a crash.
  size_t write_buffer_bytes = size_t{16} << 20;

  // Memory for changes of projections before a checkpoint is written, in bytes,
  // and the same while one is made from the start. Larger replays faster.
  size_t max_replay_bytes = size_t{64} << 20;
  size_t max_rebuild_bytes = size_t{384} << 20;

  // 1: the thread that asks folds events in alone; more, or 0 for as many as
  // the machine has cores: another reads ahead for it.
  int replay_threads = 0;

  // Larger commits, texts included, are refused with INVALID_ARGUMENT.
  size_t max_commit_bytes = size_t{64} << 20;
};

// Records what articles report, and answers who held what position, when, on
// which words.
//
//   auto timeline = onrecord::Timeline::Open("news.db", {});
//   if (!timeline.ok()) return timeline.status();
//   onrecord::Article article;
//   article.set_id("a1");
//   article.set_published("2025-04-26");
//   article.set_text("Kenji Mori said that Japan opposes the tariffs.");
//   auto report = (*timeline)->Ingest({article});
//   auto positions = (*timeline)->Positions({});
//
// A Timeline is thread-safe. One process at a time may have a directory open,
// and once; a process may have many timelines. The library has no global state,
// prints nothing, and reads no environment variables.
class Timeline {
 public:
  // Readers, subscriptions and states made from it must be destroyed before it,
  // and no call may be under way.
  ~Timeline();
  Timeline(const Timeline&) = delete;
  Timeline& operator=(const Timeline&) = delete;

  // Opens the timeline in the directory `dir`.
  //
  // Returns NOT_FOUND if there is none and none may be created,
  // FAILED_PRECONDITION if another process holds it (the message says which),
  // it cannot be written, or the directory is another program's, DATA_LOSS if
  // the log is damaged, and INVALID_ARGUMENT if the name of a projection is
  // malformed or used twice. With `options.log`, also what OpenPostgresEventLog
  // does.
  static absl::StatusOr<std::unique_ptr<Timeline>> Open(
      absl::string_view dir, const TimelineOptions& options);

  // Makes an empty timeline that lives in memory.
  static absl::StatusOr<std::unique_ptr<Timeline>> OpenInMemory(
      const TimelineOptions& options);

  // Records topics and actors that an analyst lists; those that are recorded
  // already, in the same words, change nothing. Articles that come later are
  // read with them.
  //
  // Returns INVALID_ARGUMENT, naming the field, if the codebook contradicts
  // itself.
  absl::StatusOr<IngestReport> AddCodebook(const Codebook& codebook)
      ABSL_LOCKS_EXCLUDED(ingest_mu_, mu_);

  // Reads `articles` and records what they report, one commit for each, in
  // order of publication. An article that is recorded already, with the same
  // content, changes nothing.
  //
  // Returns, with nothing recorded, ALREADY_EXISTS if an article's id is
  // recorded with other content, INVALID_ARGUMENT if a text is not UTF-8, a
  // date is none or what the extractor gives does not fit the article, and
  // what the extractor returns.
  absl::StatusOr<IngestReport> Ingest(std::vector<Article> articles)
      ABSL_LOCKS_EXCLUDED(ingest_mu_, mu_);

  // Records `articles` with hand-coded `statements` in place of reading them.
  //
  // Returns, beside the above, INVALID_ARGUMENT, naming the statement and the
  // field, if one does not fit its article.
  absl::StatusOr<IngestReport> IngestCoded(
      std::vector<Article> articles,
      const std::vector<StatementRow>& statements)
      ABSL_LOCKS_EXCLUDED(ingest_mu_, mu_);

  // The positions of the query, in order of actor, topic and time. In
  // `query`, actor and topic may be given by id or by name.
  //
  // Returns NOT_FOUND if there is no such actor or topic.
  absl::StatusOr<std::vector<PositionRow>> Positions(const PositionQuery& query)
      ABSL_LOCKS_EXCLUDED(mu_);

  // The changes of position among those of the query: reversals, softenings and
  // hardenings, in order of actor, topic and time.
  absl::StatusOr<std::vector<ShiftRow>> Shifts(const PositionQuery& query)
      ABSL_LOCKS_EXCLUDED(mu_);

  // What is held otherwise at `after` than at `before`: two days, two states of
  // knowledge, or both. Actor, topic and roll-up should be the same in both.
  absl::StatusOr<std::vector<ChangeRow>> Diff(const PositionQuery& before,
                                              const PositionQuery& after)
      ABSL_LOCKS_EXCLUDED(mu_);

  // Who agrees and who conflicts with whom, by topic, from `since` (absent:
  // ever) to `query.as_of`.
  absl::StatusOr<std::vector<EdgeRow>> Network(
      const PositionQuery& query, std::optional<absl::CivilDay> since)
      ABSL_LOCKS_EXCLUDED(mu_);

  // The statements that a position rests on, with their words, articles and
  // events; those first that it could not do without. Actor and topic must be
  // given. With proofs, if wanted, that those events stand under the log's
  // present head: see CheckInclusion of storage/proofs.h.
  //
  // Returns NOT_FOUND if there was no such position.
  absl::StatusOr<std::vector<GroundRow>> Why(const PositionQuery& query,
                                             Proofs proofs = Proofs::kNone)
      ABSL_LOCKS_EXCLUDED(mu_);

  // One line for each projection by which two machines compare what they
  // replayed.
  absl::StatusOr<std::vector<std::string>> Certificates()
      ABSL_LOCKS_EXCLUDED(mu_);

  // The statements of the query, in order of the time of saying. Actor and
  // topic as above.
  absl::StatusOr<std::vector<StatementRow>> Statements(
      const StatementQuery& query) ABSL_LOCKS_EXCLUDED(mu_);

  // The directory of actors and the topics, as known at a log position.
  absl::StatusOr<std::vector<ActorRow>> Actors(uint64_t known_at = kLatest)
      ABSL_LOCKS_EXCLUDED(mu_);
  absl::StatusOr<std::vector<TopicRow>> Topics(uint64_t known_at = kLatest)
      ABSL_LOCKS_EXCLUDED(mu_);

  // Topics that look like one, the nearest first: proposals of what a person
  // may merge (see MergeTopics). Nothing is merged.
  absl::StatusOr<std::vector<SimilarTopicsRow>> SimilarTopics(
      uint64_t known_at = kLatest) ABSL_LOCKS_EXCLUDED(mu_);

  // Reads recorded articles again with the extractor of today: those of
  // `article_ids`, all if there are none. What they say otherwise than is
  // recorded is appended, as corrections and retractions of kind
  // EXTRACTION_WRONG and as new statements; with `dry_run` only reported. What
  // a person decided or coded by hand stays.
  //
  // Returns NOT_FOUND, with nothing recorded, if there is no such article.
  absl::StatusOr<RereadReport> ExtractAgain(
      const std::vector<std::string>& article_ids, bool dry_run)
      ABSL_LOCKS_EXCLUDED(ingest_mu_, mu_);

  // Records what a person decides, as one commit, and returns its events.
  // Nothing that was recorded is changed: an answer `known_at` an earlier log
  // position is as it was. What a person decided outlives any later extraction.
  //
  //   auto decided = timeline->Decide(
  //       onrecord::MergeActors{"K. Mori", "Kenji Mori"},
  //       {"ana", "one minister, spelled twice"});
  //
  // Returns, with nothing recorded, NOT_FOUND if the change is of something
  // that is not recorded; INVALID_ARGUMENT, naming the field, if it is none or
  // contradicts what is recorded; and FAILED_PRECONDITION if it changes
  // nothing, would make a circle of merges, or something else must be undone
  // first.
  absl::StatusOr<std::vector<RecordedEvent>> Decide(const Change& change,
                                                    const Decision& decision)
      ABSL_LOCKS_EXCLUDED(ingest_mu_, mu_);

  // Reads everything recorded, and checks it against itself: every byte, the
  // indexes, the Merkle tree, the texts' hashes; and what the projections hold
  // against a rebuild, which takes as long as replaying the log. Calls
  // `on_damage` for each thing that does not check; of a projection, `reason`
  // names it. Others may read and append meanwhile. Steps of `progress` are
  // events of the log; of the rebuild, TimelineOptions::replay_progress tells.
  //
  // Returns OK whether or not it found damage.
  absl::StatusOr<VerifyReport> Verify(
      absl::FunctionRef<void(const Damage&)> on_damage,
      const OnProgress& progress = nullptr) ABSL_LOCKS_EXCLUDED(mu_);

  // The articles, in order of their ids, as known at a log position.
  absl::StatusOr<std::vector<SourceRow>> Articles(uint64_t known_at = kLatest)
      ABSL_LOCKS_EXCLUDED(mu_);

  // Appends a service's own events to a stream, as one commit. With a
  // `commit_id`, doing it again changes nothing.
  //
  //   onrecord::NewEvent event;
  //   event.mutable_application_event()->mutable_payload()->PackFrom(mine);
  //   auto result = timeline->Append(
  //       "desk/42", onrecord::ExpectedRevision::NoStream(), {event});
  //
  // Errors as EventLog::Append, with which one appends to several streams.
  absl::StatusOr<AppendResult> Append(absl::string_view stream,
                                      ExpectedRevision expected,
                                      absl::Span<const NewEvent> events,
                                      absl::string_view commit_id = {});

  // Erases the text of an article for good, and records that: see
  // ForgetArticle. Returns NOT_FOUND if there is no such article.
  absl::StatusOr<ForgetReport> Forget(absl::string_view article_id,
                                      absl::string_view reason,
                                      absl::string_view by);

  // Follows the log behind the log position `checkpoint`; 0 is the start.
  Subscription Subscribe(uint64_t checkpoint);

  // What the projection with this name holds now, with every event recorded
  // before the call; later ones do not move it. Read keys as the projection
  // wrote them.
  //
  // Returns NOT_FOUND if there is no such projection.
  absl::StatusOr<std::unique_ptr<const ProjectionState>> State(
      absl::string_view projection) ABSL_LOCKS_EXCLUDED(mu_);

  // OK if the last question was answered from all that is recorded;
  // UNAVAILABLE, saying how far the answer went, if the log's server was not
  // reached. Recording fails then; questions are answered from what this
  // process has.
  absl::Status Freshness() ABSL_LOCKS_EXCLUDED(mu_);

  // Copies the log as it stands to the directory `dir`, or brings an earlier
  // backup there up to date; others may append meanwhile. Returns the head of
  // the copy, which has been compared with this log's.
  //
  // Returns FAILED_PRECONDITION if `dir` holds something else, and DATA_LOSS if
  // the log is damaged.
  absl::StatusOr<Head> Backup(absl::string_view dir);

  // Counters, latencies and sizes in Prometheus' text format. Counts what was
  // done through the timeline, not through log().
  absl::StatusOr<std::string> MetricsText() ABSL_LOCKS_EXCLUDED(mu_);

  // Makes replays that are under way, and later ones, end with CANCELLED, at a
  // checkpoint: call it before joining threads that use the timeline. Never
  // waits.
  void Stop() { stop_ = true; }

  // The log under it, which lives as long as the timeline. Events appended to
  // it are in every answer that is asked for afterwards.
  EventLog* log() { return log_.get(); }

 private:
  Timeline(absl::string_view dir, const TimelineOptions& options);

  // Takes over what it is made of.
  absl::Status Start(std::unique_ptr<EventLog> log,
                     std::unique_ptr<ProjectionStore> store)
      ABSL_LOCKS_EXCLUDED(mu_);

  // The engine's projections and the service's own.
  std::vector<std::unique_ptr<Projection>> MakeProjections() const;

  // Brings `listing_` up to the end of the log.
  absl::Status CatchUpListing() ABSL_EXCLUSIVE_LOCKS_REQUIRED(ingest_mu_)
      ABSL_LOCKS_EXCLUDED(mu_);

  // Runs `record` with what the log lists, one at a time.
  absl::StatusOr<IngestReport> Record(
      absl::FunctionRef<absl::Status(Ingestion&, const Codebook& listed,
                                     IngestReport&)>
          record) ABSL_LOCKS_EXCLUDED(ingest_mu_, mu_);

  // Decides on what is recorded by now. Returns ABORTED if others recorded
  // something about it meanwhile.
  absl::StatusOr<AppendResult> DecideNow(const Change& change,
                                         const Decision& decision)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(ingest_mu_) ABSL_LOCKS_EXCLUDED(mu_);

  // Answers `question` from everything recorded by now. Names of actors and
  // topics in its queries become ids.
  template <typename Rows, typename... Wanted, typename... Given>
  absl::StatusOr<Rows> Ask(absl::StatusOr<Rows> (Answers::*answer)(Wanted...),
                           Given... question) ABSL_LOCKS_EXCLUDED(mu_);

  // The same, not counted in the metrics.
  template <typename Rows, typename... Wanted, typename... Given>
  absl::StatusOr<Rows> AskNow(
      absl::StatusOr<Rows> (Answers::*answer)(Wanted...), Given... question)
      ABSL_LOCKS_EXCLUDED(mu_);

  // The names of the projections that are not what a rebuild in `scratch`, an
  // empty store, gives.
  absl::StatusOr<std::vector<std::string>> CompareWithRebuild(
      ProjectionStore* scratch) ABSL_LOCKS_EXCLUDED(mu_);

  // Folds in what was appended, and gives the projections as they then are.
  // `log_position`, if not null, becomes the last event that they hold.
  absl::StatusOr<std::unique_ptr<ProjectionReader>> CatchUp(
      uint64_t* log_position = nullptr) ABSL_LOCKS_EXCLUDED(mu_);

  // Folds in what was appended, and counts it.
  absl::Status CatchUpLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  // Constant after Start.
  const std::string dir_;  // empty: in memory
  const TimelineOptions options_;
  const std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<EventLog> log_;
  std::unique_ptr<ProjectionStore> store_;

  std::atomic<bool> stop_{false};

  // One ingest at a time: each is resolved against what those before it
  // recorded. Taken before mu_.
  Mutex ingest_mu_;
  std::unique_ptr<Listing> listing_ ABSL_GUARDED_BY(ingest_mu_);

  Mutex mu_;
  std::unique_ptr<Replayer> replayer_ ABSL_GUARDED_BY(mu_);
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_TIMELINE_H_
