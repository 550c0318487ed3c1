// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fisher/fisher_view.h"

#include "widgets/export/picture.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/plots/heat_plot.h"
#include "widgets/plots/task_legend.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/text.h"
#include "widgets/tables/csv.h"
#include "widgets/worker/newest_task.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace {

constexpr std::size_t kBins = 24;
constexpr std::size_t kFewPages = 20'000; ///< are sorted at once; more of them on a thread of their own

} // namespace

/// What is worked out of the results, off the window's thread where it is much.
struct FisherView::Summary {
    std::shared_ptr<const HeatPlot::Rows> rows;
    std::vector<FisherCurve> curves; ///< one a task
    std::vector<std::shared_ptr<const CurveStore>> densities; ///< share of the k densest pages over k
    std::vector<std::shared_ptr<const CurveStore>>
        histograms; ///< share of the task's pages, at the left edge of each bin

    explicit Summary(const RunResults& results)
    {
        auto fisher = std::make_shared<HeatPlot::Rows>();
        std::vector<std::span<const double>> spans;
        for (const TaskResults& task : results.tasks) {
            fisher->push_back(task.pageFisher);
            spans.emplace_back(task.pageFisher);
            const FisherCurve& curve = curves.emplace_back(makeFisherCurve(task.pageFisher));
            auto density = std::make_shared<CurveStore>();
            for (std::size_t rank = 1; rank < curve.rest.size(); ++rank)
                density->append(static_cast<double>(rank), 1.0 - curve.rest[rank]);
            densities.push_back(std::move(density));
        }
        rows = std::move(fisher);
        const FisherHistogram histogram = makeFisherHistogram(spans, kBins);
        for (std::size_t task = 0; task < results.tasks.size(); ++task) {
            auto bars = std::make_shared<CurveStore>();
            const auto pages = static_cast<double>(spans[task].size());
            for (std::size_t bin = 0; bin < histogram.edges.size(); ++bin)
                bars->append(histogram.edges[bin],
                    bin < kBins ? static_cast<double>(histogram.counts[task][bin]) / std::max(pages, 1.0)
                                : 0.0);
            histograms.push_back(std::move(bars));
        }
    }
};

FisherView::FisherView(Selection& selection, QWidget* parent)
    : View(selection, parent)
    , m_map(new HeatPlot)
    , m_histogram(new CurvePlot)
    , m_density(new CurvePlot)
    , m_legend(new TaskLegend(selection))
    , m_margin(new QDoubleSpinBox)
    , m_note(new QLabel)
    , m_preview(new QLabel)
    , m_useDensity(new QPushButton(tr("Use the strategy &density")))
    , m_worker(new NewestTask(this))
{
    createPlots();
    auto* const lower = new QSplitter;
    lower->setObjectName(QStringLiteral("fisherCurvesSplitter"));
    lower->setChildrenCollapsible(false);
    lower->addWidget(m_density);
    lower->addWidget(m_histogram);
    lower->addWidget(m_legend);
    lower->setStretchFactor(0, 3);
    lower->setStretchFactor(1, 2);
    auto* const separation = new QWidget;
    auto* const separationLayout = new QVBoxLayout(separation);
    separationLayout->setContentsMargins({});
    separationLayout->addWidget(createControls());
    separationLayout->addWidget(lower, 1);
    auto* const whole = new QSplitter(Qt::Vertical);
    whole->setObjectName(QStringLiteral("fisherSplitter"));
    whole->setChildrenCollapsible(false);
    whole->addWidget(m_map);
    whole->addWidget(separation);
    whole->setStretchFactor(0, 2);
    whole->setStretchFactor(1, 3);
    m_page = new EmptyPage(whole);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_page);

    connect(&selection, &Selection::changed, this, &FisherView::showSelected);
    setResults(nullptr);
}

FisherView::~FisherView() = default;

