// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/shortcut_help.h"

#include "widgets/actions/action_registry.h"
#include "widgets/actions/shortcut_model.h"

#include <QAction>
#include <QStringList>

namespace palimpsest {

namespace {
QString cell(QString text)
{
    return text.replace(QLatin1Char('|'), QStringLiteral("\\|")).replace(QLatin1Char('\n'), QLatin1Char(' '));
}
} // namespace

QString shortcutHelp(const ActionRegistry& registry)
{
    QStringList groups; // in the order of their first action
    for (const ActionRegistry::Entry& entry : registry.entries()) {
        if (!groups.contains(entry.group))
            groups << entry.group;
    }
    QString page = ActionRegistry::tr("# Keyboard") + QLatin1Char('\n');
    for (const QString& group : std::as_const(groups)) {
        page += QStringLiteral("\n## %1\n\n| %2 | %3 | %4 |\n|---|---|---|\n")
                    .arg(cell(group), ActionRegistry::tr("Action"), ActionRegistry::tr("Shortcut"),
                        ActionRegistry::tr("What it does"));
        for (const ActionRegistry::Entry& entry : registry.entries()) {
            if (entry.group == group)
                page += QStringLiteral("| %1 | %2 | %3 |\n")
                            .arg(cell(plainActionText(*entry.action)),
                                cell(shortcutText(entry.action->shortcuts())), cell(entry.tip));
        }
    }
    return page;
}

} // namespace palimpsest
