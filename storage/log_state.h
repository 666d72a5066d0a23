// What the parts of an open log share.

#ifndef ONRECORD_STORAGE_LOG_STATE_H_
#define ONRECORD_STORAGE_LOG_STATE_H_

#include <atomic>
#include <cstdint>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "storage/log_index.h"
#include "storage/log_store.h"
#include "storage/mutex.h"

namespace onrecord {

struct LogState {
  // Constant while the log is open. Thread-safe.
  std::unique_ptr<LogStore> store;

  Mutex mu;
  std::unique_ptr<LogIndex> index ABSL_GUARDED_BY(mu);

  // What readers may see. Changes under `mu`, together with the index, and
  // `appended` is signalled.
  std::atomic<uint64_t> last_log_position{0};
  CondVar appended;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOG_STATE_H_
