// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/import/import_values.h"

#include <QAbstractTableModel>

namespace palimpsest {

/// The ways to prepare samples that were tried with a network, a row each: how many samples were right, the
/// steps, what they do.
class TrialModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { RightColumn, StepsColumn, MeaningColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setTrials(std::vector<ImportTrial> trials);
    /// Puts one to its place among the others, the best first; one with the same steps is replaced. @return its row
    int add(const ImportTrial& trial);
    [[nodiscard]] const ImportTrial& trial(int row) const;
    [[nodiscard]] int find(const std::vector<std::string>& steps) const; ///< -1: none

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<ImportTrial> m_trials;
};

} // namespace palimpsest
