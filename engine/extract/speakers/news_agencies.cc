#include "engine/extract/speakers/news_agencies.h"

#include <google/protobuf/util/json_util.h>

#include <string>

#include "absl/container/flat_hash_map.h"
#include "proto/codebook.pb.h"

namespace onrecord {
namespace extract {
namespace {

constexpr char kCodebook[] =
#include "engine/extract/speakers/news_agencies.inc"
    ;

using Names = absl::flat_hash_map<std::string, std::string>;

// By their short names. Empty if the codebook does not parse, which a test
// would tell.
Names* MakeNames() {
  auto* const names = new Names;
  Codebook codebook;
  if (!google::protobuf::util::JsonStringToMessage(kCodebook, &codebook).ok()) {
    return names;
  }
  for (const Actor& agency : codebook.actors()) {
    for (const std::string& alias : agency.aliases()) {
      (*names)[alias] = agency.name();
    }
  }
  return names;
}

}  // namespace

absl::string_view FindNewsAgency(absl::string_view short_name) {
  static const Names* const names = MakeNames();
  const auto found = names->find(short_name);
  return found == names->end() ? absl::string_view() : found->second;
}

}  // namespace extract
}  // namespace onrecord
