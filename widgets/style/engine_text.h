// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace palimpsest {

/// A text that the engine puts together while it runs (why a stage is stale, the step of a job, what a prediction lacks) in the
/// language of the window. Names, numbers and what no translation knows, such as the sentences of errors, stay as they are.
[[nodiscard]] QString engineText(const std::string& english);

} // namespace palimpsest
