// Words that were reported before.

#ifndef ONRECORD_ENGINE_REPEATS_H_
#define ONRECORD_ENGINE_REPEATS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "engine/actors/directory.h"
#include "engine/projections/day.h"
#include "proto/statement.pb.h"

namespace onrecord {

// Finds statements that repeat an earlier one: the same words (see
// Statement.words_key) of the same speaker, said on one day if both texts say
// when, and within a week of each other if not. Words that are said again at
// another time are a statement of their own.
//
// Thread-compatible.
class RepeatFinder {
 public:
  // Fills in `duplicate_of` if the words of `statement` were recorded by the
  // time that `directory` was read, or given to an earlier call. A statement
  // that is given again does not repeat itself. Returns DATA_LOSS if what is
  // stored does not decode.
  absl::Status Mark(const Directory& directory, Statement& statement);

 private:
  // One that was there before.
  struct Said {
    std::string original;  // itself, or the one that it repeats
    std::string speaker;
    DayRange days;
    bool text_says_when;
  };

  static bool MayBeOne(const Said& a, const Said& b);

  static Said SaidOf(const Statement& statement, const Directory& directory);

  absl::flat_hash_map<uint64_t, std::vector<Said>> marked_;  // by words_key
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPEATS_H_
