// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPalette>
#include <QString>

#include <optional>

namespace palimpsest {

enum class Theme { System, Light, Dark };

[[nodiscard]] QString toString(Theme theme); ///< "system": for the settings, not for people
[[nodiscard]] std::optional<Theme> themeFromString(const QString& name);

/// The program's own palettes for the style Fusion. Text on each ground has a contrast of at least 4.5 : 1.
[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();
/// Whether a palette writes light text on dark.
[[nodiscard]] bool isDark(const QPalette& palette);

/// Look and text size of the whole application. Make one, before the first window.
class ThemeSwitch : public QObject {
    Q_OBJECT
public:
    static constexpr int kSmallestText = 70; ///< per cent of the system's size
    static constexpr int kLargestText = 200;

    explicit ThemeSwitch(QObject* parent = nullptr);

    /// System: style and palette of the desktop, which change when the desktop's do.
    void setTheme(Theme theme);
    [[nodiscard]] Theme theme() const { return m_theme; }

    /// Per cent of the system's text size; clamped.
    void setTextSize(int percent);
    [[nodiscard]] int textSize() const { return m_textSize; }

private:
    QString m_systemStyle;
    double m_systemPointSize = 0.0;
    Theme m_theme = Theme::System;
    int m_textSize = 100;
};

} // namespace palimpsest
