// The man page, made from the table of commands.

#ifndef ONRECORD_ENGINE_CLI_MANUAL_H_
#define ONRECORD_ENGINE_CLI_MANUAL_H_

#include <ostream>

namespace onrecord {

// Prints onrecord(1) in the man macros of roff.
void PrintManual(std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_MANUAL_H_
