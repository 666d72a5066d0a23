#include "engine/cli/completion.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "engine/cli/command.h"
#include "engine/cli/command_flags.h"

namespace onrecord {
namespace {

// The first words of all commands, each once, and the second words of groups.
std::vector<std::string> FirstWords() {
  std::vector<std::string> words;
  std::set<std::string> seen;
  for (const Command& command : AllCommands()) {
    const std::string word(command.name.substr(0, command.name.find(' ')));
    if (seen.insert(word).second) words.push_back(word);
  }
  return words;
}

std::vector<std::string> SecondWords(const std::string& group) {
  std::vector<std::string> words;
  for (const Command& command : AllCommands()) {
    if (absl::StartsWith(command.name, group + " ")) {
      words.emplace_back(command.name.substr(group.size() + 1));
    }
  }
  return words;
}

// What may stand for the value of a flag: the choices, if it names them, or
// files, or what nobody can guess.
enum class Values { kNone, kChoices, kFiles, kOther };

Values ValuesOf(const FlagHelp& flag) {
  if (flag.value.empty()) return Values::kNone;
  if (absl::StrContains(flag.value, "DIR") ||
      absl::StrContains(flag.value, "FILE")) {
    return Values::kFiles;
  }
  return absl::StrContains(flag.value, "|") &&
                 flag.value.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
                     std::string::npos
             ? Values::kChoices
             : Values::kOther;
}

// `text` inside single quotes of a shell.
std::string Quoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

// The words that bash offers for flags: `--flag`, or `--flag=`.
std::string BashFlags(const Command& command) {
  std::vector<std::string> words;
  for (const FlagHelp& flag : FlagsOf(command)) {
    words.push_back(
        absl::StrCat(LongName(flag), flag.value.empty() ? "" : "="));
  }
  return absl::StrJoin(words, " ");
}

// The cases of the flags of `command` that take one of some words.
void PrintBashChoices(const Command& command, std::ostream& out) {
  for (const FlagHelp& flag : FlagsOf(command)) {
    if (ValuesOf(flag) != Values::kChoices) continue;
    out << "      " << Quoted(absl::StrCat(command.name, " ")) << "*"
        << Quoted(absl::StrCat(" ", LongName(flag)))
        << ") COMPREPLY=($(compgen -W "
        << Quoted(absl::StrReplaceAll(flag.value, {{"|", " "}}))
        << " -- \"$cur\")) ;;\n";
  }
}

std::string ZshText(absl::string_view text) {
  return absl::StrReplaceAll(
      text, {{"[", "\\["}, {"]", "\\]"}, {":", "\\:"}, {"'", "'\\''"}});
}

void PrintZshFlags(const Command& command, std::ostream& out) {
  for (const FlagHelp& flag : FlagsOf(command)) {
    out << " \\\n        '" << LongName(flag) << (flag.value.empty() ? "" : "=")
        << "[" << ZshText(flag.description) << "]";
    switch (ValuesOf(flag)) {
      case Values::kNone:
        break;
      case Values::kChoices:
        out << ":value:(" << absl::StrReplaceAll(flag.value, {{"|", " "}})
            << ")";
        break;
      case Values::kFiles:
        out << ":file:_files";
        break;
      case Values::kOther:
        out << ":" << ZshText(flag.value) << ": ";
        break;
    }
    out << "'";
  }
}

}  // namespace

void PrintBashCompletion(std::ostream& out) {
  out << "# bash completion for onrecord; load with\n"
         "#   source <(onrecord completion bash)\n"
         "_onrecord() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} words flags= i\n"
         "  # bash takes \"=\" for a word of its own.\n"
         "  if [[ $cur == = || ${COMP_WORDS[COMP_CWORD-1]} == = ]]; then\n"
         "    local flag=${COMP_WORDS[COMP_CWORD-2]}\n"
         "    if [[ $cur == = ]]; then flag=${COMP_WORDS[COMP_CWORD-1]}; cur=; "
         "fi\n"
         "    case \"${COMP_WORDS[*]:1} $flag\" in\n";
  for (const Command& command : AllCommands()) PrintBashChoices(command, out);
  out << "      *) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
         "    esac\n"
         "    return\n"
         "  fi\n"
         "  case \"${COMP_WORDS[*]:1:COMP_CWORD-1} \" in\n";
  for (const Command& command : AllCommands()) {
    out << "    " << Quoted(absl::StrCat(command.name, " "))
        << "*) flags=" << Quoted(BashFlags(command)) << " ;;\n";
  }
  for (const std::string& word : FirstWords()) {
    const std::vector<std::string> second = SecondWords(word);
    if (second.empty()) continue;
    out << "    " << Quoted(word + " ") << ") COMPREPLY=($(compgen -W "
        << Quoted(absl::StrJoin(second, " ")) << " -- \"$cur\")); return ;;\n";
  }
  out << "    ' ') COMPREPLY=($(compgen -W "
      << Quoted(absl::StrJoin(FirstWords(), " "))
      << " -- \"$cur\")); return ;;\n"
         "  esac\n"
         "  if [[ $cur == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$flags\" -- \"$cur\"))\n"
         "    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$cur\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _onrecord onrecord\n";
}

void PrintZshCompletion(std::ostream& out) {
  out << "#compdef onrecord\n"
         "# zsh completion for onrecord; put it into a folder of $fpath, as\n"
         "#   onrecord completion zsh > ~/.zfunc/_onrecord\n"
         "_onrecord() {\n"
         "  local -a commands=(\n";
  for (const Command& command : AllCommands()) {
    if (absl::StrContains(command.name, " ")) continue;
    out << "    '" << command.name << ":" << ZshText(command.summary) << "'\n";
  }
  for (const std::string& word : FirstWords()) {
    if (!SecondWords(word).empty()) {
      out << "    '" << word << ":" << absl::StrJoin(SecondWords(word), ", ")
          << "'\n";
    }
  }
  out << "  )\n"
         "  if (( CURRENT == 2 )); then _describe command commands; return; "
         "fi\n";
  for (const std::string& word : FirstWords()) {
    if (SecondWords(word).empty()) continue;
    out << "  if [[ $words[2] == " << word
        << " ]] && (( CURRENT == 3 )); then\n"
        << "    compadd -- " << absl::StrJoin(SecondWords(word), " ")
        << "; return\n  fi\n";
  }
  out << "  case \"$words[2] $words[3]\" in\n";
  // The longer names first, as the pattern of a shorter one fits them too.
  for (const bool grouped : {true, false}) {
    for (const Command& command : AllCommands()) {
      if (absl::StrContains(command.name, " ") != grouped) continue;
      out << "    " << Quoted(command.name) << (grouped ? "" : "\\ *")
          << ")\n      _arguments";
      PrintZshFlags(command, out);
      out << " \\\n        '*:file:_files' ;;\n";
    }
  }
  out << "  esac\n}\n_onrecord \"$@\"\n";
}

void PrintFishCompletion(std::ostream& out) {
  out << "# fish completion for onrecord; load with\n"
         "#   onrecord completion fish | source\n";
  for (const std::string& word : FirstWords()) {
    const std::vector<std::string> second = SecondWords(word);
    std::string summary = absl::StrJoin(second, ", ");
    for (const Command& command : AllCommands()) {
      if (command.name == word) summary = std::string(command.summary);
    }
    out << "complete -c onrecord -n __fish_use_subcommand -f -a " << word
        << " -d " << Quoted(summary) << "\n";
    if (second.empty()) continue;
    out << "complete -c onrecord -n '__fish_seen_subcommand_from " << word
        << "; and not __fish_seen_subcommand_from "
        << absl::StrJoin(second, " ") << "' -f -a "
        << Quoted(absl::StrJoin(second, " ")) << "\n";
  }
  for (const Command& command : AllCommands()) {
    const std::vector<std::string> words = absl::StrSplit(command.name, ' ');
    std::string condition =
        absl::StrCat("__fish_seen_subcommand_from ", words[0]);
    if (words.size() > 1) {
      absl::StrAppend(&condition, "; and __fish_seen_subcommand_from ",
                      words[1]);
    }
    for (const FlagHelp& flag : FlagsOf(command)) {
      out << "complete -c onrecord -n " << Quoted(condition) << " -l "
          << LongName(flag).substr(2);
      if (!flag.value.empty()) {
        out << " -r";
        if (ValuesOf(flag) == Values::kChoices) {
          out << " -f -a "
              << Quoted(absl::StrReplaceAll(flag.value, {{"|", " "}}));
        } else if (ValuesOf(flag) == Values::kOther) {
          out << " -f";
        }
      }
      out << " -d " << Quoted(flag.description) << "\n";
    }
  }
}

}  // namespace onrecord
