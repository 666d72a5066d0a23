#include "tests/bench/bench_store.h"

#include <cstdlib>
#include <iostream>

namespace onrecord {
namespace bench {

void Require(bool ok, absl::string_view what) {
  if (ok) return;
  std::cerr << "log_bench: " << what << "\n";
  std::exit(1);
}

}  // namespace bench
}  // namespace onrecord
