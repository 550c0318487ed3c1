// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/class_count_model.h"

#include "widgets/style/text.h"

namespace palimpsest {

void ClassCountModel::setData(const std::optional<DataPreview>& data)
{
    beginResetModel();
    m_counts = data ? data->classCounts : std::vector<std::int64_t>();
    m_names = data ? data->classNames : std::vector<std::string>();
    endResetModel();
}

int ClassCountModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_counts.size());
}

int ClassCountModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassCountModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (index.column() == CountColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    if (index.column() == CountColumn)
        return countText(m_counts[row]);
    const QString number = QString::number(index.row());
    return row < m_names.size() ? QStringLiteral("%1  %2").arg(number, QString::fromStdString(m_names[row]))
                                : number;
}

QVariant ClassCountModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Class") : tr("Samples");
}

} // namespace palimpsest
