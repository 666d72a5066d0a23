#include "engine/actors/lookup.h"

#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/actors/name_key.h"
#include "engine/actors/near_spelling.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// What a user may have meant by `wanted`: the name nearest to it.
class Nearest {
 public:
  explicit Nearest(absl::string_view wanted)
      : nearest_(NameKey(wanted), kMostEdits) {}

  void Offer(const std::string& name) { nearest_.Offer(NameKey(name), name); }

  std::string Question() const {
    return nearest_.name().empty()
               ? ""
               : absl::StrCat("; is it \"", nearest_.name(), "\"?");
  }

 private:
  static constexpr size_t kMostEdits = 3;

  NearestName nearest_;
};

absl::StatusOr<std::string> OnlyOne(const std::set<std::string>& ids,
                                    absl::string_view what,
                                    absl::string_view wanted,
                                    const Nearest& nearest) {
  if (ids.size() == 1) return *ids.begin();
  if (ids.empty()) {
    return absl::NotFoundError(
        absl::StrCat("no ", what, " \"", wanted, "\"", nearest.Question()));
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", wanted, "\" is the name of several: ", absl::StrJoin(ids, ", ")));
}

// The article that an id of extraction is of: what stands before the last '@'.
absl::string_view ArticleOf(absl::string_view statement_id) {
  return statement_id.substr(0, statement_id.rfind('@'));
}

}  // namespace

Lookup::Lookup(const ProjectionReader* view)
    : actors_(view), topics_(view), statements_(view) {}

absl::StatusOr<std::string> Lookup::ActorId(absl::string_view name_or_id,
                                            uint64_t known_at) const {
  std::set<std::string> by_id;
  std::set<std::string> by_name;
  Nearest nearest(name_or_id);
  const std::string key = NameKey(name_or_id);
  const auto look_at = [&](const ActorRecord& record) {
    bool is_called = false;
    const auto offer = [&](const std::string& name) {
      nearest.Offer(name);
      is_called = is_called || (!key.empty() && NameKey(name) == key);
    };
    for (const NameFact& name : record.names()) offer(name.name());
    for (const AliasFact& alias : record.aliases()) offer(alias.alias());
    if (is_called) by_name.insert(record.actor_id());
    if (record.actor_id() == name_or_id ||
        absl::c_linear_search(record.merged_ids(), name_or_id)) {
      by_id.insert(record.actor_id());
    }
    return absl::OkStatus();
  };
  ONRECORD_RETURN_IF_ERROR(actors_.ForEach(known_at, look_at));
  return OnlyOne(by_id.empty() ? by_name : by_id, "actor", name_or_id, nearest);
}

absl::StatusOr<std::string> Lookup::TopicId(absl::string_view name_or_id,
                                            uint64_t known_at) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::string merged_into,
                            topics_.Canonical(name_or_id, known_at));
  std::set<std::string> by_id;
  std::set<std::string> by_name;
  Nearest nearest(name_or_id);
  const std::string key = NameKey(name_or_id);
  const auto look_at = [&](const TopicFact& fact) {
    const Topic& topic = fact.topic();
    nearest.Offer(topic.id());
    nearest.Offer(topic.name());
    if (topic.id() == merged_into) by_id.insert(topic.id());
    if (!key.empty() && NameKey(topic.name()) == key) {
      by_name.insert(topic.id());
    }
    return absl::OkStatus();
  };
  ONRECORD_RETURN_IF_ERROR(topics_.ForEach(known_at, look_at));
  return OnlyOne(by_id.empty() ? by_name : by_id, "topic", name_or_id, nearest);
}

absl::StatusOr<StatementRecord> Lookup::FindStatement(
    absl::string_view id) const {
  absl::StatusOr<StatementRecord> found = statements_.Find(id);
  if (!absl::IsNotFound(found.status())) return found;
  Nearest nearest(id);
  StatementQuery of_article;
  of_article.article_id = std::string(ArticleOf(id));
  of_article.retracted = true;
  if (!of_article.article_id.empty()) {
    ONRECORD_RETURN_IF_ERROR(
        statements_.ForEach(of_article, [&](const StatementRecord& record) {
          nearest.Offer(record.statement().id());
          return absl::OkStatus();
        }));
  }
  return absl::NotFoundError(
      absl::StrCat("no statement \"", id, "\"", nearest.Question()));
}

}  // namespace onrecord
