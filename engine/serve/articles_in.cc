#include "engine/serve/articles_in.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/ingest/json.h"
#include "engine/report/json_value.h"
#include "proto/article.pb.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

absl::Status AddArticle(absl::string_view json, absl::string_view place,
                        std::vector<Article>& articles) {
  Article article;
  const absl::Status status = ParseJson(json, article);
  if (!status.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(place, ": ", status.message()));
  }
  if (article.text().empty()) {
    return absl::InvalidArgumentError(absl::StrCat(place, ": `text` is empty"));
  }
  articles.push_back(std::move(article));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> IngestBody(absl::string_view body,
                                       Timeline& timeline) {
  std::vector<Article> articles;
  Article whole;
  if (ParseJson(body, whole).ok()) {
    ONRECORD_RETURN_IF_ERROR(AddArticle(body, "body", articles));
  } else {
    size_t number = 0;
    for (const absl::string_view line : absl::StrSplit(body, '\n')) {
      ++number;
      if (absl::StripAsciiWhitespace(line).empty()) continue;
      ONRECORD_RETURN_IF_ERROR(
          AddArticle(line, absl::StrCat("line ", number), articles));
    }
  }
  if (articles.empty()) {
    return absl::InvalidArgumentError("the body holds no article");
  }
  ONRECORD_ASSIGN_OR_RETURN(const IngestReport report,
                            timeline.Ingest(std::move(articles)));
  return JsonObject()
             .Add("articles", static_cast<double>(report.articles))
             .Add("alreadyRecorded",
                  static_cast<double>(report.already_recorded))
             .Add("statements", static_cast<double>(report.statements))
             .Add("actors", static_cast<double>(report.actors))
             .Add("topics", static_cast<double>(report.topics))
             .ToString() +
         "\n";
}

}  // namespace onrecord
