// LevelDB's write-ahead log, as repair reads it.

#include "absl/strings/string_view.h"
#include "storage/leveldb_wal.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const onrecord::WalScan scan = onrecord::ScanWal(input, 'e');
  FuzzRequire(scan.whole_bytes <= size);
  // What was found whole is whole by itself.
  const onrecord::WalScan whole =
      onrecord::ScanWal(input.substr(0, scan.whole_bytes), 'e');
  FuzzRequire(whole.damage.empty() && whole.records == scan.records);
  return 0;
}
