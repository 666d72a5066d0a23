#include "engine/ingest/article_reader.h"

#include <google/protobuf/struct.pb.h>

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
#include "absl/strings/strip.h"
#include "engine/edtf.h"
#include "engine/ingest/charset.h"
#include "engine/ingest/files.h"
#include "engine/ingest/html/html_article.h"
#include "engine/ingest/json.h"
#include "engine/ingest/ninjs.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

struct Ending {
  absl::string_view ending;
  InputForm form;
};

constexpr Ending kEndings[] = {
    {".txt", InputForm::kText},   {".html", InputForm::kHtml},
    {".htm", InputForm::kHtml},   {".xhtml", InputForm::kHtml},
    {".jsonl", InputForm::kJson}, {".ndjson", InputForm::kJson},
    {".json", InputForm::kJson},
};

// The form that the name of a file says; kDetect if it says none.
InputForm FormOfName(const std::filesystem::path& path) {
  for (const Ending& ending : kEndings) {
    if (absl::EqualsIgnoreCase(path.extension().string(), ending.ending)) {
      return ending.form;
    }
  }
  return InputForm::kDetect;
}

InputForm FormOfContent(absl::string_view content) {
  absl::ConsumePrefix(&content, "\xEF\xBB\xBF");
  content = absl::StripLeadingAsciiWhitespace(content);
  if (absl::StartsWith(content, "{")) return InputForm::kJson;
  for (const absl::string_view page :
       {"<!doctype html", "<html", "<head", "<body", "<meta", "<title",
        "<article", "<?xml", "<!--", "<div", "<p>"}) {
    if (absl::StartsWithIgnoreCase(content, page)) return InputForm::kHtml;
  }
  return InputForm::kText;
}

bool IsHidden(const std::filesystem::path& path) {
  return absl::StartsWith(path.filename().string(), ".");
}

