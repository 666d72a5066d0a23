#include "engine/analyst/statement_decisions.h"

#include <google/protobuf/util/message_differencer.h>

#include "absl/strings/str_cat.h"
#include "engine/actors/streams.h"
#include "engine/edtf.h"
#include "engine/span_check.h"
#include "engine/text_spans.h"
#include "proto/projection.pb.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status InvalidField(absl::string_view field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("`", field, "` ", why));
}

absl::Status CheckKind(CorrectionKind kind) {
  if (kind != CORRECTION_KIND_UNSPECIFIED) return absl::OkStatus();
  return InvalidField("kind",
                      "must say what was wrong: publisher, extraction or "
                      "identity; a change of mind is a new statement");
}

// The statement that is to be changed, which must not be retracted.
absl::StatusOr<Statement> FindToChange(const std::string& id,
                                       const Known& known) {
  ONRECORD_ASSIGN_OR_RETURN(StatementRecord record,
                            known.lookup.FindStatement(id));
  if (!record.retracted()) return std::move(*record.mutable_statement());
  return absl::FailedPreconditionError(
      absl::StrCat("statement \"", id, "\" is retracted, at log position ",
                   record.known_from(), "; undo that first"));
}

// Takes what `change` says into a statement.
class Correcting {
 public:
  Correcting(const CorrectStatement& change, const Known& known,
             const Decision& decision, Statement& statement)
      : change_(change),
        known_(known),
        decision_(decision),
        statement_(statement) {}

