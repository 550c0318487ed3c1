// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/network.h"

#include <QAbstractTableModel>

#include <vector>

namespace palimpsest {

/// The layers of a network, a row each: what it does, the shape it gives, its weights and their size as float32.
class LayerModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, KindColumn, ShapeColumn, WeightsColumn, BytesColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setNetwork(const Network& network);
    void clear() { setNetwork({}); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    Network m_network;
    std::vector<std::int64_t> m_weights; ///< trainable, one a layer
};

} // namespace palimpsest
