// What an ingest did.

#ifndef ONRECORD_ENGINE_INGEST_REPORT_H_
#define ONRECORD_ENGINE_INGEST_REPORT_H_

#include <cstddef>

namespace onrecord {

struct IngestReport {
  size_t articles = 0;
  size_t already_recorded = 0;  // articles that were in the log with the same
                                // content, and changed nothing
  size_t statements = 0;
  size_t actors = 0;  // introduced to the directory
  size_t topics = 0;  // defined
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_REPORT_H_
