// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

class QAction;
class QSettings;

namespace palimpsest {

/// Every action of the window: menus, tool bar, shortcut editor and the help page of shortcuts are made from it.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Makes an action that the registry owns. Its object name is `id` ("run.all"), its tool tip `tip` with the shortcut.
    /// @param group  translated title in the shortcut editor: "Run"
    /// @throws std::logic_error where `id` is taken, or another action has that shortcut
    QAction* add(const QString& id, const QString& group, const QString& text, const QString& tip,
        const QList<QKeySequence>& shortcuts = {});

    struct Entry {
        QAction* action = nullptr;
        QString group;
        QString tip; ///< without the shortcut
        QList<QKeySequence> defaults;
    };
    [[nodiscard]] const QList<Entry>& entries() const { return m_entries; } ///< in the order they were added
    [[nodiscard]] QAction* action(const QString& id) const; ///< nullptr where there is none

    /// The action that has this shortcut now; nullptr: none has.
    [[nodiscard]] QAction* actionWith(const QKeySequence& shortcut) const;
    /// Changes a shortcut; takes it from another action that had it.
    void setShortcuts(const QString& id, const QList<QKeySequence>& shortcuts);
    void resetShortcuts(); ///< all to their defaults

    /// Only what differs from the defaults is written, under "shortcuts/".
    void save(QSettings& settings) const;
    void load(const QSettings& settings);

Q_SIGNALS:
    void shortcutsChanged();

private:
    QList<Entry> m_entries;
    QHash<QString, qsizetype> m_index;
};

} // namespace palimpsest
