#include "engine/projections/certificate.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "engine/projections/bytes.h"
#include "engine/projections/projection_state.h"
#include "storage/hash.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

constexpr size_t kStretchBytes = size_t{1} << 20;

}  // namespace

absl::StatusOr<std::string> HashOfState(const ProjectionReader& store,
                                        absl::string_view projection) {
  const ScopedReader state(&store, projection);
  Sha256Hash hash = Sha256({});
  ByteWriter stretch(kStretchBytes);
  const auto scan = state.Scan("");
  for (; scan->Valid(); scan->Next()) {
    stretch.Text(scan->key());
    stretch.Text(scan->value());
    if (stretch.size() < kStretchBytes) continue;
    hash = Sha256({AsView(hash), stretch.Take()});
  }
  ONRECORD_RETURN_IF_ERROR(scan->status());
  return ToHex(AsView(Sha256({AsView(hash), stretch.Take()})));
}

absl::StatusOr<std::string> CertificateOf(const ProjectionReader& store,
                                          const Checkpoint& checkpoint,
                                          const Head& head) {
  ONRECORD_ASSIGN_OR_RETURN(const std::string hash,
                            HashOfState(store, checkpoint.projection()));
  return absl::StrCat(checkpoint.projection(), " v", checkpoint.version(),
                      " at ", checkpoint.log_position(), " of ", head.commits,
                      " commits ", ToHex(head.root), ": ", hash);
}

}  // namespace onrecord
