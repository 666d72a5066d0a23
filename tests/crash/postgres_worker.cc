// A process that appends to a log on PostgreSQL, or follows one, whatever
// happens to the servers.
//
//   postgres_worker writer URL SCHEMA NAME STOP
//   postgres_worker reader URL SCHEMA NAME STOP
//
// A writer prints a line for each commit that was acknowledged: its id, first
// and last log position. Once the file STOP is there, it ends; a reader folds
// on until the log position that stands in it, and prints what its positions
// come to.

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "engine/projections/certificate.h"
#include "engine/projections/positions_projection.h"
#include "engine/projections/replayer.h"
#include "storage/event_log.h"
#include "storage/postgres_event_log.h"
#include "storage/projection_store.h"

namespace onrecord {
namespace {

struct Arguments {
  std::string url;
  std::string schema;
  std::string name;
  std::string stop;
};

// What stands in the file that ends the process; nothing while there is none.
std::optional<uint64_t> ReadStop(const Arguments& arguments) {
  std::ifstream file(arguments.stop);
  uint64_t last;
  if (file >> last) return last;
  return std::nullopt;
}

[[noreturn]] void Fail(const absl::Status& status) {
  std::cout << "ERROR " << status << std::endl;
  std::exit(1);
}

std::unique_ptr<EventLog> Open(const Arguments& arguments) {
  PostgresLogOptions options;
  options.schema = arguments.schema;
  options.append_timeout = absl::Seconds(3);
  options.read_timeout = absl::Seconds(3);
  options.connect_timeout = absl::Seconds(2);
  while (true) {
    auto log = OpenPostgresEventLog(arguments.url, options);
    if (log.ok()) return *std::move(log);
    if (!absl::IsUnavailable(log.status()) || ReadStop(arguments)) {
      Fail(log.status());
    }
  }
}

NewEvent MakeStatement(const std::string& id, uint32_t random) {
  NewEvent event;
  Statement* const statement =
      event.mutable_statement_recorded()->mutable_statement();
  statement->set_id(id);
  statement->set_article_id("article");
  statement->mutable_speaker()->set_actor_id(
      absl::StrCat("person/", random % 7));
  statement->set_topic_id(absl::StrCat("topic/", random / 7 % 3));
  statement->set_stance(random % 2 == 0 ? 1 : -1);
  statement->set_said_at(absl::StrCat("2025-04-", 10 + random % 20));
  return event;
}

// Appends the commit until it is known to be recorded.
AppendResult AppendCommit(EventLog* log, const std::string& commit_id,
                          std::mt19937& random) {
  std::vector<NewEvent> events;
  for (uint32_t i = 0; i <= random() % 3; ++i) {
    events.push_back(MakeStatement(absl::StrCat(commit_id, "/", i), random()));
  }
  const bool shared = random() % 2 == 0;
  AppendOptions options;
  options.commit_id = commit_id;
  while (true) {
    ExpectedRevision expected = ExpectedRevision::Any();
    if (shared) {
      const auto revision = log->StreamRevision("shared");
      if (absl::IsUnavailable(revision.status())) continue;
      expected = revision.ok() ? ExpectedRevision::Exactly(*revision)
                               : ExpectedRevision::NoStream();
    }
    const auto result = log->Append(
        shared ? "shared" : commit_id.substr(0, commit_id.find('-')), expected,
        events, options);
    if (result.ok()) return *result;
    if (!absl::IsUnavailable(result.status()) &&
        !absl::IsAborted(result.status())) {
      Fail(result.status());
    }
  }
}

void Write(const Arguments& arguments) {
  const std::unique_ptr<EventLog> log = Open(arguments);
  std::mt19937 random(std::hash<std::string>()(arguments.name));
  for (int i = 0; !ReadStop(arguments); ++i) {
    const std::string commit_id = absl::StrCat(arguments.name, "-", i);
    const AppendResult result = AppendCommit(log.get(), commit_id, random);
    std::cout << commit_id << " " << result.first_log_position << " "
              << result.last_log_position << std::endl;
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 5));
  }
}

void Read(const Arguments& arguments) {
  const std::unique_ptr<EventLog> log = Open(arguments);
  auto store = OpenInMemoryProjectionStore();
  if (!store.ok()) Fail(store.status());
  std::vector<std::unique_ptr<Projection>> projections;
  projections.push_back(std::make_unique<PositionsProjection>());
  auto replayer =
      Replayer::Create(log.get(), store->get(), std::move(projections), {});
  if (!replayer.ok()) Fail(replayer.status());
  while (true) {
    const std::optional<uint64_t> stop = ReadStop(arguments);
    if (stop.has_value() && (*replayer)->log_position() == *stop) break;
    log->WaitForEvents((*replayer)->log_position(), absl::Seconds(1));
    const absl::Status status = (*replayer)->CatchUp();
    if (!status.ok() && !absl::IsUnavailable(status)) Fail(status);
  }
  const auto hash =
      HashOfState(*(*replayer)->View(), PositionsProjection::kName);
  if (!hash.ok()) Fail(hash.status());
  std::cout << *hash << std::endl;
}

}  // namespace
}  // namespace onrecord

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const onrecord::Arguments arguments{argv[2], argv[3], argv[4], argv[5]};
  if (std::string(argv[1]) == "writer") {
    onrecord::Write(arguments);
  } else {
    onrecord::Read(arguments);
  }
  return 0;
}
