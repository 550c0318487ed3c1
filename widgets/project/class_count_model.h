// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/project/preview_data.h"

#include <QAbstractTableModel>

#include <optional>

namespace palimpsest {

/// The classes of a data set and how many training samples each has.
class ClassCountModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, CountColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setData(const std::optional<DataPreview>& data);
    using QAbstractTableModel::setData;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<std::int64_t> m_counts;
    std::vector<std::string> m_names;
};

} // namespace palimpsest
