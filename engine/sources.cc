#include "engine/sources.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/actors/name_key.h"
#include "storage/hash.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Runs of so many words are compared, and the smaller text must have so many of
// its runs in the larger one to be a copy (resemblance by shingles: Broder,
// "On the resemblance and containment of documents", 1997).
constexpr size_t kWords = 5;
constexpr double kShare = 0.7;

constexpr size_t kMostRemembered = 64;

// Whether one of the two repeats the other's words.
bool SayTheSame(const Statement& a, const Statement& b) {
  return a.duplicate_of() == b.id() || b.duplicate_of() == a.id() ||
         (!a.duplicate_of().empty() && a.duplicate_of() == b.duplicate_of()) ||
         (a.words_key() != 0 && a.words_key() == b.words_key());
}

}  // namespace

absl::StatusOr<const SourceCounter::Shingles*> SourceCounter::ShinglesOf(
    const std::string& article_id, TextOf text_of) {
  const auto known = shingles_.find(article_id);
  if (known != shingles_.end()) return &known->second;
  ONRECORD_ASSIGN_OR_RETURN(const std::string text, text_of(article_id));
  const std::string key = NameKey(text);
  const std::vector<absl::string_view> words = absl::StrSplit(key, ' ');
  Shingles shingles;
  for (size_t i = 0; i + kWords <= words.size(); ++i) {
    shingles.insert(Checksum(
        absl::StrJoin(words.begin() + i, words.begin() + i + kWords, " ")));
  }
  return &shingles_.emplace(article_id, std::move(shingles)).first->second;
}

absl::StatusOr<bool> SourceCounter::AreCopies(const std::string& a,
                                              const std::string& b,
                                              TextOf text_of) {
  if (shingles_.size() >= kMostRemembered) shingles_.clear();
  // The second may move the first.
  ONRECORD_RETURN_IF_ERROR(ShinglesOf(a, text_of).status());
  ONRECORD_ASSIGN_OR_RETURN(const Shingles* const second,
                            ShinglesOf(b, text_of));
  const Shingles& first = shingles_.at(a);
  const Shingles& small = first.size() < second->size() ? first : *second;
  const Shingles& large = first.size() < second->size() ? *second : first;
  if (small.empty()) return false;
  const auto shared = std::count_if(
      small.begin(), small.end(),
      [&large](uint64_t shingle) { return large.contains(shingle); });
  return static_cast<double>(shared) >=
         kShare * static_cast<double>(small.size());
}

absl::StatusOr<uint32_t> SourceCounter::Count(
    const std::vector<Statement>& statements, TextOf text_of) {
  std::set<std::string> sources;
  std::vector<const Statement*> counted;
  for (const Statement& statement : statements) {
    const std::string& relay = statement.relayed_by().actor_id();
    if (!relay.empty()) {
      sources.insert(absl::StrCat("relay ", relay));
      continue;
    }
    const std::string source = absl::StrCat("article ", statement.article_id());
    bool copy = sources.count(source) > 0;
    for (size_t i = 0; i < counted.size() && !copy; ++i) {
      if (!SayTheSame(*counted[i], statement)) continue;
      ONRECORD_ASSIGN_OR_RETURN(
          copy,
          AreCopies(counted[i]->article_id(), statement.article_id(), text_of));
    }
    if (!copy) sources.insert(source);
    counted.push_back(&statement);
  }
  return static_cast<uint32_t>(sources.size());
}

}  // namespace onrecord
