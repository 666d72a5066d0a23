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

absl::StatusOr<IngestReport> Timeline::AddCodebook(const Codebook& codebook) {
  ONRECORD_RETURN_IF_ERROR(CheckCodebook(codebook));
  MutexLock lock(&ingest_mu_);
  Listed listed;
  ONRECORD_RETURN_IF_ERROR(ReadListed(listed));
  IngestReport report;
  ONRECORD_RETURN_IF_ERROR(Ingestion(log_.get(), &listed.directory,
                                     std::move(listed.topics), ingestion_)
                               .AddCodebook(codebook, report));
  return report;
}

absl::StatusOr<IngestReport> Timeline::Ingest(std::vector<Article> articles) {
  MutexLock lock(&ingest_mu_);
  Listed listed;
  ONRECORD_RETURN_IF_ERROR(ReadListed(listed));
  IngestReport report;
  ONRECORD_RETURN_IF_ERROR(
      Ingestion(log_.get(), &listed.directory, std::move(listed.topics),
                ingestion_)
          .AddArticles(std::move(articles), listed.codebook, report));
  return report;
}

absl::StatusOr<IngestReport> Timeline::IngestCoded(
    std::vector<Article> articles,
    const std::vector<StatementRow>& statements) {
  MutexLock lock(&ingest_mu_);
  Listed listed;
  ONRECORD_RETURN_IF_ERROR(ReadListed(listed));
  IngestReport report;
  ONRECORD_RETURN_IF_ERROR(
      Ingestion(log_.get(), &listed.directory, std::move(listed.topics),
                ingestion_)
          .AddCodedArticles(std::move(articles), statements, report));
  return report;
}

absl::StatusOr<std::vector<PositionRow>> Timeline::Positions(
    const PositionQuery& query) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  Answers answers(log_.get(), view.get());
  PositionQuery by_id = query;
  ONRECORD_RETURN_IF_ERROR(FindIds(answers, by_id));
  return answers.Positions(by_id);
}

absl::StatusOr<std::vector<ShiftRow>> Timeline::Shifts(
    const PositionQuery& query) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  Answers answers(log_.get(), view.get());
  PositionQuery by_id = query;
  ONRECORD_RETURN_IF_ERROR(FindIds(answers, by_id));
  return answers.Shifts(by_id);
}

absl::StatusOr<std::vector<ChangeRow>> Timeline::Diff(
    const PositionQuery& before, const PositionQuery& after) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  Answers answers(log_.get(), view.get());
  PositionQuery before_by_id = before;
  PositionQuery after_by_id = after;
  ONRECORD_RETURN_IF_ERROR(FindIds(answers, before_by_id));
  ONRECORD_RETURN_IF_ERROR(FindIds(answers, after_by_id));
  return answers.Diff(before_by_id, after_by_id);
}

absl::StatusOr<std::vector<EdgeRow>> Timeline::Network(
    const PositionQuery& query, std::optional<absl::CivilDay> since) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  Answers answers(log_.get(), view.get());
  PositionQuery by_id = query;
  ONRECORD_RETURN_IF_ERROR(FindIds(answers, by_id));
  return answers.Network(by_id, since);
}

absl::StatusOr<std::vector<GroundRow>> Timeline::Why(
    const PositionQuery& query) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  Answers answers(log_.get(), view.get());
  PositionQuery by_id = query;
  ONRECORD_RETURN_IF_ERROR(FindIds(answers, by_id));
  return answers.Why(by_id);
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

absl::StatusOr<std::vector<StatementRow>> Timeline::Statements(
    const StatementQuery& query) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  Answers answers(log_.get(), view.get());
  StatementQuery by_id = query;
  ONRECORD_RETURN_IF_ERROR(FindIds(answers, by_id));
  return answers.Statements(by_id);
}

absl::StatusOr<std::vector<ActorRow>> Timeline::Actors(uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  return Answers(log_.get(), view.get()).Actors(known_at);
}

absl::StatusOr<std::vector<TopicRow>> Timeline::Topics(uint64_t known_at) {
  ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<ProjectionReader> view,
                            CatchUp());
  return Answers(log_.get(), view.get()).Topics(known_at);
}

}  // namespace onrecord
