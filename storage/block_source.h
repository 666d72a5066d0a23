// Blocks, one after the other, wherever they are stored.

#ifndef ONRECORD_STORAGE_BLOCK_SOURCE_H_
#define ONRECORD_STORAGE_BLOCK_SOURCE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/block.h"

namespace onrecord {

// DATA_LOSS at a place of the log; UNAVAILABLE stays what it is.
absl::Status LogDamage(uint64_t log_position, const absl::Status& status);
absl::Status LogDamage(uint64_t log_position, absl::string_view reason);

// Gives blocks in the order in which somebody reads. Thread-compatible.
class BlockSource {
 public:
  virtual ~BlockSource() = default;

  // Whether it stands on a block, good or damaged.
  virtual bool Valid() const = 0;

  virtual void Next() = 0;

  // The block that it stands on, empty if that is damaged. Until the next move.
  // REQUIRES: Valid().
  virtual const Block& block() const = 0;
  virtual absl::string_view bytes() const = 0;

  // The last log position of the block, by its key. REQUIRES: Valid().
  virtual uint64_t key() const = 0;

  // What is wrong with the block that it stands on, if anything, else with
  // reading. The reason alone, no place.
  virtual const absl::Status& status() const = 0;
};

}  // namespace onrecord

#endif  // ONRECORD_STORAGE_BLOCK_SOURCE_H_
