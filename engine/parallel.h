// Independent pieces of work on several threads.

#ifndef ONRECORD_ENGINE_PARALLEL_H_
#define ONRECORD_ENGINE_PARALLEL_H_

#include <cstddef>
#include <functional>

#include "absl/status/status.h"

namespace onrecord {

// Calls `work` for 0, 1, … `count` - 1, on up to `threads` threads at once, of
// which the caller's is one; 0 means as many as the machine has cores. Pieces
// are begun in order. After an error no further piece is begun.
//
// Returns the error of the first piece in order that has one: the same,
// whatever the number of threads, if `work` is deterministic.
absl::Status ForEachInParallel(size_t count, int threads,
                               const std::function<absl::Status(size_t)>& work);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PARALLEL_H_
