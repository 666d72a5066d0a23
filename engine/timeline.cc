#include "engine/timeline.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/answers.h"
#include "engine/ingest/codebook_check.h"
#include "engine/projections/actors.h"
#include "engine/projections/certificate.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/topics.h"
#include "storage/leveldb_event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// The projections' folder inside the log's directory.
constexpr char kProjectionsFolder[] = "/projections";

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

Timeline::Timeline(std::unique_ptr<EventLog> log,
                   std::unique_ptr<ProjectionStore> store,
                   std::unique_ptr<Replayer> replayer,
                   const IngestionOptions& ingestion)
    : log_(std::move(log)),
      store_(std::move(store)),
      ingestion_(ingestion),
      replayer_(std::move(replayer)) {}

absl::StatusOr<std::unique_ptr<Timeline>> Timeline::Create(
    std::unique_ptr<EventLog> log, std::unique_ptr<ProjectionStore> store,
    const TimelineOptions& options) {
  ReplayOptions replay_options;
  replay_options.progress = options.replay_progress;
  ONRECORD_ASSIGN_OR_RETURN(
      std::unique_ptr<Replayer> replayer,
      Replayer::Create(log.get(), store.get(), MakeProjections(),
                       replay_options));
  return std::unique_ptr<Timeline>(
      new Timeline(std::move(log), std::move(store), std::move(replayer),
                   {options.extractor, options.extraction_threads}));
}

absl::StatusOr<std::unique_ptr<Timeline>> Timeline::Open(
    absl::string_view dir, const TimelineOptions& options) {
  LogOptions log_options;
  log_options.create_if_missing = options.create_if_missing;
  log_options.clock = options.clock;
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<EventLog> log,
                            OpenLevelDbEventLog(dir, log_options));
  ONRECORD_ASSIGN_OR_RETURN(
      std::unique_ptr<ProjectionStore> store,
      OpenProjectionStore(absl::StrCat(dir, kProjectionsFolder)));
  return Create(std::move(log), std::move(store), options);
}

absl::StatusOr<std::unique_ptr<Timeline>> Timeline::OpenInMemory(
    const TimelineOptions& options) {
  LogOptions log_options;
  log_options.clock = options.clock;
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<EventLog> log,
                            OpenInMemoryEventLog(log_options));
  ONRECORD_ASSIGN_OR_RETURN(std::unique_ptr<ProjectionStore> store,
                            OpenInMemoryProjectionStore());
  return Create(std::move(log), std::move(store), options);
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

}  // namespace onrecord
