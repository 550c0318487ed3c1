// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"
#include "widgets/view/selection.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace palimpsest {

/// The parts of what is selected, one row each, every one of which can be selected itself: the tenants of a slot, the layers of a task, the
/// pages of a layer. Texts are made when they are shown.
class InspectorModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Kind { Nothing, Tenants, Layers, Pages };

    using QAbstractTableModel::QAbstractTableModel;

    /// What `item` is made of. A page shows the tenants of its slot, its own among them.
    void setItem(std::shared_ptr<const RunResults> results, const SelectedItem& item);
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] SelectedItem itemAt(int row) const { return m_rows[static_cast<std::size_t>(row)].item; }
    [[nodiscard]] QString caption() const; ///< of the table: "Pages in this slot"

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        SelectedItem item;
        double value = 0.0; ///< tenants and pages: Fisher of the page, or negative; layers: weights
        std::int64_t pages = 0; ///< layers: of them
    };
    void addTenants(int slot);
    void addLayers(int task);
    void addPages(int task, int layer);
    [[nodiscard]] double fisherOf(int task, std::int64_t page) const;
    [[nodiscard]] QString text(const Row& row, int column) const;

    std::shared_ptr<const RunResults> m_results;
    Kind m_kind = Kind::Nothing;
    std::vector<Row> m_rows;
    double m_fisher = 0.0; ///< of all rows together
};

} // namespace palimpsest
