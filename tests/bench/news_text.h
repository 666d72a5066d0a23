// Made-up news text of any length, the same for the same seed.

#ifndef ONRECORD_TESTS_BENCH_NEWS_TEXT_H_
#define ONRECORD_TESTS_BENCH_NEWS_TEXT_H_

#include <cstdint>
#include <string>

namespace onrecord {
namespace bench {

// At least `bytes` of paragraphs as news agencies write them, a paragraph of
// three to five sentences at most longer: people with offices, bodies and
// countries who say, want and do things, and sentences in which nobody does.
std::string MakeNewsText(size_t bytes, uint32_t seed);

}  // namespace bench
}  // namespace onrecord

#endif  // ONRECORD_TESTS_BENCH_NEWS_TEXT_H_
