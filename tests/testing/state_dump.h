// The whole state of projections, for comparing byte for byte.

#ifndef ONRECORD_TESTS_TESTING_STATE_DUMP_H_
#define ONRECORD_TESTS_TESTING_STATE_DUMP_H_

#include <map>
#include <string>

#include "storage/projection_store.h"

namespace onrecord {
namespace testing {

// Every entry of `reader`.
inline std::map<std::string, std::string> DumpState(
    const ProjectionReader& reader) {
  std::map<std::string, std::string> entries;
  const auto scan = reader.Scan("");
  for (; scan->Valid(); scan->Next()) {
    entries.emplace(std::string(scan->key()), std::string(scan->value()));
  }
  return entries;
}

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_TESTING_STATE_DUMP_H_
