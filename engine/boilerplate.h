// Lines that stand in an article and are none of it.

#ifndef ONRECORD_ENGINE_BOILERPLATE_H_
#define ONRECORD_ENGINE_BOILERPLATE_H_

#include "absl/strings/string_view.h"

namespace onrecord {

// Whether `line`, a paragraph of an English page, is no part of the article
// that it stands in: a byline, a credit or caption, a link to another story
// ("Read more: …"), an advertisement, an invitation to subscribe, to follow or
// to share, a cookie notice, a copyright line. Decided by how the line begins,
// and in doubt no.
bool IsBoilerplate(absl::string_view line);

// Whether `line` heads what follows an article: "Related stories", "Most read".
bool EndsArticle(absl::string_view line);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_BOILERPLATE_H_
