// What reads articles: the engine's own extraction, or a service's.

#ifndef ONRECORD_ENGINE_EXTRACTOR_H_
#define ONRECORD_ENGINE_EXTRACTOR_H_

#include "absl/status/statusor.h"
#include "engine/extract/statement/extraction.h"
#include "proto/article.pb.h"
#include "proto/codebook.pb.h"
#include "proto/event.pb.h"

namespace onrecord {

// Finds who is reported to have said, wanted or done what in an article.
//
// Must be thread-safe: a timeline calls Extract from several threads at once,
// for several articles. Must outlive the timelines that use it.
//
//   class MyExtractor : public onrecord::Extractor {
//    public:
//     onrecord::Producer producer() const override;
//     absl::StatusOr<onrecord::extract::Extraction> Extract(
//         const onrecord::Article& article,
//         const onrecord::Codebook& codebook) override;
//   };
//   MyExtractor mine;
//   onrecord::TimelineOptions options;
//   options.extractor = &mine;
class Extractor {
 public:
  virtual ~Extractor() = default;

  // Name and version, which every event of a statement carries.
  virtual Producer producer() const = 0;

  // Reads `article`, whose id is set and whose text is UTF-8. `codebook` holds
  // the topics that statements may be on; one on another topic brings it along
  // in `found_topics`. The result should depend on nothing else: an article is
  // read once, and what was read is recorded for ever.
  //
  // What it returns is checked by CheckExtraction. An error ends the ingest
  // with nothing recorded; its message should say what was wrong where, but
  // need not name the article.
  virtual absl::StatusOr<extract::Extraction> Extract(
      const Article& article, const Codebook& codebook) = 0;

  // The engine's own extraction. Never destroyed.
  static Extractor* BuiltIn();
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACTOR_H_
