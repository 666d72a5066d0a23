// A story arc with its hand-made annotations, read for measuring.

#ifndef ONRECORD_ENGINE_EXTRACT_TRAINING_GOLD_ARC_H_
#define ONRECORD_ENGINE_EXTRACT_TRAINING_GOLD_ARC_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "engine/extract/statement/saying.h"
#include "engine/extract/text/document.h"
#include "proto/codebook.pb.h"

namespace onrecord {
namespace extract {

// What the annotators say of one statement.
struct GoldStatement {
  std::string id;
  std::string speaker;
  std::string topic;  // empty: none
  std::optional<double> stance;
  std::string said_at;
  bool conditional = false;
  bool negated = false;
  bool optional = false;
};

// An article, with the annotators' spans as the sayings that extraction should
// have found; `statements[i]` says what `sayings[i]` should come out as.
struct GoldArticle {
  std::string id;
  std::string text;
  std::optional<absl::CivilDay> published;
  std::vector<GoldStatement> statements;

  // The sayings, as tokens of `document`, which must be of `text`.
  std::vector<Saying> SayingsOf(const Document& document) const;

  // Spans in bytes and links, in the order of `statements`.
  struct Spans {
    Span source;
    Span cue;
    std::vector<Span> content;
    Statement::Kind kind = Statement::KIND_UNSPECIFIED;
    int speaker = -1;
    int parent = -1;
  };
  std::vector<Spans> spans;
};

// One position that the seed's gold lists: what the statements named in
// `evidence` show.
struct GoldPosition {
  std::string actor;
  std::string topic;
  double stance = 0;
  std::vector<std::string> evidence;
};

struct GoldArc {
  Codebook codebook;
  std::vector<GoldArticle> articles;
  std::vector<GoldPosition> positions;  // the seed's only
};

// Reads the arc in the folder `path`.
//
// Returns NOT_FOUND if a file is missing, INVALID_ARGUMENT if one does not
// read, naming file and line.
absl::StatusOr<GoldArc> ReadArc(absl::string_view path);

// Reads the seed article from the folder `path`. Returns the same errors.
absl::StatusOr<GoldArc> ReadSeed(absl::string_view path);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_TRAINING_GOLD_ARC_H_
