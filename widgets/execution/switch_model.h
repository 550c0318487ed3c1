// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/execution/switch_stats.h"

#include <QAbstractTableModel>

namespace palimpsest {

/// Median and tail of the time that a switch takes, a row for each way to do it.
class SwitchModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        WayColumn,
        MedianColumn,
        P95Column,
        P99Column,
        FactorColumn,
        SamplesColumn,
        MeaningColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setWays(std::vector<SwitchStats> ways);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(const SwitchStats& way, int column) const;

    std::vector<SwitchStats> m_ways;
};

} // namespace palimpsest
