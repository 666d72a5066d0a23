// Whose words count for whom: merges, memberships and offices, as known now.

#ifndef ONRECORD_ENGINE_PROJECTIONS_AFFILIATIONS_H_
#define ONRECORD_ENGINE_PROJECTIONS_AFFILIATIONS_H_

#include <cstdint>
#include <set>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/projections/day.h"

namespace onrecord {

// A graph of actors by number. Thread-compatible.
class Affiliations {
 public:
  // From `first` to `last`, both inclusive: kUndated and kEver are no bounds.
  struct Edge {
    uint32_t body = 0;
    DayNumber first = kUndated;
    DayNumber last = kEver;
  };

  // What `actor` belongs to and holds office of, and whom it reads as (itself
  // if not merged); replaces what was said of it before.
  // REQUIRES: merges make no circle.
  void Set(uint32_t actor, uint32_t reads_as, std::vector<Edge> edges);

  // `body` speaks through others: members, office-holders, unnamed speakers.
  // For ever, so that its rolled-up positions are kept from now on.
  void SetBody(uint32_t body);
  bool IsBody(uint32_t actor) const;

  // The actor that `actor` reads as, through all merges.
  uint32_t Canonical(uint32_t actor) const;

  // `actor`, and what it reads as, one merge after the other.
  std::vector<uint32_t> ChainOf(uint32_t actor) const;

  // Whether `other` is in the chain of `actor`: it must not be merged into it.
  bool ReadsThrough(uint32_t actor, uint32_t other) const;

  // The bodies that `actor`, which must be canonical, speaks for on `day`, all
  // of them canonical, through any number of steps; itself not among them. On
  // an unknown day those that it has not left.
  void BodiesOf(uint32_t actor, DayNumber day,
                std::vector<uint32_t>* bodies) const;

  // Whether `actor` may speak for another at any time.
  bool IsAffiliated(uint32_t actor) const;

  // `actor`, canonical, and every canonical actor that may speak for it on some
  // day, added to `speakers`.
  void SpeakersFor(uint32_t actor, std::set<uint32_t>* speakers) const;

  // The actors that read as `actor`, which must be canonical: itself first.
  std::vector<uint32_t> ClassOf(uint32_t actor) const;

  void Clear();

 private:
  struct Node {
    uint32_t reads_as = 0;
    bool body = false;
    std::vector<Edge> edges;
    std::set<uint32_t> merged;   // that read as this one directly
    std::set<uint32_t> members;  // with an edge to this one
  };

  Node& NodeOf(uint32_t actor);
  const Node* Find(uint32_t actor) const;

  absl::flat_hash_map<uint32_t, Node> nodes_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_PROJECTIONS_AFFILIATIONS_H_
