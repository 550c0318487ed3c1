// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/execution/switch_model.h"

#include "core/report/number_format.h"
#include "core/report/report_summary.h"
#include "widgets/style/core_text.h"
#include "widgets/style/fonts.h"
#include "widgets/style/palette.h"
#include "widgets/style/text.h"

#include <QFont>

#include <utility>

namespace palimpsest {

void SwitchModel::setWays(std::vector<SwitchStats> ways)
{
    beginResetModel();
    m_ways = std::move(ways);
    endResetModel();
}

int SwitchModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ways.size());
}

int SwitchModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SwitchModel::text(const SwitchStats& way, int column) const
{
    const auto time = [](double microseconds) { return QString::fromStdString(latencyText(microseconds)); };
    switch (static_cast<Column>(column)) {
    case WayColumn:
        return coreText(switchLabel(way.method));
    case MedianColumn:
        return time(way.medianUs);
    case P95Column:
        return time(way.p95Us);
    case P99Column:
        return way.p99Us ? time(*way.p99Us) : QString();
    case FactorColumn: {
        const double paged = m_ways.front().medianUs; // paged is the first
        return m_ways.front().method != "paged" || paged <= 0.0
            ? QString()
            : tr("%1 ×").arg(QString::number(way.medianUs / paged, 'g', 3));
    }
    case SamplesColumn:
        return way.samplesUs.empty() ? QString() : countText(std::ssize(way.samplesUs));
    case MeaningColumn:
        return coreText(switchMeaning(way.method));
    case ColumnCount:
        break;
    }
    return {};
}

QVariant SwitchModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const bool isText = index.column() == WayColumn || index.column() == MeaningColumn;
    switch (role) {
    case Qt::DisplayRole:
        return text(m_ways[static_cast<std::size_t>(index.row())], index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::DecorationRole:
        return index.column() == WayColumn ? QVariant(seriesColor(index.row(), rowCount())) : QVariant();
    case Qt::FontRole:
        return index.row() == 0 ? QVariant(boldFont()) : QVariant();
    default:
        return {};
    }
}

QVariant SwitchModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case WayColumn:
        return tip ? tr("How another task's weights are made current.") : tr("Way to switch");
    case MedianColumn:
        return tip ? tr("Half of the switches took no longer.") : tr("Median");
    case P95Column:
        return tip ? tr("95 of 100 switches took no longer.") : tr("95 %");
    case P99Column:
        return tip ? tr("99 of 100 switches took no longer; of few switches it is the slowest one.")
                   : tr("99 %");
    case FactorColumn:
        return tip ? tr("Median as a multiple of the paged switch's median.") : tr("Against paged");
    case SamplesColumn:
        return tip ? tr("How many switches were measured; the recipe's execution.switches, by default 50.")
                   : tr("Switches");
    case MeaningColumn:
        return tip ? QVariant() : tr("What a switch does");
    default:
        return {};
    }
}

} // namespace palimpsest
