// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/execution/execution_view.h"

#include "core/report/number_format.h"
#include "core/report/report_summary.h"
#include "widgets/execution/switch_model.h"
#include "widgets/export/picture.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/style/core_text.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/text.h"
#include "widgets/tables/csv.h"
#include "widgets/tables/table_painter.h"
#include "widgets/tables/table_view.h"

#include <QPainter>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace {

CurveLook lookOf(const SwitchResults& switches, std::size_t way, CurveLook::Form form)
{
    CurveLook look;
    look.name = coreText(switchLabel(switches.ways[way].method));
    look.series = static_cast<int>(way);
    look.seriesCount = static_cast<int>(switches.ways.size());
    look.form = form;
    return look;
}

/// Share of the switches that took at most so long, as steps.
std::shared_ptr<const CurveStore> distributionOf(std::vector<double> samples)
{
    std::ranges::sort(samples);
    auto curve = std::make_shared<CurveStore>();
    curve->append(samples.front(), 0.0);
    for (std::size_t i = 0; i < samples.size(); ++i)
        curve->append(samples[i], static_cast<double>(i + 1) / static_cast<double>(samples.size()));
    return curve;
}

std::shared_ptr<const CurveStore> timelineOf(const std::vector<double>& samples)
{
    auto curve = std::make_shared<CurveStore>();
    for (std::size_t i = 0; i < samples.size(); ++i)
        curve->append(static_cast<double>(i + 1), samples[i]);
    return curve;
}

} // namespace

ExecutionView::ExecutionView(Selection& selection, QWidget* parent)
    : View(selection, parent)
    , m_model(new SwitchModel(this))
    , m_table(new TableView)
    , m_distribution(new CurvePlot)
    , m_timeline(new CurvePlot)
{
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("switchTable"));
    m_table->setAccessibleName(tr("Time of a switch by each way"));
    m_distribution->setAccessibleName(tr("Distribution of the switch times"));
    m_distribution->setAxes({ tr("Time of a switch"), Plot::Text::Duration, true },
        { tr("Share of the switches done by then"), Plot::Text::Percent, false });
    m_distribution->setGuides(
        { { 0.5, tr("median"), Qt::Horizontal }, { 0.95, tr("95 %"), Qt::Horizontal } });
    m_distribution->setLegendUse(CurvePlot::LegendUse::Never); // the timeline has it
    m_timeline->setAccessibleName(tr("Time of every switch, in their order"));
    m_timeline->setAxes(
        { tr("Switch"), Plot::Text::Number, false }, { tr("Time"), Plot::Text::Duration, true });
    m_timeline->setLegendUse(CurvePlot::LegendUse::Always);
    m_timeline->setPointText([this](int /*curve*/, qsizetype point) {
        const QString task = taskName(static_cast<std::size_t>(point));
        return task.isEmpty() ? QString() : tr("to the task %1").arg(task);
    });

    auto* const plots = new QSplitter;
    plots->setObjectName(QStringLiteral("executionPlotsSplitter"));
    plots->setChildrenCollapsible(false);
    plots->addWidget(m_timeline);
    plots->addWidget(m_distribution);
    plots->setStretchFactor(0, 3);
    plots->setStretchFactor(1, 2);
    m_plotPage = new EmptyPage(plots);
    auto* const whole = new QSplitter(Qt::Vertical);
    whole->setObjectName(QStringLiteral("executionSplitter"));
    whole->setChildrenCollapsible(false);
    whole->addWidget(m_plotPage);
    whole->addWidget(m_table);
    whole->setStretchFactor(0, 3);
    whole->setStretchFactor(1, 1);
    m_page = new EmptyPage(whole);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_page);

    for (Plot* plot : { m_distribution, m_timeline })
        connect(plot, &Plot::hovered, this, &View::statusChanged);
    connect(m_timeline, &CurvePlot::curveClicked, this, [this](int /*curve*/, qsizetype point) {
        const auto index = static_cast<std::size_t>(point);
        if (!taskName(index).isEmpty())
            this->selection().set({ .task = static_cast<int>(m_switches.sequence[index]) });
    });
    connect(&selection, &Selection::changed, this, &ExecutionView::showSelected);
    setResults(nullptr);
}

QString ExecutionView::taskName(std::size_t switchIndex) const
{
    if (switchIndex >= m_switches.sequence.size())
        return {};
    const std::size_t task = m_switches.sequence[switchIndex];
    return m_results && task < m_results->tasks.size() ? QString::fromStdString(m_results->tasks[task].name)
                                                       : QString();
}

