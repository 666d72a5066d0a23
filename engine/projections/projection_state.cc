#include "engine/projections/projection_state.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace onrecord {
namespace {

constexpr size_t kMaxKeyBytes = 1024;

// About what one change costs beside its bytes.
constexpr size_t kChangeOverhead = 64;

// How much of what is spilled is written at a time. Keys come in order, so that
// each file that the store makes of some of them begins where another ended.
constexpr size_t kSpillBytes = size_t{1} << 20;

class ScopedScan : public ProjectionScan {
 public:
  ScopedScan(std::unique_ptr<ProjectionScan> scan, size_t scope)
      : scan_(std::move(scan)), scope_(scope) {}

  bool Valid() const override { return scan_->Valid(); }
  void Next() override { scan_->Next(); }
  absl::string_view key() const override { return scan_->key().substr(scope_); }
  absl::string_view value() const override { return scan_->value(); }
  absl::Status status() const override { return scan_->status(); }

 private:
  const std::unique_ptr<ProjectionScan> scan_;
  const size_t scope_;
};

// What is stored and what was changed, as one ordered walk.
template <typename Iterator>
class MergedScan : public ProjectionScan {
 public:
  MergedScan(std::unique_ptr<ProjectionScan> stored, Iterator changed,
             Iterator end)
      : stored_(std::move(stored)), changed_(changed), end_(end) {
    Settle();
  }

  bool Valid() const override { return stored_->Valid() || changed_ != end_; }

  void Next() override {
    Step();
    Settle();
  }

  absl::string_view key() const override {
    return on_change_ ? absl::string_view(changed_->first) : stored_->key();
  }
  absl::string_view value() const override {
    return on_change_ ? absl::string_view(*changed_->second) : stored_->value();
  }
  absl::Status status() const override { return stored_->status(); }

 private:
  void Step() {
    if (!on_change_) return stored_->Next();
    if (stored_->Valid() && stored_->key() == changed_->first) stored_->Next();
    ++changed_;
  }

  // Goes on to an entry that was not deleted.
  void Settle() {
    while (Valid()) {
      on_change_ = changed_ != end_ &&
                   (!stored_->Valid() || changed_->first <= stored_->key());
      if (!on_change_ || changed_->second.has_value()) return;
      Step();
    }
  }

  const std::unique_ptr<ProjectionScan> stored_;
  Iterator changed_;
  const Iterator end_;
  bool on_change_ = false;
};

// The greatest key of at most kMaxKeyBytes bytes before `key`, which must not
// be empty.
std::string KeyBefore(absl::string_view key) {
  std::string before(key);
  if (before.back() == '\0') {
    before.pop_back();
    return before;
  }
  before.back() = static_cast<char>(before.back() - 1);
  if (before.size() < kMaxKeyBytes) {
    before.append(kMaxKeyBytes - before.size(), '\xff');
  }
  return before;
}

}  // namespace

ScopedReader::ScopedReader(const ProjectionReader* reader,
                           absl::string_view projection)
    : reader_(reader), scope_(absl::StrCat(projection, "/")) {}

absl::StatusOr<std::optional<std::string>> ScopedReader::Get(
    absl::string_view key) const {
  return reader_->Get(absl::StrCat(scope_, key));
}

std::unique_ptr<ProjectionScan> ScopedReader::Scan(
    absl::string_view prefix, absl::string_view from) const {
  return std::make_unique<ScopedScan>(
      reader_->Scan(absl::StrCat(scope_, prefix),
                    from.empty() ? "" : absl::StrCat(scope_, from)),
      scope_.size());
}

absl::StatusOr<std::optional<std::pair<std::string, std::string>>>
ScopedReader::Floor(absl::string_view prefix, absl::string_view at) const {
  ONRECORD_ASSIGN_OR_RETURN(
      auto entry,
      reader_->Floor(absl::StrCat(scope_, prefix), absl::StrCat(scope_, at)));
  if (entry.has_value()) entry->first.erase(0, scope_.size());
  return entry;
}

