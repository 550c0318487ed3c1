// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/log/log_filter.h"

namespace palimpsest {

LogFilter::LogFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
}

void LogFilter::setText(const QString& text)
{
    m_text = text;
    invalidateFilter();
}

void LogFilter::setLevel(LogLevel level)
{
    m_level = level;
    invalidateFilter();
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex text = sourceModel()->index(row, LogModel::TextColumn, parent);
    return text.data(LogModel::LevelRole).toInt() >= static_cast<int>(m_level)
        && (m_text.isEmpty() || text.data().toString().contains(m_text, Qt::CaseInsensitive));
}

} // namespace palimpsest
