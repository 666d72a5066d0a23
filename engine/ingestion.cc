#include "engine/ingestion.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/actors/coded_statements.h"
#include "engine/actors/streams.h"
#include "engine/extraction_check.h"
#include "engine/parallel.h"
#include "engine/projections/statements.h"
#include "engine/rereading.h"
#include "engine/version.h"
#include "storage/hash.h"
#include "storage/mutex.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// The id of an article's commit: what it holds, hashed, so that the same
// article again is the same commit. Lengths keep fields apart.
std::string CommitId(const Article& article) {
  std::string content;
  for (const std::string* field :
       {&article.id(), &article.url(), &article.title(), &article.publisher(),
        &article.published(), &article.language(), &article.text()}) {
    absl::StrAppend(&content, field->size(), ":", *field);
  }
  return absl::StrCat("article/", ToHex(AsView(Sha256({content}))));
}

// The id of an article that has none: the beginning of its text's hash.
std::string IdFromText(const Article& article) {
  constexpr size_t kIdBytes = 8;
  return ToHex(AsView(Sha256({article.text()})).substr(0, kIdBytes));
}

NewEvent ArticleEvent(const Article& article) {
  NewEvent event;
  ArticleIngested* body = event.mutable_article_ingested();
  body->set_article_id(article.id());
  body->set_title(article.title());
  body->set_publisher(article.publisher());
  body->set_url(article.url());
  body->set_published(article.published());
  body->set_language(article.language().empty() ? "en" : article.language());
  body->set_text_sha256(std::string(AsView(Sha256({article.text()}))));
  body->set_text_bytes(article.text().size());
  event.set_valid_time(article.published());
  event.set_correlation_id(article.id());
  return event;
}

// Names the engine as the producer of those that name none.
void Sign(std::vector<NewEvent>& events) {
  for (NewEvent& event : events) {
    if (event.has_producer()) continue;
    event.mutable_producer()->set_name("onrecord");
    event.mutable_producer()->set_version(kVersion);
  }
}

void Count(const std::vector<NewEvent>& events, IngestReport& report) {
  for (const NewEvent& event : events) {
    report.actors += event.has_actor_introduced() ? 1 : 0;
    report.topics += event.has_topic_defined() ? 1 : 0;
    if (!event.has_statement_recorded()) continue;
    const Statement& statement = event.statement_recorded().statement();
    const Mention& speaker = statement.speaker();
    ++report.statements;
    report.without_speaker +=
        speaker.actor_id().empty() && speaker.member_of().empty() ? 1 : 0;
    report.without_topic += statement.topic_id().empty() ? 1 : 0;
    report.without_day += statement.said_at().empty() ? 1 : 0;
  }
}

}  // namespace

Ingestion::Ingestion(EventLog* log, Listing* listing, ReadListing read_listing,
                     const IngestionOptions& options)
    : log_(log),
      listing_(listing),
      read_listing_(std::move(read_listing)),
      options_(options),
      known_to_(listing->log_position()) {}

absl::Status Ingestion::ListAgain() {
  ONRECORD_ASSIGN_OR_RETURN(listing_, read_listing_());
  known_to_ = listing_->log_position();
  return absl::OkStatus();
}

// Does it again while others record something that it may depend on.
absl::Status Ingestion::Decide(
    absl::FunctionRef<absl::Status()> decide_and_append) {
  constexpr int kMostAttempts = 100;
  for (int attempt = 1;; ++attempt) {
    const absl::Status status = decide_and_append();
    if (!absl::IsAborted(status)) return status;
    if (attempt == kMostAttempts) {
      return absl::AbortedError(
          absl::StrCat("others recorded actors or topics each of ", attempt,
                       " times that this was decided; run it again"));
    }
    ONRECORD_RETURN_IF_ERROR(ListAgain());
  }
}

