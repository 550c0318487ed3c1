// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_map.h"

#include <QAbstractTableModel>

#include <memory>

namespace palimpsest {

/// Table of the slots of one PageMap, one row a slot. Holds the map by shared_ptr-to-const: setting a new one copies nothing.
class PageMapModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { SlotColumn, TenantCountColumn, CostColumn, TenantsColumn, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole; ///< numbers as numbers

    using QAbstractTableModel::QAbstractTableModel;

    /// nullptr: no map.
    void setPageMap(std::shared_ptr<const PageMap> map);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const PageMap> m_map;
};

/// "fashion 3, digits 7": the tenants of a slot as task and page.
[[nodiscard]] QString tenantsText(const PageMap& map, int slot);

} // namespace palimpsest
