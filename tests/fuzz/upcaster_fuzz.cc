// Upcasters: whatever shape an event has, a chain makes the same of it whether
// it is upcast alone or read from a log, and a failure ends the read.

#include <string>

#include "absl/status/status.h"
#include "proto/event.pb.h"
#include "storage/event_log.h"
#include "storage/leveldb_event_log.h"
#include "storage/upcaster.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

using onrecord::NewEvent;

// Version 1 said the topic's id in `reason`; version 2 has a field for it. No
// upcaster knows version 3.
absl::Status TopicFromReason(NewEvent* event) {
  if (!event->has_statement_recorded()) return absl::OkStatus();
  auto* const statement =
      event->mutable_statement_recorded()->mutable_statement();
  if (event->producer().version() != "1") return absl::OkStatus();
  if (statement->topic_id().empty()) {
    statement->set_topic_id(statement->reason());
  }
  statement->clear_reason();
  event->mutable_producer()->set_version("2");
  return absl::OkStatus();
}

absl::Status RefuseVersionThree(NewEvent* event) {
  if (event->producer().version() != "3") return absl::OkStatus();
  return absl::UnimplementedError("version 3");
}

// One for all runs: opening one takes longer than all the rest.
onrecord::EventLog* Log() {
  static auto* const log = onrecord::OpenInMemoryEventLog({})->release();
  return log;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  NewEvent event;
  if (!event.ParseFromArray(data, static_cast<int>(size))) return 0;
  // Ids that were given before would be refused.
  event.clear_id();
  static const auto* const chain = [] {
    auto* const made = new onrecord::UpcasterChain;
    made->Add(TopicFromReason);
    made->Add(RefuseVersionThree);
    return made;
  }();
  onrecord::AppendOptions options;
  options.sync = false;
  const auto appended = Log()->Append("s", onrecord::ExpectedRevision::Any(),
                                      {&event, 1}, options);
  if (!appended.ok()) return 0;
  const bool known = event.producer().version() != "3";
  auto reader = chain->Read(Log()->ReadLog(appended->first_log_position, {}));
  NewEvent read = reader->event().event();
  FuzzRequire(reader->Valid() == known);
  FuzzRequire(reader->status().ok() == known);
  NewEvent alone = event;
  FuzzRequire(chain->Upcast(&alone).ok() == known);
  if (!known) return 0;
  FuzzRequire(read.producer().version() != "1" ||
              !read.has_statement_recorded());
  read.clear_id();  // given by the log
  FuzzRequire(read.SerializeAsString() == alone.SerializeAsString());
  return 0;
}
