// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSettings;

namespace palimpsest {

class ThemeSwitch;
struct WindowActions;

/// Connects the actions for colours, text size and language, and keeps what was chosen in the settings under "look/".
class LookSettings : public QObject {
    Q_OBJECT
public:
    /// All outlive the object. Applies what the settings say at once.
    LookSettings(const WindowActions& actions, ThemeSwitch& themes, QSettings& settings, QObject* parent);

Q_SIGNALS:
    void statusChanged(const QString& text); ///< a sentence for the status line
    /// A sentence for a notice: another language than the window's was chosen. Empty: the window's own one.
    void languageChosen(const QString& notice);

private:
    void setTextSize(int percent);
    void connectLanguages(const WindowActions& actions);

    ThemeSwitch& m_themes;
    QSettings& m_settings;
};

} // namespace palimpsest
