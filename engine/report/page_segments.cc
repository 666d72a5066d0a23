#include "engine/report/page_segments.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/projections/day.h"

namespace onrecord {
namespace {

constexpr uint32_t kOwn = 1;
constexpr uint32_t kRolledUp = 2;

uint32_t ViewOf(bool rollup) { return rollup ? kRolledUp : kOwn; }

// Gives each of the strings that a column may hold a number.
class Words {
 public:
  explicit Words(google::protobuf::RepeatedPtrField<std::string>* words)
      : words_(words) {}

  uint32_t NumberOf(const std::string& word) {
    const auto [at, is_new] =
        numbers_.try_emplace(word, static_cast<uint32_t>(numbers_.size()));
    if (is_new) words_->Add(std::string(word));
    return at->second;
  }

 private:
  google::protobuf::RepeatedPtrField<std::string>* const words_;
  absl::flat_hash_map<std::string, uint32_t> numbers_;
};

// The ids of `names`, in order of the names.
std::vector<std::pair<std::string, std::string>> ByName(
    const absl::flat_hash_map<std::string, std::string>& names) {
  std::vector<std::pair<std::string, std::string>> sorted;
  for (const auto& [id, name] : names) sorted.emplace_back(name, id);
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace

void PageSegmentTable::NameActor(const std::string& id,
                                 const std::string& name) {
  actor_names_[id] = name.empty() ? id : name;
}

void PageSegmentTable::NameTopic(const std::string& id,
                                 const std::string& name) {
  topic_names_[id] = name.empty() ? id : name;
}

void PageSegmentTable::AddPosition(const PositionRow& row,
                                   const std::vector<uint32_t>& evidence,
                                   bool rollup) {
  NameActor(row.actor_id(), row.actor_name());
  NameTopic(row.topic(), row.topic_name());
  const std::string key = absl::StrCat(
      row.actor_id(), "\n", row.topic(), "\n", row.from(), "\n", row.to(), "\n",
      row.stance(), "\n", row.label(), "\n", absl::StrJoin(evidence, ","));
  segments_.Note(key, ViewOf(rollup),
                 {row.actor_id(), row.topic(), ParseDayRange(row.from()).first,
                  row.to().empty() ? kEver : ParseDayRange(row.to()).first,
                  row.stance(), row.label(), row.conditional(), evidence});
}

void PageSegmentTable::AddShift(const ShiftRow& row, bool rollup) {
  const std::string key = absl::StrCat(
      row.actor_id(), "\n", row.topic(), "\n", row.day(), "\n", row.kind(),
      "\n", row.from_label(), "\n", row.to_label(), "\n", row.other_speaker());
  shifts_.Note(
      key, ViewOf(rollup),
      {row.actor_id(), row.topic(), ParseDayRange(row.day()).first, row.kind(),
       row.from_label(), row.to_label(), row.other_speaker()});
}

void PageSegmentTable::End() {
  segments_.End(point_);
  shifts_.End(point_);
}

void PageSegmentTable::WriteActors(const std::vector<ActorRow>& rows,
                                   PageData& data) {
  absl::flat_hash_map<std::string, std::string> kinds;
  for (const ActorRow& row : rows) kinds[row.actor_id()] = row.kind();
  for (const auto& [name, id] : ByName(actor_names_)) {
    actor_numbers_[id] = static_cast<uint32_t>(data.actors_size());
    PageActor& actor = *data.add_actors();
    actor.set_id(id);
    actor.set_name(name);
    actor.set_kind(kinds[id]);
  }
}

void PageSegmentTable::WriteTopics(const std::vector<TopicRow>& rows,
                                   PageData& data) {
  absl::flat_hash_map<std::string, std::string> propositions;
  for (const TopicRow& row : rows) {
    propositions[row.topic()] = row.proposition();
  }
  for (const auto& [name, id] : ByName(topic_names_)) {
    topic_numbers_[id] = static_cast<uint32_t>(data.topics_size());
    PageTopic& topic = *data.add_topics();
    topic.set_id(id);
    topic.set_name(name);
    topic.set_proposition(propositions[id]);
  }
}

void PageSegmentTable::WriteSegments(PageSegments& columns) {
  using Entry = KnownRows<Segment>::Entry;
  std::vector<Entry>& entries = segments_.entries();
  const auto order = [this](const Entry& entry) {
    return std::make_tuple(actor_numbers_[entry.row.actor_id],
                           topic_numbers_[entry.row.topic_id], entry.row.from,
                           entry.known_from, entry.row.to, entry.views);
  };
  std::stable_sort(
      entries.begin(), entries.end(),
      [&](const Entry& a, const Entry& b) { return order(a) < order(b); });
  Words labels(columns.mutable_labels());
  for (const Entry& entry : entries) {
    columns.add_actor(actor_numbers_[entry.row.actor_id]);
    columns.add_topic(topic_numbers_[entry.row.topic_id]);
    columns.add_from(entry.row.from);
    columns.add_to(entry.row.to);
    columns.add_stance(entry.row.stance);
    columns.add_label(labels.NumberOf(entry.row.label));
    columns.add_conditional(entry.row.conditional);
    for (const uint32_t statement : entry.row.evidence) {
      columns.add_evidence(statement);
    }
    columns.add_evidence_end(static_cast<uint32_t>(columns.evidence_size()));
    columns.add_views(entry.views);
    columns.add_known_from(entry.known_from);
    columns.add_known_until(entry.known_until);
  }
}

void PageSegmentTable::WriteShifts(PageShifts& columns) {
  using Entry = KnownRows<Shift>::Entry;
  std::vector<Entry>& entries = shifts_.entries();
  const auto order = [this](const Entry& entry) {
    return std::make_tuple(actor_numbers_[entry.row.actor_id],
                           topic_numbers_[entry.row.topic_id], entry.row.day,
                           entry.known_from, entry.row.kind, entry.views);
  };
  std::stable_sort(
      entries.begin(), entries.end(),
      [&](const Entry& a, const Entry& b) { return order(a) < order(b); });
  Words words(columns.mutable_words());
  for (const Entry& entry : entries) {
    columns.add_actor(actor_numbers_[entry.row.actor_id]);
    columns.add_topic(topic_numbers_[entry.row.topic_id]);
    columns.add_day(entry.row.day);
    columns.add_kind(words.NumberOf(entry.row.kind));
    columns.add_before(words.NumberOf(entry.row.before));
    columns.add_after(words.NumberOf(entry.row.after));
    columns.add_other_speaker(entry.row.other_speaker);
    columns.add_views(entry.views);
    columns.add_known_from(entry.known_from);
    columns.add_known_until(entry.known_until);
  }
}

void PageSegmentTable::Write(const std::vector<ActorRow>& actors,
                             const std::vector<TopicRow>& topics,
                             PageData& data) {
  WriteActors(actors, data);
  WriteTopics(topics, data);
  WriteSegments(*data.mutable_segments());
  WriteShifts(*data.mutable_shifts());
}

}  // namespace onrecord
