#include "engine/cli/manual.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/cli/command.h"
#include "engine/cli/command_flags.h"
#include "engine/version.h"

namespace onrecord {
namespace {

// `text` as words of roff, never a request.
std::string Roff(absl::string_view text) {
  std::string escaped = absl::StrReplaceAll(
      text, {{"\\", "\\e"}, {"-", "\\-"}, {"…", "..."}, {"'", "\\(aq"}});
  if (absl::StartsWith(escaped, ".")) escaped = "\\&" + escaped;
  return escaped;
}

void PrintCommand(const Command& command, std::ostream& out) {
  out << ".SS \"" << Roff(command.name)
      << (command.arguments.empty() ? "" : " ") << Roff(command.arguments)
      << "\"\n"
      << Roff(command.summary) << ".\n";
  for (const FlagHelp& flag : FlagsOf(command)) {
    out << ".TP\n.B " << Roff(absl::StrReplaceAll(flag.names, {{",", ", "}}))
        << (flag.value.empty() ? "" : "=") << Roff(flag.value) << "\n"
        << Roff(flag.description) << ".\n";
  }
  out << ".PP\nExample:\n.PP\n.nf\n    " << Roff(command.example) << "\n.fi\n";
}

}  // namespace

void PrintManual(std::ostream& out) {
  out << ".TH ONRECORD 1 \"\" \"OnRecord " << kVersion
      << "\" \"User Commands\"\n"
         ".SH NAME\n"
         "onrecord \\- a timeline of who said what, and when\n"
         ".SH SYNOPSIS\n"
         ".B onrecord\n.I COMMAND\n[\\fIARGUMENT\\fR...] "
         "[\\fB\\-\\-flag\\fR...]\n"
         ".SH DESCRIPTION\n"
         "Reads news articles, records everything that somebody is reported to "
         "have said, wanted or done in an append\\-only log, and replays the "
         "log into each actor\\(aqs position on each topic over time.\n"
         ".SH COMMANDS\n";
  for (const Command& command : AllCommands()) PrintCommand(command, out);
  out << ".SH \"EXIT STATUS\"\n"
         ".TP\n.B 0\nIt did what was asked.\n"
         ".TP\n.B 1\nIt failed, or found damage.\n"
         ".TP\n.B 2\nThe arguments are wrong.\n"
         ".SH ENVIRONMENT\n"
         ".TP\n.B ONRECORD_DB\nThe directory of the timeline, where no "
         "\\-\\-db is given.\n"
         ".TP\n.B NO_COLOR\nIf it is set, nothing is coloured.\n";
}

}  // namespace onrecord