// Appends what was decided on what is listed.
absl::StatusOr<AppendResult> Ingestion::Append(
    std::vector<StreamAppend> appends, AppendOptions options) {
  for (StreamAppend& append : appends) Sign(append.events);
  const absl::Span<const int> kinds = Listing::Kinds();
  options.condition.body_fields.assign(kinds.begin(), kinds.end());
  options.condition.known_to = known_to_;
  ONRECORD_ASSIGN_OR_RETURN(const AppendResult result,
                            log_->Append(appends, options));
  if (!result.already_recorded) known_to_ = result.last_log_position;
  return result;
}

absl::Status Ingestion::AddCodebook(const Codebook& codebook,
                                    IngestReport& report) {
  return Decide([&]() -> absl::Status {
    std::vector<StreamAppend> appends =
        EventsOfCodebook(codebook, listing_->topics(), listing_->directory());
    ONRECORD_RETURN_IF_ERROR(listing_->directory().status());
    if (appends.empty()) return absl::OkStatus();
    IngestReport counted;
    for (const StreamAppend& append : appends) Count(append.events, counted);
    AppendOptions options;
    options.sync = options_.sync;
    ONRECORD_RETURN_IF_ERROR(Append(std::move(appends), options).status());
    report += counted;
    return absl::OkStatus();
  });
}

absl::StatusOr<bool> Ingestion::IsRecorded(const Article& article,
                                           const std::string& commit_id) const {
  const absl::StatusOr<AppendResult> commit = log_->FindCommit(commit_id);
  if (commit.ok()) return true;
  if (!absl::IsNotFound(commit.status())) return commit.status();
  const absl::Status stream =
      log_->StreamRevision(ArticleStream(article.id())).status();
  if (absl::IsNotFound(stream)) return false;
  ONRECORD_RETURN_IF_ERROR(stream);
  return absl::AlreadyExistsError(absl::StrCat(
      "article \"", article.id(),
      "\" is recorded with other content; what is recorded is never changed: "
      "give the new text another id"));
}

absl::StatusOr<std::vector<const Article*>> Ingestion::NewOnes(
    std::vector<Article>& articles, IngestReport& report) const {
  std::vector<const Article*> wanted;
  for (Article& article : articles) {
    if (article.id().empty()) article.set_id(IdFromText(article));
    ONRECORD_ASSIGN_OR_RETURN(const bool recorded,
                              IsRecorded(article, CommitId(article)));
    if (recorded) {
      ++report.already_recorded;
    } else {
      wanted.push_back(&article);
    }
  }
  std::stable_sort(wanted.begin(), wanted.end(),
                   [](const Article* a, const Article* b) {
                     return a->published() < b->published();
                   });
  return wanted;
}

absl::Status Ingestion::Record(
    const Article& article,
    absl::FunctionRef<absl::StatusOr<ResolvedArticle>()> resolve, bool last,
    IngestReport& report) {
  return Decide([&]() -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(ResolvedArticle resolved, resolve());
    const absl::Status status =
        RecordNow(article, std::move(resolved), last, report);
    if (!absl::IsAborted(status) && !absl::IsAlreadyExists(status)) {
      return status;
    }
    // Somebody else may have recorded this very article.
    ONRECORD_ASSIGN_OR_RETURN(const bool recorded,
                              IsRecorded(article, CommitId(article)));
    if (!recorded) return status;
    ++report.already_recorded;
    return ListAgain();
  });
}

absl::Status Ingestion::RecordNow(const Article& article,
                                  ResolvedArticle resolved, bool last,
                                  IngestReport& report) {
  ONRECORD_RETURN_IF_ERROR(listing_->directory().status());
  // Actors come first: whoever follows the log knows them when they speak.
  std::vector<StreamAppend> appends = std::move(resolved.actors);
  StreamAppend own{
      ArticleStream(article.id()), ExpectedRevision::NoStream(), {}};
  own.events.push_back(ArticleEvent(article));
  std::move(resolved.statements.begin(), resolved.statements.end(),
            std::back_inserter(own.events));
  appends.push_back(std::move(own));
  IngestReport counted;
  for (const StreamAppend& append : appends) Count(append.events, counted);
  AppendOptions options;
  options.commit_id = CommitId(article);
  // The sync of the last commit makes those before it survive too.
  options.sync = options_.sync && last;
  options.texts = {article.text()};
  counted.articles = 1;
  counted.undated_articles = article.published().empty() ? 1 : 0;
  ONRECORD_ASSIGN_OR_RETURN(const AppendResult result,
                            Append(std::move(appends), options));
  if (!result.already_recorded) {
    report += counted;
    return absl::OkStatus();
  }
  ++report.already_recorded;
  return ListAgain();
}

