#include "engine/timeline.h"

#include <filesystem>
#include <system_error>
#include <type_traits>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "engine/actors/lookup.h"
#include "engine/analyst/decide.h"
#include "engine/answers.h"
#include "engine/ingest/codebook_check.h"
#include "engine/ingestion.h"
#include "engine/listing.h"
#include "engine/metrics.h"
#include "engine/projections/actors.h"
#include "engine/projections/certificate.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/replayer.h"
#include "engine/projections/state_check.h"
#include "engine/projections/topics.h"
#include "engine/similar_topics.h"
#include "storage/leveldb_event_log.h"
#include "storage/log_transfer.h"
#include "storage/open_event_log.h"
#include "storage/projection_directory.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

OpenLogOptions LogOptionsOf(const TimelineOptions& options) {
  OpenLogOptions log_options;
  log_options.create_if_missing = options.create_if_missing;
  log_options.read_only = options.read_only;
  log_options.clock = options.clock;
  log_options.write_buffer_bytes = options.write_buffer_bytes;
  log_options.cache_bytes = options.cache_bytes;
  log_options.max_commit_bytes = options.max_commit_bytes;
  log_options.accept_data_loss = options.accept_data_loss;
  return log_options;
}

// What is folded in already can be asked while the log's server is away.
absl::Status UnlessAway(const absl::Status& caught_up) {
  return absl::IsUnavailable(caught_up) ? absl::OkStatus() : caught_up;
}

absl::Status MakeDirectory(absl::string_view dir) {
  std::error_code error;
  std::filesystem::create_directories(std::string(dir), error);
  if (!error) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(dir, ": ", error.message()));
}

// A projection's state, and the view that it is read from.
struct ViewHolder {
  std::unique_ptr<ProjectionReader> view;
};
class OwningState : private ViewHolder, public ProjectionState {
 public:
  OwningState(std::unique_ptr<ProjectionReader> view,
              absl::string_view projection)
      : ViewHolder{std::move(view)},
        ProjectionState(ViewHolder::view.get(), projection) {}
};

// What a question for rows of a type is counted as.
template <typename Rows>
constexpr Metrics::Query kQueryOf = Metrics::kOther;
template <>
constexpr Metrics::Query kQueryOf<std::vector<PositionRow>> =
    Metrics::kPositions;
template <>
constexpr Metrics::Query kQueryOf<std::vector<ShiftRow>> = Metrics::kShifts;
template <>
constexpr Metrics::Query kQueryOf<std::vector<ChangeRow>> = Metrics::kDiff;
template <>
constexpr Metrics::Query kQueryOf<std::vector<EdgeRow>> = Metrics::kNetwork;
template <>
constexpr Metrics::Query kQueryOf<std::vector<GroundRow>> = Metrics::kWhy;
template <>
constexpr Metrics::Query kQueryOf<std::vector<StatementRow>> =
    Metrics::kStatements;
template <>
constexpr Metrics::Query kQueryOf<std::vector<ActorRow>> = Metrics::kActors;
template <>
constexpr Metrics::Query kQueryOf<std::vector<TopicRow>> = Metrics::kTopics;

// Replaces names of an actor and a topic by ids in `part` of a question, if it
// is a query.
template <typename Part>
absl::Status FindIds(const Lookup& lookup, Part& part) {
  if constexpr (std::is_same_v<Part, PositionQuery> ||
                std::is_same_v<Part, StatementQuery>) {
    if (!part.actor_id.empty()) {
      ONRECORD_ASSIGN_OR_RETURN(part.actor_id,
                                lookup.ActorId(part.actor_id, part.known_at));
    }
    if (!part.topic_id.empty()) {
      ONRECORD_ASSIGN_OR_RETURN(part.topic_id,
                                lookup.TopicId(part.topic_id, part.known_at));
    }
  }
  return absl::OkStatus();
}

}  // namespace

Timeline::Timeline(absl::string_view dir, const TimelineOptions& options)
    : dir_(dir), options_(options), metrics_(std::make_unique<Metrics>()) {}

Timeline::~Timeline() = default;

