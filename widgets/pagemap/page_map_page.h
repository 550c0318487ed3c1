// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_cells.h"
#include "widgets/view/view.h"

#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace palimpsest {

class EmptyPage;
class PageMapLegend;
class PageMapView;
class SlotModel;
class TableView;

/// The view "pageMap": who shares which slot of the pool, as a pool grid or as tasks x pages, with a table of the slots, a legend and a
/// search for pages, slots, layers and tasks.
class PageMapPage : public View {
    Q_OBJECT
public:
    explicit PageMapPage(Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("pageMap"); }
    [[nodiscard]] QString title() const override { return tr("Page map"); }
    void setResults(const std::shared_ptr<const RunResults>& results) override;
    bool paintTo(QPainter& painter, const QRectF& target) const override;
    /// One line a page: task, page, layers, level, slot, tenants of the slot, its cost and the page's Fisher.
    [[nodiscard]] QString csv() const override;

    /// Offers "change" as a colour: against `other`; nullptr takes it away.
    void compareWith(const std::shared_ptr<const RunResults>& other);
    void setMode(PageMapMode mode);
    void setQuantity(PageQuantity quantity);
    /// Selects the next or previous thing that the search box means.
    void findNext(bool forwards = true);
    void focusSearch(); ///< for the window's "Find" action
    [[nodiscard]] PageMapView& map() const { return *m_view; }

private:
    [[nodiscard]] QWidget* createBar();
    [[nodiscard]] QWidget* createContent();
    void showSelection(const SelectedItem& item);
    void fillChoices(); ///< of mode and quantity: what the run has
    void showExample(); ///< in the empty search field: names of this run
    void showHint();
    void restartSearch();

    std::shared_ptr<const RunResults> m_results;
    std::shared_ptr<const RunResults> m_other;
    std::vector<SelectedItem> m_matches;
    int m_match = -1;
    PageQuantity m_wantedQuantity
        = PageQuantity::Tenants; ///< what the user chose, though the run may lack it for now
    PageMapMode m_wantedMode = PageMapMode::Pool;
    bool m_isShowing = false; ///< the selection is being shown: what views say then is no choice of the user

    SlotModel* m_model;
    PageMapView* m_view;
    PageMapLegend* m_legend;
    TableView* m_table;
    QComboBox* m_mode;
    QComboBox* m_quantity;
    QLineEdit* m_search;
    QLabel* m_found;
    QLabel* m_summary;
    EmptyPage* m_pages;
};

} // namespace palimpsest
