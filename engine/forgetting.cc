#include "engine/forgetting.h"

#include <memory>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/version.h"
#include "proto/event.pb.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// The stream of an article, as ingestion names it.
std::string StreamOf(absl::string_view article_id) {
  return absl::StrCat("article/", article_id);
}

absl::StatusOr<ArticleIngested> FindArticle(EventLog* log,
                                            absl::string_view article_id) {
  const std::unique_ptr<EventReader> reader =
      log->ReadStream(StreamOf(article_id), 0, {});
  for (; reader->Valid(); reader->Next()) {
    const NewEvent& event = reader->event().event();
    if (event.has_article_ingested()) return event.article_ingested();
  }
  ONRECORD_RETURN_IF_ERROR(reader->status());
  return absl::NotFoundError(absl::StrCat("no article \"", article_id, "\""));
}

// Articles of this text whose erasure is not recorded, in the order of the log.
absl::StatusOr<std::vector<std::string>> UnforgottenWith(
    EventLog* log, const std::string& text_sha256) {
  std::vector<std::string> with_text;
  absl::flat_hash_set<std::string> forgotten;
  const std::unique_ptr<EventReader> reader =
      log->ReadKinds({NewEvent::kArticleIngestedFieldNumber,
                      NewEvent::kArticleForgottenFieldNumber},
                     1, {});
  for (; reader->Valid(); reader->Next()) {
    const NewEvent& event = reader->event().event();
    if (event.article_ingested().text_sha256() == text_sha256) {
      with_text.push_back(event.article_ingested().article_id());
    } else if (event.has_article_forgotten()) {
      forgotten.insert(event.article_forgotten().article_id());
    }
  }
  ONRECORD_RETURN_IF_ERROR(reader->status());
  std::vector<std::string> left;
  for (std::string& id : with_text) {
    if (!forgotten.contains(id)) left.push_back(std::move(id));
  }
  return left;
}

}  // namespace

absl::StatusOr<ForgetReport> ForgetArticle(EventLog* log,
                                           absl::string_view article_id,
                                           absl::string_view reason,
                                           absl::string_view by) {
  ONRECORD_ASSIGN_OR_RETURN(const ArticleIngested article,
                            FindArticle(log, article_id));
  ForgetReport report;
  report.text_bytes = article.text_bytes();
  ONRECORD_ASSIGN_OR_RETURN(report.article_ids,
                            UnforgottenWith(log, article.text_sha256()));
  if (report.article_ids.empty()) return report;
  std::vector<StreamAppend> appends;
  for (const std::string& id : report.article_ids) {
    NewEvent event;
    event.mutable_producer()->set_name("onrecord");
    event.mutable_producer()->set_version(std::string(kVersion));
    ArticleForgotten& forgotten = *event.mutable_article_forgotten();
    forgotten.set_article_id(id);
    forgotten.set_text_sha256(article.text_sha256());
    forgotten.set_reason(std::string(reason));
    forgotten.set_by(std::string(by));
    appends.push_back(
        {StreamOf(id), ExpectedRevision::StreamExists(), {std::move(event)}});
  }
  ONRECORD_RETURN_IF_ERROR(log->Append(appends, {}).status());
  return report;
}

}  // namespace onrecord