void FisherView::createPlots()
{
    m_map->setAccessibleName(tr("Fisher information of every page, a row for each task"));
    m_map->setAxes({ tr("Page"), Plot::Text::Number, false }, {});
    m_histogram->setLegendUse(CurvePlot::LegendUse::Never); // the other plot has it

    m_histogram->setAccessibleName(tr("Histogram of the pages' Fisher information"));
    m_histogram->setAxes({ tr("Fisher [nats/weight²]"), Plot::Text::Number, true },
        { tr("Share of the task's pages"), Plot::Text::Percent, false });
    m_density->setAccessibleName(
        tr("Share of a task's Fisher information on its densest pages, with the margin"));
    m_density->setAxes({ tr("Densest pages"), Plot::Text::Number, true },
        { tr("Share of the task's Fisher"), Plot::Text::Percent, false });
    for (CurvePlot* plot : { m_histogram, m_density }) {
        // In the other plot a curve's point is a page: see below.
        connect(plot, &CurvePlot::taskClicked, this, [this, plot](int task) {
            if (task < 0 || plot == m_histogram)
                select(task, -1);
        });
        connect(m_legend, &TaskLegend::shownChanged, plot, &CurvePlot::setTaskShown);
    }
    for (Plot* plot : std::initializer_list<Plot*> { m_map, m_histogram, m_density })
        connect(plot, &Plot::hovered, this, &View::statusChanged);
    connect(m_map, &HeatPlot::cellClicked, this, [this](int task, int page) { select(task, page); });
    m_density->setPointText([this](int task, qsizetype point) {
        const FisherCurve& curve = m_summary->curves[static_cast<std::size_t>(task)];
        return tr("the last of them is page %1").arg(countText(curve.order[static_cast<std::size_t>(point)]));
    });
    connect(m_density, &CurvePlot::curveClicked, this, [this](int task, qsizetype point) {
        select(
            task, m_summary->curves[static_cast<std::size_t>(task)].order[static_cast<std::size_t>(point)]);
    });
    connect(m_density, &CurvePlot::thresholdMoved, this, [this](double y) { previewMargin(1.0 - y); });
    connect(m_density, &CurvePlot::thresholdDropped, this, [this](double y) { editMargin(1.0 - y); });
}

QWidget* FisherView::createControls()
{
    auto* const controls = new QWidget;
    auto* const row = new QHBoxLayout(controls);
    const int edge = fontMetrics().height() / 3;
    row->setContentsMargins(edge, edge, edge, 0);
    auto* const label = new QLabel(tr("&Margin"));
    label->setBuddy(m_margin);
    m_margin->setRange(0.0, 1.0);
    m_margin->setDecimals(4);
    m_margin->setSingleStep(0.01);
    m_margin->setKeyboardTracking(false); // a number is edited when it is complete
    m_margin->setAccessibleName(tr("Separation margin"));
    m_margin->setToolTip(tr(
        "Share of each task's Fisher information that may stay on shared pages; a fraction, by default 0.1. "
        "Smaller makes more pages exclusive. The line in the plot is the same setting."));
    m_useDensity->setToolTip(
        tr("Sets the recipe's separation strategy to density, with which the margin decides which pages "
           "are exclusive."));
    m_note->setWordWrap(true);
    m_preview->setWordWrap(true);
    m_preview->setObjectName(QStringLiteral("fisherPreview"));
    m_note->setObjectName(QStringLiteral("fisherNote"));
    row->addWidget(label);
    row->addWidget(m_margin);
    row->addWidget(m_preview, 1);
    row->addWidget(m_note, 1);
    row->addWidget(m_useDensity);
    connect(m_margin, &QDoubleSpinBox::valueChanged, this, [this](double margin) {
        if (!m_isShowing)
            editMargin(margin);
    });
    connect(m_useDensity, &QPushButton::clicked, this, [this] {
        Q_EMIT settingEdited(QStringLiteral("separation.strategy"), QStringLiteral("\"density\""));
    });
    return controls;
}

