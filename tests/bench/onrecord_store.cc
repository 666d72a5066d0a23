#include "absl/strings/str_cat.h"
#include "storage/leveldb_event_log.h"
#include "tests/bench/bench_store.h"
#include "tests/bench/measure.h"

namespace onrecord {
namespace bench {
namespace {

class OnRecordStore : public BenchStore {
 public:
  explicit OnRecordStore(std::unique_ptr<EventLog> log)
      : log_(std::move(log)) {}

  void Append(const std::string& stream, uint64_t batch,
              const std::vector<NewEvent>& events, bool sync) override {
    AppendOptions options;
    options.commit_id = absl::StrCat(stream, "/", batch);
    options.sync = sync;
    const auto result =
        log_->Append(stream, ExpectedRevision::Any(), events, options);
    Require(result.ok(), result.status().ToString());
  }

  uint64_t Scan() override { return Read(log_->ReadLog(1, {})); }
  uint64_t ReadStream(const std::string& stream) override {
    return Read(log_->ReadStream(stream, 0, {}));
  }

 private:
  static uint64_t Read(std::unique_ptr<EventReader> reader) {
    uint64_t events = 0;
    for (; reader->Valid(); reader->Next()) {
      events += reader->event().has_event();
    }
    Require(reader->status().ok(), reader->status().ToString());
    return events;
  }

  const std::unique_ptr<EventLog> log_;
};

}  // namespace

std::unique_ptr<BenchStore> OpenOnRecord(const std::string& dir,
                                         bool /*synced*/) {
  auto log = OpenLevelDbEventLog(dir, {});
  Require(log.ok(), log.status().ToString());
  return std::make_unique<OnRecordStore>(*std::move(log));
}

}  // namespace bench
}  // namespace onrecord
