// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/compare_rows.h"

#include <QAbstractTableModel>
#include <QColor>

namespace palimpsest {

/// Two runs side by side with their difference. Better and worse have a colour and an arrow: up is better.
class CompareModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, AColumn, BColumn, DifferenceColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// @param nameA, nameB  for the headers
    void setRows(std::vector<CompareRow> rows, const QString& nameA, const QString& nameB);
    [[nodiscard]] const std::vector<CompareRow>& rows() const { return m_rows; }
    /// That the texts are to be read on.
    void setBackground(const QColor& background);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<CompareRow> m_rows;
    QString m_nameA, m_nameB;
    QColor m_background = Qt::white;
};

} // namespace palimpsest
