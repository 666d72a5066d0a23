// Projections' state into the rows of the outside contract.

#ifndef ONRECORD_ENGINE_ANSWERS_H_
#define ONRECORD_ENGINE_ANSWERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "engine/projections/actors.h"
#include "engine/projections/diff.h"
#include "engine/projections/positions.h"
#include "engine/projections/shifts.h"
#include "engine/projections/statements.h"
#include "engine/projections/topics.h"
#include "engine/projections/why.h"
#include "engine/sources.h"
#include "proto/projection.pb.h"
#include "proto/row.pb.h"
#include "storage/event_log.h"
#include "storage/projection_store.h"

namespace onrecord {

// Answers questions from one view of the projections, so that all answers fit
// together; the log gives the articles' texts. Where a text was erased, the
// rows have spans but no words.
//
// Thread-compatible. `log` and `view` must outlive it. Every call returns
// DATA_LOSS if what is stored does not decode.
class Answers {
 public:
  Answers(EventLog* log, const ProjectionReader* view);

  // The positions of the query, in order of actor, topic and time.
  absl::StatusOr<std::vector<PositionRow>> Positions(
      const PositionQuery& query);

  // The changes of position among the positions of the query.
  absl::StatusOr<std::vector<ShiftRow>> Shifts(const PositionQuery& query);

  // What is held otherwise at `after` than at `before`.
  absl::StatusOr<std::vector<ChangeRow>> Diff(const PositionQuery& before,
                                              const PositionQuery& after);

  // Who agrees and who conflicts with whom from `since` (absent: ever) to the
  // day of the query.
  absl::StatusOr<std::vector<EdgeRow>> Network(
      const PositionQuery& query, std::optional<absl::CivilDay> since);

  // The statements that the position of the query's actor on its topic rests
  // on, those first that it could not do without. Returns NOT_FOUND if there
  // was no such position. With proofs, if wanted, that the events stand under
  // the log's present head.
  absl::StatusOr<std::vector<GroundRow>> Why(const PositionQuery& query,
                                             Proofs proofs);

  // The statements of the query, in order of the time of saying; those of one
  // article in order of the text.
  absl::StatusOr<std::vector<StatementRow>> Statements(
      const StatementQuery& query);

  // Everybody in the directory who said, heard or relayed something, or whom a
  // codebook lists, in order of their ids.
  absl::StatusOr<std::vector<ActorRow>> Actors(uint64_t known_at);

  // Every topic, in order of the ids.
  absl::StatusOr<std::vector<TopicRow>> Topics(uint64_t known_at);

  // Every article, in order of the ids.
  absl::StatusOr<std::vector<SourceRow>> Articles(uint64_t known_at);

 private:
  struct Name {
    std::string id;
    std::string name;
  };

  absl::StatusOr<Name> NameOfActor(const std::string& actor_id,
                                   uint64_t known_at);
  absl::StatusOr<absl::string_view> TextOf(const std::string& article_id,
                                           uint64_t known_at);
  absl::StatusOr<std::string> WordsOf(const Statement& statement,
                                      uint64_t known_at);
  absl::StatusOr<bool> IsAsked(const StatementRecord& record,
                               const StatementQuery& query) const;
  absl::Status FillMention(const Mention& mention, absl::string_view text,
                           uint64_t known_at, MentionRow& row);
  absl::StatusOr<StatementRow> RowOf(const StatementRecord& record,
                                     uint64_t known_at);
  absl::StatusOr<PositionRow> RowOf(const Position& position,
                                    uint64_t known_at);
  absl::StatusOr<ShiftRow> RowOf(const Shift& shift, uint64_t known_at);
  absl::StatusOr<ChangeRow> RowOf(const PositionChange& change,
                                  uint64_t known_before, uint64_t known_after);
  absl::StatusOr<GroundRow> RowOf(const Ground& ground, bool needed,
                                  uint64_t known_at);
  absl::StatusOr<std::string> NameOfTopic(const std::string& topic_id,
                                          uint64_t known_at) const;
  absl::StatusOr<std::string> FirstWords(const Position& position,
                                         uint64_t known_at);
  absl::StatusOr<uint32_t> SourcesOf(const Position& position,
                                     uint64_t known_at);
  absl::StatusOr<uint32_t> SourcesOf(const StatementRecord& record,
                                     uint64_t known_at);
  absl::StatusOr<uint32_t> CountSources(
      const std::vector<Statement>& statements, uint64_t known_at);
  absl::Status AddSpeakers(const Position& position, uint64_t known_at,
                           PositionRow& row);
  absl::Status FillSpeaker(const Evidence& evidence, uint64_t known_at,
                           SpeakerRow& row);

  EventLog* const log_;
  const onrecord::Statements statements_;
  const onrecord::Actors actors_;
  const onrecord::Topics topics_;
  const onrecord::Positions positions_;

  // What was read last, as rows of one article follow each other.
  std::string text_article_id_;
  bool texts_away_ = false;
  std::string text_;
  absl::flat_hash_map<std::string, Name> names_;
  uint64_t names_known_at_ = 0;
  SourceCounter sources_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ANSWERS_H_
