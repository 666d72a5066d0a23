// Pages of any bytes: an error, or a text that is UTF-8 and not empty.

#include "absl/strings/string_view.h"
#include "engine/ingest/html/html_article.h"
#include "storage/utf8.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto article = onrecord::ReadHtmlArticle(
      absl::string_view(reinterpret_cast<const char*>(data), size));
  if (!article.ok()) return 0;
  FuzzRequire(!article->text.empty());
  for (const absl::string_view text :
       {absl::string_view(article->text),
        absl::string_view(article->metadata.title.value),
        absl::string_view(article->metadata.published.value)}) {
    FuzzRequire(onrecord::IsValidUtf8(text));
  }
  return 0;
}
