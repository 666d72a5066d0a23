// The command that writes the timeline for other tools.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/cli/command.h"
#include "engine/cli/open.h"
#include "engine/cli/question.h"
#include "engine/report/export.h"
#include "engine/report/export_data.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

using Run = std::function<absl::Status(Context&)>;

std::string Names(absl::string_view between) {
  std::string names;
  for (const ExportFormat& format : ExportFormats()) {
    absl::StrAppend(&names, names.empty() ? "" : between, format.name);
  }
  return names;
}

CLI::Validator IsExportFormat() {
  return CLI::Validator(
      [](std::string& value) {
        for (const ExportFormat& format : ExportFormats()) {
          if (format.name == value) return std::string();
        }
        return absl::StrCat("`--as` is \"", value, "\", expected ",
                            Names(", "));
      },
      Names("|"));
}

Run DeclareExport(CLI::App& app) {
  struct Flags {
    Question question;
    std::string format;
  };
  auto flags = std::make_shared<Flags>();
  app.add_option("--as", flags->format, "In which format")
      ->check(IsExportFormat())
      ->required();
  DeclareQuestion(app, Rollup::kOffered, flags->question);
  return [flags](Context& context) -> absl::Status {
    ONRECORD_ASSIGN_OR_RETURN(const OpenedTimeline opened,
                              OpenTimeline(context, IfMissing::kFail));
    ONRECORD_ASSIGN_OR_RETURN(
        const PositionQuery query,
        PositionQueryOf(flags->question, *opened.timeline->log()));
    ONRECORD_ASSIGN_OR_RETURN(const ExportData data,
                              GatherExport(*opened.timeline, query));
    for (const ExportFormat& format : ExportFormats()) {
      if (format.name == flags->format) format.write(data, context.out);
    }
    return absl::OkStatus();
  };
}

}  // namespace

const std::vector<Command>& ExportCommands() {
  static const auto* const commands = new std::vector<Command>{
      {"export", "",
       "Writes the timeline in a format that other tools read: CSV, GraphML, "
       "JSON lines, schema.org, Web Annotation, PROV, TimelineJS",
       "onrecord export --db=trade.db --as=graphml > trade.graphml", kDb,
       DeclareExport},
  };
  return *commands;
}

}  // namespace onrecord
