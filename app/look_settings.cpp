// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/look_settings.h"

#include "app/language.h"
#include "app/window_actions.h"
#include "widgets/style/theme.h"

#include <QAction>
#include <QSettings>

#include <utility>

namespace palimpsest {

namespace {
constexpr int kTextStep = 10; // per cent
const QString kThemeKey = QStringLiteral("look/theme");
const QString kTextSizeKey = QStringLiteral("look/textSize");
} // namespace

LookSettings::LookSettings(
    const WindowActions& actions, ThemeSwitch& themes, QSettings& settings, QObject* parent)
    : QObject(parent)
    , m_themes(themes)
    , m_settings(settings)
{
    const Theme kept = themeFromString(settings.value(kThemeKey).toString()).value_or(Theme::System);
    for (const auto& [action, theme] : { std::pair(actions.systemTheme, Theme::System),
             std::pair(actions.lightTheme, Theme::Light), std::pair(actions.darkTheme, Theme::Dark) }) {
        action->setChecked(theme == kept);
        connect(action, &QAction::triggered, this, [this, chosen = theme] {
            m_themes.setTheme(chosen);
            m_settings.setValue(kThemeKey, toString(chosen));
        });
    }
    m_themes.setTheme(kept);
    m_themes.setTextSize(settings.value(kTextSizeKey, 100).toInt());
    connect(actions.largerText, &QAction::triggered, this,
        [this] { setTextSize(m_themes.textSize() + kTextStep); });
    connect(actions.smallerText, &QAction::triggered, this,
        [this] { setTextSize(m_themes.textSize() - kTextStep); });
    connect(actions.normalText, &QAction::triggered, this, [this] { setTextSize(100); });
    connectLanguages(actions);
}

void LookSettings::connectLanguages(const WindowActions& actions)
{
    const Language kept
        = languageFromString(m_settings.value(kLanguageKey).toString()).value_or(Language::System);
    for (const auto& [action, language] : { std::pair(actions.systemLanguage, Language::System),
             std::pair(actions.english, Language::English), std::pair(actions.german, Language::German) }) {
        action->setChecked(language == kept);
        connect(action, &QAction::triggered, this, [this, chosen = language] {
            m_settings.setValue(kLanguageKey, toString(chosen));
            Q_EMIT languageChosen(resolved(chosen) == languageInUse()
                    ? QString()
                    : tr("The language changes when Palimpsest is started the next time."));
        });
    }
}

void LookSettings::setTextSize(int percent)
{
    m_themes.setTextSize(percent);
    m_settings.setValue(kTextSizeKey, m_themes.textSize());
    Q_EMIT statusChanged(tr("Text size: %1 %").arg(m_themes.textSize()));
}

} // namespace palimpsest
