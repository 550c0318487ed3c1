// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/compare_model.h"

#include "widgets/style/fonts.h"
#include "widgets/style/palette.h"

#include <QBrush>
#include <QFont>

#include <utility>

namespace palimpsest {

namespace {

using Verdict = CompareRow::Verdict;

QString text(const CompareRow& row, int column)
{
    switch (static_cast<CompareModel::Column>(column)) {
    case CompareModel::NameColumn:
        return row.name;
    case CompareModel::AColumn:
        return row.a;
    case CompareModel::BColumn:
        return row.b;
    case CompareModel::DifferenceColumn:
        if (row.verdict == Verdict::Better)
            return QStringLiteral("\u25B2 ") + row.difference;
        if (row.verdict == Verdict::Worse)
            return QStringLiteral("\u25BC ") + row.difference;
        return row.difference;
    case CompareModel::ColumnCount:
        break;
    }
    return {};
}

} // namespace

void CompareModel::setRows(std::vector<CompareRow> rows, const QString& nameA, const QString& nameB)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_nameA = nameA;
    m_nameB = nameB;
    endResetModel();
}

void CompareModel::setBackground(const QColor& background)
{
    m_background = background;
    if (!m_rows.empty())
        Q_EMIT dataChanged(
            index(0, DifferenceColumn), index(rowCount() - 1, DifferenceColumn), { Qt::ForegroundRole });
}

int CompareModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CompareModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CompareModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CompareRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isJudged = index.column() == DifferenceColumn && row.verdict != Verdict::None;
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        if (isJudged)
            return row.verdict == Verdict::Better ? tr("B is better.") : tr("B is worse.");
        return index.column() == NameColumn ? QVariant(row.name) : QVariant();
    case Qt::AccessibleTextRole:
        if (isJudged)
            return (row.verdict == Verdict::Better ? tr("%1, better") : tr("%1, worse")).arg(row.difference);
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (index.column() == NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (!isJudged)
            return {};
        return QBrush(row.verdict == Verdict::Better ? betterColor(m_background) : worseColor(m_background));
    case Qt::FontRole:
        return row.isTitle || row.isSum ? QVariant(boldFont()) : QVariant();
    default:
        return {};
    }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == DifferenceColumn)
        return tr("B less A. An arrow up says that B is better, an arrow down that it is worse.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Quantity");
    case AColumn:
        return tr("A: %1").arg(m_nameA);
    case BColumn:
        return tr("B: %1").arg(m_nameB);
    case DifferenceColumn:
        return tr("Difference");
    default:
        return {};
    }
}

} // namespace palimpsest
