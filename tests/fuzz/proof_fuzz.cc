// Proofs: the first byte chooses the kind. None that the fuzzer makes up may
// pass beside a head that is not of its making.

#include <string>

#include "proto/log.pb.h"
#include "storage/proofs.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

// No data are known that have this hash.
const char kRoot[] = "none that was ever made with SHA";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    onrecord::InclusionProof proof;
    if (!proof.ParseFromString(bytes)) return 0;
    onrecord::CheckInclusionProof(proof).status().IgnoreError();
    proof.mutable_head()->set_root(kRoot);
    FuzzRequire(!onrecord::CheckInclusionProof(proof).ok());
  } else {
    onrecord::ConsistencyProof proof;
    if (!proof.ParseFromString(bytes)) return 0;
    onrecord::CheckConsistencyProof(proof).IgnoreError();
    // Every log begins with the empty one.
    if (proof.old_head().commits() == 0) return 0;
    proof.mutable_old_head()->set_root(kRoot);
    proof.mutable_new_head()->set_root(std::string(32, 'x'));
    FuzzRequire(!onrecord::CheckConsistencyProof(proof).ok());
  }
  return 0;
}
