// Articles in, answers out.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "engine/capi/encoding.h"
#include "engine/capi/handles.h"
#include "engine/capi/onrecord.h"
#include "engine/edtf.h"
#include "engine/projections/positions.h"
#include "engine/projections/statements.h"
#include "proto/article.pb.h"
#include "proto/codebook.pb.h"
#include "proto/query.pb.h"
#include "proto/row.pb.h"
#include "storage/event_log.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::StatusOr<std::optional<absl::CivilDay>> DayOf(const std::string& day) {
  if (day.empty()) return std::optional<absl::CivilDay>();
  ONRECORD_ASSIGN_OR_RETURN(const absl::CivilDay parsed, ParseDay(day));
  return std::optional<absl::CivilDay>(parsed);
}

// A PositionQuery or a StatementQuery.
template <typename Wanted>
absl::StatusOr<Wanted> QueryOf(const Query& query) {
  Wanted wanted;
  wanted.actor_id = query.actor();
  wanted.topic_id = query.topic();
  ONRECORD_ASSIGN_OR_RETURN(wanted.as_of, DayOf(query.as_of()));
  if (query.known_at() != 0) wanted.known_at = query.known_at();
  return wanted;
}

template <typename Row>
absl::StatusOr<std::string> Encoded(absl::StatusOr<std::vector<Row>> rows,
                                    onrecord_encoding encoding) {
  ONRECORD_RETURN_IF_ERROR(rows.status());
  std::string bytes;
  for (const Row& row : *rows) {
    ONRECORD_RETURN_IF_ERROR(EncodeMessage(row, encoding, &bytes));
  }
  return bytes;
}

absl::StatusOr<std::string> Ask(Timeline& timeline, absl::string_view what,
                                onrecord_encoding encoding,
                                absl::string_view bytes) {
  Query query;
  ONRECORD_RETURN_IF_ERROR(DecodeOne(encoding, bytes, &query));
  ONRECORD_ASSIGN_OR_RETURN(PositionQuery positions,
                            QueryOf<PositionQuery>(query));
  positions.rollup = query.rollup();
  if (what == "positions") {
    return Encoded(timeline.Positions(positions), encoding);
  }
  if (what == "shifts") return Encoded(timeline.Shifts(positions), encoding);
  if (what == "why") return Encoded(timeline.Why(positions), encoding);
  if (what == "network") {
    ONRECORD_ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> since,
                              DayOf(query.since()));
    return Encoded(timeline.Network(positions, since), encoding);
  }
  if (what == "statements") {
    ONRECORD_ASSIGN_OR_RETURN(const StatementQuery statements,
                              QueryOf<StatementQuery>(query));
    return Encoded(timeline.Statements(statements), encoding);
  }
  if (what == "actors") {
    return Encoded(timeline.Actors(positions.known_at), encoding);
  }
  if (what == "topics") {
    return Encoded(timeline.Topics(positions.known_at), encoding);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("`what` is \"", what,
                   "\", expected positions, shifts, network, why, statements, "
                   "actors or topics"));
}

absl::Status HandOut(const absl::StatusOr<IngestReport>& report,
                     onrecord_ingest_report* out) {
  ONRECORD_RETURN_IF_ERROR(report.status());
  if (out != nullptr) {
    *out = {report->articles, report->already_recorded, report->statements,
            report->actors, report->topics};
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace onrecord

using onrecord::Guarded;
using onrecord::ViewOf;

onrecord_code onrecord_add_codebook(onrecord_timeline* timeline,
                                    onrecord_encoding encoding,
                                    const char* codebook, size_t size,
                                    onrecord_ingest_report* report,
                                    char** error) {
  return Guarded(error, [&]() -> absl::Status {
    onrecord::Codebook parsed;
    ONRECORD_RETURN_IF_ERROR(
        onrecord::DecodeOne(encoding, {codebook, size}, &parsed));
    return onrecord::HandOut(timeline->timeline->AddCodebook(parsed), report);
  });
}

onrecord_code onrecord_ingest(onrecord_timeline* timeline,
                              onrecord_encoding encoding, const char* articles,
                              size_t size, onrecord_ingest_report* report,
                              char** error) {
  return Guarded(error, [&]() -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(
        std::vector<onrecord::Article> parsed,
        onrecord::DecodeAll<onrecord::Article>(encoding, {articles, size}));
    return onrecord::HandOut(timeline->timeline->Ingest(std::move(parsed)),
                             report);
  });
}

onrecord_code onrecord_query(onrecord_timeline* timeline, const char* what,
                             onrecord_encoding encoding, const char* query,
                             size_t query_size, char** rows, size_t* rows_size,
                             char** error) {
  return Guarded(error, [&]() -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const std::string bytes,
                              onrecord::Ask(*timeline->timeline, ViewOf(what),
                                            encoding, {query, query_size}));
    *rows = onrecord::CopyOut(bytes);
    *rows_size = bytes.size();
    return absl::OkStatus();
  });
}
