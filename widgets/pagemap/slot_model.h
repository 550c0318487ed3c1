// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"
#include "widgets/worker/newest_task.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <memory>
#include <vector>

namespace palimpsest {

/// Table of the slots of a run's pool, one row a slot. Holds the run by shared_ptr-to-const: setting a new one copies nothing.
///
/// It sorts itself, without a proxy that would keep several times the data: eight bytes a slot while it is sorted by anything but the
/// slot's number. Many slots are sorted on a worker thread.
class SlotModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        SlotColumn,
        TenantCountColumn,
        TaskCountColumn,
        CostColumn,
        FisherColumn,
        TenantsColumn,
        ColumnCount
    };

    explicit SlotModel(QObject* parent = nullptr);

    /// nullptr, or a run without a page map: no row. The order stays.
    void setResults(std::shared_ptr<const RunResults> results);
    [[nodiscard]] int slotAt(int row) const;
    [[nodiscard]] int rowOf(int slot) const;
    [[nodiscard]] bool isBusy() const { return m_task.isBusy(); } ///< being sorted

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    void sorted(); ///< rows have moved

private:
    void takeOrder(std::vector<std::uint32_t> slotOfRow);

    std::shared_ptr<const RunResults> m_results;
    std::vector<std::uint32_t> m_slotOfRow; ///< empty: row and slot are the same
    std::vector<std::uint32_t> m_rowOfSlot;
    int m_sortColumn = SlotColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    NewestTask m_task;
};

} // namespace palimpsest
