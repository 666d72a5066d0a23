#include "engine/extract/training/gold_tokens.h"

#include <algorithm>
#include <utility>

namespace onrecord {
namespace extract {
namespace {

std::vector<uint32_t> TokensOf(const Document& document,
                               const std::vector<ByteSpan>& spans) {
  const std::vector<Token>& tokens = document.tokens();
  std::vector<uint32_t> covered;
  for (const ByteSpan& span : spans) {
    auto token = std::lower_bound(
        tokens.begin(), tokens.end(), span.begin,
        [](const Token& t, uint32_t begin) { return t.end <= begin; });
    for (; token != tokens.end() && token->begin < span.end; ++token) {
      covered.push_back(static_cast<uint32_t>(token - tokens.begin()));
    }
  }
  std::sort(covered.begin(), covered.end());
  covered.erase(std::unique(covered.begin(), covered.end()), covered.end());
  return covered;
}

}  // namespace

std::vector<GoldTokens> GoldOf(const Document& document,
                               const AnnotatedArticle& article) {
  std::vector<GoldTokens> gold;
  for (const GoldAttribution& attribution : article.attributions) {
    GoldTokens tokens{TokensOf(document, attribution.source),
                      TokensOf(document, attribution.cue),
                      TokensOf(document, attribution.content)};
    if (!tokens.content.empty()) gold.push_back(std::move(tokens));
  }
  return gold;
}

}  // namespace extract
}  // namespace onrecord
