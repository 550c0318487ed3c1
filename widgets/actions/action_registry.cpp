// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/action_registry.h"

#include <QAction>
#include <QSettings>

#include <stdexcept>
#include <utility>

namespace palimpsest {

namespace {

const QString kSettingsGroup = QStringLiteral("shortcuts");

QString toolTipOf(const ActionRegistry::Entry& entry)
{
    const QKeySequence shortcut = entry.action->shortcut();
    if (shortcut.isEmpty())
        return entry.tip;
    return ActionRegistry::tr("%1 (%2)").arg(entry.tip, shortcut.toString(QKeySequence::NativeText));
}

QList<QKeySequence> withoutEmpty(QList<QKeySequence> shortcuts)
{
    shortcuts.removeIf([](const QKeySequence& shortcut) { return shortcut.isEmpty(); });
    return shortcuts;
}

void apply(const ActionRegistry::Entry& entry, const QList<QKeySequence>& shortcuts)
{
    entry.action->setShortcuts(shortcuts);
    entry.action->setToolTip(toolTipOf(entry));
}

} // namespace

QAction* ActionRegistry::add(const QString& id, const QString& group, const QString& text, const QString& tip,
    const QList<QKeySequence>& shortcuts)
{
    if (m_index.contains(id))
        throw std::logic_error("two actions are called " + id.toStdString());
    const QList<QKeySequence> defaults = withoutEmpty(shortcuts);
    for (const QKeySequence& shortcut : defaults) {
        if (const QAction* const other = actionWith(shortcut))
            throw std::logic_error("the actions " + other->objectName().toStdString() + " and "
                + id.toStdString() + " have the same shortcut "
                + shortcut.toString(QKeySequence::PortableText).toStdString());
    }
    auto* const action = new QAction(text, this);
    action->setObjectName(id);
    action->setStatusTip(tip);
    m_index.insert(id, m_entries.size());
    m_entries.append({ action, group, tip, defaults });
    apply(m_entries.constLast(), defaults);
    return action;
}

QAction* ActionRegistry::action(const QString& id) const
{
    const auto found = m_index.constFind(id);
    return found == m_index.constEnd() ? nullptr : m_entries[*found].action;
}

QAction* ActionRegistry::actionWith(const QKeySequence& shortcut) const
{
    if (shortcut.isEmpty())
        return nullptr;
    for (const Entry& entry : m_entries) {
        if (entry.action->shortcuts().contains(shortcut))
            return entry.action;
    }
    return nullptr;
}

void ActionRegistry::setShortcuts(const QString& id, const QList<QKeySequence>& shortcuts)
{
    const Entry& entry = m_entries[m_index.value(id)];
    const QList<QKeySequence> wanted = withoutEmpty(shortcuts);
    for (const Entry& other : std::as_const(m_entries)) {
        if (other.action == entry.action)
            continue;
        QList<QKeySequence> kept = other.action->shortcuts();
        if (kept.removeIf([&](const QKeySequence& shortcut) { return wanted.contains(shortcut); }) > 0)
            apply(other, kept);
    }
    apply(entry, wanted);
    Q_EMIT shortcutsChanged();
}

void ActionRegistry::resetShortcuts()
{
    for (const Entry& entry : std::as_const(m_entries))
        apply(entry, entry.defaults);
    Q_EMIT shortcutsChanged();
}

void ActionRegistry::save(QSettings& settings) const
{
    settings.beginGroup(kSettingsGroup);
    settings.remove(QString()); // also of actions that are no more
    for (const Entry& entry : m_entries) {
        const QList<QKeySequence> shortcuts = entry.action->shortcuts();
        if (shortcuts == entry.defaults)
            continue;
        QStringList texts;
        for (const QKeySequence& shortcut : shortcuts)
            texts << shortcut.toString(QKeySequence::PortableText);
        settings.setValue(entry.action->objectName(), texts);
    }
    settings.endGroup();
}

void ActionRegistry::load(const QSettings& settings)
{
    for (const Entry& entry : std::as_const(m_entries))
        apply(entry, entry.defaults);
    for (const Entry& entry : std::as_const(m_entries)) {
        const QString key = kSettingsGroup + QLatin1Char('/') + entry.action->objectName();
        if (!settings.contains(key))
            continue;
        QList<QKeySequence> shortcuts;
        const QStringList texts = settings.value(key).toStringList();
        for (const QString& text : texts)
            shortcuts << QKeySequence::fromString(text, QKeySequence::PortableText);
        setShortcuts(entry.action->objectName(), shortcuts);
    }
    Q_EMIT shortcutsChanged();
}

} // namespace palimpsest
