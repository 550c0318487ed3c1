// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_model.h"

#include <QAbstractTableModel>

#include <memory>
#include <string>
#include <vector>

namespace palimpsest {

/// Test accuracy of each task: alone, virtualized, their difference against the tolerance, and every baseline that ran. The last
/// row is the mean over the tasks.
class AccuracyModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        TaskColumn,
        StandaloneColumn,
        VirtualizedColumn,
        ChangeColumn,
        ToleranceColumn,
        SamplesColumn,
        FirstBaselineColumn
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// nullptr: no results.
    void setReport(std::shared_ptr<const ReportModel> report);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QString taskText(const ReportTask& task, int column) const;
    [[nodiscard]] QString meanText(int column) const;
    [[nodiscard]] std::string accuracyKey(
        int column) const; ///< key of ReportTask::accuracy; empty for the other columns

    std::shared_ptr<const ReportModel> m_report;
    std::vector<std::string> m_baselines; ///< keys that some task has, by their bytes, the largest first
};

} // namespace palimpsest
