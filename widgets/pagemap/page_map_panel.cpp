// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_panel.h"

#include "widgets/pagemap/page_map_legend.h"
#include "widgets/pagemap/page_map_model.h"
#include "widgets/pagemap/page_map_view.h"
#include "widgets/style/text.h"
#include "widgets/tables/table_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QVBoxLayout>

namespace palimpsest {

PageMapPanel::PageMapPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new PageMapModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_view(new PageMapView(this))
    , m_legend(new PageMapLegend(this))
    , m_table(new TableView(this))
    , m_quantity(new QComboBox(this))
    , m_summary(new QLabel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(PageMapModel::kSortRole);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(PageMapModel::SlotColumn, Qt::AscendingOrder);
    m_table->setAccessibleName(tr("Slots of the pool"));

    m_quantity->addItem(
        tr("pages that share a slot"), QVariant::fromValue(static_cast<int>(PageQuantity::Tenants)));
    m_quantity->addItem(tr("cost of sharing"), QVariant::fromValue(static_cast<int>(PageQuantity::Cost)));
    m_quantity->setAccessibleName(tr("What the colours show"));
    auto* label = new QLabel(tr("&Colour:"), this);
    label->setBuddy(m_quantity);

    auto* top = new QHBoxLayout;
    top->addWidget(label);
    top->addWidget(m_quantity);
    top->addWidget(m_legend);
    top->addStretch(1);
    top->addWidget(m_summary);
    auto* splitter = new QSplitter(this);
    splitter->addWidget(m_view);
    splitter->addWidget(m_table);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(splitter, 1);

    connect(m_quantity, &QComboBox::currentIndexChanged, this, [this] {
        m_view->setQuantity(static_cast<PageQuantity>(m_quantity->currentData().toInt()));
        m_legend->setColoring(m_view->coloring());
    });
    connect(m_view, &PageMapView::currentSlotChanged, this, &PageMapPanel::selectInTable);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            m_view->setCurrentSlot(current.isValid() ? m_sorted->mapToSource(current).row() : -1);
        });
}

void PageMapPanel::setPageMap(const std::shared_ptr<const PageMap>& map)
{
    m_model->setPageMap(map);
    m_view->setPageMap(map);
    m_legend->setColoring(m_view->coloring());
    m_table->fitColumns();
    selectInTable(m_view->currentSlot());
    m_summary->setText(map ? tr("%1 slots of %2 weights, %3 shared pages, %4 exclusive pages")
                                 .arg(countText(map->slotCount()), countText(map->pageSize),
                                     countText(static_cast<std::int64_t>(map->tenants.size())),
                                     countText(map->exclusivePages))
                           : QString());
}

void PageMapPanel::selectInTable(int slot)
{
    if (slot < 0)
        return m_table->clearSelection();
    const QModelIndex row = m_sorted->mapFromSource(m_model->index(slot, PageMapModel::SlotColumn));
    m_table->setCurrentIndex(row);
    m_table->scrollTo(row);
}

} // namespace palimpsest
