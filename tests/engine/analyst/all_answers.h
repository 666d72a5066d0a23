// All that a timeline answers, to compare before and after.

#ifndef ONRECORD_TESTS_ENGINE_ANALYST_ALL_ANSWERS_H_
#define ONRECORD_TESTS_ENGINE_ANALYST_ALL_ANSWERS_H_

#include <cstdint>
#include <string>

#include "engine/timeline.h"

namespace onrecord {
namespace testing {

// The answers to every question, as known at a log position, in one text; of
// what decisions left behind only what they say, not that they were made. A
// question that fails fails the test.
std::string AllAnswers(Timeline& timeline, uint64_t known_at = kLatest);

}  // namespace testing
}  // namespace onrecord

#endif  // ONRECORD_TESTS_ENGINE_ANALYST_ALL_ANSWERS_H_
