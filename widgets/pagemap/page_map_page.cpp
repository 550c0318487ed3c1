// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_page.h"

#include "widgets/pagemap/page_items.h"
#include "widgets/pagemap/page_map_csv.h"
#include "widgets/pagemap/page_map_legend.h"
#include "widgets/pagemap/page_map_view.h"
#include "widgets/pagemap/page_search.h"
#include "widgets/pagemap/slot_model.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/text.h"
#include "widgets/tables/table_view.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace palimpsest {

namespace {

QString quantityText(PageQuantity quantity, const RunResults* other)
{
    switch (quantity) {
    case PageQuantity::Tenants:
        return PageMapPage::tr("pages that share a slot");
    case PageQuantity::Tasks:
        return PageMapPage::tr("tasks that share a slot");
    case PageQuantity::Cost:
        return PageMapPage::tr("cost of sharing");
    case PageQuantity::Fisher:
        return PageMapPage::tr("Fisher information");
    case PageQuantity::Level:
        return PageMapPage::tr("memory level");
    case PageQuantity::Change:
        return other != nullptr && !other->run.empty()
            ? PageMapPage::tr("change against %1").arg(QString::fromStdString(other->run))
            : PageMapPage::tr("change");
    }
    return {};
}

QToolButton* createButton(const QString& text, const QString& name, const QString& tip)
{
    auto* const button = new QToolButton;
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    return button;
}

} // namespace

PageMapPage::PageMapPage(Selection& selection, QWidget* parent)
    : View(selection, parent)
    , m_model(new SlotModel(this))
    , m_view(new PageMapView)
    , m_legend(new PageMapLegend)
    , m_table(new TableView)
    , m_mode(new QComboBox)
    , m_quantity(new QComboBox)
    , m_search(new QLineEdit)
    , m_found(new QLabel)
    , m_summary(new QLabel)
{
    m_pages = new EmptyPage(createContent(), this);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_pages);

    connect(m_mode, &QComboBox::activated, this,
        [this] { setMode(static_cast<PageMapMode>(m_mode->currentData().toInt())); });
    connect(m_quantity, &QComboBox::activated, this,
        [this] { setQuantity(static_cast<PageQuantity>(m_quantity->currentData().toInt())); });
    connect(m_view, &PageMapView::cellsChanged, this, [this] { m_legend->setCells(m_view->cells()); });
    connect(m_view, &PageMapView::itemActivated, this,
        [this](const SelectedItem& item) { this->selection().set(item); });
    connect(m_view, &PageMapView::currentTextChanged, this, [this](const QString& text) {
        if (m_isShowing)
            return;
        QString line = text;
        Q_EMIT statusChanged(line.replace(QLatin1Char('\n'), QStringLiteral("  ·  ")));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (m_isShowing || !current.isValid())
                return;
            SelectedItem item;
            item.slot = m_model->slotAt(current.row());
            this->selection().set(item);
        });
    connect(m_model, &SlotModel::sorted, this, [this] { showSelection(this->selection().item()); });
    connect(m_search, &QLineEdit::textChanged, this, &PageMapPage::restartSearch);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { findNext(true); });
    connect(&selection, &Selection::changed, this, &PageMapPage::showSelection);
    showHint();
}

