// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector.h"

#include "widgets/inspector/inspector_facts.h"
#include "widgets/inspector/inspector_model.h"
#include "widgets/pagemap/page_items.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/fonts.h"
#include "widgets/style/palette.h"
#include "widgets/style/text.h"
#include "widgets/tables/table_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPixmap>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStringList>
#include <QToolButton>
#include <QVBoxLayout>

namespace palimpsest {

namespace {

constexpr std::size_t kBins = 40;
constexpr std::size_t kMostCurves = 4; ///< pages in one histogram: more cannot be told apart
constexpr std::size_t kMostHistory = 100;
constexpr std::int64_t kWeightsAtOnce = 200'000; ///< more are counted on the worker thread

QToolButton* createStep(Qt::ArrowType arrow, const QString& name, const QString& tip)
{
    auto* const button = new QToolButton;
    button->setArrowType(arrow);
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setToolTip(tip);
    return button;
}

} // namespace

Inspector::Inspector(Selection& selection, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_model(new InspectorModel(this))
    , m_swatch(new QLabel)
    , m_title(new QLabel)
    , m_facts(new QLabel)
    , m_caption(new QLabel)
    , m_table(new TableView)
    , m_plot(new CurvePlot)
    , m_note(new QLabel)
    , m_back(createStep(Qt::LeftArrow, tr("Back"), tr("Select what was selected before")))
    , m_forward(createStep(Qt::RightArrow, tr("Forward"), tr("Select what was selected after it")))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setFont(boldFont(m_title->font()));
    m_title->setObjectName(QStringLiteral("inspectorTitle"));
    m_facts->setTextFormat(Qt::RichText);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_facts->setAccessibleName(tr("Facts about what is selected"));
    m_facts->setObjectName(QStringLiteral("inspectorFacts"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_caption->setBuddy(m_table);
    m_plot->setAccessibleName(tr("Histogram of weights"));
    m_plot->setAxes({ tr("Weight"), Plot::Text::Number, false }, { tr("Share"), Plot::Text::Percent, false });
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);

    auto* const head = new QHBoxLayout;
    head->addWidget(m_swatch);
    head->addWidget(m_title, 1);
    head->addWidget(m_back);
    head->addWidget(m_forward);
    auto* const parts = new QWidget;
    auto* const partsLayout = new QVBoxLayout(parts);
    partsLayout->setContentsMargins({});
    partsLayout->addWidget(m_caption);
    partsLayout->addWidget(m_table, 1);
    auto* const splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(parts);
    splitter->addWidget(m_plot);
    splitter->setChildrenCollapsible(false);
    auto* const content = new QWidget;
    auto* const layout = new QVBoxLayout(content);
    layout->addLayout(head);
    layout->addWidget(m_facts);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_note);
    layout->addStretch(0); // where neither a table nor a plot takes the room
    m_pages = new EmptyPage(content);
    auto* const whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_pages);

    connect(m_back, &QToolButton::clicked, this, &Inspector::goBack);
    connect(m_forward, &QToolButton::clicked, this, &Inspector::goForward);
    connect(m_facts, &QLabel::linkActivated, this, [this](const QString& link) {
        if (const std::optional<SelectedItem> item = itemOfLink(link))
            m_selection.set(*item);
    });
    connect(m_table, &QAbstractItemView::activated, this,
        [this](const QModelIndex& index) { m_selection.set(m_model->itemAt(index.row())); });
    connect(m_plot, &CurvePlot::hovered, this, &Inspector::statusChanged);
    connect(&selection, &Selection::changed, this, [this](const SelectedItem& item) {
        remember(item);
        showItem(item);
    });
    showItem(selection.item());
}

void Inspector::setResults(const std::shared_ptr<const RunResults>& results)
{
    m_results = results;
    showItem(m_selection.item());
}

void Inspector::remember(const SelectedItem& item)
{
    if (m_isStepping || item.isEmpty())
        return;
    m_history.resize(m_place); // what lay ahead is given up
    m_history.push_back(item);
    if (m_history.size() > kMostHistory)
        m_history.erase(m_history.begin());
    m_place = m_history.size();
    updateSteps();
}

void Inspector::step(int by)
{
    const auto next = static_cast<std::ptrdiff_t>(m_place) + by;
    if (next < 1 || next > std::ssize(m_history))
        return;
    m_place = static_cast<std::size_t>(next);
    const QScopedValueRollback stepping(m_isStepping, true);
    m_selection.set(m_history[m_place - 1]);
    updateSteps();
}

void Inspector::goBack()
{
    step(-1);
}

void Inspector::goForward()
{
    step(1);
}

void Inspector::updateSteps()
{
    m_back->setEnabled(m_place > 1);
    m_forward->setEnabled(m_place < m_history.size());
}