absl::StatusOr<std::unique_ptr<Timeline>> Timeline::Open(
    absl::string_view dir, const TimelineOptions& options) {
  ONRECORD_ASSIGN_OR_RETURN(
      std::unique_ptr<EventLog> log,
      OpenEventLog(options.log.empty() ? dir : options.log,
                   LogOptionsOf(options)));
  if (!options.log.empty() && !options.read_only) {
    ONRECORD_RETURN_IF_ERROR(MakeDirectory(dir));
  }
  ONRECORD_ASSIGN_OR_RETURN(
      std::unique_ptr<ProjectionStore> store,
      options.read_only ? OpenInMemoryProjectionStore()
                        : OpenProjectionStore(ProjectionDirectory(dir)));
  auto timeline = absl::WrapUnique(new Timeline(dir, options));
  ONRECORD_RETURN_IF_ERROR(timeline->Start(std::move(log), std::move(store)));
  return timeline;
}

absl::StatusOr<std::unique_ptr<Timeline>> Timeline::OpenInMemory(
    const TimelineOptions& options) {
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<EventLog> log,
                            OpenInMemoryEventLog(LogOptionsOf(options)));
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<ProjectionStore> store,
                            OpenInMemoryProjectionStore());
  auto timeline = absl::WrapUnique(new Timeline("", options));
  ONRECORD_RETURN_IF_ERROR(timeline->Start(std::move(log), std::move(store)));
  return timeline;
}

absl::Status Timeline::Start(std::unique_ptr<EventLog> log,
                             std::unique_ptr<ProjectionStore> store) {
  log_ = std::move(log);
  store_ = std::move(store);
  ReplayOptions replay_options;
  replay_options.progress = options_.replay_progress;
  replay_options.max_pending_bytes = options_.max_replay_bytes;
  replay_options.max_rebuild_bytes = options_.max_rebuild_bytes;
  replay_options.threads = options_.replay_threads;
  replay_options.stop = &stop_;
  MutexLock lock(&mu_);
  ONRECORD_ASSIGN_OR_RETURN(
      replayer_, Replayer::Create(log_.get(), store_.get(), MakeProjections(),
                                  replay_options));
  return absl::OkStatus();
}

std::vector<std::unique_ptr<Projection>> Timeline::MakeProjections() const {
  std::vector<std::unique_ptr<Projection>> projections;
  projections.push_back(std::make_unique<StatementsProjection>());
  projections.push_back(std::make_unique<ActorsProjection>());
  projections.push_back(std::make_unique<TopicsProjection>());
  projections.push_back(std::make_unique<PositionsProjection>());
  for (const auto& make : options_.projections) projections.push_back(make());
  return projections;
}

absl::Status Timeline::CatchUpLocked() {
  const uint64_t before = replayer_->log_position();
  const Stopwatch stopwatch;
  ONRECORD_RETURN_IF_ERROR(replayer_->CatchUp());
  const uint64_t events = replayer_->log_position() - before;
  if (events > 0) metrics_->CountReplay(events, stopwatch.Elapsed());
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<ProjectionReader>> Timeline::CatchUp(
    uint64_t* log_position) {
  MutexLock lock(&mu_);
  ONRECORD_RETURN_IF_ERROR(UnlessAway(CatchUpLocked()));
  if (log_position != nullptr) *log_position = replayer_->log_position();
  return replayer_->View();
}

absl::Status Timeline::Freshness() {
  const absl::Status reached = log_->Reached();
  if (reached.ok()) return reached;
  MutexLock lock(&mu_);
  return absl::UnavailableError(absl::StrCat(
      "answers go as far as log position ", replayer_->log_position(),
      "; the log was at ", log_->last_log_position(),
      " when it was last reached: ", reached.message()));
}

absl::Status Timeline::CatchUpListing() {
  if (listing_ == nullptr) listing_ = std::make_unique<Listing>(log_.get());
  uint64_t log_position = 0;
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<ProjectionReader> view,
                            CatchUp(&log_position));
  // What is recorded is decided on all that is there.
  ONRECORD_RETURN_IF_ERROR(Freshness());
  return listing_->MoveTo(std::move(view), log_position);
}

absl::StatusOr<IngestReport> Timeline::Record(
    absl::FunctionRef<absl::Status(Ingestion&, const Codebook&, IngestReport&)>
        record) {
  MutexLock lock(&ingest_mu_);
  const Stopwatch stopwatch;
  IngestReport report;
  absl::Status status = CatchUpListing();
  if (status.ok()) {
    // Articles are read with the codebook of the first listing.
    std::unique_ptr<Listing> first;
    const auto list_again = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(
                                ingest_mu_) -> absl::StatusOr<Listing*> {
      if (first == nullptr) first = std::move(listing_);
      listing_ = nullptr;
      ONRECORD_RETURN_IF_ERROR(CatchUpListing());
      return listing_.get();
    };
    Ingestion ingestion(log_.get(), listing_.get(), list_again,
                        {options_.extractor, options_.extraction_threads,
                         options_.ingest_progress, options_.sync});
    status = record(ingestion, listing_->codebook(), report);
  }
  metrics_->CountIngest(status, report.articles, stopwatch.Elapsed());
  if (status.ok()) return report;
  // It may hold what was not recorded.
  listing_ = nullptr;
  return status;
}