QWidget* PageMapPage::createBar()
{
    m_mode->setAccessibleName(tr("Layout of the map"));
    m_mode->setToolTip(tr(
        "Pool: one cell a slot of the shared pool. Tasks × pages: one row a task, one cell a page, with the "
        "slot that it takes, or “ex” where it is exclusive. Default: pool."));
    m_mode->addItem(tr("pool"), static_cast<int>(PageMapMode::Pool));
    m_mode->addItem(tr("tasks × pages"), static_cast<int>(PageMapMode::Tasks));
    auto* const modeLabel = new QLabel(tr("&Show:"));
    modeLabel->setBuddy(m_mode);
    for (QComboBox* box : { m_mode, m_quantity })
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents); // what can be chosen comes with the results
    m_quantity->setAccessibleName(tr("What the colours show"));
    m_quantity->setToolTip(tr(
        "What the colours show: how many pages or tasks share a slot, what the sharing costs [nats], how "
        "much Fisher "
        "information pages hold [nats per squared weight], or the memory level. Default: pages that share a "
        "slot."));
    auto* const quantityLabel = new QLabel(tr("&Colour:"));
    quantityLabel->setBuddy(m_quantity);

    m_search->setAccessibleName(tr("Find a page, slot, layer or task"));
    m_search->setToolTip(tr("Finds a page (task:page), a slot, a layer or a task, and selects it in every "
                            "view. Enter: the next one."));
    m_search->setClearButtonEnabled(true);
    m_found->setTextFormat(Qt::PlainText);
    QToolButton* const previous
        = createButton(QStringLiteral("◀"), tr("Previous match"), tr("Select the previous match"));
    QToolButton* const next
        = createButton(QStringLiteral("▶"), tr("Next match"), tr("Select the next match"));
    QToolButton* const out
        = createButton(QStringLiteral("−"), tr("Zoom out"), tr("Zoom out (−, or Ctrl and the wheel)"));
    QToolButton* const in
        = createButton(QStringLiteral("+"), tr("Zoom in"), tr("Zoom in (+, or Ctrl and the wheel)"));
    QToolButton* const fit = createButton(tr("Fit"), tr("Show the whole map"), tr("Show the whole map (0)"));
    connect(previous, &QToolButton::clicked, this, [this] { findNext(false); });
    connect(next, &QToolButton::clicked, this, [this] { findNext(true); });
    connect(out, &QToolButton::clicked, m_view, &PageMapView::zoomOut);
    connect(in, &QToolButton::clicked, m_view, &PageMapView::zoomIn);
    connect(fit, &QToolButton::clicked, m_view, &PageMapView::zoomToFit);

    // Two lines: the middle of a window with panes on both sides is narrow.
    auto* const upper = new QHBoxLayout;
    for (QWidget* widget : std::initializer_list<QWidget*> { modeLabel, m_mode, quantityLabel, m_quantity })
        upper->addWidget(widget);
    upper->addStretch(1);
    for (QWidget* widget : { out, in, fit })
        upper->addWidget(widget);
    auto* const lower = new QHBoxLayout;
    lower->addWidget(m_search, 1);
    for (QWidget* widget : std::initializer_list<QWidget*> { m_found, previous, next })
        lower->addWidget(widget);
    auto* const bar = new QWidget;
    auto* const layout = new QVBoxLayout(bar);
    layout->setContentsMargins({});
    layout->addLayout(upper);
    layout->addLayout(lower);
    return bar;
}

QWidget* PageMapPage::createContent()
{
    m_table->setModel(m_model);
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicator(SlotModel::SlotColumn, Qt::AscendingOrder);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Slots of the pool"));
    m_view->setToolTip({});
    m_view->setWhatsThis(
        tr("Arrow keys, Home and End move the current cell, Enter selects it in every view, Escape selects "
           "nothing. "
           "Ctrl and the wheel, or + and −, zoom; 0 shows everything; dragging moves the map."));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);

    auto* const left = new QWidget;
    auto* const leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins({});
    leftLayout->addWidget(m_view, 1);
    leftLayout->addWidget(m_legend);
    auto* const right = new QWidget;
    auto* const rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins({});
    rightLayout->addWidget(m_table, 1);
    rightLayout->addWidget(m_summary);
    auto* const splitter = new QSplitter;
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(true);
    splitter->setCollapsible(0, false);

    auto* const content = new QWidget;
    auto* const layout = new QVBoxLayout(content);
    layout->addWidget(createBar());
    layout->addWidget(splitter, 1);
    return content;
}

void PageMapPage::setResults(const std::shared_ptr<const RunResults>& results)
{
    m_results = results;
    m_model->setResults(results);
    fillChoices();
    m_view->setResults(results);
    m_table->fitColumns();
    const PageMap* const map = results ? results->pageMap.get() : nullptr;
    m_summary->setText(map != nullptr ? tr("%1 slots of %2 weights, %3 shared pages, %4 exclusive pages")
                                            .arg(countText(map->slotCount()), countText(map->pageSize),
                                                countText(static_cast<std::int64_t>(map->tenants.size())),
                                                countText(map->exclusivePages))
                                      : QString());
    showExample();
    showHint();
    restartSearch();
    showSelection(selection().item());
}

void PageMapPage::showExample()
{
    QStringList examples;
    if (m_results && !m_results->tasks.empty()) {
        const TaskResults& task = m_results->tasks.front();
        examples << pageName(*m_results, 0, 0);
        if (const QString layers = layersText(task, 0); !layers.isEmpty())
            examples << layers.section(QLatin1Char(','), 0, 0);
    }
    examples << tr("slot %1").arg(0);
    m_search->setPlaceholderText(
        tr("Find a page, layer, task or slot: %1").arg(examples.join(QStringLiteral(", "))));
}

void PageMapPage::compareWith(const std::shared_ptr<const RunResults>& other)
{
    m_other = other;
    m_view->setOther(other);
    if (!other && m_wantedQuantity == PageQuantity::Change)
        m_wantedQuantity = PageQuantity::Tenants;
    fillChoices();
}

