#include "engine/projections/statement_index.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/projections/bytes.h"
#include "engine/projections/key.h"
#include "storage/hash.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Tables: pages ('L') by number, and the index of ids ('I').
constexpr char kPages = 'L';
constexpr char kIds = 'I';

// A start of ids that is in so many pages leads to no more of them.
constexpr size_t kMaxPagesOfStart = 8;

// So many pages are kept in memory: a correction often comes soon.
constexpr size_t kMaxLoadedPages = 1024;

Key PageKey(uint64_t number) { return Key(kPages).Number(number); }

absl::Status Undecodable() {
  return absl::DataLossError("a page of statements does not decode");
}

// What the ids of one article begin with; the whole id if nothing parts it.
absl::string_view StartOf(absl::string_view id) {
  const size_t end = id.find_last_of("@/#:");
  return end == absl::string_view::npos ? id : id.substr(0, end + 1);
}

uint64_t HashOf(absl::string_view text) { return Checksum(text); }

absl::StatusOr<std::unique_ptr<StatementPage>> ReadPage(
    uint64_t number, const ProjectionReader& reader) {
  ONRECORD_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                            reader.Get(PageKey(number)));
  if (!bytes.has_value()) return std::unique_ptr<StatementPage>();
  auto page = std::make_unique<StatementPage>(number);
  if (!page->Decode(*bytes)) return Undecodable();
  return page;
}

}  // namespace

StatementIndex::StatementIndex() : ids_(kIds) {}

// The page with this number, empty if it is not stored.
absl::StatusOr<StatementIndex::Loaded*> StatementIndex::Load(
    uint64_t number, ProjectionState& state) {
  if (last_ != nullptr && last_->page->number() == number) return last_;
  const auto found = pages_.find(number);
  if (found != pages_.end()) return &found->second;
  MakeRoom(state);
  std::unique_ptr<StatementPage> page;
  // Pages are begun in order: one behind all that were is not stored.
  if (number <= last_begun_ || last_begun_ == 0) {
    ONRECORD_ASSIGN_OR_RETURN(page, ReadPage(number, state));
  }
  if (page == nullptr && !spare_.empty()) {
    page = std::move(spare_.back());
    spare_.pop_back();
    page->Reset(number);
  } else if (page == nullptr) {
    page = std::make_unique<StatementPage>(number);
  }
  last_ = nullptr;  // the map may move what it holds
  Loaded& loaded = pages_[number];
  loaded.page = std::move(page);
  return &loaded;
}

// Looks up in which pages ids with the start of `id` are, unless that is known.
absl::Status StatementIndex::LookUpStart(absl::string_view id,
                                         ProjectionState& state) {
  const absl::string_view start = StartOf(id);
  if (start_known_ && start_ == start) return absl::OkStatus();
  start_known_ = false;
  start_pages_.clear();
  ONRECORD_RETURN_IF_ERROR(ids_.Find(HashOf(start), state, &start_pages_));
  start_ = std::string(start);
  start_known_ = true;
  return absl::OkStatus();
}

// The page that has `id`, and the row; null if there is none.
absl::StatusOr<StatementIndex::Loaded*> StatementIndex::FindPage(
    absl::string_view id, ProjectionState& state, StatementPage::Row** row) {
  last_hash_ = HashOf(id);
  ONRECORD_RETURN_IF_ERROR(LookUpStart(id, state));
  const IdIndex::Pages* pages = &start_pages_;
  IdIndex::Pages with_own;
  if (start_pages_.size() >= kMaxPagesOfStart) {
    with_own = start_pages_;
    ONRECORD_RETURN_IF_ERROR(ids_.Find(last_hash_, state, &with_own));
    pages = &with_own;
  }
  for (const uint64_t number : *pages) {
    ONRECORD_ASSIGN_OR_RETURN(Loaded* const loaded, Load(number, state));
    *row = loaded->page->Find(id, static_cast<uint32_t>(last_hash_));
    if (*row != nullptr) return loaded;
  }
  return nullptr;
}

