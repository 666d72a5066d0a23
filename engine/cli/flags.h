// Flags that several commands share, with their checks.

#ifndef ONRECORD_ENGINE_CLI_FLAGS_H_
#define ONRECORD_ENGINE_CLI_FLAGS_H_

#include <CLI/CLI.hpp>
#include <string>

#include "engine/cli/command.h"

namespace onrecord {

// Checks that refuse a value with a message that says what is expected.
CLI::Validator IsDate();
CLI::Validator IsTime();
CLI::Validator IsDay();
CLI::Validator IsDuration();
CLI::Validator IsFormat();

// Declares the shared flags that `command` takes, and --help, on `app`. What is
// read goes to `context`, which must outlive the parsing.
void DeclareSharedFlags(const Command& command, CLI::App& app,
                        Context& context);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_FLAGS_H_
