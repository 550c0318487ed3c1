// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_model.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>
#include <vector>

namespace palimpsest {

/// Where the bytes go: the parts of the virtualized form with their sum, the networks as they were, and each baseline.
class MemoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { PartColumn, BytesColumn, ShareColumn, NoteColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// nullptr: no results.
    void setReport(const std::shared_ptr<const ReportModel>& report);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString part;
        std::int64_t bytes = 0;
        QString note;
        bool isSum = false;
    };
    std::vector<Row> m_rows;
    std::int64_t m_standaloneBytes = 0;
};

} // namespace palimpsest
