// What is left as it is: "held its rate at 5%".

#ifndef ONRECORD_ENGINE_EXTRACT_STANCE_STATUS_QUO_H_
#define ONRECORD_ENGINE_EXTRACT_STANCE_STATUS_QUO_H_

#include <string>

#include "engine/extract/text/document.h"
#include "engine/extract/text/token_range.h"

namespace onrecord {
namespace extract {

// Which side of `proposition` it is to leave things as they are: -1 if it asks
// for another level ("should cut its rate", "should rise by a tenth"), +1 if
// it asks to keep one, 0 if it asks for something else.
int StatusQuoSide(const std::string& proposition);

// The words in `range` that say that something is left as it is, from the verb
// to what it is left as: "left its base rate unchanged", "stays at 5%". Empty
// if there are none.
TokenRange FindStatusQuo(const Document& document, TokenRange range);

}  // namespace extract
}  // namespace onrecord

#endif  // ONRECORD_ENGINE_EXTRACT_STANCE_STATUS_QUO_H_
