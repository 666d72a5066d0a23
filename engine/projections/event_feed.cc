#include "engine/projections/event_feed.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"

namespace onrecord {
namespace {

constexpr size_t kEventsPerBatch = 1024;

// How many batches may be under way: more would only take memory.
constexpr size_t kBatches = 4;

constexpr size_t kChunkBytes = size_t{64} << 10;

}  // namespace

absl::string_view StableBytes::Copy(absl::string_view bytes) {
  while (chunk_ < chunks_.size() &&
         chunks_[chunk_].size - used_ < bytes.size()) {
    ++chunk_;
    used_ = 0;
  }
  if (chunk_ == chunks_.size()) {
    const size_t size = std::max(kChunkBytes, bytes.size());
    chunks_.push_back({std::make_unique<char[]>(size), size});
  }
  char* const copy = chunks_[chunk_].bytes.get() + used_;
  bytes.copy(copy, bytes.size());
  used_ += bytes.size();
  return absl::string_view(copy, bytes.size());
}

void StableBytes::Clear() {
  chunk_ = 0;
  used_ = 0;
}

EventFeed::EventFeed(EventLog* log, const FeedOptions& options)
    : options_(options),
      reader_(log->ReadLog(options.first_log_position,
                           {Direction::kForwards, options.last_log_position})) {
  if (!options_.ahead) {
    current_ = std::make_unique<EventBatch>();
    return;
  }
  for (size_t i = 0; i < kBatches; ++i) {
    empty_.push_back(std::make_unique<EventBatch>());
  }
  thread_ = std::thread([this] { ReadAhead(); });
}

EventFeed::~EventFeed() {
  if (!thread_.joinable()) return;
  {
    MutexLock lock(&mu_);
    stopped_ = true;
    changed_.SignalAll();
  }
  thread_.join();
}

const EventBatch* EventFeed::Next() {
  if (!options_.ahead) {
    if (Fill(current_.get())) return current_.get();
    status_ = reader_->status();
    return nullptr;
  }
  MutexLock lock(&mu_);
  if (current_ != nullptr) {
    empty_.push_back(std::move(current_));
    changed_.SignalAll();
  }
  while (filled_.empty() && !at_end_) changed_.Wait(&mu_);
  if (filled_.empty()) {
    status_ = reader_->status();  // the thread has done with it
    return nullptr;
  }
  current_ = std::move(filled_.front());
  filled_.pop_front();
  return current_.get();
}

void EventFeed::ReadAhead() {
  while (true) {
    std::unique_ptr<EventBatch> batch;
    {
      MutexLock lock(&mu_);
      while (empty_.empty() && !stopped_) changed_.Wait(&mu_);
      if (stopped_) return;
      batch = std::move(empty_.back());
      empty_.pop_back();
    }
    const bool any = Fill(batch.get());
    MutexLock lock(&mu_);
    if (any) filled_.push_back(std::move(batch));
    at_end_ = !any;
    changed_.SignalAll();
    if (!any) return;
  }
}

bool EventFeed::Fill(EventBatch* batch) {
  batch->items_.clear();
  batch->bytes_.Clear();
  batch->events_used_ = 0;
  bool last = false;
  while (reader_->Valid() && !last) {
    EventBatch::Item& item = batch->items_.emplace_back();
    if (!FillItem(batch, &item)) return false;
    last = batch->items_.size() == kEventsPerBatch ||
           item.log_position == options_.last_log_position;
    if (last) {
      const RecordedEvent& event = reader_->event();
      if (!reader_->Valid()) return false;
      batch->last_event_id_ = event.event().id();
      batch->last_recorded_time_us_ = event.recorded_time_us();
    }
    reader_->Next();
  }
  // A log that ends too early is damaged.
  return last;
}

bool EventFeed::FillItem(EventBatch* batch, EventBatch::Item* item) {
  item->log_position = reader_->log_position();
  BriefResult found = BriefResult::kOther;
  if (options_.briefs && !reader_->bytes().empty()) {
    found = ReadBrief(batch->bytes_.Copy(reader_->bytes()), &item->brief);
  }
  const RecordedEvent* event = nullptr;
  if (options_.messages || found != BriefResult::kBrief) {
    if (batch->events_used_ == batch->events_.size()) {
      batch->events_.emplace_back();
    }
    RecordedEvent& message = batch->events_[batch->events_used_++];
    if (!reader_->Read(&message)) return false;
    event = &message;
    if (options_.briefs && found != BriefResult::kBrief) {
      found = ReadBrief(message.event(), &item->brief);
    }
  }
  item->event = event;
  item->has_brief = found == BriefResult::kBrief;
  if (!item->has_brief) return true;
  item->brief.log_position = item->log_position;
  return true;
}

}  // namespace onrecord
