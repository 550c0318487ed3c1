// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/layer_model.h"

#include "widgets/style/text.h"

namespace palimpsest {

void LayerModel::setNetwork(const Network& network)
{
    beginResetModel();
    m_network = network;
    m_weights.assign(network.layers.size(), 0);
    for (const TensorSpec& tensor : network.tensors)
        if (!isState(tensor.role))
            m_weights[tensor.layer] += tensor.size();
    endResetModel();
}

int LayerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_network.layers.size());
}

int LayerModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LayerModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool isNumber = index.column() == WeightsColumn || index.column() == BytesColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const Layer& layer = m_network.layers[row];
    switch (static_cast<Column>(index.column())) {
    case NameColumn:
        return QString::fromStdString(layer.name);
    case KindColumn:
        return QString::fromStdString(std::string(toString(layer.kind)));
    case ShapeColumn:
        return QString::fromStdString(toString(m_network.outputShapes[row]));
    case WeightsColumn:
        return m_weights[row] == 0 ? QString() : countText(m_weights[row]);
    case BytesColumn:
        return m_weights[row] == 0 ? QString() : bytesText(4.0 * static_cast<double>(m_weights[row]));
    case ColumnCount:
        break;
    }
    return {};
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (section >= WeightsColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == BytesColumn)
        return tr("Size of the weights as float32.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Layer");
    case KindColumn:
        return tr("Kind");
    case ShapeColumn:
        return tr("Gives");
    case WeightsColumn:
        return tr("Weights");
    case BytesColumn:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace palimpsest
