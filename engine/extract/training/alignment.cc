#include "engine/extract/training/alignment.h"

#include <cstddef>
#include <iterator>

namespace onrecord {
namespace extract {
namespace {

// In the order of Tag.
constexpr absl::string_view kTags[] = {
    "CC",  "CD",  "DT",  "EX",  "FW",   "IN",  "JJ",  "JJR", "JJS",  "LS",
    "MD",  "NN",  "NNS", "NNP", "NNPS", "PDT", "POS", "PRP", "PRP$", "RB",
    "RBR", "RBS", "RP",  "SYM", "TO",   "UH",  "VB",  "VBD", "VBG",  "VBN",
    "VBP", "VBZ", "WDT", "WP",  "WP$",  "WRB", "``",  ",",   ".",    ":",
};
static_assert(std::size(kTags) == static_cast<size_t>(Tag::kPunct) + 1, "");

}  // namespace

std::vector<int32_t> AlignTokens(const Document& document,
                                 const AnnotatedArticle& article) {
  std::vector<int32_t> aligned;
  aligned.reserve(document.tokens().size());
  size_t at = 0;
  for (const Token& token : document.tokens()) {
    while (at < article.tokens.size() &&
           article.tokens[at].span.begin < token.begin) {
      ++at;
    }
    const bool same = at < article.tokens.size() &&
                      article.tokens[at].span.begin == token.begin &&
                      article.tokens[at].span.end == token.end;
    aligned.push_back(same ? static_cast<int32_t>(at) : -1);
  }
  return aligned;
}

absl::optional<Tag> TagFromTreebank(absl::string_view tag) {
  if (tag == "''") return Tag::kQuote;
  if (tag == "-LRB-" || tag == "-RRB-" || tag == "$" || tag == "#") {
    return Tag::kPunct;
  }
  for (size_t i = 0; i < std::size(kTags); ++i) {
    if (kTags[i] == tag) return static_cast<Tag>(i);
  }
  return absl::nullopt;
}

}  // namespace extract
}  // namespace onrecord
