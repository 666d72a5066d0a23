// How long work says how far it is.

#ifndef ONRECORD_STORAGE_PROGRESS_H_
#define ONRECORD_STORAGE_PROGRESS_H_

#include <cstdint>
#include <functional>

namespace onrecord {

// Called now and then, by the thread that does the work, with how many steps of
// how many are done; at the end, if there was anything to do, with all of them.
// Null: nobody wants to know.
using OnProgress = std::function<void(uint64_t done, uint64_t total)>;

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_PROGRESS_H_
