#include "engine/timeline.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/answers.h"
#include "engine/ingest/codebook_check.h"
#include "engine/projections/actors.h"
#include "engine/projections/certificate.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/state_check.h"
#include "engine/projections/topics.h"
#include "storage/leveldb_event_log.h"
#include "storage/projection_directory.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

std::vector<std::unique_ptr<Projection>> MakeProjections() {
  std::vector<std::unique_ptr<Projection>> projections;
  projections.push_back(std::make_unique<StatementsProjection>());
  projections.push_back(std::make_unique<ActorsProjection>());
  projections.push_back(std::make_unique<TopicsProjection>());
  projections.push_back(std::make_unique<PositionsProjection>());
  return projections;
}

// Replaces names of an actor and a topic in `query` by ids.
template <typename Query>
absl::Status FindIds(Answers& answers, Query& query) {
  if (!query.actor_id.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(
        query.actor_id, answers.FindActorId(query.actor_id, query.known_at));
  }
  if (!query.topic_id.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(
        query.topic_id, answers.FindTopicId(query.topic_id, query.known_at));
  }
  return absl::OkStatus();
}

// What questions hold besides queries names nobody.
absl::Status FindIds(Answers& /*answers*/, uint64_t /*known_at*/) {
  return absl::OkStatus();
}
absl::Status FindIds(Answers& /*answers*/,
                     std::optional<absl::CivilDay> /*since*/) {
  return absl::OkStatus();
}

}  // namespace

Timeline::Timeline(std::string dir, std::unique_ptr<EventLog> log,
                   std::unique_ptr<ProjectionStore> store,
                   std::unique_ptr<Replayer> replayer,
                   const IngestionOptions& ingestion)
    : dir_(std::move(dir)),
      log_(std::move(log)),
      store_(std::move(store)),
      ingestion_(ingestion),
      replayer_(std::move(replayer)) {}

absl::StatusOr<std::unique_ptr<Timeline>> Timeline::Create(
    absl::string_view dir, std::unique_ptr<EventLog> log,
    std::unique_ptr<ProjectionStore> store, const TimelineOptions& options) {
  ReplayOptions replay_options;
  replay_options.progress = options.replay_progress;
  ONRECORD_ASSIGN_OR_RETURN(
      std::unique_ptr<Replayer> replayer,
      Replayer::Create(log.get(), store.get(), MakeProjections(),
                       replay_options));
  return std::unique_ptr<Timeline>(new Timeline(
      std::string(dir), std::move(log), std::move(store), std::move(replayer),
      {options.extractor, options.extraction_threads}));
}

absl::StatusOr<std::unique_ptr<Timeline>> Timeline::Open(
    absl::string_view dir, const TimelineOptions& options) {
  LogOptions log_options;
  log_options.create_if_missing = options.create_if_missing;
  log_options.clock = options.clock;
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<EventLog> log,
                            OpenLevelDbEventLog(dir, log_options));
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<ProjectionStore> store,
                            OpenProjectionStore(ProjectionDirectory(dir)));
  return Create(dir, std::move(log), std::move(store), options);
}

absl::StatusOr<std::unique_ptr<Timeline>> Timeline::OpenInMemory(
    const TimelineOptions& options) {
  LogOptions log_options;
  log_options.clock = options.clock;
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<EventLog> log,
                            OpenInMemoryEventLog(log_options));
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<ProjectionStore> store,
                            OpenInMemoryProjectionStore());
  return Create("", std::move(log), std::move(store), options);
}

absl::StatusOr<std::unique_ptr<ProjectionReader>> Timeline::CatchUp() {
  MutexLock lock(&mu_);
  ONRECORD_RETURN_IF_ERROR(replayer_->CatchUp());
  return replayer_->View();
}

absl::Status Timeline::ReadListed(Listed& listed) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  ONRECORD_RETURN_IF_ERROR(
      onrecord::Actors(view.get())
          .ForEach(kLatest, [&listed](const ActorRecord& record) {
            listed.directory.Add(record);
            return absl::OkStatus();
          }));
  return onrecord::Topics(view.get())
      .ForEach(kLatest, [&listed](const TopicFact& fact) {
        listed.topics.push_back(fact.topic());
        if (!fact.found()) *listed.codebook.add_topics() = fact.topic();
        return absl::OkStatus();
      });
}

absl::StatusOr<IngestReport> Timeline::Record(
    absl::FunctionRef<absl::Status(Ingestion&, const Codebook&, IngestReport&)>
        record) {
  MutexLock lock(&ingest_mu_);
  Listed listed;
  ONRECORD_RETURN_IF_ERROR(ReadListed(listed));
  Ingestion ingestion(log_.get(), &listed.directory, std::move(listed.topics),
                      ingestion_);
  IngestReport report;
  ONRECORD_RETURN_IF_ERROR(record(ingestion, listed.codebook, report));
  return report;
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
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  Answers answers(log_.get(), view.get());
  absl::Status found;
  (found.Update(FindIds(answers, question)), ...);
  ONRECORD_RETURN_IF_ERROR(found);
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

absl::StatusOr<std::vector<GroundRow>> Timeline::Why(
    const PositionQuery& query) {
  return Ask(&Answers::Why, query);
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

absl::StatusOr<std::vector<SourceRow>> Timeline::Articles(uint64_t known_at) {
  return Ask(&Answers::Articles, known_at);
}

absl::StatusOr<std::vector<std::string>> Timeline::Certificates() {
  MutexLock lock(&mu_);
  ONRECORD_RETURN_IF_ERROR(replayer_->CatchUp());
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
    absl::FunctionRef<void(const Damage&)> on_damage) {
  ONRECORD_ASSIGN_OR_RETURN(VerifyReport report, log_->Verify(on_damage));
  // What does not read cannot be replayed.
  if (report.damages > 0) return report;
  std::vector<std::string> wrong;
  if (dir_.empty()) {
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
  ONRECORD_ASSIGN_OR_RETURN(
      const std::unique_ptr<Replayer> rebuilt,
      Replayer::Create(log_.get(), scratch, std::move(projections), {}));
  // The long way unlocked; then both to one place, whoever appends meanwhile.
  ONRECORD_RETURN_IF_ERROR(rebuilt->CatchUp());
  std::unique_ptr<ProjectionReader> kept;
  {
    MutexLock lock(&mu_);
    do {
      ONRECORD_RETURN_IF_ERROR(replayer_->CatchUp());
      ONRECORD_RETURN_IF_ERROR(rebuilt->CatchUp());
    } while (replayer_->log_position() != rebuilt->log_position());
    kept = replayer_->View();
  }
  return FindWrongStates(*kept, *rebuilt->View(), names);
}

}  // namespace onrecord
