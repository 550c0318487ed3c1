// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace palimpsest {

/// A text of the engine (what a setting does, the name of a baseline) in the language of the window; as it is where no
/// translation knows it. resources/i18n/list_core_texts.cpp lists those that translators see.
[[nodiscard]] QString coreText(const std::string& english);

} // namespace palimpsest
