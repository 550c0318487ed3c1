// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_map.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QSortFilterProxyModel;

namespace palimpsest {

class PageMapLegend;
class PageMapModel;
class PageMapView;
class TableView;

/// The page map with its legend and the list of slots beside it; the current slot is the same in both.
class PageMapPanel : public QWidget {
    Q_OBJECT
public:
    explicit PageMapPanel(QWidget* parent = nullptr);
    void setPageMap(const std::shared_ptr<const PageMap>& map);

private:
    void selectInTable(int slot);

    PageMapModel* m_model;
    QSortFilterProxyModel* m_sorted;
    PageMapView* m_view;
    PageMapLegend* m_legend;
    TableView* m_table;
    QComboBox* m_quantity;
    QLabel* m_summary;
};

} // namespace palimpsest
