// From articles and hand-coded statements to commits of the log.

#ifndef ONRECORD_ENGINE_INGESTION_H_
#define ONRECORD_ENGINE_INGESTION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/actors/codebook_events.h"
#include "engine/actors/directory.h"
#include "engine/actors/resolver.h"
#include "engine/extractor.h"
#include "engine/ingest_report.h"
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
// Thread-compatible. `log`, `directory` and `topics` must outlive it; the
// latter two must hold what the log says, and take in what is appended. After
// an error they may hold what was not appended.
class Ingestion {
 public:
  Ingestion(EventLog* log, Directory* directory, TopicsById* topics,
            const IngestionOptions& options);

  // Records what `codebook` says that the log has not.
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
  absl::StatusOr<extract::Extraction> Extract(const Article& article,
                                              const Codebook& codebook) const;
  absl::Status Record(const Article& article, ResolvedArticle resolved,
                      bool last, IngestReport& report);
  void ForgetKnownTopics(std::vector<Topic>& found);
  absl::StatusOr<std::vector<StreamAppend>> Reread(const ArticleRecord& record,
                                                   const Codebook& codebook,
                                                   const ProjectionReader& view,
                                                   RereadReport& report);

  EventLog* const log_;
  Directory* const directory_;
  TopicsById* const topics_;
  const IngestionOptions options_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGESTION_H_
