// Who holds a lock file.

#ifndef ONRECORD_STORAGE_LOCK_HOLDER_H_
#define ONRECORD_STORAGE_LOCK_HOLDER_H_

#include <string>

namespace onrecord {

// Says which process holds the lock file at `path`, as "process 4242,
// newsdesk". Empty if that cannot be told: nobody does, or the system does not
// list its locks in /proc. The file is not opened: closing it again would drop
// a lock that this process may have on it.
std::string DescribeLockHolder(const std::string& path);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LOCK_HOLDER_H_
