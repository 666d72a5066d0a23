// Commands that carry the log elsewhere and back.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/cli/command.h"
#include "engine/cli/log_open.h"
#include "engine/cli/open.h"
#include "engine/cli/progress.h"
#include "engine/ingest/files.h"
#include "storage/event_log.h"
#include "storage/head_text.h"
#include "storage/log_transfer.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

// What `log export` and `log import` take.
struct TransferFlags {
  std::string file = kStandardInput;
  std::string format;
  uint64_t from = 1;
  bool resume = false;
};

void DeclareFormat(CLI::App& app, TransferFlags& flags) {
  app.add_option("--format", flags.format,
                 "How commits are written [jsonl for *.jsonl, else protobuf]")
      ->type_name("protobuf|jsonl")
      ->check(CLI::Validator(
          [](std::string& value) {
            if (value == "protobuf" || value == "jsonl") return std::string();
            return absl::StrCat("\"", value, "\", expected protobuf or jsonl");
          },
          "protobuf|jsonl"));
}

TransferFormat FormatOf(const TransferFlags& flags) {
  const bool json = flags.format.empty() ? absl::EndsWith(flags.file, ".jsonl")
                                         : flags.format == "jsonl";
  return json ? TransferFormat::kJsonLines : TransferFormat::kProtobuf;
}

absl::Status FileError(absl::string_view path) {
  return absl::InternalError(absl::StrCat(path, ": ", std::strerror(errno)));
}

void PrintCopied(const TransferReport& report, absl::string_view done,
                 std::ostream& out) {
  out << report.commits << (report.commits == 1 ? " commit" : " commits")
      << " with " << report.events
      << (report.events == 1 ? " event " : " events ") << done;
  if (report.already_recorded > 0) {
    out << ", " << report.already_recorded << " already there";
  }
  out << "\n";
}

// Cuts what is not whole off the end of the export in `flags.file`, and says
// where to go on.
absl::StatusOr<uint64_t> PrepareToResume(const TransferFlags& flags,
                                         EventLog* log) {
  std::ifstream file(flags.file, std::ios::binary);
  if (!file) return 1;
  absl::StatusOr<ExportEnd> end = FindExportEnd(&file, FormatOf(flags), log);
  if (!end.ok()) {
    return absl::Status(end.status().code(),
                        absl::StrCat(flags.file, ": ", end.status().message()));
  }
  std::error_code error;
  std::filesystem::resize_file(flags.file, end->bytes, error);
  if (error) {
    return absl::InternalError(absl::StrCat(flags.file, ": ", error.message()));
  }
  return end->next_log_position;
}

absl::Status ExportToFile(const TransferFlags& flags, EventLog* log,
                          Context& context) {
  uint64_t from = flags.from;
  if (flags.resume) {
    ONRECORD_ASSIGN_OR_RETURN(from, PrepareToResume(flags, log));
  } else if (std::filesystem::exists(flags.file)) {
    return absl::AlreadyExistsError(absl::StrCat(
        flags.file, ": is there already; --resume goes on with it"));
  }
  std::ofstream file(flags.file, std::ios::binary | std::ios::app);
  if (!file) return FileError(flags.file);
  ONRECORD_ASSIGN_OR_RETURN(const TransferReport report,
                            ExportLog(log, from, FormatOf(flags), &file,
                                      ShowProgress(context, "exporting")));
  PrintCopied(report, absl::StrCat("written to ", flags.file), context.out);
  return absl::OkStatus();
}

Run DeclareLogExport(CLI::App& app) {
  auto flags = std::make_shared<TransferFlags>();
  app.add_option("FILE", flags->file);
  DeclareFormat(app, *flags);
  CLI::Option* const from =
      app.add_option("--from", flags->from,
                     "From the commit that starts at this log position on [1]")
          ->type_name("N");
  app.add_flag("--resume", flags->resume,
               "Goes on with FILE where it ends, cut short or not")
      ->excludes(from);
  return [flags](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kFail));
    if (flags->file != kStandardInput) {
      return ExportToFile(*flags, opened.log.get(), context);
    }
    if (flags->resume) {
      return absl::InvalidArgumentError("`--resume` needs a FILE");
    }
    return ExportLog(opened.log.get(), flags->from, FormatOf(*flags),
                     &context.out)
        .status();
  };
}

// Shows how much of the file at `path` is read. How long a pipe is nobody
// knows.
OnProgress ShowImport(const std::string& path, const Context& context) {
  std::error_code error;
  const uint64_t bytes =
      path == kStandardInput ? 0 : std::filesystem::file_size(path, error);
  OnProgress show = ShowProgress(context, "importing");
  if (bytes == 0 || error || show == nullptr) return nullptr;
  return [show = std::move(show), bytes](uint64_t done, uint64_t /*total*/) {
    show(std::min(done, bytes), bytes);
  };
}

