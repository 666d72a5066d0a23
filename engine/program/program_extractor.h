// An outside program in place of the engine's extraction.

#ifndef ONRECORD_ENGINE_PROGRAM_PROGRAM_EXTRACTOR_H_
#define ONRECORD_ENGINE_PROGRAM_PROGRAM_EXTRACTOR_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "engine/extract/statement/extraction.h"
#include "engine/extractor.h"
#include "engine/program/child_process.h"
#include "storage/mutex.h"

namespace onrecord {

struct ProgramExtractorOptions {
  // For one article. Larger lets a slower program finish, and one that hangs
  // hold up the ingest for longer.
  absl::Duration timeout = absl::Minutes(2);

  // How often an article is given to the program, if it ends early each time.
  int max_attempts = 3;
};

// Lets a program of the machine read the articles, over lines of JSON on its
// standard input and output; PROTOCOL.md says which. It is started with the
// first article, and again when it has ended.
//
// Thread-safe; the program gets one article at a time.
class ProgramExtractor : public Extractor {
 public:
  // `command` is for /bin/sh.
  ProgramExtractor(std::string command, const ProgramExtractorOptions& options);

  // The command, without a version.
  Producer producer() const override;

  // Returns, beside what CheckExtraction returns: INVALID_ARGUMENT, naming the
  // line and the field, if the program says something that does not fit;
  // INTERNAL if it cannot be started, ends early each time, or says that it
  // cannot read the article; DEADLINE_EXCEEDED if it took too long the last
  // time.
  absl::StatusOr<extract::Extraction> Extract(const Article& article,
                                              const Codebook& codebook) override
      ABSL_LOCKS_EXCLUDED(mu_);

 private:
  absl::StatusOr<extract::Extraction> Ask(const Article& article,
                                          const Codebook& codebook,
                                          absl::string_view request)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  const std::string command_;
  const ProgramExtractorOptions options_;
  Mutex mu_;
  std::unique_ptr<ChildProcess> program_ ABSL_GUARDED_BY(mu_);
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROGRAM_PROGRAM_EXTRACTOR_H_
