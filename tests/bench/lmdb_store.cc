#include <lmdb.h>

#include <filesystem>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "storage/coding.h"
#include "storage/mutex.h"
#include "tests/bench/bench_store.h"
#include "tests/bench/measure.h"

namespace onrecord {
namespace bench {
namespace {

MDB_val ToVal(const std::string& bytes) {
  return {bytes.size(), const_cast<char*>(bytes.data())};
}

std::string StreamKey(const std::string& stream, uint64_t revision) {
  std::string key = stream + '\0';
  PutBigEndian64(revision, &key);
  return key;
}

class LmdbStore : public BenchStore {
 public:
  LmdbStore(const std::string& dir, bool synced) {
    std::filesystem::create_directories(dir);
    Check(mdb_env_create(&env_));
    Check(mdb_env_set_mapsize(env_, size_t{16} << 30));
    Check(mdb_env_set_maxdbs(env_, 2));
    Check(mdb_env_open(env_, dir.c_str(), synced ? 0 : MDB_NOSYNC, 0644));
    MDB_txn* txn = nullptr;
    Check(mdb_txn_begin(env_, nullptr, 0, &txn));
    Check(mdb_dbi_open(txn, "events", MDB_CREATE, &events_));
    Check(mdb_dbi_open(txn, "streams", MDB_CREATE, &streams_));
    Check(mdb_txn_commit(txn));
  }

  ~LmdbStore() override { mdb_env_close(env_); }

  void Append(const std::string& stream, uint64_t /*batch*/,
              const std::vector<NewEvent>& events, bool /*sync*/) override {
    MutexLock lock(&mu_);
    uint64_t& revision = next_revisions_[stream];
    MDB_txn* txn = nullptr;
    Check(mdb_txn_begin(env_, nullptr, 0, &txn));
    std::string payload;
    for (const NewEvent& event : events) {
      std::string key;
      PutBigEndian64(next_++, &key);
      event.SerializeToString(&payload);
      MDB_val key_val = ToVal(key);
      MDB_val value = ToVal(payload);
      Check(mdb_put(txn, events_, &key_val, &value, MDB_APPEND));
      const std::string stream_key = StreamKey(stream, revision++);
      MDB_val stream_val = ToVal(stream_key);
      Check(mdb_put(txn, streams_, &stream_val, &key_val, MDB_NOOVERWRITE));
    }
    Check(mdb_txn_commit(txn));
  }

  uint64_t Scan() override {
    return Read(events_, "", [](MDB_txn*, MDB_val value) { return value; });
  }

  uint64_t ReadStream(const std::string& stream) override {
    return Read(streams_, stream + '\0', [this](MDB_txn* txn, MDB_val key) {
      MDB_val value;
      Check(mdb_get(txn, events_, &key, &value));
      return value;
    });
  }

 private:
  static void Check(int code) { Require(code == 0, mdb_strerror(code)); }

  template <typename ToPayload>
  uint64_t Read(MDB_dbi dbi, const std::string& prefix, ToPayload to_payload) {
    MDB_txn* txn = nullptr;
    MDB_cursor* cursor = nullptr;
    Check(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn));
    Check(mdb_cursor_open(txn, dbi, &cursor));
    MDB_val key = ToVal(prefix);
    MDB_val value;
    NewEvent event;
    uint64_t events = 0;
    int code = mdb_cursor_get(cursor, &key, &value,
                              prefix.empty() ? MDB_FIRST : MDB_SET_RANGE);
    for (; code == 0; code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
      if (absl::string_view(static_cast<char*>(key.mv_data), key.mv_size)
              .substr(0, prefix.size()) != prefix) {
        break;
      }
      const MDB_val payload = to_payload(txn, value);
      Require(event.ParseFromArray(payload.mv_data,
                                   static_cast<int>(payload.mv_size)),
              "an event does not parse");
      ++events;
    }
    mdb_cursor_close(cursor);
    mdb_txn_abort(txn);
    return events;
  }

  Mutex mu_;
  MDB_env* env_ = nullptr;
  MDB_dbi events_ = 0;
  MDB_dbi streams_ = 0;
  uint64_t next_ = 1;
  std::unordered_map<std::string, uint64_t> next_revisions_;
};

}  // namespace

std::unique_ptr<BenchStore> OpenLmdb(const std::string& dir, bool synced) {
  return std::make_unique<LmdbStore>(dir, synced);
}

}  // namespace bench
}  // namespace onrecord