Run DeclareLogImport(CLI::App& app) {
  auto flags = std::make_shared<TransferFlags>();
  app.add_option("FILE", flags->file);
  DeclareFormat(app, *flags);
  return [flags](Context& context) -> absl::Status {
    std::ifstream file;
    if (flags->file != kStandardInput) {
      if (!std::filesystem::exists(flags->file)) {
        return absl::NotFoundError(absl::StrCat(flags->file, ": no such file"));
      }
      file.open(flags->file, std::ios::binary);
      if (!file) return FileError(flags->file);
    }
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kCreate));
    const absl::StatusOr<TransferReport> report =
        ImportLog(file.is_open() ? &file : &std::cin, FormatOf(*flags),
                  opened.log.get(), ShowImport(flags->file, context));
    if (!report.ok()) {
      return absl::Status(
          report.status().code(),
          absl::StrCat(flags->file, ": ", report.status().message()));
    }
    PrintCopied(*report, "recorded", context.out);
    return absl::OkStatus();
  };
}

// Brings `to` up to `from` and compares their heads.
absl::Status Copy(EventLog* from, EventLog* to, Context& context) {
  ONRECORD_ASSIGN_OR_RETURN(
      const TransferReport report,
      CopyLog(from, to, ShowProgress(context, "copying")));
  ONRECORD_ASSIGN_OR_RETURN(const Head source, from->GetHead());
  ONRECORD_ASSIGN_OR_RETURN(const Head copy, to->GetHead());
  if (source.commits != copy.commits || source.root != copy.root) {
    return absl::DataLossError(absl::StrCat(
        "the copy's head is ", HeadText(copy), ", not ", HeadText(source)));
  }
  PrintCopied(report, "copied", context.out);
  context.out << "head: " << HeadText(copy) << "\n";
  return absl::OkStatus();
}

Run DeclareLogBackup(CLI::App& app) {
  auto dir = std::make_shared<std::string>();
  app.add_option("DIR", *dir)->required();
  return [dir](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<EventLog> backup,
                              OpenLogIn(*dir, IfMissing::kCreate));
    return Copy(opened.log.get(), backup.get(), context);
  };
}

Run DeclareLogRestore(CLI::App& app) {
  auto dir = std::make_shared<std::string>();
  app.add_option("DIR", *dir)->required();
  return [dir](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<EventLog> backup,
                              OpenLogIn(*dir, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const OpenedLog opened,
                              OpenLog(context, IfMissing::kCreate));
    if (opened.log->last_log_position() > 0) {
      return absl::AlreadyExistsError(
          absl::StrCat(context.db, " holds a log; restore to a new directory"));
    }
    return Copy(backup.get(), opened.log.get(), context);
  };
}

Run DeclareLogCopy(CLI::App& app) {
  struct Directories {
    std::string from;
    std::string to;
  };
  auto directories = std::make_shared<Directories>();
  app.add_option("FROM", directories->from)->required();
  app.add_option("TO", directories->to)->required();
  return [directories](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<EventLog> from,
                              OpenLogIn(directories->from, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(const std::unique_ptr<EventLog> to,
                              OpenLogIn(directories->to, IfMissing::kCreate));
    return Copy(from.get(), to.get(), context);
  };
}

}  // namespace

const std::vector<Command>& LogTransferCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"log export", "[FILE|-]",
       "Writes the log's commits to a file, for `log import`",
       "onrecord log export trade.jsonl --db=trade.db", kDb, DeclareLogExport},
      {"log import", "[FILE|-]",
       "Records exported commits: the log gets the same head. Run it again if "
       "it was cut short",
       "onrecord log import trade.jsonl --db=copy.db", kDb, DeclareLogImport},
      {"log backup", "DIR",
       "Copies the log to DIR, or brings an earlier backup there up to date",
       "onrecord log backup /backups/trade --db=trade.db", kDb,
       DeclareLogBackup},
      {"log restore", "DIR", "Makes a new timeline from the backup in DIR",
       "onrecord log restore /backups/trade --db=trade.db", kDb,
       DeclareLogRestore},
      {"log copy", "FROM TO",
       "Brings the log in TO, new or an earlier copy, to the state of FROM",
       "onrecord log copy trade.db standby.db", 0, DeclareLogCopy},
  };
  return *commands;
}

}  // namespace onrecord