absl::StatusOr<RereadReport> Timeline::ExtractAgain(
    const std::vector<std::string>& article_ids, bool dry_run) {
  RereadReport reread;
  const auto read_again = [&](Ingestion& ingestion, const Codebook& listed,
                              IngestReport& /*report*/) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                              CatchUp());
    return ingestion.ReadAgain(article_ids, listed, dry_run, *view, reread);
  };
  ONRECORD_RETURN_IF_ERROR(Record(read_again).status());
  if (dry_run) {
    // It holds what was not recorded.
    MutexLock lock(&ingest_mu_);
    listing_ = nullptr;
  }
  return reread;
}

absl::StatusOr<AppendResult> Timeline::DecideNow(const Change& change,
                                                 const Decision& decision) {
  AppendOptions append_options;
  append_options.sync = options_.sync;
  append_options.condition.body_fields = {
      NewEvent::kStatementCorrectedFieldNumber,
      NewEvent::kStatementRetractedFieldNumber};
  append_options.condition.body_fields.insert(
      append_options.condition.body_fields.end(), Listing::Kinds().begin(),
      Listing::Kinds().end());
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp(&append_options.condition.known_to));
  ONRECORD_RETURN_IF_ERROR(Freshness());
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<StreamAppend> appends,
                            EventsOf(change, decision, *log_, *view));
  const Stopwatch stopwatch;
  absl::StatusOr<AppendResult> appended = log_->Append(appends, append_options);
  size_t recorded = 0;
  for (const StreamAppend& append : appends) recorded += append.events.size();
  metrics_->CountAppend(appended.status(), appended.ok() ? recorded : 0,
                        stopwatch.Elapsed());
  return appended;
}

absl::StatusOr<std::vector<RecordedEvent>> Timeline::Decide(
    const Change& change, const Decision& decision) {
  constexpr int kMostAttempts = 10;
  MutexLock lock(&ingest_mu_);
  absl::StatusOr<AppendResult> appended = DecideNow(change, decision);
  // Others may have recorded something that it depends on.
  for (int i = 1; i < kMostAttempts && absl::IsAborted(appended.status());
       ++i) {
    appended = DecideNow(change, decision);
  }
  ONRECORD_RETURN_IF_ERROR(appended.status());
  std::vector<RecordedEvent> events;
  ReadOptions options;
  options.known_at = appended->last_log_position;
  const std::unique_ptr<EventReader> reader =
      log_->ReadLog(appended->first_log_position, options);
  for (; reader->Valid(); reader->Next()) events.push_back(reader->event());
  ONRECORD_RETURN_IF_ERROR(reader->status());
  return events;
}

absl::StatusOr<IngestReport> Timeline::AddCodebook(const Codebook& codebook) {
  ONRECORD_RETURN_IF_ERROR(CheckCodebook(codebook));
  return Record([&](Ingestion& ingestion, const Codebook& /*listed*/,
                    IngestReport& report) {
    return ingestion.AddCodebook(codebook, report);
  });
}

absl::StatusOr<IngestReport> Timeline::Ingest(std::vector<Article> articles) {
  return Record(
      [&](Ingestion& ingestion, const Codebook& listed, IngestReport& report) {
        return ingestion.AddArticles(std::move(articles), listed, report);
      });
}

absl::StatusOr<IngestReport> Timeline::IngestCoded(
    std::vector<Article> articles,
    const std::vector<StatementRow>& statements) {
  return Record([&](Ingestion& ingestion, const Codebook& /*listed*/,
                    IngestReport& report) {
    return ingestion.AddCodedArticles(std::move(articles), statements, report);
  });
}

template <typename Rows, typename... Wanted, typename... Given>
absl::StatusOr<Rows> Timeline::Ask(
    absl::StatusOr<Rows> (Answers::*answer)(Wanted...), Given... question) {
  const Stopwatch stopwatch;
  absl::StatusOr<Rows> rows = AskNow(answer, question...);
  metrics_->CountQuery(kQueryOf<Rows>, rows.status(), stopwatch.Elapsed());
  return rows;
}

