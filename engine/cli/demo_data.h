// The article that `demo` reads, and its codebook; compiled in.

#ifndef ONRECORD_ENGINE_CLI_DEMO_DATA_H_
#define ONRECORD_ENGINE_CLI_DEMO_DATA_H_

#include "absl/strings/string_view.h"

namespace onrecord {

// The text, UTF-8.
absl::string_view DemoArticle();

// When it came out; the text does not say so itself.
absl::string_view DemoPublished();

// The codebook, JSON.
absl::string_view DemoCodebook();

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_CLI_DEMO_DATA_H_
