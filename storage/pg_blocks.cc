#include "storage/pg_blocks.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/block.h"
#include "storage/pg_params.h"
#include "storage/status_macros.h"

namespace onrecord {
namespace {

// Rows of the first page, which may be all that is wanted, and of later ones.
constexpr uint64_t kFirstRows = 16;
constexpr uint64_t kRows = 256;

// A page ends after about 4 MiB, though a single block may be larger. $1 is the
// place after which it begins, in the order of reading, $2 how many rows.
#define ONRECORD_PG_PAGE(rows, order)                                      \
  "SELECT place, key, bytes FROM (SELECT place, key, bytes,"               \
  " sum(octet_length(bytes)) OVER (ORDER BY place " order                  \
  " ROWS UNBOUNDED PRECEDING) - octet_length(bytes) AS before FROM (" rows \
  " ORDER BY place " order                                                 \
  " LIMIT $2) AS page) AS sized WHERE before < 4194304 ORDER BY place " order

constexpr char kLogForwards[] = ONRECORD_PG_PAGE(
    "SELECT last_log_position AS place, last_log_position AS key, bytes"
    " FROM blocks WHERE last_log_position > $1",
    "");
constexpr char kLogBackwards[] = ONRECORD_PG_PAGE(
    "SELECT last_log_position AS place, last_log_position AS key, bytes"
    " FROM blocks WHERE last_log_position < $1",
    "DESC");
constexpr char kLogStart[] =
    "SELECT min(last_log_position) FROM blocks WHERE last_log_position >= $1";

constexpr char kStreamForwards[] = ONRECORD_PG_PAGE(
    "SELECT s.last_revision AS place, b.last_log_position AS key, b.bytes"
    " FROM stream_blocks s JOIN blocks b ON b.last_log_position = s.block"
    " WHERE s.stream = $3 AND s.last_revision > $1",
    "");
constexpr char kStreamBackwards[] = ONRECORD_PG_PAGE(
    "SELECT s.last_revision AS place, b.last_log_position AS key, b.bytes"
    " FROM stream_blocks s JOIN blocks b ON b.last_log_position = s.block"
    " WHERE s.stream = $3 AND s.last_revision < $1",
    "DESC");
constexpr char kStreamStart[] =
    "SELECT min(last_revision) FROM stream_blocks"
    " WHERE last_revision >= $1 AND stream = $2";

// The inner select is answered by the index alone.
constexpr char kKinds[] = ONRECORD_PG_PAGE(
    "SELECT last_log_position AS place, last_log_position AS key, bytes"
    " FROM blocks WHERE last_log_position = ANY (ARRAY("
    "SELECT last_log_position FROM blocks WHERE last_log_position > $1"
    " AND kinds & $3 <> 0 ORDER BY last_log_position LIMIT $2))",
    "");

#undef ONRECORD_PG_PAGE

class PgBlocks : public BlockSource {
 public:
  // `more` is what `sql` takes beside place and rows. Places start after
  // `place` in the order of reading.
  PgBlocks(PgReads* reads, const char* sql, uint64_t place, PgParams more,
           uint64_t bound)
      : reads_(reads),
        sql_(sql),
        more_(std::move(more)),
        bound_(bound),
        place_(place) {
    LoadPage(kFirstRows);
  }

  // Reads nothing, because of `status`.
  explicit PgBlocks(absl::Status status)
      : reads_(nullptr),
        sql_(nullptr),
        bound_(0),
        place_(0),
        status_(std::move(status)) {}

  bool Valid() const override { return page_.has_value(); }

  void Next() override {
    if (++row_ < page_->rows()) return Load();
    if (row_ < asked_rows_ && !page_was_cut_) return End();
    LoadPage(kRows);
  }

  const Block& block() const override { return block_; }
  absl::string_view bytes() const override { return page_->Bytes(row_, 2); }
  uint64_t key() const override { return page_->Int64(row_, 1); }
  const absl::Status& status() const override { return status_; }

