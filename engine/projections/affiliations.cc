#include "engine/projections/affiliations.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace onrecord {
namespace {

bool HoldsOn(const Affiliations::Edge& edge, DayNumber day) {
  if (day == kUndated) return edge.last == kEver;
  return edge.first <= day && day <= edge.last;
}

}  // namespace

Affiliations::Node& Affiliations::NodeOf(uint32_t actor) {
  const auto [it, added] = nodes_.try_emplace(actor);
  if (added) it->second.reads_as = actor;
  return it->second;
}

const Affiliations::Node* Affiliations::Find(uint32_t actor) const {
  const auto it = nodes_.find(actor);
  return it == nodes_.end() ? nullptr : &it->second;
}

void Affiliations::Set(uint32_t actor, uint32_t reads_as,
                       std::vector<Edge> edges) {
  const Node before = NodeOf(actor);
  for (const Edge& edge : before.edges) NodeOf(edge.body).members.erase(actor);
  NodeOf(before.reads_as).merged.erase(actor);
  for (const Edge& edge : edges) NodeOf(edge.body).members.insert(actor);
  if (reads_as != actor) NodeOf(reads_as).merged.insert(actor);
  Node& node = NodeOf(actor);
  node.reads_as = reads_as;
  node.edges = std::move(edges);
}

void Affiliations::SetBody(uint32_t body) { NodeOf(body).body = true; }

uint32_t Affiliations::Canonical(uint32_t actor) const {
  for (const Node* node = Find(actor);
       node != nullptr && node->reads_as != actor; node = Find(actor)) {
    actor = node->reads_as;
  }
  return actor;
}

std::vector<uint32_t> Affiliations::ChainOf(uint32_t actor) const {
  std::vector<uint32_t> chain = {actor};
  for (const Node* node = Find(actor);
       node != nullptr && node->reads_as != chain.back();
       node = Find(chain.back())) {
    chain.push_back(node->reads_as);
  }
  return chain;
}

bool Affiliations::ReadsThrough(uint32_t actor, uint32_t other) const {
  const std::vector<uint32_t> chain = ChainOf(actor);
  return std::find(chain.begin(), chain.end(), other) != chain.end();
}

std::vector<uint32_t> Affiliations::ClassOf(uint32_t actor) const {
  std::vector<uint32_t> all = {actor};
  for (size_t i = 0; i < all.size(); ++i) {
    const Node* const node = Find(all[i]);
    if (node == nullptr) continue;
    all.insert(all.end(), node->merged.begin(), node->merged.end());
  }
  return all;
}

bool Affiliations::IsBody(uint32_t actor) const {
  const Node* const node = Find(actor);
  return node != nullptr && node->body;
}

bool Affiliations::IsAffiliated(uint32_t actor) const {
  const Node* const node = Find(actor);
  if (node == nullptr) return false;
  if (!node->edges.empty() || node->merged.empty()) {
    return !node->edges.empty();
  }
  for (uint32_t same : ClassOf(actor)) {
    if (!Find(same)->edges.empty()) return true;
  }
  return false;
}

void Affiliations::BodiesOf(uint32_t actor, DayNumber day,
                            std::vector<uint32_t>* bodies) const {
  bodies->clear();
  if (!IsAffiliated(actor)) return;
  std::vector<uint32_t> reached = {actor};
  for (size_t i = 0; i < reached.size(); ++i) {
    for (uint32_t same : ClassOf(reached[i])) {
      const Node* const node = Find(same);
      if (node == nullptr) continue;
      for (const Edge& edge : node->edges) {
        const uint32_t body = Canonical(edge.body);
        if (HoldsOn(edge, day) &&
            std::find(reached.begin(), reached.end(), body) == reached.end()) {
          reached.push_back(body);
        }
      }
    }
  }
  bodies->assign(reached.begin() + 1, reached.end());
}

void Affiliations::SpeakersFor(uint32_t actor,
                               std::set<uint32_t>* speakers) const {
  std::vector<uint32_t> pending = {actor};
  while (!pending.empty()) {
    const uint32_t next = pending.back();
    pending.pop_back();
    if (!speakers->insert(next).second) continue;
    for (uint32_t same : ClassOf(next)) {
      const Node* const node = Find(same);
      if (node == nullptr) continue;
      for (uint32_t member : node->members) {
        pending.push_back(Canonical(member));
      }
    }
  }
}

void Affiliations::Clear() { nodes_.clear(); }

}  // namespace onrecord
