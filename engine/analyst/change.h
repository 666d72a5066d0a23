// What a person can decide about what is recorded.

#ifndef ONRECORD_ENGINE_ANALYST_CHANGE_H_
#define ONRECORD_ENGINE_ANALYST_CHANGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "proto/codebook.pb.h"
#include "proto/event.pb.h"
#include "proto/statement.pb.h"

namespace onrecord {

// Who decides, and why. Both must be given.
struct Decision {
  std::string by;
  std::string reason;
};

// In all of these an actor or topic may be given by its id or a name of it.

// What is right instead of what a statement says. What is absent stays as it
// is; an empty string is "unknown".
struct CorrectStatement {
  std::string statement_id;
  CorrectionKind kind = CORRECTION_KIND_UNSPECIFIED;
  std::optional<std::string> speaker;  // an actor
  std::optional<std::string> role;     // that the speaker held then
  std::optional<std::string> topic;
  std::optional<std::optional<double>> stance;  // -1 to +1; unknown if empty
  std::optional<bool> conditional;
  std::optional<bool> negated;
  std::optional<std::string> said_at;  // EDTF
  std::optional<std::string> duplicate_of;

  // The words: bytes of the article's text, on character boundaries.
  std::vector<Span> content;
};

// The statement was never made, or not by that text.
struct RetractStatement {
  std::string statement_id;
  CorrectionKind kind = CORRECTION_KIND_UNSPECIFIED;
};

// Two actors are one, which goes on as `into`.
struct MergeActors {
  std::string actor;
  std::string into;
};

// Undoes the merge of `actor` into `from`.
struct SplitActors {
  std::string actor;
  std::string from;
};

// One actor was two: these statements and aliases of `from` are those of
// somebody else, who is introduced as `name`.
struct DivideActor {
  std::string from;
  std::string name;
  std::vector<std::string> statement_ids;
  std::vector<std::string> aliases;
};

// What else an actor is called. Withdrawn: is not.
struct AliasActor {
  std::string actor;
  std::string alias;
  bool withdrawn = false;
};

// An office that an actor held. A last day is added by giving the same title,
// body and first day again. Withdrawn: was never held.
struct HoldRole {
  std::string actor;
  Role role;
  bool withdrawn = false;
};

// What an actor belonged to. As above. Days are EDTF.
struct JoinBody {
  std::string actor;
  std::string body;
  std::string from;
  std::string to;
  bool withdrawn = false;
};

// Two topics are one, which goes on as `into`.
struct MergeTopics {
  std::string topic;
  std::string into;
};

// Undoes the merge of `topic` into `from`.
struct SplitTopics {
  std::string topic;
  std::string from;
};

// Takes back decisions, by the log positions of their events: what they
// changed is as it was before.
struct Undo {
  std::vector<uint64_t> log_positions;
};

using Change = std::variant<CorrectStatement, RetractStatement, MergeActors,
                            SplitActors, DivideActor, AliasActor, HoldRole,
                            JoinBody, MergeTopics, SplitTopics, Undo>;

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_ANALYST_CHANGE_H_