void Inspector::showItem(const SelectedItem& item)
{
    updateSteps();
    const InspectorFacts facts = m_results ? inspectorFacts(*m_results, item) : InspectorFacts {};
    if (facts.title.isEmpty()) {
        m_task.cancel();
        m_model->setItem(nullptr, {});
        m_pages->showHint(item.isEmpty() ? tr("Nothing is selected.\n\nClick a cell of the page map, a task "
                                              "or a row of a table to see here what it is.")
                                         : tr("What is selected is not part of this run."));
        return;
    }
    m_title->setText(facts.title);
    m_swatch->setVisible(facts.colorTask >= 0);
    QPixmap swatch(fontMetrics().ascent(), fontMetrics().ascent());
    swatch.fill(taskColor(facts.colorTask));
    m_swatch->setPixmap(swatch);
    QStringList rows;
    for (const auto& [name, value] : facts.facts)
        rows << QStringLiteral("<tr><td style=\"padding-right:8px\">%1</td><td>%2</td></tr>")
                    .arg(name.toHtmlEscaped(), value);
    m_facts->setText(QStringLiteral("<table cellspacing=\"0\">%1</table>").arg(rows.join(QString())));
    m_model->setItem(m_results, item);
    const bool hasParts = m_model->rowCount() > 0;
    m_caption->setText(m_model->caption());
    m_caption->setVisible(hasParts);
    m_table->setVisible(hasParts);
    m_table->setAccessibleName(m_model->caption());
    m_table->fitColumns();
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->kind() == InspectorModel::Kind::Tenants && m_model->itemAt(row) == item)
            m_table->selectRow(row);
    showHistogram(item);
    m_pages->showContent();
}

std::vector<Inspector::Series> Inspector::seriesOf(const RunResults& results, const SelectedItem& item)
{
    std::vector<Series> series;
    const auto add = [&](const QString& name, int task, std::vector<float> values) {
        if (!values.empty())
            series.push_back({ name, task, std::move(values) });
    };
    const bool hasSlot = !cellOf(results, PageMapMode::Pool, item).isNone();
    if (hasSlot)
        add(tr("slot %1, packed").arg(item.slot), -1, slotValues(results, item.slot));
    if (item.page >= 0) {
        const auto task = static_cast<std::size_t>(item.task);
        add(tr("%1, alone").arg(pageName(results, task, item.page)), item.task,
            pageValues(results.tasks[task], item.page));
    } else if (hasSlot) {
        for (const SlotTenant& tenant : weightiestTenants(results, item.slot, kMostCurves))
            add(pageName(results, tenant.task, tenant.page), static_cast<int>(tenant.task),
                pageValues(results.tasks[tenant.task], tenant.page));
    }
    return series;
}

void Inspector::showHistogram(const SelectedItem& item)
{
    m_task.cancel();
    const bool isPage = item.page >= 0 || item.slot >= 0;
    m_plot->clearCurves();
    if (!isPage)
        return takeHistogram({}, {});
    const auto work = [results = m_results, item] {
        std::vector<Series> series = seriesOf(*results, item);
        std::vector<std::vector<float>> values;
        for (Series& one : series)
            values.push_back(std::move(one.values));
        return std::pair { std::move(series), makeWeightHistogram(values, kBins) };
    };
    const std::int64_t pageSize
        = m_results->pageMap ? m_results->pageMap->pageSize : m_results->recipe.pages.pageSize;
    if (pageSize * static_cast<std::int64_t>(kMostCurves + 1) <= kWeightsAtOnce) {
        const auto [series, histogram] = work();
        takeHistogram(series, histogram);
        return;
    }
    m_task.start([this, work](const std::stop_token&) -> NewestTask::Show {
        auto made = std::make_shared<std::pair<std::vector<Series>, WeightHistogram>>(work());
        return [this, made] { takeHistogram(made->first, made->second); };
    });
}

void Inspector::takeHistogram(const std::vector<Series>& series, const WeightHistogram& histogram)
{
    m_plot->setVisible(!series.empty());
    m_note->setVisible(!series.empty());
    // A legend has no room for more than two names in a narrow pane; a page's task is told by its colour and line.
    const bool hasLegend = series.size() <= 2;
    m_plot->setLegendUse(hasLegend ? CurvePlot::LegendUse::Always : CurvePlot::LegendUse::Never);
    const bool hasPacked = !series.empty() && series.front().task < 0;
    const auto alone = static_cast<int>(series.size()) - (hasPacked ? 1 : 0);
    if (hasLegend)
        m_note->setText(tr("Share of the weights in each of %1 bins.").arg(kBins));
    else if (hasPacked)
        m_note->setText(tr("Share of the weights in each of %1 bins: of the slot, packed (solid), and of the "
                           "%2 pages with most Fisher "
                           "information, alone, in the colours of their tasks.")
                            .arg(kBins)
                            .arg(alone));
    else
        m_note->setText(tr("Share of the weights in each of %1 bins: of the %2 pages with most Fisher "
                           "information, alone, in the "
                           "colours of their tasks.")
                            .arg(kBins)
                            .arg(alone));
    for (std::size_t i = 0; i < series.size(); ++i) {
        auto bars = std::make_shared<CurveStore>();
        const auto total = static_cast<double>(std::max<std::int64_t>(histogram.totals[i], 1));
        for (std::size_t bin = 0; bin <= kBins; ++bin)
            bars->append(histogram.low + static_cast<double>(bin) * histogram.binWidth,
                bin < kBins ? static_cast<double>(histogram.counts[i][bin]) / total : 0.0);
        CurveLook look;
        look.name = series[i].name;
        look.task = series[i].task;
        look.form = CurveLook::Form::Steps;
        m_plot->addCurve(look, std::move(bars));
    }
    m_plot->dataChanged();
}

} // namespace palimpsest
