// Scripts by which shells complete `onrecord`, made from the table of commands.

#ifndef ONRECORD_ENGINE_CLI_COMPLETION_H_
#define ONRECORD_ENGINE_CLI_COMPLETION_H_

#include <ostream>

namespace onrecord {

void PrintBashCompletion(std::ostream& out);
void PrintZshCompletion(std::ostream& out);
void PrintFishCompletion(std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_COMPLETION_H_
