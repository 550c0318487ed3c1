// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/log/log_model.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace palimpsest {

using namespace std::chrono_literals;

QString logLevelText(LogLevel level)
{
    switch (level) {
    case LogLevel::Info:
        return LogModel::tr("info");
    case LogLevel::Warning:
        return LogModel::tr("warning");
    case LogLevel::Error:
        return LogModel::tr("error");
    }
    return {};
}

LogModel::LogModel(QObject* parent)
    : QAbstractTableModel(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(100ms);
    connect(&m_timer, &QTimer::timeout, this, &LogModel::flush);
}

void LogModel::add(LogLevel level, const QString& text)
{
    const QDateTime now = QDateTime::currentDateTime();
    if (!m_waiting.empty() && m_waiting.back().level == level && m_waiting.back().text == text) {
        ++m_waiting.back().count;
        m_waiting.back().time = now;
    } else {
        m_waiting.push_back({ now, level, text, 1 });
    }
    // A burst longer than the log drops its own oldest entries before they are ever shown.
    if (m_waiting.size() > 2 * kMaxEntries)
        m_waiting.erase(m_waiting.begin(), m_waiting.end() - kMaxEntries);
    if (!m_timer.isActive())
        m_timer.start();
}

void LogModel::flush()
{
    m_timer.stop();
    if (m_waiting.empty())
        return;
    std::vector<LogEntry> fresh = std::exchange(m_waiting, {});
    if (!m_entries.empty() && m_entries.back().level == fresh.front().level
        && m_entries.back().text == fresh.front().text) {
        m_entries.back().count += fresh.front().count;
        m_entries.back().time = fresh.front().time;
        fresh.erase(fresh.begin());
        Q_EMIT dataChanged(index(rowCount() - 1, 0), index(rowCount() - 1, ColumnCount - 1));
    }
    if (fresh.size() > kMaxEntries)
        fresh.erase(fresh.begin(), fresh.end() - kMaxEntries);
    if (const int excess = rowCount() + static_cast<int>(fresh.size()) - kMaxEntries; excess > 0) {
        beginRemoveRows({}, 0, excess - 1);
        m_entries.erase(m_entries.begin(), m_entries.begin() + excess);
        endRemoveRows();
    }
    if (fresh.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
    std::move(fresh.begin(), fresh.end(), std::back_inserter(m_entries));
    endInsertRows();
}

void LogModel::clear()
{
    m_timer.stop();
    beginResetModel();
    m_entries.clear();
    m_waiting.clear();
    endResetModel();
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LogEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
    if (role == LevelRole)
        return static_cast<int>(entry.level);
    if (role == Qt::ToolTipRole && index.column() == TextColumn)
        return entry.text;
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case TimeColumn:
        return entry.time.toString(QStringLiteral("HH:mm:ss"));
    case LevelColumn:
        return logLevelText(entry.level);
    case TextColumn:
        return entry.count == 1 ? entry.text : tr("%1 (%2 times)").arg(entry.text).arg(entry.count);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case LevelColumn:
        return tr("Level");
    case TextColumn:
        return tr("Message");
    default:
        return {};
    }
}

} // namespace palimpsest