void FisherView::setResults(const std::shared_ptr<const RunResults>& results)
{
    const bool hasFisher = results && std::ranges::any_of(results->tasks, [](const TaskResults& task) {
        return !task.pageFisher.empty();
    });
    if (!hasFisher) {
        m_worker->cancel();
        m_results = nullptr;
        m_summary = nullptr;
        m_page->showHint(tr("No Fisher information yet.\n\nThe stage fisher estimates it, and the stage "
                            "pages cuts the networks "
                            "into pages."));
        return;
    }
    std::size_t pages = 0;
    for (const TaskResults& task : results->tasks)
        pages += task.pageFisher.size();
    if (pages <= kFewPages) {
        m_worker->cancel();
        showSummary(results, std::make_shared<const Summary>(*results));
        return;
    }
    m_worker->start([this, results](const std::stop_token&) {
        auto summary = std::make_shared<const Summary>(*results);
        return NewestTask::Show([this, results, summary] { showSummary(results, summary); });
    });
}

void FisherView::showSummary(
    const std::shared_ptr<const RunResults>& results, std::shared_ptr<const Summary> summary)
{
    m_results = results;
    m_summary = std::move(summary);
    QStringList names;
    m_histogram->clearCurves();
    m_density->clearCurves();
    for (std::size_t task = 0; task < results->tasks.size(); ++task) {
        names << QString::fromStdString(results->tasks[task].name);
        CurveLook look;
        look.name = names.back();
        look.task = static_cast<int>(task);
        m_density->addCurve(look, m_summary->densities[task]);
        look.form = CurveLook::Form::Steps;
        m_histogram->addCurve(look, m_summary->histograms[task]);
    }
    m_map->setCells(names, m_summary->rows, tr("Page Fisher"));
    m_legend->setTasks(names);
    m_page->showContent();
    showSeparation();
    showSelected(selection().item());
}

void FisherView::setRecipe(const Recipe& recipe)
{
    m_recipe = recipe.separation;
    showSeparation();
}

void FisherView::showSeparation()
{
    if (!m_results)
        return;
    const SeparationSettings& settings = m_recipe ? *m_recipe : m_results->recipe.separation;
    const bool isDensity = settings.strategy == SeparationStrategy::Density;
    CurvePlot::Threshold line;
    line.y = 1.0 - settings.margin;
    line.isMovable = isDensity;
    line.text
        = isDensity ? tr("margin %1").arg(settings.margin) : tr("margin %1, not used").arg(settings.margin);
    m_density->setThreshold(line);
    const QScopedValueRollback showing(m_isShowing, true);
    m_margin->setValue(settings.margin);
    m_margin->setEnabled(isDensity);
    m_note->setVisible(!isDensity);
    m_useDensity->setVisible(!isDensity);
    m_preview->setVisible(isDensity);
    m_note->setText(tr("The margin has no effect: with the strategy price, matching itself chooses up to %1 "
                       "exclusive pages.")
                        .arg(countText(settings.exclusivePages)));
    m_preview->setText(previewText(settings.margin));
}

QString FisherView::previewText(double margin) const
{
    std::int64_t all = 0;
    std::int64_t exclusive = 0;
    QStringList each;
    for (std::size_t task = 0; task < m_summary->curves.size(); ++task) {
        const FisherCurve& curve = m_summary->curves[task];
        const std::int64_t pages = curve.exclusivePages(margin);
        all += std::ssize(curve.order);
        exclusive += pages;
        each << tr("%1 %2").arg(QString::fromStdString(m_results->tasks[task].name), countText(pages));
    }
    return tr("%1 of %2 pages become exclusive: %3")
        .arg(countText(exclusive), countText(all), each.join(QStringLiteral(", ")));
}

void FisherView::previewMargin(double margin)
{
    std::int64_t exclusive = 0;
    for (const FisherCurve& curve : m_summary->curves)
        exclusive += curve.exclusivePages(margin);
    m_density->setThresholdText(
        tr("margin %1: %2 exclusive").arg(QString::number(margin, 'g', 4), countText(exclusive)));
    m_preview->setText(previewText(margin));
    const QScopedValueRollback showing(m_isShowing, true);
    m_margin->setValue(margin);
}

void FisherView::editMargin(double margin)
{
    const SeparationSettings& settings = m_recipe ? *m_recipe : m_results->recipe.separation;
    const QString text = QString::number(margin, 'g', 6); // 1 - y has digits that nobody chose
    if (text.toDouble() == settings.margin)
        showSeparation(); // it came back to where it was
    else
        Q_EMIT settingEdited(QStringLiteral("separation.margin"), text);
}

