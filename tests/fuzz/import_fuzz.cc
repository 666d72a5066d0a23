// Imports: the first byte chooses the format. What an import accepts verifies.

#include <sstream>
#include <string>

#include "storage/leveldb_event_log.h"
#include "storage/log_transfer.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto format = data[0] % 2 == 0 ? onrecord::TransferFormat::kProtobuf
                                       : onrecord::TransferFormat::kJsonLines;
  std::stringstream in(
      std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  auto log = onrecord::OpenInMemoryEventLog({});
  FuzzRequire(log.ok());
  onrecord::ImportLog(&in, format, log->get()).status().IgnoreError();
  if ((*log)->last_log_position() == 0) return 0;
  const auto report = (*log)->Verify([](const onrecord::Damage&) {});
  FuzzRequire(report.ok() && report->damages == 0);
  return 0;
}
