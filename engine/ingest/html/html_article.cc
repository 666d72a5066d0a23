#include "engine/ingest/html/html_article.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/boilerplate.h"
#include "engine/ingest/charset.h"
#include "engine/ingest/html/page.h"
#include "engine/ingest/html/page_parts.h"
#include "engine/ingest/html/page_text.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

bool EndsSentence(absl::string_view text) {
  for (const absl::string_view end :
       {".", "!", "?", "…", "”", "\"", "’", "'", ":", ")"}) {
    if (absl::EndsWith(text, end)) return true;
  }
  return false;
}

// A line that is links, and no sentence with links in it.
bool IsLinks(const TextBlock& block) {
  constexpr size_t kMaxLinkBytes = 200;
  if (block.link_bytes * 3 < block.text.size() * 2) return false;
  return block.text.size() < kMaxLinkBytes || !EndsSentence(block.text);
}

// Gathers the paragraphs of the article in the main part of a page.
class ArticleText {
 public:
  explicit ArticleText(absl::string_view title) : title_(title) {}

  void Add(absl::string_view tag, const TextBlock& block) {
    if (ended_ || block.text == title_ || tag == "h1") return;
    // Such a heading in mid-article is a box that interrupts it, but nobody
    // knows where the box ends, so only what is late enough ends the article.
    if (EndsArticle(block.text)) {
      ended_ = !text_.empty();
      return;
    }
    if (IsLinks(block) || IsBoilerplate(block.text)) return;
    if (!seen_.insert(block.text).second) return;
    absl::StrAppend(&text_, text_.empty() ? "" : "\n\n", block.text);
  }

  std::string Take() && { return std::move(text_); }

 private:
  const absl::string_view title_;
  std::string text_;
  absl::flat_hash_set<std::string> seen_;  // a pulled quote comes twice
  bool ended_ = false;
};

std::string MainText(const HtmlPage& page, absl::string_view title) {
  if (page.empty()) return "";
  const PageParts parts = FindParts(page);
  ArticleText text(title);
  for (const TextBlock& block :
       BlocksOf(page, parts.main, page[parts.main].end, parts.skipped)) {
    text.Add(block.element < 0 ? absl::string_view()
                               : absl::string_view(page[block.element].tag),
             block);
  }
  return std::move(text).Take();
}

// The paragraphs of a text that stands in the metadata.
std::string BodyText(absl::string_view body) {
  ArticleText text("");
  for (const absl::string_view line : absl::StrSplit(body, '\n')) {
    TextBlock block;
    block.text = CollapseSpace(line);
    if (!block.text.empty()) text.Add("", block);
  }
  return std::move(text).Take();
}

}  // namespace

absl::StatusOr<HtmlArticle> ReadHtmlArticle(absl::string_view bytes) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string html,
                            ToUtf8(bytes, CharsetOfPage(bytes)));
  ONRECORD_ASSIGN_OR_RETURN(const HtmlPage page, ParseHtml(html));
  HtmlArticle article;
  article.metadata = MetadataOf(page);
  article.text = MainText(page, article.metadata.title.value);
  // Some pages show their text by scripts only, but say it to search engines.
  std::string body = BodyText(article.metadata.body);
  if (body.size() > 2 * article.text.size()) article.text = std::move(body);
  if (article.text.empty()) {
    return absl::InvalidArgumentError("no article text is found on the page");
  }
  return article;
}

}  // namespace onrecord