// The files of articles in `directory`, at any depth, in order.
absl::StatusOr<std::vector<std::filesystem::path>> ArticleFilesIn(
    const std::string& directory) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end;
       !error && it != end; it.increment(error)) {
    if (IsHidden(it->path())) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file() &&
               FormOfName(it->path()) != InputForm::kDetect) {
      files.push_back(it->path());
    }
  }
  if (error) {
    return absl::InternalError(absl::StrCat(directory, ": ", error.message()));
  }
  if (files.empty()) {
    return absl::NotFoundError(
        absl::StrCat(directory,
                     ": no articles here (*.txt, *.html, *.htm, *.xhtml, "
                     "*.jsonl, *.ndjson or *.json)"));
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Sets a field of a page's article: the flag's value, if one was given.
void SetField(const std::string& flag, const FoundField& found,
              std::string& value, std::string& from) {
  value = flag.empty() ? found.value : flag;
  from = flag.empty() ? found.from : "flag";
}

// Sets a field that the article itself does not say to the flag's value.
void Complete(const std::string& flag, absl::string_view own,
              std::string& value, std::string& from) {
  from = std::string(value.empty() ? "" : own);
  if (!value.empty() || flag.empty()) return;
  value = flag;
  from = "flag";
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

  std::vector<ArticleRow> Take() && { return std::move(articles_); }

 private:
  absl::Status ReadDirectory(const std::string& directory) {
    ONRECORD_ASSIGN_OR_RETURN(const std::vector<std::filesystem::path> files,
                              ArticleFilesIn(directory));
    for (const std::filesystem::path& file : files) {
      const std::string id =
          file.lexically_relative(directory).replace_extension().string();
      ONRECORD_RETURN_IF_ERROR(ReadOne(file.string(), id));
    }
    return absl::OkStatus();
  }

  // Reads one file; a text or page gets the id `id`.
  absl::Status ReadOne(const std::string& path, const std::string& id) {
    ONRECORD_ASSIGN_OR_RETURN(std::string content, ReadFile(path));
    InputForm form = options_.form;
    if (form == InputForm::kDetect && path != kStandardInput) {
      form = FormOfName(path);
    }
    if (form == InputForm::kDetect) form = FormOfContent(content);
    switch (form) {
      case InputForm::kJson:
        return ReadJson(path, content);
      case InputForm::kHtml:
        return WithPath(path, ReadPage(id, content));
      default:
        return WithPath(path, ReadText(id, content));
    }
  }

  absl::Status ReadText(const std::string& id, const std::string& content) {
    ArticleRow article;
    article.set_id(id);
    article.set_input("text");
    ONRECORD_RETURN_IF_ERROR(CheckSize(content));
    ONRECORD_ASSIGN_OR_RETURN(*article.mutable_text(), ToUtf8(content, ""));
    CompleteAll(article);
    return Add(std::move(article));
  }

  absl::Status ReadPage(const std::string& id, const std::string& content) {
    ONRECORD_RETURN_IF_ERROR(CheckSize(content));
    ONRECORD_ASSIGN_OR_RETURN(HtmlArticle page, ReadHtmlArticle(content));
    ArticleRow article;
    article.set_id(id);
    article.set_input("html");
    article.set_text(std::move(page.text));
    const PageMetadata& said = page.metadata;
    SetField("", said.title, *article.mutable_title(),
             *article.mutable_title_from());
    SetField("", said.language, *article.mutable_language(),
             *article.mutable_language_from());
    SetField(options_.publisher, said.publisher, *article.mutable_publisher(),
             *article.mutable_publisher_from());
    SetField(options_.published, said.published, *article.mutable_published(),
             *article.mutable_published_from());
    SetField(options_.url, said.url, *article.mutable_url(),
             *article.mutable_url_from());
    return Add(std::move(article));
  }

  // Reads an article a line, or, in `*.json`, one on as many as it takes.
  absl::Status ReadJson(const std::string& path, absl::string_view content) {
    absl::ConsumePrefix(&content, "\xEF\xBB\xBF");
    const auto read = [this](absl::string_view json) { return ReadLine(json); };
    if (absl::EqualsIgnoreCase(std::filesystem::path(path).extension().string(),
                               ".json")) {
      return WithPath(path, read(content));
    }
    const size_t before = articles_.size();
    ONRECORD_RETURN_IF_ERROR(ForEachLine(path, content, read));
    if (articles_.size() == before) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": holds no article"));
    }
    return absl::OkStatus();
  }

  // An object in our own form has its text under `text`; one that has none may
  // be in ninjs.
  absl::Status ReadLine(absl::string_view json) {
    ArticleRow article;
    ONRECORD_RETURN_IF_ERROR(ParseJson(json, article));
    article.set_input("json");
    google::protobuf::Struct item;
    if (article.text().empty() && ParseJson(json, item).ok() && IsNinjs(item)) {
      ONRECORD_ASSIGN_OR_RETURN(article, ReadNinjs(item));
      article.set_input("ninjs");
    }
    CompleteAll(article);
    return Add(std::move(article));
  }

  // Gives the article what the flags say and it does not.
  void CompleteAll(ArticleRow& article) const {
    Complete("", "json", *article.mutable_title(),
             *article.mutable_title_from());
    Complete("", "json", *article.mutable_language(),
             *article.mutable_language_from());
    Complete(options_.publisher, "json", *article.mutable_publisher(),
             *article.mutable_publisher_from());
    Complete(options_.published, "json", *article.mutable_published(),
             *article.mutable_published_from());
    Complete(options_.url, "json", *article.mutable_url(),
             *article.mutable_url_from());
  }

  static absl::Status WithPath(const std::string& path,
                               const absl::Status& status) {
    if (status.ok()) return status;
    return absl::Status(status.code(),
                        absl::StrCat(path, ": ", status.message()));
  }

  absl::Status CheckSize(absl::string_view text) const {
    if (text.size() <= options_.max_text_bytes) return absl::OkStatus();
    return absl::ResourceExhaustedError(
        absl::StrCat("`text` has ", text.size(), " bytes, more than the ",
                     options_.max_text_bytes, " that an article may have"));
  }

  absl::Status Add(ArticleRow article) {
    ONRECORD_RETURN_IF_ERROR(CheckSize(article.text()));
    if (absl::StripAsciiWhitespace(article.text()).empty()) {
      return absl::InvalidArgumentError("`text` is empty");
    }
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
  std::vector<ArticleRow> articles_;
  absl::flat_hash_set<std::string> ids_;
};

}  // namespace

absl::StatusOr<InputForm> ParseInputForm(absl::string_view name) {
  if (name == "detect") return InputForm::kDetect;
  if (name == "text") return InputForm::kText;
  if (name == "html") return InputForm::kHtml;
  if (name == "json") return InputForm::kJson;
  return absl::InvalidArgumentError(
      absl::StrCat("\"", name, "\" is none of detect, text, html, json"));
}

Article ArticleOf(ArticleRow row) {
  Article article;
  article.set_id(std::move(*row.mutable_id()));
  article.set_url(std::move(*row.mutable_url()));
  article.set_title(std::move(*row.mutable_title()));
  article.set_publisher(std::move(*row.mutable_publisher()));
  article.set_published(std::move(*row.mutable_published()));
  article.set_language(std::move(*row.mutable_language()));
  article.set_text(std::move(*row.mutable_text()));
  return article;
}

absl::StatusOr<std::vector<ArticleRow>> ReadArticles(
    absl::Span<const std::string> paths, const ArticleReaderOptions& options) {
  ArticleReader reader(options);
  for (const std::string& path : paths) {
    ONRECORD_RETURN_IF_ERROR(reader.Read(path));
  }
  return std::move(reader).Take();
}

}  // namespace onrecord
