#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/write_batch.h>

#include <atomic>

#include "storage/coding.h"
#include "storage/leveldb_event_log.h"
#include "tests/bench/bench_store.h"
#include "tests/bench/measure.h"

namespace onrecord {
namespace bench {
namespace {

class RawLevelDbStore : public BenchStore {
 public:
  explicit RawLevelDbStore(const std::string& dir) {
    const LogOptions ours;
    leveldb::Options options;
    options.create_if_missing = true;
    options.paranoid_checks = true;
    options.write_buffer_size = ours.write_buffer_bytes;
    cache_.reset(leveldb::NewLRUCache(ours.cache_bytes));
    options.block_cache = cache_.get();
    options.max_file_size = 32 << 20;
    leveldb::DB* db = nullptr;
    const leveldb::Status status = leveldb::DB::Open(options, dir, &db);
    Require(status.ok(), status.ToString());
    db_.reset(db);
  }

  void Append(const std::string& /*stream*/, uint64_t /*batch*/,
              const std::vector<NewEvent>& events, bool sync) override {
    leveldb::WriteBatch batch;
    std::string key;
    std::string value;
    uint64_t number = next_.fetch_add(events.size());
    for (const NewEvent& event : events) {
      key.clear();
      PutBigEndian64(number++, &key);
      event.SerializeToString(&value);
      batch.Put(key, value);
    }
    leveldb::WriteOptions options;
    options.sync = sync;
    const leveldb::Status status = db_->Write(options, &batch);
    Require(status.ok(), status.ToString());
  }

  uint64_t Scan() override {
    leveldb::ReadOptions options;
    options.verify_checksums = true;
    options.fill_cache = false;
    const std::unique_ptr<leveldb::Iterator> iterator(
        db_->NewIterator(options));
    NewEvent event;
    uint64_t events = 0;
    for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next()) {
      Require(event.ParseFromArray(iterator->value().data(),
                                   static_cast<int>(iterator->value().size())),
              "an event does not parse");
      ++events;
    }
    return events;
  }

  uint64_t ReadStream(const std::string& /*stream*/) override { return 0; }

 private:
  std::unique_ptr<leveldb::Cache> cache_;
  std::unique_ptr<leveldb::DB> db_;
  std::atomic<uint64_t> next_{1};
};

}  // namespace

std::unique_ptr<BenchStore> OpenRawLevelDb(const std::string& dir,
                                           bool /*synced*/) {
  return std::make_unique<RawLevelDbStore>(dir);
}

}  // namespace bench
}  // namespace onrecord