ProjectionState::ProjectionState(const ProjectionReader* store,
                                 absl::string_view projection,
                                 bool may_use_threads)
    : stored_(store, projection), may_use_threads_(may_use_threads) {}

absl::StatusOr<std::optional<std::string>> ProjectionState::Get(
    absl::string_view key) const {
  const auto it = changes_.find(key);
  if (it != changes_.end()) return it->second;
  return stored_.Get(key);
}

std::unique_ptr<ProjectionScan> ProjectionState::Scan(
    absl::string_view prefix, absl::string_view from) const {
  auto begin = changes_.lower_bound(from > prefix ? from : prefix);
  auto end = begin;
  while (end != changes_.end() && absl::StartsWith(end->first, prefix)) ++end;
  return std::make_unique<MergedScan<Changes::const_iterator>>(
      stored_.Scan(prefix, from), begin, end);
}

absl::StatusOr<std::optional<std::pair<std::string, std::string>>>
ProjectionState::Floor(absl::string_view prefix, absl::string_view at) const {
  std::string bound(at);
  while (true) {
    auto change = changes_.upper_bound(bound);
    const bool changed = change != changes_.begin() &&
                         absl::StartsWith((--change)->first, prefix);
    ONRECORD_ASSIGN_OR_RETURN(auto stored, stored_.Floor(prefix, bound));
    if (!changed || (stored.has_value() && stored->first > change->first)) {
      return stored;
    }
    if (change->second.has_value()) {
      return std::make_pair(change->first, *change->second);
    }
    if (change->first == prefix) return std::nullopt;
    bound = KeyBefore(change->first);
  }
}

void ProjectionState::Put(absl::string_view key, std::string value) {
  auto [it, added] = changes_.try_emplace(std::string(key));
  pending_bytes_ += added ? key.size() + kChangeOverhead : 0;
  pending_bytes_ -= it->second.has_value() ? it->second->size() : 0;
  pending_bytes_ += value.size();
  it->second = std::move(value);
}

void ProjectionState::Delete(absl::string_view key) {
  auto [it, added] = changes_.try_emplace(std::string(key));
  pending_bytes_ += added ? key.size() + kChangeOverhead : 0;
  pending_bytes_ -= it->second.has_value() ? it->second->size() : 0;
  it->second = std::nullopt;
}

absl::Status ProjectionState::Add(absl::string_view key, int64_t delta) {
  ONRECORD_ASSIGN_OR_RETURN(const int64_t number, GetNumber(key));
  Put(key, absl::StrCat(number + delta));
  return absl::OkStatus();
}

absl::StatusOr<int64_t> ProjectionState::GetNumber(
    absl::string_view key) const {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> text, Get(key));
  int64_t number = 0;
  if (text.has_value() && !absl::SimpleAtoi(*text, &number)) {
    return absl::DataLossError("a number of a projection does not decode");
  }
  return number;
}

void ProjectionState::WriteTo(ProjectionBatch* batch) const {
  for (const auto& [key, value] : changes_) WriteChange(key, value, batch);
}

void ProjectionState::WriteChange(absl::string_view key,
                                  const std::optional<std::string>& value,
                                  ProjectionBatch* batch) const {
  const std::string stored = absl::StrCat(stored_.scope(), key);
  if (value.has_value()) {
    batch->Put(stored, *value);
  } else {
    batch->Delete(stored);
  }
}

absl::Status ProjectionState::Spill(ProjectionStore* store) {
  ProjectionBatch batch;
  for (const auto& [key, value] : changes_) {
    WriteChange(key, value, &batch);
    if (batch.bytes() < kSpillBytes) continue;
    ONRECORD_RETURN_IF_ERROR(store->Write(batch));
    batch.Clear();
  }
  ONRECORD_RETURN_IF_ERROR(store->Write(batch));
  Forget();
  return absl::OkStatus();
}

void ProjectionState::Forget() {
  changes_.clear();
  pending_bytes_ = 0;
}

}  // namespace onrecord
