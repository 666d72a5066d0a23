// The version of the engine.

#ifndef ONRECORD_ENGINE_VERSION_H_
#define ONRECORD_ENGINE_VERSION_H_

namespace onrecord {

// Recorded in every event that the engine produces.
inline constexpr char kVersion[] = "0.1.0";

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_VERSION_H_
