// The statements, as they stand and as they stood.

#ifndef ONRECORD_ENGINE_PROJECTIONS_STATEMENTS_H_
#define ONRECORD_ENGINE_PROJECTIONS_STATEMENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "engine/projections/projection.h"
#include "engine/projections/projection_state.h"
#include "proto/projection.pb.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// Keeps every version of every statement, and the articles. Read with
// Statements.
class StatementsProjection : public Projection {
 public:
  static constexpr absl::string_view kName = "statements";

  absl::string_view name() const override { return kName; }
  uint32_t version() const override { return 3; }
  absl::Status Apply(const RecordedEvent& event,
                     ProjectionState& state) override;
};

struct StatementQuery {
  // Only statements said on or before this day; undated ones always. An
  // interval counts from its first day.
  std::optional<absl::CivilDay> as_of;

  // What the log held up to this log position.
  uint64_t known_at = kLatest;

  // Only statements of this article, actor (as the statement names it: see
  // Actors::Canonical), topic. Empty: all.
  std::string article_id;
  std::string actor_id;
  std::string topic_id;

  // Retracted ones too.
  bool retracted = false;
};

// Answers from the state of a StatementsProjection. Thread-safe; `store` must
// outlive it. Every call returns DATA_LOSS if what is stored does not decode.
class Statements {
 public:
  // `store` is a Replayer's view, or the store itself; not owned.
  explicit Statements(const ProjectionReader* store);

  // The statement as it was known, retracted or not. Returns NOT_FOUND if none
  // of this id was known.
  absl::StatusOr<StatementRecord> Find(absl::string_view statement_id,
                                       uint64_t known_at = kLatest) const;

  // Calls `visit` for the statements of the query: in order of the first day
  // on which they may have been said (undated ones first), then of the log. An
  // article's, in order of the log. Stops at the first status that is not OK,
  // and returns it.
  absl::Status ForEach(
      const StatementQuery& query,
      absl::FunctionRef<absl::Status(const StatementRecord&)> visit) const;

  // Calls `visit` for the statements, as they stand now and not retracted,
  // whose `words_key` this is, in order of their ids.
  absl::Status ForEachOfWords(
      uint64_t words_key,
      absl::FunctionRef<absl::Status(const StatementRecord&)> visit) const;

  // Calls `visit` for the statements, as they were known and not retracted,
  // that repeat `statement_id` directly, in order of their ids.
  absl::Status ForEachRepeating(
      absl::string_view statement_id, uint64_t known_at,
      absl::FunctionRef<absl::Status(const StatementRecord&)> visit) const;

  // Returns NOT_FOUND if there was no such article.
  absl::StatusOr<ArticleRecord> FindArticle(absl::string_view article_id,
                                            uint64_t known_at = kLatest) const;

  // Every article, in order of its id.
  absl::Status ForEachArticle(
      uint64_t known_at,
      absl::FunctionRef<absl::Status(const ArticleRecord&)> visit) const;

 private:
  absl::Status VisitIfAsked(
      const StatementQuery& query, absl::string_view statement_id,
      std::optional<int32_t> day,
      absl::FunctionRef<absl::Status(const StatementRecord&)> visit) const;

  const ScopedReader state_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_STATEMENTS_H_
