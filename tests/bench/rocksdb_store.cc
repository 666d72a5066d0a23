#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <atomic>

#include "storage/coding.h"
#include "storage/leveldb_event_log.h"
#include "tests/bench/bench_store.h"
#include "tests/bench/measure.h"

namespace onrecord {
namespace bench {
namespace {

class RocksDbStore : public BenchStore {
 public:
  explicit RocksDbStore(const std::string& dir) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.write_buffer_size = LogOptions().write_buffer_bytes;
    rocksdb::DB* db = nullptr;
    const rocksdb::Status status = rocksdb::DB::Open(options, dir, &db);
    Require(status.ok(), status.ToString());
    db_.reset(db);
  }

  void Append(const std::string& /*stream*/, uint64_t /*batch*/,
              const std::vector<NewEvent>& events, bool sync) override {
    rocksdb::WriteBatch batch;
    std::string key;
    std::string value;
    uint64_t number = next_.fetch_add(events.size());
    for (const NewEvent& event : events) {
      key.clear();
      PutBigEndian64(number++, &key);
      event.SerializeToString(&value);
      batch.Put(key, value);
    }
    rocksdb::WriteOptions options;
    options.sync = sync;
    const rocksdb::Status status = db_->Write(options, &batch);
    Require(status.ok(), status.ToString());
  }

  uint64_t Scan() override {
    const std::unique_ptr<rocksdb::Iterator> iterator(
        db_->NewIterator(rocksdb::ReadOptions()));
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
  std::unique_ptr<rocksdb::DB> db_;
  std::atomic<uint64_t> next_{1};
};

}  // namespace

std::unique_ptr<BenchStore> OpenRocksDb(const std::string& dir,
                                        bool /*synced*/) {
  return std::make_unique<RocksDbStore>(dir);
}

}  // namespace bench
}  // namespace onrecord