void Ingestion::ForgetKnownTopics(std::vector<Topic>& found) {
  found.erase(std::remove_if(
                  found.begin(), found.end(),
                  [this](const Topic& topic) {
                    TopicFact fact;
                    *fact.mutable_topic() = topic;
                    fact.set_found(true);
                    return !listing_->topics().emplace(topic.id(), fact).second;
                  }),
              found.end());
}

absl::Status Ingestion::MarkRepeats(std::vector<NewEvent>& events) {
  for (NewEvent& event : events) {
    if (!event.has_statement_recorded()) continue;
    ONRECORD_RETURN_IF_ERROR(repeats_.Mark(
        listing_->directory(),
        *event.mutable_statement_recorded()->mutable_statement()));
  }
  return absl::OkStatus();
}

absl::StatusOr<extract::Extraction> Ingestion::Extract(
    const Article& article, const Codebook& codebook) const {
  absl::StatusOr<extract::Extraction> extraction =
      options_.extractor->Extract(article, codebook);
  absl::Status status = extraction.status();
  if (status.ok()) status = CheckExtraction(article, codebook, *extraction);
  if (status.ok()) return extraction;
  return absl::Status(status.code(), absl::StrCat("article \"", article.id(),
                                                  "\": ", status.message()));
}

absl::Status Ingestion::AddArticles(std::vector<Article> articles,
                                    const Codebook& codebook,
                                    IngestReport& report) {
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<const Article*> wanted,
                            NewOnes(articles, report));
  // All are read before the first is recorded, so that one that cannot be
  // leaves nothing behind.
  std::vector<extract::Extraction> extractions(wanted.size());
  Mutex mu;
  uint64_t read = 0;
  ONRECORD_RETURN_IF_ERROR(ForEachInParallel(
      wanted.size(), options_.extraction_threads, [&](size_t i) {
        ONRECORD_ASSIGN_OR_RETURN(extractions[i],
                                  Extract(*wanted[i], codebook));
        if (options_.progress == nullptr) return absl::OkStatus();
        MutexLock lock(&mu);
        options_.progress(++read, wanted.size());
        return absl::OkStatus();
      }));
  const Producer producer = options_.extractor->producer();
  for (size_t i = 0; i < wanted.size(); ++i) {
    const std::vector<Topic> found = extractions[i].found_topics;
    const auto resolve = [&]() -> absl::StatusOr<ResolvedArticle> {
      extractions[i].found_topics = found;
      ForgetKnownTopics(extractions[i].found_topics);
      ResolvedArticle resolved =
          Resolve(*wanted[i], extractions[i], listing_->directory());
      for (NewEvent& statement : resolved.statements) {
        *statement.mutable_producer() = producer;
      }
      ONRECORD_RETURN_IF_ERROR(MarkRepeats(resolved.statements));
      return resolved;
    };
    ONRECORD_RETURN_IF_ERROR(Record(*wanted[i], resolve,
                                    /*last=*/i + 1 == wanted.size(), report));
  }
  return absl::OkStatus();
}

