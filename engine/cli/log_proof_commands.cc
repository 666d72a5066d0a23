// Commands that say what the log's head is, prove things by it, and check
// proofs.

#include <CLI/CLI.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/cli/command.h"
#include "engine/cli/log_open.h"
#include "engine/cli/open.h"
#include "engine/ingest/files.h"
#include "engine/ingest/json.h"
#include "engine/report/event_json.h"
#include "engine/report/rows.h"
#include "proto/log.pb.h"
#include "proto/proof.pb.h"
#include "storage/event_log.h"
#include "storage/head_text.h"
#include "storage/proofs.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

CLI::Validator IsHead() {
  return CLI::Validator(
      [](std::string& value) {
        return std::string(ParseHead(value).status().message());
      },
      "COMMITS:ROOT");
}

Head HeadOf(const LogHead& head) { return {head.commits(), head.root()}; }

// Returns DATA_LOSS if `log` is no continuation of the log that had `head`.
absl::Status CheckHolds(EventLog& log, const Head& head) {
  ONRECORD_ASSIGN_OR_RETURN(const ConsistencyProof now,
                            log.ProveConsistency(head.commits, head.commits));
  if (now.old_head().root() == head.root) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      "the log's first ", head.commits, " commits are not those of ",
      HeadText(head), ": its head was ", HeadText(HeadOf(now.old_head()))));
}

Run DeclareLogHead(CLI::App& /*app*/) {
  return [](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const Head head, opened.log->GetHead());
    context.out << HeadText(head) << "\n";
    return absl::OkStatus();
  };
}

struct ProveFlags {
  std::string event_id;
  uint64_t log_position = 0;
  std::string since;
  std::string head;
};

absl::StatusOr<LogProof> Prove(const ProveFlags& flags, EventLog& log) {
  LogProof proof;
  ONRECORD_ASSIGN_OR_RETURN(Head head, log.GetHead());
  if (!flags.head.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(head, ParseHead(flags.head));
    ONRECORD_RETURN_IF_ERROR(CheckHolds(log, head));
  }
  if (!flags.since.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(const Head since, ParseHead(flags.since));
    ONRECORD_RETURN_IF_ERROR(CheckHolds(log, since));
    ONRECORD_ASSIGN_OR_RETURN(
        *proof.mutable_consistency(),
        log.ProveConsistency(since.commits, head.commits));
    return proof;
  }
  uint64_t log_position = flags.log_position;
  if (!flags.event_id.empty()) {
    ONRECORD_ASSIGN_OR_RETURN(const RecordedEvent event,
                              log.FindEvent(flags.event_id));
    log_position = event.log_position();
  }
  ONRECORD_ASSIGN_OR_RETURN(*proof.mutable_inclusion(),
                            log.ProveInclusion(log_position, head.commits));
  return proof;
}

Run DeclareLogProve(CLI::App& app) {
  auto flags = std::make_shared<ProveFlags>();
  const std::vector<CLI::Option*> whats = {
      app.add_option("--id", flags->event_id,
                     "That the event with this id stands in the log")
          ->type_name("ID"),
      app.add_option("--at", flags->log_position,
                     "That the event at this log position does")
          ->type_name("LOG_POSITION"),
      app.add_option("--since", flags->since,
                     "That the log with this head is the beginning of this one")
          ->check(IsHead())};
  app.callback([whats] {
    size_t given = 0;
    for (const CLI::Option* what : whats) given += what->count();
    if (given != 1) {
      throw CLI::ValidationError("one of --id, --at and --since is needed");
    }
  });
  app.add_option("--head", flags->head, "Under this head [the last one]")
      ->check(IsHead());
  return [flags](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const LogProof proof, Prove(*flags, *opened.log));
    context.out << ToJson(proof) << "\n";
    return absl::OkStatus();
  };
}

absl::Status NotOfHead(const Head& trusted, absl::string_view proven) {
  return absl::DataLossError(absl::StrCat(
      "the proof is of ", proven, ", not of the head ", HeadText(trusted)));
}

absl::Status CheckProof(const LogProof& proof, const Head& trusted,
                        std::ostream& out) {
  const auto is_trusted = [&trusted](const LogHead& head) {
    return head.commits() == trusted.commits && head.root() == trusted.root;
  };
  if (proof.has_inclusion()) {
    const LogHead& head = proof.inclusion().head();
    if (!is_trusted(head)) return NotOfHead(trusted, HeadText(HeadOf(head)));
    ONRECORD_ASSIGN_OR_RETURN(const RecordedEvent event,
                              CheckInclusionProof(proof.inclusion()));
    out << EventToJson(event) << "\n";
    return absl::OkStatus();
  }
  const Head older = HeadOf(proof.consistency().old_head());
  const Head newer = HeadOf(proof.consistency().new_head());
  if (!is_trusted(proof.consistency().old_head()) &&
      !is_trusted(proof.consistency().new_head())) {
    return NotOfHead(trusted,
                     absl::StrCat(HeadText(older), " and ", HeadText(newer)));
  }
  ONRECORD_RETURN_IF_ERROR(CheckConsistencyProof(proof.consistency()));
  out << HeadText(older) << " is the beginning of " << HeadText(newer) << "\n";
  return absl::OkStatus();
}

absl::StatusOr<LogProof> ReadProof(const std::string& path) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string json, ReadFile(path));
  LogProof proof;
  absl::Status status = ParseJson(json, proof);
  if (status.ok() && proof.proof_case() == LogProof::PROOF_NOT_SET) {
    status = absl::InvalidArgumentError(
        "no proof, expected `inclusion` or `consistency`");
  }
  if (status.ok()) return proof;
  return absl::Status(status.code(),
                      absl::StrCat(path, ": ", status.message()));
}

Run DeclareLogCheck(CLI::App& app) {
  struct Flags {
    std::string file = kStandardInput;
    std::string head;
  };
  auto flags = std::make_shared<Flags>();
  app.add_option("FILE", flags->file);
  app.add_option("--head", flags->head, "A head of the log that you trust")
      ->check(IsHead())
      ->required();
  return [flags](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const LogProof proof, ReadProof(flags->file));
    ONRECORD_ASSIGN_OR_RETURN(const Head trusted, ParseHead(flags->head));
    return CheckProof(proof, trusted, context.out);
  };
}

}  // namespace

const std::vector<Command>& LogProofCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"log head", "",
       "Prints the number of commits and the root of their Merkle tree: keep "
       "it elsewhere",
       "onrecord log head --db=trade.db", kDb, DeclareLogHead},
      {"log prove", "",
       "Proves that an event stands in the log, or that an earlier head is its "
       "beginning",
       "onrecord log prove --at=3 --db=trade.db > proof.json", kDb,
       DeclareLogProve},
      {"log check", "[FILE|-]",
       "Checks a proof against a head, without the log; prints what is proven",
       "onrecord log check proof.json --head=$(cat head.txt)", 0,
       DeclareLogCheck},
  };
  return *commands;
}

}  // namespace onrecord
