// What an ingest did, and what reading again did.

#ifndef ONRECORD_ENGINE_INGEST_REPORT_H_
#define ONRECORD_ENGINE_INGEST_REPORT_H_

#include <cstddef>
#include <vector>

#include "proto/event.pb.h"

namespace onrecord {

struct IngestReport {
  size_t articles = 0;
  size_t already_recorded = 0;  // articles that were in the log with the same
                                // content, and changed nothing
  size_t statements = 0;
  size_t actors = 0;  // introduced to the directory
  size_t topics = 0;  // defined

  // What was not understood. A statement without a speaker or topic makes no
  // position; one without a day makes one that no day can be asked for.
  size_t undated_articles = 0;
  size_t without_speaker = 0;  // statements of nobody known, by name or body
  size_t without_topic = 0;
  size_t without_day = 0;

  IngestReport& operator+=(const IngestReport& other) {
    articles += other.articles;
    already_recorded += other.already_recorded;
    statements += other.statements;
    actors += other.actors;
    topics += other.topics;
    undated_articles += other.undated_articles;
    without_speaker += other.without_speaker;
    without_topic += other.without_topic;
    without_day += other.without_day;
    return *this;
  }
};

// What reading recorded articles again did.
struct RereadReport {
  size_t articles = 0;   // that were read
  size_t coded = 0;      // that were not, as an analyst coded them by hand
  size_t forgotten = 0;  // that were not, as their text was erased
  size_t decided = 0;    // statements that differ, but a person decided them

  // What differs.
  std::vector<NewEvent> events;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_INGEST_REPORT_H_