template <typename Rows, typename... Wanted, typename... Given>
absl::StatusOr<Rows> Timeline::AskNow(
    absl::StatusOr<Rows> (Answers::*answer)(Wanted...), Given... question) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  const Lookup lookup(view.get());
  absl::Status found;
  (found.Update(FindIds(lookup, question)), ...);
  ONRECORD_RETURN_IF_ERROR(found);
  Answers answers(log_.get(), view.get());
  return (answers.*answer)(question...);
}

absl::StatusOr<std::vector<PositionRow>> Timeline::Positions(
    const PositionQuery& query) {
  return Ask(&Answers::Positions, query);
}

absl::StatusOr<std::vector<ShiftRow>> Timeline::Shifts(
    const PositionQuery& query) {
  return Ask(&Answers::Shifts, query);
}

absl::StatusOr<std::vector<ChangeRow>> Timeline::Diff(
    const PositionQuery& before, const PositionQuery& after) {
  return Ask(&Answers::Diff, before, after);
}

absl::StatusOr<std::vector<EdgeRow>> Timeline::Network(
    const PositionQuery& query, std::optional<absl::CivilDay> since) {
  return Ask(&Answers::Network, query, since);
}

absl::StatusOr<std::vector<GroundRow>> Timeline::Why(const PositionQuery& query,
                                                     Proofs proofs) {
  return Ask(&Answers::Why, query, proofs);
}

absl::StatusOr<std::vector<StatementRow>> Timeline::Statements(
    const StatementQuery& query) {
  return Ask(&Answers::Statements, query);
}

absl::StatusOr<std::vector<ActorRow>> Timeline::Actors(uint64_t known_at) {
  return Ask(&Answers::Actors, known_at);
}

absl::StatusOr<std::vector<TopicRow>> Timeline::Topics(uint64_t known_at) {
  return Ask(&Answers::Topics, known_at);
}

absl::StatusOr<std::vector<SimilarTopicsRow>> Timeline::SimilarTopics(
    uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<TopicRow> topics,
                            Topics(known_at));
  return FindSimilarTopics(topics);
}

absl::StatusOr<std::vector<SourceRow>> Timeline::Articles(uint64_t known_at) {
  return Ask(&Answers::Articles, known_at);
}

absl::StatusOr<std::vector<std::string>> Timeline::Certificates() {
  MutexLock lock(&mu_);
  ONRECORD_RETURN_IF_ERROR(CatchUpLocked());
  ONRECORD_ASSIGN_OR_RETURN(const Head head, log_->GetHead());
  const std::unique_ptr<ProjectionReader> view = replayer_->View();
  std::vector<std::string> lines;
  for (const absl::string_view name :
       {StatementsProjection::kName, ActorsProjection::kName,
        TopicsProjection::kName, PositionsProjection::kName}) {
    ONRECORD_ASSIGN_OR_RETURN(const Checkpoint checkpoint,
                              replayer_->GetCheckpoint(name));
    ONRECORD_ASSIGN_OR_RETURN(std::string line,
                              CertificateOf(*view, checkpoint, head));
    lines.push_back(std::move(line));
  }
  return lines;
}

absl::StatusOr<VerifyReport> Timeline::Verify(
    absl::FunctionRef<void(const Damage&)> on_damage,
    const OnProgress& progress) {
  ONRECORD_ASSIGN_OR_RETURN(VerifyReport report,
                            log_->Verify(on_damage, progress));
  // What does not read cannot be replayed.
  if (report.damages > 0) return report;
  std::vector<std::string> wrong;
  if (dir_.empty() || options_.read_only) {
    ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionStore> scratch,
                              OpenInMemoryProjectionStore());
    ONRECORD_ASSIGN_OR_RETURN(wrong, CompareWithRebuild(scratch.get()));
  } else {
    // One may be left of a verification that was cut short.
    const std::string dir = absl::StrCat(ProjectionDirectory(dir_), ".new");
    ONRECORD_RETURN_IF_ERROR(DestroyProjectionStore(dir));
    absl::StatusOr<std::unique_ptr<ProjectionStore>> scratch =
        OpenProjectionStore(dir);
    ONRECORD_RETURN_IF_ERROR(scratch.status());
    absl::StatusOr<std::vector<std::string>> compared =
        CompareWithRebuild(scratch->get());
    scratch->reset();
    ONRECORD_RETURN_IF_ERROR(DestroyProjectionStore(dir));
    ONRECORD_ASSIGN_OR_RETURN(wrong, std::move(compared));
  }
  for (const std::string& name : wrong) {
    Damage damage;
    damage.reason =
        absl::StrCat("projection `", name, "` is not what the log gives");
    on_damage(damage);
    ++report.damages;
  }
  return report;
}

