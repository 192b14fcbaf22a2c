// Which program this is.
#pragma once

namespace biaod::daemon {

inline constexpr const char* version = BIAOD_VERSION;  // set by the build from the project's version

// Grows when reading the same file anew would give another record: the same content is then read again.
inline constexpr const char* pipeline_version = "1";

}  // namespace biaod::daemon
