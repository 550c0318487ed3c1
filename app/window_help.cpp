// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_help.h"

#include "app/language.h"
#include "widgets/actions/action_registry.h"
#include "widgets/help/help_browser.h"
#include "widgets/view/view.h"

#include <QApplication>
#include <QMessageBox>
#include <QWidget>

namespace palimpsest {

QString helpPageOf(const QWidget* widget)
{
    for (const QWidget* part = widget; part != nullptr; part = part->parentWidget()) {
        if (const auto* view = qobject_cast<const View*>(part))
            return view->id();
        const QString name = part->objectName();
        if (name == QStringLiteral("pipeline") || name == QStringLiteral("dock.jobs")
            || name == QStringLiteral("dock.log"))
            return QStringLiteral("pipeline");
        if (name.startsWith(QStringLiteral("dock.")))
            return name.mid(5);
    }
    return QStringLiteral("index");
}

WindowHelp::WindowHelp(const ActionRegistry& actions, QWidget& window)
    : QObject(&window)
    , m_actions(actions)
    , m_window(window)
{
    connect(&actions, &ActionRegistry::shortcutsChanged, this,
        [this] { delete m_browser; }); // its page of shortcuts is old
}

void WindowHelp::showHere()
{
    showPage(helpPageOf(QApplication::focusWidget()));
}

void WindowHelp::showPage(const QString& id)
{
    if (m_browser == nullptr)
        m_browser = new HelpBrowser(HelpLibrary(toString(languageInUse()), &m_actions), &m_window);
    m_browser->showPage(id);
}

void WindowHelp::showAbout()
{
    auto* const box = new QMessageBox(QMessageBox::NoIcon, tr("About Palimpsest"),
        tr("<h3>Palimpsest %1</h3><p>Packs many neural networks into shared weight-pages.</p>")
            .arg(QStringLiteral(PALIMPSEST_VERSION)),
        QMessageBox::Close, &m_window);
    box->setInformativeText(tr("<p>The workbench is under the GNU General Public License, version 3 or "
                               "later; the engine and the command line "
                               "are under the Apache License 2.0. It comes without any warranty.</p><p>It "
                               "uses Qt %1, QCustomPlot, LibTorch, "
                               "HDF5 and other free software.</p>")
                                .arg(QLatin1String(qVersion())));
    box->setIconPixmap(QApplication::windowIcon().pixmap(4 * m_window.fontMetrics().height()));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

HelpBrowser* WindowHelp::browser() const
{
    return m_browser;
}

} // namespace palimpsest
