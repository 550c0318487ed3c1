// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/theme.h"

#include <QApplication>
#include <QFont>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace palimpsest {
namespace {

/// Contrast of WCAG 2.1, from its definition.
double contrast(const QColor& a, const QColor& b)
{
    const auto luminance = [](const QColor& color) {
        const auto linear = [](double part) {
            return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
            + 0.0722 * linear(color.blueF());
    };
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

TEST(Theme, NamesComeBack)
{
    for (const Theme theme : { Theme::System, Theme::Light, Theme::Dark })
        EXPECT_EQ(themeFromString(toString(theme)), theme);
    EXPECT_EQ(themeFromString(QStringLiteral("pink")), std::nullopt);
}

TEST(Theme, TextCanBeReadOnEveryGround)
{
    using Role = QPalette::ColorRole;
    for (const QPalette& palette : { lightPalette(), darkPalette() }) {
        for (const auto& [text, ground] : { std::pair<Role, Role> { QPalette::WindowText, QPalette::Window },
                 { QPalette::Text, QPalette::Base }, { QPalette::Text, QPalette::AlternateBase },
                 { QPalette::ButtonText, QPalette::Button },
                 { QPalette::HighlightedText, QPalette::Highlight },
                 { QPalette::ToolTipText, QPalette::ToolTipBase }, { QPalette::Link, QPalette::Base },
                 { QPalette::PlaceholderText, QPalette::Base } })
            EXPECT_GE(contrast(palette.color(text), palette.color(ground)), 4.5) << text << " on " << ground;
    }
    EXPECT_FALSE(isDark(lightPalette()));
    EXPECT_TRUE(isDark(darkPalette()));
}

TEST(Theme, SwitchesAndComesBack)
{
    const QPalette before = QApplication::palette();
    ThemeSwitch themes;
    themes.setTheme(Theme::Dark);
    EXPECT_TRUE(isDark(QApplication::palette()));
    themes.setTheme(Theme::Light);
    EXPECT_FALSE(isDark(QApplication::palette()));
    themes.setTheme(Theme::System);
    EXPECT_EQ(QApplication::palette().color(QPalette::Window), before.color(QPalette::Window));
}

TEST(Theme, ScalesTextWithinBounds)
{
    const double before = QApplication::font().pointSizeF();
    ThemeSwitch themes;
    themes.setTextSize(150);
    EXPECT_NEAR(QApplication::font().pointSizeF(), 1.5 * before, 0.01);
    themes.setTextSize(100'000);
    EXPECT_EQ(themes.textSize(), ThemeSwitch::kLargestText);
    themes.setTextSize(100);
    EXPECT_NEAR(QApplication::font().pointSizeF(), before, 0.01);
}

} // namespace
} // namespace palimpsest
