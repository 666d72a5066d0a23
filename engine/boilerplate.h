// Lines that stand in an article and are none of it.

#ifndef ONRECORD_ENGINE_BOILERPLATE_H_
#define ONRECORD_ENGINE_BOILERPLATE_H_

#include "absl/strings/string_view.h"

namespace onrecord {

// Whether `line`, a paragraph of English news, is no part of the article
// that it stands in: a byline, a credit or caption, a link to another story
// ("Read more: …"), an advertisement, an invitation to subscribe, to follow or
// to share, a cookie notice, a copyright line. Decided by how the line begins
// and ends, and in doubt no.
bool IsBoilerplate(absl::string_view line);

// `line` without the credit in brackets that it ends with: "(Reporting by Ana
// Ruiz; editing by Kenji Mori)". A view into `line`.
absl::string_view WithoutCredit(absl::string_view line);

// `line` without the time of day with a dash that an entry of a live page
// begins with: "17:31 – ". A view into `line`.
absl::string_view WithoutTimeStamp(absl::string_view line);

// Whether `line` heads what follows an article: "Related stories", "Most read".
bool EndsArticle(absl::string_view line);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_BOILERPLATE_H_
