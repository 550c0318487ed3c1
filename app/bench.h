// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <filesystem>

namespace palimpsest {

class Application;

/// Opens a copy of a project in the real window, runs its pipeline from the first stage while the views are looked at one after
/// the other, and measures: start until the project is shown, the longest time in which the window did not answer, frame rates
/// and memory of large views, opening the ten-task sample where it is there. Takes as long as the run and some seconds.
/// @return what was measured, in milliseconds, frames a second and bytes; an error where the project cannot be opened or run
[[nodiscard]] Result<Json> runBench(Application& application, const std::filesystem::path& folder);

} // namespace palimpsest
