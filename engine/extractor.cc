#include "engine/extractor.h"

#include "engine/extract/extractor.h"
#include "engine/version.h"

namespace onrecord {
namespace {

class BuiltInExtractor : public Extractor {
 public:
  Producer producer() const override {
    Producer producer;
    producer.set_name("onrecord");
    producer.set_version(kVersion);
    return producer;
  }

  absl::StatusOr<extract::Extraction> Extract(
      const Article& article, const Codebook& codebook) override {
    return extract::Extract(article, codebook);
  }
};

}  // namespace

Extractor* Extractor::BuiltIn() {
  static auto* const extractor = new BuiltInExtractor;
  return extractor;
}

}  // namespace onrecord
