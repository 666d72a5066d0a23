// What a speaker is to what is told: a medium that passes on, or one who speaks
// for a body.

#ifndef ONRECORD_ENGINE_EXTRACT_SPEAKERS_AFFILIATION_H_
#define ONRECORD_ENGINE_EXTRACT_SPEAKERS_AFFILIATION_H_

#include "engine/extract/speakers/entity_book.h"

namespace onrecord {
namespace extract {

// Whether `record` is a newspaper, a broadcaster or an agency, as its name or
// what the text calls it says.
bool IsMedium(const EntityRecord& record);

// Whether `record` may be a medium whose name does not say so: an organisation
// that the text calls nothing else.
bool MayBeMedium(const EntityRecord& record);

// Whether `speaker` speaks for `body`: holds an office of it, is unnamed and
// speaks from it, or its words are no others than the body's members'.
bool SpeaksFor(const EntityRecord& speaker, const EntityRecord& body);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_SPEAKERS_AFFILIATION_H_
