// Files into articles.

#ifndef ONRECORD_ENGINE_INGEST_ARTICLE_READER_H_
#define ONRECORD_ENGINE_INGEST_ARTICLE_READER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "proto/article.pb.h"

namespace onrecord {

struct ArticleReaderOptions {
  // What an article that does not say so itself gets. Empty: unknown.
  std::string published;
  std::string publisher;
  std::string url;

  // An article with more text is refused. Larger costs memory: extraction holds
  // about thirty times the text.
  size_t max_text_bytes = size_t{32} << 20;
};

// Reads articles from files, directories and standard input ("-").
//
// A file `*.jsonl` or `*.ndjson`, and standard input that begins with "{",
// holds one article a line:
// {"id","url","title","publisher","published","text"}. Any other file is one
// article in plain text; its id is the file's name without folder and ending. A
// directory gives its `*.txt`, `*.jsonl` and
// `*.ndjson` files, at any depth, in order of their paths.
//
// Either all are read or none. Returns NOT_FOUND if a file is missing or a
// directory holds no article, RESOURCE_EXHAUSTED if a text is too long, and
// INVALID_ARGUMENT if a text is empty or not UTF-8, a line is not a JSON object
// of this form, a date is none, or two articles have one id. Messages name the
// file, and the line where there is one.
absl::StatusOr<std::vector<Article>> ReadArticles(
    absl::Span<const std::string> paths, const ArticleReaderOptions& options);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_ARTICLE_READER_H_