void PageMapPage::setMode(PageMapMode mode)
{
    m_wantedMode = mode;
    fillChoices();
    showSelection(selection().item());
}

void PageMapPage::setQuantity(PageQuantity quantity)
{
    m_wantedQuantity = quantity;
    fillChoices();
}

void PageMapPage::fillChoices()
{
    // Before matching there is no pool, but the pages and their Fisher information may be there.
    const bool hasPool = m_results && m_results->pageMap;
    const PageMapMode mode = hasPool ? m_wantedMode : PageMapMode::Tasks;
    const QSignalBlocker blockMode(m_mode);
    const QSignalBlocker blockQuantity(m_quantity);
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(mode)));
    m_mode->setEnabled(hasPool);
    m_quantity->clear();
    static constexpr std::array kQuantities { PageQuantity::Tenants, PageQuantity::Tasks, PageQuantity::Cost,
        PageQuantity::Fisher, PageQuantity::Level, PageQuantity::Change };
    for (const PageQuantity quantity : kQuantities) {
        if (m_results && isThere(*m_results, mode, quantity) && (quantity != PageQuantity::Change || m_other))
            m_quantity->addItem(quantityText(quantity, m_other.get()), static_cast<int>(quantity));
    }
    const int wanted = m_quantity->findData(static_cast<int>(m_wantedQuantity));
    m_quantity->setCurrentIndex(std::max(wanted, 0));
    m_view->setMode(mode);
    if (m_quantity->count() > 0)
        m_view->setQuantity(static_cast<PageQuantity>(m_quantity->currentData().toInt()));
}

void PageMapPage::showHint()
{
    if (m_quantity->count() > 0)
        return m_pages->showContent();
    m_pages->showHint(m_results
            ? tr(
                "No page map yet.\n\nThe stage pages cuts the networks into pages, fisher says how much each "
                "page matters, and match decides which slot of the pool each takes. The map is shown as soon "
                "as they are done.")
            : tr(
                "No page map yet.\n\nThe stages up to match make it: which page of which network takes which "
                "slot of the pool."));
}

void PageMapPage::showSelection(const SelectedItem& item)
{
    const QScopedValueRollback showing(m_isShowing, true);
    m_view->setSelected(item);
    const bool hasSlot
        = m_results && m_results->pageMap && item.slot >= 0 && item.slot < m_results->pageMap->slotCount();
    if (!hasSlot) {
        m_table->clearSelection();
        m_table->selectionModel()->clearCurrentIndex();
        return;
    }
    const QModelIndex row = m_model->index(m_model->rowOf(item.slot), SlotModel::SlotColumn);
    m_table->setCurrentIndex(row);
    m_table->scrollTo(row);
}

void PageMapPage::restartSearch()
{
    m_matches = m_results ? searchPages(*m_results, m_search->text()) : std::vector<SelectedItem> {};
    m_match = -1;
    if (m_search->text().trimmed().isEmpty())
        m_found->clear();
    else if (m_matches.empty())
        m_found->setText(tr("none"));
    else
        m_found->setText(tr("%n found", nullptr, static_cast<int>(m_matches.size())));
}

void PageMapPage::findNext(bool forwards)
{
    const int count = static_cast<int>(m_matches.size());
    if (count == 0) {
        if (!m_search->text().trimmed().isEmpty())
            Q_EMIT statusChanged(tr("No task, layer, page or slot is called “%1”. Try a task's name, "
                                    "task:page, or a slot's number.")
                                     .arg(m_search->text().trimmed()));
        return;
    }
    m_match = m_match < 0 ? (forwards ? 0 : count - 1) : (m_match + (forwards ? 1 : count - 1)) % count;
    const SelectedItem& item = m_matches[static_cast<std::size_t>(m_match)];
    m_found->setText(tr("%1 of %2").arg(m_match + 1).arg(count));
    selection().set(item);
    Q_EMIT statusChanged(tr("Selected: %1").arg(itemText(*m_results, item)));
}

void PageMapPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool PageMapPage::paintTo(QPainter& painter, const QRectF& target) const
{
    if (!m_results || m_view->cells().codes.empty())
        return false;
    painter.save();
    painter.setFont(font());
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double legend = m_legend->heightIn(target.width(), metrics);
    m_view->paintTo(painter, target.adjusted(0.0, 0.0, 0.0, -legend - metrics.height() / 2.0));
    m_legend->paint(painter, QRectF(target.left(), target.bottom() - legend, target.width(), legend));
    painter.restore();
    return true;
}

QString PageMapPage::csv() const
{
    return m_results ? pageMapCsv(*m_results) : QString();
}

} // namespace palimpsest
