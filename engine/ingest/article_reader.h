// Files into articles.

#ifndef ONRECORD_ENGINE_INGEST_ARTICLE_READER_H_
#define ONRECORD_ENGINE_INGEST_ARTICLE_READER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "proto/article.pb.h"
#include "proto/article_row.pb.h"

namespace onrecord {

// The forms that articles come in.
enum class InputForm {
  kDetect,  // by the file's name, else by how it begins
  kText,
  kHtml,
  kJson,
};

// Reads "detect", "text", "html" or "json"; INVALID_ARGUMENT otherwise.
absl::StatusOr<InputForm> ParseInputForm(absl::string_view name);

struct ArticleReaderOptions {
  InputForm form = InputForm::kDetect;

  // What an article gets whose line (JSON) does not say so itself, or, on a
  // page, whatever the page says. Empty: unknown, or what the page says.
  std::string published;
  std::string publisher;
  std::string url;

  // An article with more text, and a page with more bytes, is refused. Larger
  // costs memory: extraction holds about thirty times the text.
  size_t max_text_bytes = size_t{32} << 20;
};

// Reads articles from files, directories and standard input ("-").
//
// - `*.html`, `*.htm`, `*.xhtml`: a web page with one article, whose text is
//   the page's main text (see ReadHtmlArticle).
// - `*.jsonl`, `*.ndjson`: one article a line, as an object
//   {"id","url","title","publisher","published","language","text"};
//   `*.json`: one such object. Or an item in ninjs (see ReadNinjs).
// - `*.txt`: one article in plain text, in UTF-8, or in UTF-16 with a mark.
// A file of another name, and standard input, are of the form that they begin
// as: a tag or a document type of HTML, "{", or else text. The id of a page or
// a text is the file's name without folder and ending. A directory gives the
// files of these names in it, at any depth, in order of their paths; hidden
// files and folders are passed over.
//
// Either all are read or none. Returns NOT_FOUND if a file is missing or a
// directory holds no article, RESOURCE_EXHAUSTED if a text is too long, and
// INVALID_ARGUMENT if a text is empty or not in its encoding, a line is not a
// JSON object of this form, a date is none, or two articles have one id.
// Messages name the file, and the line where there is one.
absl::StatusOr<std::vector<ArticleRow>> ReadArticles(
    absl::Span<const std::string> paths, const ArticleReaderOptions& options);

// Returns the article of `row`, without where its fields come from.
Article ArticleOf(ArticleRow row);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_ARTICLE_READER_H_
