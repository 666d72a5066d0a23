// Reading recorded articles again, with the extractor of today.

#ifndef ONRECORD_ENGINE_REREADING_H_
#define ONRECORD_ENGINE_REREADING_H_

#include <cstddef>
#include <vector>

#include "engine/actors/directory.h"
#include "engine/extract/statement/extraction.h"
#include "proto/article.pb.h"
#include "proto/event.pb.h"
#include "proto/projection.pb.h"
#include "storage/event_log.h"

namespace onrecord {

// What an article says otherwise than is recorded.
struct Rereading {
  // The events that record it, the statements' signed by `producer` below.
  // Empty if nothing differs.
  std::vector<StreamAppend> appends;

  // Statements that are read otherwise, but stay as a person decided.
  size_t decided = 0;
};

// Compares `extraction`, which `producer` has just read of `article`, with
// `recorded`: all its statements, retracted ones too. A statement is the same
// if its words stand in the same place. One that is new is recorded, one that
// says something else is corrected, one that is not found any more is
// retracted; how surely and by which rule it was found is no difference. Who a
// mention is, is not guessed again where the same words were resolved before.
//
// `directory` takes the new events in.
Rereading CompareReadings(const Article& article,
                          const extract::Extraction& extraction,
                          const Producer& producer,
                          const std::vector<StatementRecord>& recorded,
                          Directory& directory);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REREADING_H_
