#include <sqlite3.h>

#include <filesystem>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "storage/mutex.h"
#include "tests/bench/bench_store.h"
#include "tests/bench/measure.h"

namespace onrecord {
namespace bench {
namespace {

class SqliteStore : public BenchStore {
 public:
  SqliteStore(const std::string& dir, bool synced) {
    std::filesystem::create_directories(dir);
    Check(sqlite3_open((dir + "/events.db").c_str(), &db_));
    Run("PRAGMA journal_mode=WAL");
    Run(synced ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
    Run("PRAGMA cache_size=-32000");
    Run("CREATE TABLE IF NOT EXISTS events(position INTEGER PRIMARY KEY,"
        " id TEXT NOT NULL UNIQUE, stream TEXT NOT NULL,"
        " revision INTEGER NOT NULL, payload BLOB NOT NULL,"
        " UNIQUE(stream, revision))");
    begin_ = Prepare("BEGIN IMMEDIATE");
    commit_ = Prepare("COMMIT");
    insert_ = Prepare(
        "INSERT INTO events(id, stream, revision, payload) VALUES(?,?,?,?)");
    scan_ = Prepare(
        "SELECT position, id, stream, revision, payload"
        " FROM events ORDER BY position");
    read_ = Prepare(
        "SELECT position, id, stream, revision, payload"
        " FROM events WHERE stream=? ORDER BY revision");
  }

  ~SqliteStore() override {
    for (sqlite3_stmt* statement : {begin_, commit_, insert_, scan_, read_}) {
      sqlite3_finalize(statement);
    }
    sqlite3_close(db_);
  }

  void Append(const std::string& stream, uint64_t batch,
              const std::vector<NewEvent>& events, bool /*sync*/) override {
    MutexLock lock(&mu_);
    uint64_t& revision = next_revisions_[stream];
    Step(begin_);
    std::string payload;
    for (size_t i = 0; i < events.size(); ++i) {
      const std::string id = absl::StrCat(stream, "/", batch, "#", i);
      events[i].SerializeToString(&payload);
      Bind(insert_, 1, id);
      Bind(insert_, 2, stream);
      Check(sqlite3_bind_int64(insert_, 3, static_cast<int64_t>(revision++)));
      Check(sqlite3_bind_blob(insert_, 4, payload.data(),
                              static_cast<int>(payload.size()), SQLITE_STATIC));
      Step(insert_);
    }
    Step(commit_);
  }

  uint64_t Scan() override { return Read(scan_); }
  uint64_t ReadStream(const std::string& stream) override {
    Bind(read_, 1, stream);
    return Read(read_);
  }

 private:
  void Check(int code) { Require(code == SQLITE_OK, sqlite3_errmsg(db_)); }
  void Run(const char* sql) {
    Check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr));
  }
  void Step(sqlite3_stmt* statement) {
    Require(sqlite3_step(statement) == SQLITE_DONE, sqlite3_errmsg(db_));
    sqlite3_reset(statement);
  }
  void Bind(sqlite3_stmt* statement, int column, const std::string& text) {
    Check(sqlite3_bind_text(statement, column, text.data(),
                            static_cast<int>(text.size()), SQLITE_STATIC));
  }
  sqlite3_stmt* Prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    Check(sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr));
    return statement;
  }

  // Makes the same message as a reader of the log gets.
  uint64_t Read(sqlite3_stmt* statement) {
    RecordedEvent event;
    uint64_t events = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      event.set_log_position(sqlite3_column_int64(statement, 0));
      event.set_stream(
          reinterpret_cast<const char*>(sqlite3_column_text(statement, 2)),
          sqlite3_column_bytes(statement, 2));
      event.set_revision(sqlite3_column_int64(statement, 3));
      NewEvent* body = event.mutable_event();
      Require(body->ParseFromArray(sqlite3_column_blob(statement, 4),
                                   sqlite3_column_bytes(statement, 4)),
              "an event does not parse");
      body->set_id(
          reinterpret_cast<const char*>(sqlite3_column_text(statement, 1)),
          sqlite3_column_bytes(statement, 1));
      ++events;
    }
    sqlite3_reset(statement);
    return events;
  }

  Mutex mu_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* scan_ = nullptr;
  sqlite3_stmt* read_ = nullptr;
  std::unordered_map<std::string, uint64_t> next_revisions_;
};

}  // namespace

std::unique_ptr<BenchStore> OpenSqlite(const std::string& dir, bool synced) {
  return std::make_unique<SqliteStore>(dir, synced);
}

}  // namespace bench
}  // namespace onrecord