void ExecutionView::setResults(const std::shared_ptr<const RunResults>& results)
{
    m_results = results;
    m_switches = results && results->report ? switchResults(*results->report) : SwitchResults {};
    m_model->setWays(m_switches.ways);
    m_table->fitColumns();
    fillPlots();
    if (m_switches.ways.empty())
        m_page->showHint(
            tr("No switch was measured yet.\n\nThe stage execute measures switches in random order; run the "
               "pipeline up to it."));
    else
        m_page->showContent();
    const bool hasSamples
        = std::ranges::any_of(m_switches.ways, [](const SwitchStats& way) { return !way.samplesUs.empty(); });
    if (hasSamples)
        m_plotPage->showContent();
    else
        m_plotPage->showHint(
            tr("The single switches of this run were not kept.\n\nRun the stage execute again to see them."));
    showSelected(selection().item());
}

void ExecutionView::fillPlots()
{
    m_distribution->clearCurves();
    m_timeline->clearCurves();
    m_timelineWays.clear();
    std::vector<CurvePlot::Guide> floors;
    for (std::size_t way = 0; way < m_switches.ways.size(); ++way) {
        const SwitchStats& stats = m_switches.ways[way];
        if (stats.samplesUs.empty())
            continue;
        m_distribution->addCurve(
            lookOf(m_switches, way, CurveLook::Form::Steps), distributionOf(stats.samplesUs));
        if (stats.isFloor()) {
            floors.push_back({ stats.medianUs,
                tr("floor: %1, %2")
                    .arg(coreText(switchLabel(stats.method)),
                        QString::fromStdString(latencyText(stats.medianUs))),
                Qt::Horizontal });
            continue;
        }
        m_timeline->addCurve(lookOf(m_switches, way, CurveLook::Form::Line), timelineOf(stats.samplesUs));
        m_timelineWays.push_back(way);
    }
    m_timeline->setGuides(floors);
}

void ExecutionView::showSelected(const SelectedItem& selected)
{
    // The switches to the selected task, as points in its colour over the curve of the paged way.
    m_timeline->setOverlay({}, nullptr);
    if (selected.task < 0 || m_switches.ways.empty() || m_switches.ways.front().samplesUs.empty())
        return;
    auto points = std::make_shared<CurveStore>();
    const std::vector<double>& samples = m_switches.ways.front().samplesUs;
    for (std::size_t i = 0; i < std::min(samples.size(), m_switches.sequence.size()); ++i)
        if (std::cmp_equal(m_switches.sequence[i], selected.task))
            points->append(static_cast<double>(i + 1), samples[i]);
    if (points->isEmpty() || !m_results || selected.task >= std::ssize(m_results->tasks))
        return;
    CurveLook look;
    look.name = tr("to %1").arg(
        QString::fromStdString(m_results->tasks[static_cast<std::size_t>(selected.task)].name));
    look.task = selected.task;
    look.form = CurveLook::Form::Dots;
    m_timeline->setOverlay(look, points);
}

bool ExecutionView::paintTo(QPainter& painter, const QRectF& target) const
{
    if (m_switches.ways.empty())
        return false;
    painter.save();
    QRectF place = beginPicture(painter, target, *this);
    place = paintCaption(painter, place, *this,
        tr("Time of a switch to another task; a network has %1 on average")
            .arg(bytesText(m_switches.networkBytes)));
    const double table = std::min(tableHeight(*m_model, font()), 0.6 * place.height());
    if (m_plotPage->hint().isEmpty()) {
        const double left = 0.58 * place.width();
        const double height = place.height() - table;
        m_timeline->paintTo(painter, QRectF(place.topLeft(), QSizeF(left, height)));
        m_distribution->paintTo(
            painter, QRectF(place.left() + left, place.top(), place.width() - left, height));
        place.setTop(place.bottom() - table);
    }
    paintTable(painter, place, *m_model, font(), palette());
    painter.restore();
    return true;
}

QString ExecutionView::csv() const
{
    if (m_switches.ways.empty())
        return {};
    if (!m_plotPage->hint().isEmpty())
        return tableCsv(*m_model);
    QString text = csvLine({ QStringLiteral("method"), QStringLiteral("switch"), QStringLiteral("task"),
        QStringLiteral("microseconds") });
    for (const SwitchStats& way : m_switches.ways)
        for (std::size_t i = 0; i < way.samplesUs.size(); ++i)
            text += csvLine({ QString::fromStdString(way.method), QString::number(i + 1), taskName(i),
                csvNumber(way.samplesUs[i]) });
    return text;
}

} // namespace palimpsest
