// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/theme.h"

#include "widgets/style/field_outlines.h"
#include "widgets/style/media_icon.h"

#include <QApplication>
#include <QFont>
#include <QLineEdit>
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

TEST(Theme, SignsOfPlayersHaveTheColourOfTexts)
{
    ThemeSwitch themes;
    for (const MediaSign sign : { MediaSign::Play, MediaSign::ToEnd, MediaSign::Forward, MediaSign::Stop }) {
        const QIcon icon = mediaIcon(sign);
        for (const Theme theme : { Theme::Light, Theme::Dark }) {
            themes.setTheme(theme);
            for (const bool isEnabled : { true, false }) {
                const QImage image
                    = icon.pixmap(QSize(24, 24), 2.0, isEnabled ? QIcon::Normal : QIcon::Disabled).toImage();
                EXPECT_EQ(image.pixelColor(image.rect().center()),
                    QApplication::palette().color(
                        isEnabled ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
                EXPECT_EQ(image.pixelColor(0, 0).alpha(), 0);
            }
        }
    }
    themes.setTheme(Theme::System);
}

TEST(Theme, FieldsHaveLinesAroundThemOnBlack)
{
    const QPalette strong(
        Qt::white, Qt::black, Qt::white, Qt::black, Qt::gray, Qt::white, Qt::white, Qt::black, Qt::black);
    EXPECT_TRUE(hasBlackGround(strong));
    EXPECT_FALSE(hasBlackGround(lightPalette()));
    EXPECT_FALSE(hasBlackGround(darkPalette()));
    const ThemeSwitch themes;
    QLineEdit field;
    field.resize(80, 24);
    const auto topLine = [&] { return field.grab().toImage().pixelColor(40, 0); };
    field.setPalette(darkPalette());
    EXPECT_NE(topLine(), QColor(Qt::white));
    field.setPalette(strong);
    EXPECT_EQ(topLine(), QColor(Qt::white));
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
