#include "engine/ingest/article_reader.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/edtf.h"
#include "engine/ingest/files.h"
#include "engine/ingest/json.h"
#include "storage/status_macros.h"
#include "storage/utf8.h"

namespace onrecord {
namespace {

bool IsJsonLines(const std::filesystem::path& path) {
  return path.extension() == ".jsonl" || path.extension() == ".ndjson";
}

bool IsArticleFile(const std::filesystem::path& path) {
  return path.extension() == ".txt" || IsJsonLines(path);
}

// Takes an EDTF date, or an RFC 3339 time, of which the day counts.
absl::StatusOr<EdtfTime> ParseDate(absl::string_view text) {
  absl::StatusOr<EdtfTime> date = EdtfTime::Parse(text);
  if (date.ok()) return date;
  ONRECORD_ASSIGN_OR_RETURN(const absl::CivilDay day, ParseDay(text));
  return EdtfTime::OfDay(day);
}

class ArticleReader {
 public:
  explicit ArticleReader(const ArticleReaderOptions& options)
      : options_(options) {}

  absl::Status Read(const std::string& path) {
    std::error_code error;
    if (path != kStandardInput && std::filesystem::is_directory(path, error)) {
      return ReadDirectory(path);
    }
    const std::filesystem::path file(path);
    return ReadOne(path,
                   path == kStandardInput ? "stdin" : file.stem().string());
  }

  std::vector<Article> Take() && { return std::move(articles_); }

 private:
  absl::Status ReadDirectory(const std::string& directory) {
    namespace fs = std::filesystem;
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator it(directory, error), end;
         !error && it != end; it.increment(error)) {
      if (it->is_regular_file() && IsArticleFile(it->path())) {
        files.push_back(it->path());
      }
    }
    if (error) {
      return absl::InternalError(
          absl::StrCat(directory, ": ", error.message()));
    }
    if (files.empty()) {
      return absl::NotFoundError(absl::StrCat(
          directory, ": no articles here (*.txt, *.jsonl or *.ndjson)"));
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      const std::string id =
          file.lexically_relative(directory).replace_extension().string();
      ONRECORD_RETURN_IF_ERROR(ReadOne(file.string(), id));
    }
    return absl::OkStatus();
  }

  // Reads one file; an article in plain text gets the id `id`.
  absl::Status ReadOne(const std::string& path, const std::string& id) {
    ONRECORD_ASSIGN_OR_RETURN(std::string content, ReadFile(path));
    const bool json_lines =
        path == kStandardInput
            ? absl::StartsWith(absl::StripLeadingAsciiWhitespace(content), "{")
            : IsJsonLines(path);
    if (!json_lines) {
      Article article;
      article.set_id(id);
      article.set_text(std::move(content));
      return WithPath(path, Add(std::move(article)));
    }
    const size_t before = articles_.size();
    ONRECORD_RETURN_IF_ERROR(
        ForEachLine(path, content, [this](absl::string_view line) {
          Article article;
          ONRECORD_RETURN_IF_ERROR(ParseJson(line, article));
          return Add(std::move(article));
        }));
    if (articles_.size() == before) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": holds no article"));
    }
    return absl::OkStatus();
  }

  static absl::Status WithPath(const std::string& path,
                               const absl::Status& status) {
    if (status.ok()) return status;
    return absl::Status(status.code(),
                        absl::StrCat(path, ": ", status.message()));
  }

  absl::Status Add(Article article) {
    if (article.text().size() > options_.max_text_bytes) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "`text` has ", article.text().size(), " bytes, more than the ",
          options_.max_text_bytes, " that an article may have"));
    }
    if (absl::StripAsciiWhitespace(article.text()).empty()) {
      return absl::InvalidArgumentError("`text` is empty");
    }
    ONRECORD_RETURN_IF_ERROR(CheckUtf8(article.text()));
    if (article.published().empty()) article.set_published(options_.published);
    if (article.publisher().empty()) article.set_publisher(options_.publisher);
    if (article.url().empty()) article.set_url(options_.url);
    if (!article.published().empty()) {
      absl::StatusOr<EdtfTime> published = ParseDate(article.published());
      if (!published.ok()) {
        return absl::InvalidArgumentError(
            absl::StrCat("`published`: ", published.status().message()));
      }
      article.set_published(published->ToString());
    }
    if (!article.id().empty() && !ids_.insert(article.id()).second) {
      return absl::InvalidArgumentError(absl::StrCat(
          "`id` \"", article.id(), "\" is that of another article too"));
    }
    articles_.push_back(std::move(article));
    return absl::OkStatus();
  }

  const ArticleReaderOptions& options_;
  std::vector<Article> articles_;
  absl::flat_hash_set<std::string> ids_;
};

}  // namespace

absl::StatusOr<std::vector<Article>> ReadArticles(
    absl::Span<const std::string> paths, const ArticleReaderOptions& options) {
  ArticleReader reader(options);
  for (const std::string& path : paths) {
    ONRECORD_RETURN_IF_ERROR(reader.Read(path));
  }
  return std::move(reader).Take();
}

}  // namespace onrecord
