#include "engine/ingest/html/page_text.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace onrecord {
namespace {

// Elements that begin and end a line; all others, unknown ones too, stand in
// one. In order.
constexpr absl::string_view kBlocks[] = {
    "address", "article", "aside",  "blockquote", "body",       "br",
    "caption", "center",  "dd",     "details",    "dialog",     "dir",
    "div",     "dl",      "dt",     "fieldset",   "figcaption", "figure",
    "footer",  "form",    "h1",     "h2",         "h3",         "h4",
    "h5",      "h6",      "head",   "header",     "hgroup",     "hr",
    "html",    "iframe",  "legend", "li",         "main",       "menu",
    "nav",     "ol",      "option", "p",          "pre",        "search",
    "section", "summary", "table",  "tbody",      "td",         "tfoot",
    "th",      "thead",   "title",  "tr",         "ul"};

bool IsBlock(absl::string_view tag) {
  return std::binary_search(std::begin(kBlocks), std::end(kBlocks), tag);
}

// Collects blocks as the nodes go by.
class BlockCollector {
 public:
  void Text(absl::string_view text, bool in_link) {
    block_.text.append(text.data(), text.size());
    if (in_link) block_.link_bytes += CollapseSpace(text).size();
  }

  void Break(int element) {
    TextBlock block = std::move(block_);
    block_ = TextBlock();
    block_.element = element;
    block.text = CollapseSpace(block.text);
    if (!block.text.empty()) blocks_.push_back(std::move(block));
  }

  std::vector<TextBlock> Take() && {
    Break(-1);
    return std::move(blocks_);
  }

 private:
  TextBlock block_;
  std::vector<TextBlock> blocks_;
};

}  // namespace

std::string CollapseSpace(absl::string_view text) {
  std::string collapsed;
  bool space = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const absl::string_view rest = text.substr(i);
    if (absl::StartsWith(rest, "\u00AD")) {
      i += 1;
    } else if (absl::StartsWith(rest, "\u200B") ||
               absl::StartsWith(rest, "\uFEFF")) {
      i += 2;
    } else if (absl::ascii_isspace(text[i])) {
      space = true;
    } else if (absl::StartsWith(rest, "\u00A0")) {
      space = true;
      i += 1;
    } else {
      if (space && !collapsed.empty()) collapsed.push_back(' ');
      space = false;
      collapsed.push_back(text[i]);
    }
  }
  return collapsed;
}

std::vector<TextBlock> BlocksOf(const HtmlPage& page, int begin, int end,
                                const std::vector<bool>& skipped) {
  BlockCollector blocks;
  // Ends of the open elements that matter: of blocks, and of links.
  std::vector<std::pair<int, int>> open;  // where it ends, its element
  int link_end = 0;
  for (int i = begin; i < end;) {
    while (!open.empty() && open.back().first <= i) {
      open.pop_back();
      blocks.Break(open.empty() ? -1 : open.back().second);
    }
    const HtmlNode& node = page[i];
    if (skipped[i]) {
      if (IsBlock(node.tag))
        blocks.Break(open.empty() ? -1 : open.back().second);
      i = node.end;
      continue;
    }
    if (node.tag.empty()) {
      blocks.Text(node.text, i < link_end);
    } else if (node.tag == "a") {
      link_end = std::max(link_end, node.end);
    } else if (IsBlock(node.tag)) {
      open.emplace_back(node.end, i);
      blocks.Break(i);
    }
    ++i;
  }
  return std::move(blocks).Take();
}

}  // namespace onrecord