  absl::Status Run() {
    for (absl::Status (Correcting::*step)() :
         {&Correcting::Speaker, &Correcting::TopicAndStance,
          &Correcting::Modality, &Correcting::Time, &Correcting::Repeats,
          &Correcting::Content}) {
      ONRECORD_RETURN_IF_ERROR((this->*step)());
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Speaker() {
    if (change_.speaker.has_value() && change_.speaker->empty()) {
      statement_.clear_speaker();
      statement_.set_speaker_unknown(decision_.reason);
    } else if (change_.speaker.has_value()) {
      ONRECORD_ASSIGN_OR_RETURN(const std::string actor_id,
                                known_.lookup.ActorId(*change_.speaker));
      SetSpeaker(actor_id, decision_.by, statement_);
    }
    if (change_.role.has_value()) {
      if (!statement_.has_speaker()) {
        return InvalidField("role", "is of a speaker, and there is none");
      }
      statement_.mutable_speaker()->set_role(*change_.role);
    }
    return absl::OkStatus();
  }

  absl::Status TopicAndStance() {
    if (change_.topic.has_value()) {
      std::string topic_id;
      if (!change_.topic->empty()) {
        ONRECORD_ASSIGN_OR_RETURN(topic_id,
                                  known_.lookup.TopicId(*change_.topic));
      }
      statement_.set_topic_unknown(topic_id.empty() ? decision_.reason : "");
      statement_.set_topic_id(std::move(topic_id));
    }
    if (!change_.stance.has_value()) return absl::OkStatus();
    const std::optional<double>& stance = *change_.stance;
    statement_.clear_stance_grounds();
    statement_.clear_stance();
    statement_.set_stance_unknown(stance.has_value() ? "" : decision_.reason);
    if (!stance.has_value()) return absl::OkStatus();
    if (!(*stance >= -1 && *stance <= 1)) {
      return InvalidField("stance",
                          absl::StrCat("is ", *stance, ", expected -1 to 1"));
    }
    statement_.set_stance(*stance);
    return absl::OkStatus();
  }

  absl::Status Modality() {
    if (change_.conditional.has_value()) {
      statement_.set_conditional(*change_.conditional);
    }
    if (change_.negated.has_value()) statement_.set_negated(*change_.negated);
    return absl::OkStatus();
  }

  absl::Status Time() {
    if (!change_.said_at.has_value()) return absl::OkStatus();
    if (!change_.said_at->empty()) {
      const absl::Status date = EdtfTime::Parse(*change_.said_at).status();
      if (!date.ok()) return InvalidField("said_at", date.message());
    }
    statement_.set_said_at(*change_.said_at);
    statement_.clear_said_at_span();
    statement_.set_said_at_unknown(change_.said_at->empty() ? decision_.reason
                                                            : "");
    return absl::OkStatus();
  }

  absl::Status Repeats() {
    if (!change_.duplicate_of.has_value()) return absl::OkStatus();
    if (*change_.duplicate_of == statement_.id()) {
      return InvalidField("duplicate_of", "is the statement itself");
    }
    if (!change_.duplicate_of->empty()) {
      ONRECORD_RETURN_IF_ERROR(
          known_.lookup.FindStatement(*change_.duplicate_of).status());
    }
    statement_.set_duplicate_of(*change_.duplicate_of);
    return absl::OkStatus();
  }

  absl::Status Content() {
    if (change_.content.empty()) return absl::OkStatus();
    ONRECORD_ASSIGN_OR_RETURN(
        const ArticleRecord article,
        known_.statements.FindArticle(statement_.article_id()));
    ONRECORD_ASSIGN_OR_RETURN(
        const std::string text,
        known_.log.GetText(article.article().text_sha256()));
    statement_.clear_content();
    for (const Span& span : change_.content) {
      ONRECORD_RETURN_IF_ERROR(CheckSpan("content", span, text));
      *statement_.add_content() = span;
    }
    statement_.set_words_key(WordsKey(text, statement_.content()));
    return absl::OkStatus();
  }

  const CorrectStatement& change_;
  const Known& known_;
  const Decision& decision_;
  Statement& statement_;
};

}  // namespace

void SetSpeaker(const std::string& actor_id, absl::string_view by,
                Statement& statement) {
  Mention& speaker = *statement.mutable_speaker();
  speaker.set_actor_id(actor_id);
  speaker.set_unnamed(false);
  speaker.clear_member_of();
  speaker.set_confidence(1);
  speaker.set_reason(absl::StrCat("decided by ", by));
  statement.clear_speaker_unknown();
}

void AddCorrection(const Statement& right, CorrectionKind kind,
                   DecidedEvents& events) {
  NewEvent& event = events.Add(ArticleStream(right.article_id()));
  event.set_valid_time(right.said_at());
  event.set_correlation_id(right.article_id());
  StatementCorrected& body = events.Sign(*event.mutable_statement_corrected());
  body.set_statement_id(right.id());
  *body.mutable_corrected() = right;
  body.set_kind(kind);
}

void AddRetraction(const Statement& statement, CorrectionKind kind,
                   DecidedEvents& events) {
  NewEvent& event = events.Add(ArticleStream(statement.article_id()));
  event.set_valid_time(statement.said_at());
  event.set_correlation_id(statement.article_id());
  StatementRetracted& body = events.Sign(*event.mutable_statement_retracted());
  body.set_statement_id(statement.id());
  body.set_kind(kind);
}

absl::Status Decide(const CorrectStatement& change, const Known& known,
                    DecidedEvents& events) {
  ONRECORD_RETURN_IF_ERROR(CheckKind(change.kind));
  ONRECORD_ASSIGN_OR_RETURN(const Statement before,
                            FindToChange(change.statement_id, known));
  Statement right = before;
  ONRECORD_RETURN_IF_ERROR(
      Correcting(change, known, events.decision(), right).Run());
  if (google::protobuf::util::MessageDifferencer::Equals(right, before)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "statement \"", change.statement_id, "\" says so already"));
  }
  AddCorrection(right, change.kind, events);
  return absl::OkStatus();
}

absl::Status Decide(const RetractStatement& change, const Known& known,
                    DecidedEvents& events) {
  ONRECORD_RETURN_IF_ERROR(CheckKind(change.kind));
  ONRECORD_ASSIGN_OR_RETURN(const Statement statement,
                            FindToChange(change.statement_id, known));
  AddRetraction(statement, change.kind, events);
  return absl::OkStatus();
}

}  // namespace onrecord
