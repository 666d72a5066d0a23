// From articles and hand-coded statements to commits of the log.

#ifndef ONRECORD_ENGINE_INGESTION_H_
#define ONRECORD_ENGINE_INGESTION_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/actors/resolver.h"
#include "engine/extractor.h"
#include "engine/ingest_report.h"
#include "engine/listing.h"
#include "engine/repeats.h"
#include "proto/article.pb.h"
#include "proto/codebook.pb.h"
#include "proto/event.pb.h"
#include "proto/projection.pb.h"
#include "proto/row.pb.h"
#include "storage/event_log.h"
#include "storage/progress.h"
#include "storage/projection_store.h"

namespace onrecord {

struct IngestionOptions {
  // What reads the articles. Must outlive the ingestion.
  Extractor* extractor = Extractor::BuiltIn();

  // How many articles are read at once; 0: one for each core of the machine.
  int extraction_threads = 0;

  // Called as articles are read, the slowest part, with how many of how many;
  // on any of the threads that read, one at a time.
  OnProgress progress;

  // What is recorded survives loss of power when a call returns.
  bool sync = true;
};

// Appends to a log what articles say. One article is one commit: the article,
// its text, its statements, and what is new about actors and topics, all or
// none. The id of the commit comes from the article's content.
//
// Others may append to the log meanwhile. What is decided about actors and
// topics is appended on the condition that nothing else was recorded about them
// since it was decided; else it is decided again.
//
// Thread-compatible. `log` must outlive it.
class Ingestion {
 public:
  // Returns what the log lists by now, which must live as long as the
  // ingestion, or until the next call.
  using ReadListing = std::function<absl::StatusOr<Listing*>()>;

  // `listing` takes in what is appended, and, on an error, maybe what is not.
  Ingestion(EventLog* log, Listing* listing, ReadListing read_listing,
            const IngestionOptions& options);

  // Records what `codebook` says that the log has not. This and the following
  // return ABORTED if others record too fast to be kept up with.
  absl::Status AddCodebook(const Codebook& codebook, IngestReport& report);

  // Extracts and records `articles`, in order of publication, those of one day
  // and those without a date in the order given. An article without an id gets
  // one from its text's hash.
  //
  // Nothing is recorded if one cannot be: returns ALREADY_EXISTS if an id is in
  // the log with other content, what the extractor returns, and
  // INVALID_ARGUMENT if what it gives does not fit the article (see
  // CheckExtraction).
  absl::Status AddArticles(std::vector<Article> articles,
                           const Codebook& codebook, IngestReport& report);

  // Records `articles` with `statements` in place of extraction. Speakers are
  // found in the directory by `actorId` or `actorName`, or introduced.
  //
  // Returns, beside the above, INVALID_ARGUMENT if a statement is of no article
  // in `articles`, or a span is not inside the text on character boundaries.
  absl::Status AddCodedArticles(std::vector<Article> articles,
                                const std::vector<StatementRow>& statements,
                                IngestReport& report);

  // Reads recorded articles again, those of `article_ids` or all if there are
  // none, and records what they say otherwise than `view` holds: see
  // CompareReadings. With `dry_run`, only reports it.
  //
  // Nothing is recorded if one cannot be read. Returns, beside the above,
  // NOT_FOUND if there is no such article.
  absl::Status ReadAgain(const std::vector<std::string>& article_ids,
                         const Codebook& codebook, bool dry_run,
                         const ProjectionReader& view, RereadReport& report);

 private:
  absl::StatusOr<bool> IsRecorded(const Article& article,
                                  const std::string& commit_id) const;
  absl::StatusOr<std::vector<const Article*>> NewOnes(
      std::vector<Article>& articles, IngestReport& report) const;
  absl::Status MarkRepeats(std::vector<NewEvent>& events);
  absl::StatusOr<extract::Extraction> Extract(const Article& article,
                                              const Codebook& codebook) const;
  absl::Status ListAgain();
  absl::Status Decide(absl::FunctionRef<absl::Status()> decide_and_append);
  absl::StatusOr<AppendResult> Append(std::vector<StreamAppend> appends,
                                      AppendOptions options);
  absl::Status Record(
      const Article& article,
      absl::FunctionRef<absl::StatusOr<ResolvedArticle>()> resolve, bool last,
      IngestReport& report);
  absl::Status RecordNow(const Article& article, ResolvedArticle resolved,
                         bool last, IngestReport& report);
  void ForgetKnownTopics(std::vector<Topic>& found);
  absl::StatusOr<std::vector<StreamAppend>> Reread(const ArticleRecord& record,
                                                   const Codebook& codebook,
                                                   const ProjectionReader& view,
                                                   RereadReport& report);

  EventLog* const log_;
  Listing* listing_;
  const ReadListing read_listing_;
  const IngestionOptions options_;
  RepeatFinder repeats_;

  // All that was recorded about actors and topics up to here is in `listing_`.
  uint64_t known_to_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGESTION_H_