 private:
  void End() {
    page_.reset();
    status_ = absl::OkStatus();
  }

  void LoadPage(uint64_t rows) {
    page_.reset();
    row_ = 0;
    PgQuery query{sql_, {}};
    query.params.Int64(place_).Int64(rows).Append(more_);
    absl::StatusOr<std::vector<PgResult>> results =
        reads_->Run({query}, bound_);
    status_ = results.status();
    if (!status_.ok() || results->front().rows() == 0) return;
    page_ = std::move(results->front());
    asked_rows_ = static_cast<int>(rows);
    // Fewer rows than were asked for: the end, or the limit in bytes.
    uint64_t bytes = 0;
    for (int i = 0; i < page_->rows(); ++i) bytes += page_->Bytes(i, 2).size();
    page_was_cut_ = bytes >= (size_t{4} << 20);
    place_ = page_->Int64(page_->rows() - 1, 0);
    Load();
  }

  void Load() {
    status_ = block_.Parse(bytes());
    if (status_.ok() && block_.last_log_position() != key()) {
      status_ = absl::DataLossError("the block belongs elsewhere");
    }
  }

  PgReads* const reads_;
  const char* const sql_;
  const PgParams more_;
  const uint64_t bound_;
  uint64_t place_;  // of the last row of the page
  std::optional<PgResult> page_;
  int row_ = 0;
  int asked_rows_ = 0;
  bool page_was_cut_ = false;
  Block block_;
  absl::Status status_;
};

// Reads backwards from the first place not before `from`, which `start` gives.
std::unique_ptr<BlockSource> NewBackwards(PgReads* reads, const char* start,
                                          const char* sql, uint64_t from,
                                          PgParams more, uint64_t bound) {
  PgQuery query{start, {}};
  query.params.Int64(from).Append(more);
  const absl::StatusOr<std::vector<PgResult>> found =
      reads->Run({query}, bound);
  if (!found.ok()) return std::make_unique<PgBlocks>(found.status());
  const uint64_t place =
      found->front().IsNull(0, 0) ? from : found->front().Int64(0, 0);
  return std::make_unique<PgBlocks>(reads, sql, place + 1, std::move(more),
                                    bound);
}

// PostgreSQL's numbers are signed.
uint64_t Clamp(uint64_t place) {
  return std::min<uint64_t>(place, std::numeric_limits<int64_t>::max() - 1);
}

}  // namespace

std::unique_ptr<BlockSource> NewPgLogBlocks(PgReads* reads,
                                            uint64_t log_position,
                                            uint64_t bound,
                                            Direction direction) {
  log_position = Clamp(log_position);
  if (direction == Direction::kBackwards) {
    return NewBackwards(reads, kLogStart, kLogBackwards, log_position, {},
                        bound);
  }
  return std::make_unique<PgBlocks>(reads, kLogForwards, log_position - 1,
                                    PgParams(), bound);
}

std::unique_ptr<BlockSource> NewPgStreamBlocks(PgReads* reads,
                                               absl::string_view stream,
                                               uint64_t revision,
                                               uint64_t bound,
                                               Direction direction) {
  revision = Clamp(revision);
  PgParams more;
  more.Bytes(stream);
  if (direction == Direction::kBackwards) {
    return NewBackwards(reads, kStreamStart, kStreamBackwards, revision,
                        std::move(more), bound);
  }
  return std::make_unique<PgBlocks>(reads, kStreamForwards, revision - 1,
                                    std::move(more), bound);
}

std::unique_ptr<BlockSource> NewPgKindBlocks(PgReads* reads, uint64_t kinds,
                                             uint64_t log_position,
                                             uint64_t bound) {
  PgParams more;
  more.Int64(kinds);
  return std::make_unique<PgBlocks>(reads, kKinds, Clamp(log_position) - 1,
                                    std::move(more), bound);
}

}  // namespace onrecord
