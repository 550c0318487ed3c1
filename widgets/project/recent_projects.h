// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QList>
#include <QString>

class QSettings;

namespace palimpsest {

class BackgroundQueue;

/// The projects that were open last, newest first, kept in the settings under "recentProjects". Rows of projects that cannot be
/// opened are grey and say why.
class RecentProjects : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { FolderRole = Qt::UserRole, NameRole, ReasonRole };
    static constexpr int kMost = 12;

    /// `settings` outlives the model.
    explicit RecentProjects(QSettings& settings, QObject* parent = nullptr);

    void add(const QString& folder, const QString& name); ///< it was opened: it comes first
    void remove(const QString& folder);
    void clear();
    /// Looks, on a worker thread, whether the projects are still there. Also done by the constructor.
    void refresh();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Entry {
        QString folder;
        QString name;
        QString reason; ///< why it cannot be opened; empty: it can, or nobody has looked yet
    };
    void save();
    void show(const QString& folder, const QString& reason);

    QSettings& m_settings;
    QList<Entry> m_entries;
    BackgroundQueue* m_queue;
};

} // namespace palimpsest
