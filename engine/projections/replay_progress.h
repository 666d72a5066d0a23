// How far a replay has come.

#ifndef ONRECORD_ENGINE_PROJECTIONS_REPLAY_PROGRESS_H_
#define ONRECORD_ENGINE_PROJECTIONS_REPLAY_PROGRESS_H_

#include <cstdint>

namespace onrecord {

struct ReplayProgress {
  // The last event folded in, and the one to get to.
  uint64_t log_position = 0;
  uint64_t last_log_position = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_REPLAY_PROGRESS_H_
