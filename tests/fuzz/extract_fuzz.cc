// Extraction of any bytes: an error, or statements that fit the text, with
// every span inside it on character boundaries.

#include <string>

#include "engine/extract/extractor.h"
#include "engine/extraction_check.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  onrecord::Article article;
  article.set_text(std::string(reinterpret_cast<const char*>(data), size));
  const onrecord::Codebook codebook;
  const auto extraction = onrecord::extract::Extract(article, codebook);
  if (!extraction.ok()) return 0;
  FuzzRequire(onrecord::CheckExtraction(article, codebook, *extraction).ok());
  return 0;
}
