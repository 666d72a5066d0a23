// Blocks of the log: whatever the bytes, they are refused or make sense. The
// checksum is made to fit, or nothing would ever get past it.

#include <string>

#include "absl/strings/string_view.h"
#include "storage/block.h"
#include "storage/coding.h"
#include "storage/hash.h"
#include "storage/upcaster.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  std::string bytes;
  onrecord::PutFixed64(onrecord::Checksum(input), &bytes);
  bytes.append(input.data(), input.size());
  onrecord::Block block;
  if (!block.Parse(bytes).ok()) {
    FuzzRequire(block.events() == 0 && block.runs().empty());
    return 0;
  }
  FuzzRequire(block.events() > 0);
  FuzzRequire(block.last_log_position() >= block.first_log_position());
  onrecord::UpcasterChain chain;
  chain.Add([](onrecord::NewEvent* event) {
    if (event->has_application_event()) event->clear_causation_id();
    return absl::OkStatus();
  });
  onrecord::RecordedEvent event;
  for (size_t i = 0; i < block.events(); ++i) {
    onrecord::PeekEvent(block.event_bytes(i));
    if (!block.FillEvent(i, &event).ok()) continue;
    FuzzRequire(!event.event().id().empty());
    FuzzRequire(chain.Upcast(event.mutable_event()).ok());
  }
  return 0;
}
