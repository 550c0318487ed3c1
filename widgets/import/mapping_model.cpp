// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/import/mapping_model.h"

#include <algorithm>
#include <iterator>

namespace palimpsest {

namespace {

QString shapeText(const Shape& shape)
{
    return QString::fromStdString(toString(shape));
}

} // namespace

void MappingModel::setNetwork(const NetworkImport& content)
{
    const Network& network = content.network.network;
    beginResetModel();
    m_rows.clear();
    for (const TensorMapping& tensor : content.tensors) {
        const auto spec = std::find_if(network.tensors.begin(), network.tensors.end(),
            [&](const TensorSpec& candidate) { return candidate.name == tensor.target; });
        m_rows.push_back(
            { tensor, spec == network.tensors.end() ? std::string() : network.layers.at(spec->layer).name });
    }
    endResetModel();
}

int MappingModel::skipped() const
{
    return static_cast<int>(std::count_if(
        m_rows.begin(), m_rows.end(), [](const Row& row) { return row.tensor.target.empty(); }));
}

int MappingModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MappingModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MappingModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isSkipped = row.tensor.target.empty();
    const QString note = QString::fromStdString(row.tensor.note);
    if (role == Qt::ToolTipRole && index.column() == NoteColumn)
        return note;
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case SourceColumn:
        return QString::fromStdString(row.tensor.source);
    case SourceShapeColumn:
        return shapeText(row.tensor.sourceShape);
    case LayerColumn:
        return isSkipped ? tr("skipped") : QString::fromStdString(row.layer);
    case TargetColumn:
        return QString::fromStdString(row.tensor.target);
    case TargetShapeColumn:
        return isSkipped ? QString() : shapeText(row.tensor.targetShape);
    case NoteColumn:
        return note;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant MappingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    const auto choose = [section](const QStringList& texts) { return texts.value(section); };
    if (role == Qt::ToolTipRole)
        return choose({ tr("Name of the tensor in the file."), tr("Its shape in the file."),
            tr("The layer that takes it."), tr("What it is called in the project."),
            tr("Its shape in the project."), tr("What was done to it, or why it was left out.") });
    if (role == Qt::DisplayRole)
        return choose(
            { tr("In the file"), tr("Shape"), tr("Layer"), tr("In the project"), tr("Shape"), tr("Remark") });
    return {};
}

} // namespace palimpsest