absl::StatusOr<std::vector<std::string>> Timeline::CompareWithRebuild(
    ProjectionStore* scratch) {
  std::vector<std::unique_ptr<Projection>> projections = MakeProjections();
  std::vector<std::string> names;
  for (const auto& projection : projections) {
    names.emplace_back(projection->name());
  }
  ReplayOptions replay_options;
  replay_options.stop = &stop_;
  ONRECORD_ASSIGN_OR_RETURN(
      const std::unique_ptr<Replayer> rebuilt,
      Replayer::Create(log_.get(), scratch, std::move(projections),
                       replay_options));
  // The long way unlocked; then both to one place, whoever appends meanwhile.
  ONRECORD_RETURN_IF_ERROR(rebuilt->CatchUp());
  std::unique_ptr<ProjectionReader> kept;
  {
    MutexLock lock(&mu_);
    do {
      ONRECORD_RETURN_IF_ERROR(CatchUpLocked());
      ONRECORD_RETURN_IF_ERROR(rebuilt->CatchUp());
    } while (replayer_->log_position() != rebuilt->log_position());
    kept = replayer_->View();
  }
  return FindWrongStates(*kept, *rebuilt->View(), names);
}

absl::StatusOr<AppendResult> Timeline::Append(absl::string_view stream,
                                              ExpectedRevision expected,
                                              absl::Span<const NewEvent> events,
                                              absl::string_view commit_id) {
  AppendOptions append_options;
  append_options.commit_id = std::string(commit_id);
  append_options.sync = options_.sync;
  const Stopwatch stopwatch;
  absl::StatusOr<AppendResult> result =
      log_->Append(stream, expected, events, append_options);
  const bool recorded = result.ok() && !result->already_recorded;
  metrics_->CountAppend(result.status(), recorded ? events.size() : 0,
                        stopwatch.Elapsed());
  return result;
}

absl::StatusOr<ForgetReport> Timeline::Forget(absl::string_view article_id,
                                              absl::string_view reason,
                                              absl::string_view by) {
  return ForgetArticle(log_.get(), article_id, reason, by);
}

Subscription Timeline::Subscribe(uint64_t checkpoint) {
  return Subscription(log_.get(), checkpoint);
}

absl::StatusOr<std::unique_ptr<const ProjectionState>> Timeline::State(
    absl::string_view projection) {
  MutexLock lock(&mu_);
  ONRECORD_RETURN_IF_ERROR(replayer_->GetCheckpoint(projection).status());
  ONRECORD_RETURN_IF_ERROR(UnlessAway(CatchUpLocked()));
  return std::unique_ptr<const ProjectionState>(
      new OwningState(replayer_->View(), projection));
}

absl::StatusOr<Head> Timeline::Backup(absl::string_view dir) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<EventLog> backup,
                            OpenLevelDbEventLog(dir, {}));
  ONRECORD_RETURN_IF_ERROR(CopyLog(log_.get(), backup.get()).status());
  ONRECORD_ASSIGN_OR_RETURN(const Head copied, backup->GetHead());
  ONRECORD_ASSIGN_OR_RETURN(
      const ConsistencyProof then,
      log_->ProveConsistency(copied.commits, copied.commits));
  if (then.old_head().root() != copied.root) {
    return absl::DataLossError(
        absl::StrCat("the backup in ", dir, " is not what the log holds"));
  }
  return copied;
}

absl::StatusOr<std::string> Timeline::MetricsText() {
  ONRECORD_ASSIGN_OR_RETURN(const LogStats stats, log_->Stats());
  Metrics::Gauges gauges;
  gauges.last_log_position = stats.events;
  gauges.commits = stats.commits;
  gauges.texts = stats.texts;
  gauges.bytes_on_disk = stats.bytes_on_disk;
  {
    MutexLock lock(&mu_);
    gauges.projected_log_position = replayer_->log_position();
  }
  return metrics_->Text(gauges);
}

}  // namespace onrecord
