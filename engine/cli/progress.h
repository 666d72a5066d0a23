// Showing on a terminal how far long work is.

#ifndef ONRECORD_ENGINE_CLI_PROGRESS_H_
#define ONRECORD_ENGINE_CLI_PROGRESS_H_

#include "absl/strings/string_view.h"
#include "engine/cli/command.h"
#include "storage/progress.h"

namespace onrecord {

// Draws a bar named `what` on `context.err` until all steps are done; null
// where none is to be shown. `context.err` must outlive it.
OnProgress ShowProgress(const Context& context, absl::string_view what);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_PROGRESS_H_
