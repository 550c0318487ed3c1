// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/memory_model.h"

#include "widgets/style/fonts.h"
#include "widgets/style/text.h"

#include <QFont>

#include <algorithm>
#include <utility>

namespace palimpsest {

void MemoryModel::setReport(const std::shared_ptr<const ReportModel>& report)
{
    beginResetModel();
    m_rows.clear();
    if (report) {
        const ReportMemory& memory = report->memory;
        m_standaloneBytes = memory.standaloneBytes;
        const auto budget = [](std::int64_t bytes, const QString& level) {
            return bytes == 0 ? QString()
                              : tr("budget of %1: %2").arg(level, bytesText(static_cast<double>(bytes)));
        };
        const double ratio = memory.virtualizedBytes() == 0
            ? 0.0
            : static_cast<double>(memory.standaloneBytes) / static_cast<double>(memory.virtualizedBytes());
        m_rows = {
            { tr("Networks as they were"), memory.standaloneBytes, tr("float32, all tasks"), true },
            { tr("Page pool"), memory.poolBytes, budget(memory.level1Budget, tr("level 1")), false },
            { tr("Exclusive pages"), memory.exclusiveBytes, budget(memory.level2Budget, tr("level 2")),
                false },
            { tr("Private tensors"), memory.privateBytes, tr("biases and what is no weight"), false },
            { tr("Page tables"), memory.tableBytes, {}, false },
            { tr("Scales"), memory.scaleBytes, {}, false },
            { tr("Virtualized"), memory.virtualizedBytes(), tr("%1 times smaller").arg(ratio, 0, 'f', 2),
                true },
            { tr("Scratch network"), memory.scratchBytes,
                tr("holds the current network; part of level 1, not of the sum"), false },
        };
        const auto firstBaseline = static_cast<std::ptrdiff_t>(m_rows.size());
        for (const auto& [name, bytes] : report->baselineBytes)
            m_rows.push_back(
                { tr("Private %1").arg(QString::fromStdString(name)), bytes, tr("for comparison"), false });
        std::stable_sort(m_rows.begin() + firstBaseline, m_rows.end(),
            [](const Row& a, const Row& b) { return a.bytes > b.bytes; });
    }
    endResetModel();
}

int MemoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MemoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MemoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isNumber = index.column() == BytesColumn || index.column() == ShareColumn;
    if (role == Qt::TextAlignmentRole && isNumber)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && row.isSum)
        return boldFont();
    if (role == Qt::ToolTipRole && index.column() == BytesColumn)
        return tr("%1 bytes").arg(countText(row.bytes));
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case PartColumn:
        return row.part;
    case BytesColumn:
        return bytesText(static_cast<double>(row.bytes));
    case ShareColumn:
        return m_standaloneBytes == 0
            ? QString()
            : percentText(static_cast<double>(row.bytes) / static_cast<double>(m_standaloneBytes));
    case NoteColumn:
        return row.note;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant MemoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == ShareColumn)
        return tr("Share of the bytes of the networks as they were.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PartColumn:
        return tr("Part");
    case BytesColumn:
        return tr("Size");
    case ShareColumn:
        return tr("Share");
    case NoteColumn:
        return tr("Remark");
    default:
        return {};
    }
}

} // namespace palimpsest
