// Which way a topic's proposition acts on the thing that it is about.

#ifndef ONRECORD_ENGINE_EXTRACT_STANCE_DIRECTION_H_
#define ONRECORD_ENGINE_EXTRACT_STANCE_DIRECTION_H_

#include <string>

namespace onrecord {
namespace extract {

// Which way `proposition` acts on what it is about: -1 for "Exports should be
// restricted" or "Korea should keep its ban", whose thing is the exports and
// imports, +1 for "The state should compensate farms".
int DirectionOf(const std::string& proposition);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STANCE_DIRECTION_H_