absl::StatusOr<const StatementSummary*> StatementIndex::Find(
    absl::string_view id, ProjectionState& state) {
  StatementPage::Row* row = nullptr;
  ONRECORD_ASSIGN_OR_RETURN(Loaded* const loaded, FindPage(id, state, &row));
  return loaded == nullptr ? nullptr : &row->summary;
}

absl::Status StatementIndex::Put(absl::string_view id, StatementSummary summary,
                                 ProjectionState& state) {
  StatementPage::Row* row = nullptr;
  ONRECORD_ASSIGN_OR_RETURN(Loaded* const loaded, FindPage(id, state, &row));
  if (loaded == nullptr) return Add(id, std::move(summary), state);
  if (!loaded->changed) changed_bytes_ += sizeof(StatementPage);
  loaded->changed = true;
  row->summary = std::move(summary);
  return absl::OkStatus();
}

absl::Status StatementIndex::Add(absl::string_view id, StatementSummary summary,
                                 ProjectionState& state) {
  const uint64_t number = StatementPage::NumberOf(summary.log_position);
  if (start_pages_.empty() || start_pages_.back() != number) {
    if (start_pages_.size() < kMaxPagesOfStart) {
      ONRECORD_RETURN_IF_ERROR(ids_.Add(HashOf(start_), number, state));
      start_pages_.push_back(number);
    } else {
      ONRECORD_RETURN_IF_ERROR(ids_.Add(last_hash_, number, state));
    }
  }
  ONRECORD_ASSIGN_OR_RETURN(Loaded* const loaded, Load(number, state));
  last_ = loaded;
  last_begun_ = number;
  loaded->changed = true;
  loaded->page->Append(id, static_cast<uint32_t>(last_hash_),
                       std::move(summary));
  changed_bytes_ += sizeof(StatementPage::Row) + id.size();
  return absl::OkStatus();
}

void StatementIndex::WriteChanged(ProjectionState& state) {
  std::vector<uint64_t> changed;
  for (const auto& [number, loaded] : pages_) {
    if (loaded.changed) changed.push_back(number);
  }
  std::sort(changed.begin(), changed.end());
  for (const uint64_t number : changed) {
    Loaded& loaded = pages_.at(number);
    state.Put(PageKey(number), loaded.page->Encode());
    loaded.changed = false;
  }
  changed_bytes_ = 0;
}

void StatementIndex::MakeRoom(ProjectionState& state) {
  if (pages_.size() < kMaxLoadedPages) return;
  WriteChanged(state);
  for (auto& [number, loaded] : pages_) {
    spare_.push_back(std::move(loaded.page));
  }
  pages_.clear();
  last_ = nullptr;
}

void StatementIndex::Flush(ProjectionState& state) {
  WriteChanged(state);
  ids_.Flush(state);
}

void StatementIndex::Drop() {
  ids_.Drop();
  pages_.clear();
  last_ = nullptr;
  last_begun_ = 0;
  changed_bytes_ = 0;
  start_known_ = false;
}

absl::StatusOr<std::string> StatementIds::At(uint64_t log_position) {
  const uint64_t number = StatementPage::NumberOf(log_position);
  if (pages_.size() > kMaxLoadedPages) pages_.clear();
  std::unique_ptr<StatementPage>& page = pages_[number];
  if (page == nullptr) {
    ONRECORD_ASSIGN_OR_RETURN(page, ReadPage(number, state_));
    if (page == nullptr) return Undecodable();
  }
  const auto& rows = page->rows();
  const auto row =
      std::lower_bound(rows.begin(), rows.end(), log_position,
                       [](const StatementPage::Row& a, uint64_t b) {
                         return a.summary.log_position < b;
                       });
  if (row == rows.end() || row->summary.log_position != log_position) {
    return Undecodable();
  }
  return std::string(page->IdOf(*row));
}

}  // namespace onrecord
