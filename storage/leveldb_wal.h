// LevelDB's write-ahead log, read without LevelDB: to find where it stops
// making sense.

#ifndef ONRECORD_STORAGE_LEVELDB_WAL_H_
#define ONRECORD_STORAGE_LEVELDB_WAL_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace onrecord {

struct WalScan {
  // Whole records from the start, and the bytes that they take.
  uint64_t records = 0;
  size_t whole_bytes = 0;

  // What is wrong behind them. Empty if the file ends there, or with a record
  // that is merely cut short, which LevelDB takes for what a crash left.
  std::string damage;

  // The lowest and the highest key that begins with `key_prefix` and was put by
  // one of the whole records. Empty if there is none.
  std::string first_key;
  std::string last_key;
};

// Takes apart the contents of a file as doc/log_format.md of LevelDB describes
// it.
WalScan ScanWal(absl::string_view contents, char key_prefix);

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_LEVELDB_WAL_H_
