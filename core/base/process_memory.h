// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace palimpsest {

/// Memory of this process that is in RAM now, in bytes; 0 where the system does not say (/proc/self/status).
[[nodiscard]] std::int64_t residentBytes();
/// The most that residentBytes() was since the process began, or since restartPeak(); 0 where the system does not say.
[[nodiscard]] std::int64_t peakResidentBytes();
void restartPeak();

} // namespace palimpsest
