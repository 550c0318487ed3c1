// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/theme.h"

#include "widgets/style/field_outlines.h"

#include <QApplication>
#include <QFont>
#include <QStyle>

#include <algorithm>

namespace palimpsest {

namespace {

/// What a palette of the program is made from.
struct Tones {
    QRgb window, base, alternateBase, button, text, disabledText, placeholder, highlight, highlightedText,
        link, visited, light, midlight, mid, dark, shadow, toolTip;
};

QPalette paletteOf(const Tones& tones)
{
    QPalette palette;
    const auto set
        = [&](QPalette::ColorRole role, QRgb color) { palette.setColor(role, QColor::fromRgb(color)); };
    set(QPalette::Window, tones.window);
    set(QPalette::WindowText, tones.text);
    set(QPalette::Base, tones.base);
    set(QPalette::AlternateBase, tones.alternateBase);
    set(QPalette::ToolTipBase, tones.toolTip);
    set(QPalette::ToolTipText, tones.text);
    set(QPalette::PlaceholderText, tones.placeholder);
    set(QPalette::Text, tones.text);
    set(QPalette::Button, tones.button);
    set(QPalette::ButtonText, tones.text);
    set(QPalette::BrightText, tones.highlightedText);
    set(QPalette::Highlight, tones.highlight);
    set(QPalette::HighlightedText, tones.highlightedText);
    set(QPalette::Link, tones.link);
    set(QPalette::LinkVisited, tones.visited);
    set(QPalette::Light, tones.light);
    set(QPalette::Midlight, tones.midlight);
    set(QPalette::Mid, tones.mid);
    set(QPalette::Dark, tones.dark);
    set(QPalette::Shadow, tones.shadow);
    for (const QPalette::ColorRole role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(tones.disabledText));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(tones.mid));
    return palette;
}

} // namespace

QString toString(Theme theme)
{
    switch (theme) {
    case Theme::System:
        return QStringLiteral("system");
    case Theme::Light:
        return QStringLiteral("light");
    case Theme::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

std::optional<Theme> themeFromString(const QString& name)
{
    for (const Theme theme : { Theme::System, Theme::Light, Theme::Dark }) {
        if (toString(theme) == name)
            return theme;
    }
    return std::nullopt;
}

QPalette lightPalette()
{
    return paletteOf({ .window = 0xfff3f3f2,
        .base = 0xffffffff,
        .alternateBase = 0xfff7f7f5,
        .button = 0xffeaeae8,
        .text = 0xff1c1d1f,
        .disabledText = 0xff8d8f92,
        .placeholder = 0xff6a6c70,
        .highlight = 0xff0067a8,
        .highlightedText = 0xffffffff,
        .link = 0xff005f9e,
        .visited = 0xff6b4a91,
        .light = 0xffffffff,
        .midlight = 0xfff7f7f6,
        .mid = 0xffc4c4c2,
        .dark = 0xff9c9c9a,
        .shadow = 0xff6e6e6c,
        .toolTip = 0xfffffbe8 });
}

QPalette darkPalette()
{
    return paletteOf({ .window = 0xff2a2b2d,
        .base = 0xff1d1e20,
        .alternateBase = 0xff242527,
        .button = 0xff37383b,
        .text = 0xffe7e7e5,
        .disabledText = 0xff85878a,
        .placeholder = 0xffa0a2a5,
        .highlight = 0xff1f76b4,
        .highlightedText = 0xffffffff,
        .link = 0xff6cb8ee,
        .visited = 0xffc3a3e8,
        .light = 0xff505154,
        .midlight = 0xff434447,
        .mid = 0xff55575a,
        .dark = 0xff19191b,
        .shadow = 0xff0d0d0e,
        .toolTip = 0xff3b3c40 });
}

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

ThemeSwitch::ThemeSwitch(QObject* parent)
    : QObject(parent)
    , m_systemPointSize(QApplication::font().pointSizeF())
{
    if (const auto* const own = qobject_cast<FieldOutlines*>(QApplication::style())) {
        m_systemStyle = own->key();
    } else {
        m_systemStyle = QApplication::style()->name();
        QApplication::setStyle(new FieldOutlines(m_systemStyle));
    }
}

void ThemeSwitch::setTheme(Theme theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    QApplication::setStyle(
        new FieldOutlines(theme == Theme::System ? m_systemStyle : QStringLiteral("fusion")));
    switch (theme) {
    case Theme::System:
        QApplication::setPalette(QPalette()); // resolves to the desktop's
        break;
    case Theme::Light:
        QApplication::setPalette(lightPalette());
        break;
    case Theme::Dark:
        QApplication::setPalette(darkPalette());
        break;
    }
}

void ThemeSwitch::setTextSize(int percent)
{
    percent = std::clamp(percent, kSmallestText, kLargestText);
    if (percent == m_textSize)
        return;
    m_textSize = percent;
    QFont font = QApplication::font();
    font.setPointSizeF(m_systemPointSize * percent / 100.0);
    QApplication::setFont(font);
}

} // namespace palimpsest
