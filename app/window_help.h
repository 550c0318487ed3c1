// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>

class QWidget;

namespace palimpsest {

class ActionRegistry;
class HelpBrowser;

/// The help window of the main window, made when it is first asked for.
class WindowHelp : public QObject {
    Q_OBJECT
public:
    /// Both outlive the object; the help window belongs to `window`.
    WindowHelp(const ActionRegistry& actions, QWidget& window);

    /// The page of the view or pane that has the keyboard focus.
    void showHere();
    void showPage(const QString& id);
    void showAbout();
    [[nodiscard]] HelpBrowser* browser() const; ///< nullptr: it was not asked for yet

private:
    const ActionRegistry& m_actions;
    QWidget& m_window;
    QPointer<HelpBrowser> m_browser;
};

/// Id of the help page for a widget: that of the view or pane it lies in; "index" where neither has a page.
[[nodiscard]] QString helpPageOf(const QWidget* widget);

} // namespace palimpsest