void FisherView::select(int task, std::int64_t page)
{
    if (task < 0)
        return selection().clear();
    SelectedItem item { .task = task, .page = static_cast<int>(page) };
    const std::vector<PageRef>& entries = m_results->tasks[static_cast<std::size_t>(task)].table.entries;
    if (page >= 0 && page < std::ssize(entries) && !entries[static_cast<std::size_t>(page)].exclusive)
        item.slot = static_cast<int>(entries[static_cast<std::size_t>(page)].index);
    selection().set(item);
}

void FisherView::showSelected(const SelectedItem& selected)
{
    for (CurvePlot* plot : { m_histogram, m_density })
        plot->setHighlightedTask(selected.task);
    m_density->setMarked(-1, 0);
    m_map->setMarked(-1, {});
    if (!m_results || selected.task < 0 || selected.task >= std::ssize(m_results->tasks))
        return;
    const auto task = static_cast<std::size_t>(selected.task);
    const TaskResults& results = m_results->tasks[task];
    const FisherCurve& curve = m_summary->curves[task];
    std::vector<std::pair<int, int>> ranges;
    if (selected.page >= 0 && selected.page < std::ssize(curve.order)) {
        ranges.emplace_back(selected.page, selected.page);
        const auto rank = std::ranges::find(curve.order, static_cast<std::uint32_t>(selected.page));
        m_density->setMarked(selected.task, rank - curve.order.begin());
    } else if (selected.layer >= 0) {
        for (const std::int64_t page : results.pagesOf(static_cast<std::size_t>(selected.layer))) {
            if (!ranges.empty() && ranges.back().second + 1 == page)
                ranges.back().second = static_cast<int>(page);
            else
                ranges.emplace_back(static_cast<int>(page), static_cast<int>(page));
        }
    } else if (!curve.order.empty()) {
        ranges.emplace_back(0, static_cast<int>(curve.order.size()) - 1);
    }
    m_map->setMarked(selected.task, ranges);
}

bool FisherView::paintTo(QPainter& painter, const QRectF& target) const
{
    if (!m_results)
        return false;
    painter.save();
    QRectF place = paintCaption(painter, beginPicture(painter, target, *this), *this,
        tr("Fisher information of every page, in nats per squared weight"));
    const double upper = 0.4 * place.height();
    m_map->paintTo(painter, QRectF(place.topLeft(), QSizeF(place.width(), upper)));
    place.setTop(place.top() + upper);
    place = paintCaption(painter, place, *this, tr("Densest pages of each task, and histogram of all pages"));
    const double left = 0.58 * place.width();
    m_density->paintTo(painter, QRectF(place.topLeft(), QSizeF(left, place.height())));
    m_histogram->paintTo(painter, place.adjusted(left, 0.0, 0.0, 0.0));
    painter.restore();
    return true;
}

QString FisherView::csv() const
{
    if (!m_results)
        return {};
    QString text = csvLine({ QStringLiteral("task"), QStringLiteral("page"), QStringLiteral("fisher"),
        QStringLiteral("density"), QStringLiteral("rank") });
    for (std::size_t task = 0; task < m_results->tasks.size(); ++task) {
        const FisherCurve& curve = m_summary->curves[task];
        std::vector<std::size_t> rank(curve.order.size());
        for (std::size_t i = 0; i < curve.order.size(); ++i)
            rank[curve.order[i]] = i + 1;
        const QString name = csvField(QString::fromStdString(m_results->tasks[task].name));
        for (std::size_t page = 0; page < rank.size(); ++page)
            text += name + QLatin1Char(',') + QString::number(page) + QLatin1Char(',')
                + csvNumber(m_results->tasks[task].pageFisher[page]) + QLatin1Char(',')
                + csvNumber(curve.density[page]) + QLatin1Char(',') + QString::number(rank[page])
                + QStringLiteral("\r\n");
    }
    return text;
}

} // namespace palimpsest