absl::Status Ingestion::AddCodedArticles(
    std::vector<Article> articles, const std::vector<StatementRow>& statements,
    IngestReport& report) {
  ONRECORD_ASSIGN_OR_RETURN(const std::vector<const Article*> wanted,
                            NewOnes(articles, report));
  ONRECORD_RETURN_IF_ERROR(CheckCodedStatements(articles, statements));
  for (const Article* article : wanted) {
    const auto resolve = [&]() -> absl::StatusOr<ResolvedArticle> {
      return ResolveCoded(*article, statements, listing_->directory());
    };
    ONRECORD_RETURN_IF_ERROR(
        Record(*article, resolve, /*last=*/article == wanted.back(), report));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<StreamAppend>> Ingestion::Reread(
    const ArticleRecord& record, const Codebook& codebook,
    const ProjectionReader& view, RereadReport& report) {
  const ArticleIngested& recorded = record.article();
  if (record.forgotten_from() != 0) {
    ++report.forgotten;
    return std::vector<StreamAppend>();
  }
  std::vector<StatementRecord> statements;
  StatementQuery query;
  query.article_id = recorded.article_id();
  query.retracted = true;
  ONRECORD_RETURN_IF_ERROR(Statements(&view).ForEach(
      query, [&statements](const StatementRecord& statement) {
        statements.push_back(statement);
        return absl::OkStatus();
      }));
  const bool coded = std::any_of(
      statements.begin(), statements.end(), [](const StatementRecord& one) {
        return one.statement().reason() == kHandCoded;
      });
  if (coded) {
    ++report.coded;
    return std::vector<StreamAppend>();
  }
  Article article;
  article.set_id(recorded.article_id());
  article.set_url(recorded.url());
  article.set_title(recorded.title());
  article.set_publisher(recorded.publisher());
  article.set_published(recorded.published());
  article.set_language(recorded.language());
  ONRECORD_ASSIGN_OR_RETURN(*article.mutable_text(),
                            log_->GetText(recorded.text_sha256()));
  ONRECORD_ASSIGN_OR_RETURN(extract::Extraction extraction,
                            Extract(article, codebook));
  ForgetKnownTopics(extraction.found_topics);
  Rereading reading =
      CompareReadings(article, extraction, options_.extractor->producer(),
                      statements, listing_->directory());
  ++report.articles;
  report.decided += reading.decided;
  for (StreamAppend& append : reading.appends) {
    ONRECORD_RETURN_IF_ERROR(MarkRepeats(append.events));
  }
  return std::move(reading.appends);
}

absl::Status Ingestion::ReadAgain(const std::vector<std::string>& article_ids,
                                  const Codebook& codebook, bool dry_run,
                                  const ProjectionReader& view,
                                  RereadReport& report) {
  std::vector<ArticleRecord> articles;
  for (const std::string& id : article_ids) {
    ONRECORD_ASSIGN_OR_RETURN(articles.emplace_back(),
                              Statements(&view).FindArticle(id));
  }
  if (article_ids.empty()) {
    ONRECORD_RETURN_IF_ERROR(Statements(&view).ForEachArticle(
        kLatest, [&articles](const ArticleRecord& article) {
          articles.push_back(article);
          return absl::OkStatus();
        }));
  }
  // All are read before anything is recorded, so that one that cannot be
  // leaves nothing behind.
  std::vector<std::vector<StreamAppend>> commits;
  for (const ArticleRecord& article : articles) {
    ONRECORD_ASSIGN_OR_RETURN(std::vector<StreamAppend> appends,
                              Reread(article, codebook, view, report));
    for (StreamAppend& append : appends) {
      Sign(append.events);
      report.events.insert(report.events.end(), append.events.begin(),
                           append.events.end());
    }
    if (!appends.empty()) commits.push_back(std::move(appends));
  }
  ONRECORD_RETURN_IF_ERROR(listing_->directory().status());
  if (dry_run) return absl::OkStatus();
  for (std::vector<StreamAppend>& commit : commits) {
    AppendOptions options;
    options.sync = options_.sync && &commit == &commits.back();
    const absl::Status status = Append(std::move(commit), options).status();
    if (absl::IsAborted(status)) {
      return absl::AbortedError(
          "others recorded actors or topics meanwhile; run it again");
    }
    ONRECORD_RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

}  // namespace onrecord
