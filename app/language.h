// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace palimpsest {

/// Language of the window.
enum class Language {
    System, ///< that of the desktop where the program knows it, else English
    English,
    German
};

inline const QString kLanguageKey
    = QStringLiteral("look/language"); ///< in the settings, as toString() has it

[[nodiscard]] QString toString(Language language); ///< "system", "en", "de"
[[nodiscard]] std::optional<Language> languageFromString(const QString& name);

/// English or German, which System stands for on this computer.
[[nodiscard]] Language resolved(Language language);

/// Gives all texts that are asked for from now on in `language`: the program's and, where Qt's translations are installed, Qt's.
/// Numbers are written alike in all languages (1,234.5). Once, on the GUI thread, before any window is made.
void useLanguage(Language language);
/// What useLanguage() was called with, resolved; before that English.
[[nodiscard]] Language languageInUse();

} // namespace palimpsest
