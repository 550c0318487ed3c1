// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/recent_projects.h"

#include "widgets/project/background_queue.h"

#include <QDir>
#include <QFileInfo>
#include <QPalette>
#include <QSettings>

#include <algorithm>

namespace palimpsest {

namespace {

const QString kKey = QStringLiteral("recentProjects");

QString whyNot(const QString& folder)
{
    const QFileInfo place(folder);
    if (!place.exists())
        return RecentProjects::tr("The folder is not there any more.");
    const QFileInfo recipe(QDir(folder).filePath(QStringLiteral("project.json")));
    if (!recipe.exists())
        return RecentProjects::tr("The folder holds no project.json any more.");
    return recipe.isReadable() ? QString() : RecentProjects::tr("Its project.json may not be read.");
}

} // namespace

RecentProjects::RecentProjects(QSettings& settings, QObject* parent)
    : QAbstractListModel(parent)
    , m_settings(settings)
    , m_queue(new BackgroundQueue(this))
{
    const int count = settings.beginReadArray(kKey);
    for (int i = 0; i < count && i < kMost; ++i) {
        settings.setArrayIndex(i);
        const Entry entry { settings.value(QStringLiteral("folder")).toString(),
            settings.value(QStringLiteral("name")).toString(), {} };
        if (!entry.folder.isEmpty())
            m_entries.append(entry);
    }
    settings.endArray();
    refresh();
}

void RecentProjects::add(const QString& folder, const QString& name)
{
    const QString path = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    beginResetModel();
    m_entries.removeIf([&](const Entry& entry) { return entry.folder == path; });
    m_entries.prepend({ path, name, {} });
    m_entries.resize(std::min<qsizetype>(m_entries.size(), kMost));
    endResetModel();
    save();
}

void RecentProjects::remove(const QString& folder)
{
    beginResetModel();
    m_entries.removeIf([&](const Entry& entry) { return entry.folder == folder; });
    endResetModel();
    save();
}

void RecentProjects::clear()
{
    beginResetModel();
    m_entries.clear();
    endResetModel();
    save();
}

void RecentProjects::refresh()
{
    for (const Entry& entry : m_entries)
        m_queue->add([this, folder = entry.folder](const std::stop_token&) -> BackgroundQueue::Finish {
            return [this, folder, reason = whyNot(folder)] { show(folder, reason); };
        });
}

void RecentProjects::show(const QString& folder, const QString& reason)
{
    for (qsizetype row = 0; row < m_entries.size(); ++row) {
        if (m_entries[row].folder != folder || m_entries[row].reason == reason)
            continue;
        m_entries[row].reason = reason;
        const QModelIndex changed = index(static_cast<int>(row));
        Q_EMIT dataChanged(changed, changed);
    }
}

int RecentProjects::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant RecentProjects::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& entry = m_entries[index.row()];
    const QString folder = QDir::toNativeSeparators(entry.folder);
    const QString name = entry.name.isEmpty() ? QFileInfo(entry.folder).fileName() : entry.name;
    switch (role) {
    case Qt::DisplayRole:
        return QStringLiteral("%1\n%2").arg(
            name, entry.reason.isEmpty() ? folder : QStringLiteral("%1  %2").arg(folder, entry.reason));
    case Qt::ToolTipRole:
        return entry.reason.isEmpty() ? folder : QStringLiteral("%1\n%2").arg(folder, entry.reason);
    case Qt::ForegroundRole: // grey, but not disabled: the row can be read by keyboard and taken off the list
        return entry.reason.isEmpty() ? QVariant() : QPalette().brush(QPalette::Disabled, QPalette::Text);
    case FolderRole:
        return entry.folder;
    case NameRole:
        return name;
    case ReasonRole:
        return entry.reason;
    default:
        return {};
    }
}

void RecentProjects::save()
{
    m_settings.remove(kKey);
    m_settings.beginWriteArray(kKey, static_cast<int>(m_entries.size()));
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        m_settings.setArrayIndex(static_cast<int>(i));
        m_settings.setValue(QStringLiteral("folder"), m_entries[i].folder);
        m_settings.setValue(QStringLiteral("name"), m_entries[i].name);
    }
    m_settings.endArray();
}

} // namespace palimpsest
