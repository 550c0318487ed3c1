// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/import/import_values.h"

#include <QAbstractTableModel>

#include <vector>

namespace palimpsest {

/// What became of each tensor of a file, a row each: its name and shape there, the layer and tensor it went to, and why not.
class MappingModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        SourceColumn,
        SourceShapeColumn,
        LayerColumn,
        TargetColumn,
        TargetShapeColumn,
        NoteColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;
    void setNetwork(const NetworkImport& content);
    void clear() { setNetwork({}); }
    [[nodiscard]] int skipped() const; ///< tensors that went nowhere

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        TensorMapping tensor;
        std::string layer; ///< empty: none
    };
    std::vector<Row> m_rows;
};

} // namespace palimpsest
