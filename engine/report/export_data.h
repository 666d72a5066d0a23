// A timeline as the formats of other tools take it: all rows of one moment, and
// the texts that they point into.

#ifndef ONRECORD_ENGINE_REPORT_EXPORT_DATA_H_
#define ONRECORD_ENGINE_REPORT_EXPORT_DATA_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/projections/positions.h"
#include "engine/timeline.h"
#include "proto/row.pb.h"

namespace onrecord {

struct ExportData {
  // Those of the query.
  std::vector<PositionRow> positions;
  std::vector<EdgeRow> edges;

  // What the positions rest on, and more of it: by id.
  std::map<std::string, StatementRow> statements;
  std::map<std::string, SourceRow> articles;
  std::map<std::string, ActorRow> actors;
  std::map<std::string, TopicRow> topics;

  // By article id; no entry where the text was erased.
  std::map<std::string, std::string> texts;
};

// Asks `timeline` for everything, as known at `query.known_at`. Errors as
// Timeline::Positions.
absl::StatusOr<ExportData> GatherExport(Timeline& timeline,
                                        const PositionQuery& query);

// The statements among which at least one position finds its evidence, in order
// of the positions, each once.
std::vector<const StatementRow*> Evidence(const ExportData& data);

// A name of the thing that other documents can use: the article's own URL if it
// has one of the web, else a URN (RFC 8141, RFC 4198 style, percent-encoded).
std::string ArticleUri(const ExportData& data, const std::string& article_id);
std::string Urn(absl::string_view kind, absl::string_view id);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_EXPORT_DATA_H_
