// News agencies, and the short names by which reports cite them.

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_NEWS_AGENCIES_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_NEWS_AGENCIES_H_

#include "absl/strings/string_view.h"

namespace onrecord {
namespace extract {

// The name of the news agency that reports cite by `short_name` alone:
// "Associated Press" for "AP". Empty if there is none. Case counts. They come
// from a codebook that is built in, news_agencies.json: a short name that more
// often means something else ("PA", "PTI") is not in it.
//
// Thread-safe. What is returned is never destroyed.
absl::string_view FindNewsAgency(absl::string_view short_name);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_NEWS_AGENCIES_H_
