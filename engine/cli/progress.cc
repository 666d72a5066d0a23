#include "engine/cli/progress.h"

#include <memory>
#include <string>

#include "engine/report/progress_bar.h"
#include "storage/clock.h"

namespace onrecord {

OnProgress ShowProgress(const Context& context, absl::string_view what) {
  if (context.progress_width == 0) return nullptr;
  auto bar = std::make_shared<std::unique_ptr<ProgressBar>>();
  return [bar, &err = context.err, width = context.progress_width,
          name = std::string(what)](uint64_t done, uint64_t total) {
    if (*bar == nullptr) {
      *bar = std::make_unique<ProgressBar>(name, width, err, Clock::Real());
    }
    (*bar)->Update(done, total);
    if (done == total) bar->reset();
  };
}

}  // namespace onrecord
