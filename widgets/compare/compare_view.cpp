// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/compare_view.h"

#include "widgets/compare/compare_model.h"
#include "widgets/export/picture.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/plots/task_legend.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/csv.h"
#include "widgets/tables/table_painter.h"
#include "widgets/tables/table_view.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace {

constexpr std::array kSides { CompareView::Side::A, CompareView::Side::B };

struct CurveChoice {
    CurveStage stage;
    CurveQuantity quantity;
};
/// In the order of the list.
constexpr std::array kCurves {
    CurveChoice { CurveStage::Optimise, CurveQuantity::Accuracy },
    CurveChoice { CurveStage::Optimise, CurveQuantity::Loss },
    CurveChoice { CurveStage::Train, CurveQuantity::Accuracy },
    CurveChoice { CurveStage::Train, CurveQuantity::Loss },
};

} // namespace

CompareView::CompareView(Selection& selection, QWidget* parent)
    : View(selection, parent)
    , m_model(new CompareModel(this))
    , m_table(new TableView)
    , m_legend(new TaskLegend(selection))
    , m_quantity(new QComboBox)
{
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("compareTable"));
    m_table->setAccessibleName(tr("What differs between the two runs"));
    m_table->setTextElideMode(Qt::ElideMiddle);
    auto* const whole = new QSplitter(Qt::Vertical);
    whole->setObjectName(QStringLiteral("compareSplitter"));
    whole->setChildrenCollapsible(false);
    whole->addWidget(m_table);
    whole->addWidget(createCurves());
    whole->setStretchFactor(0, 3);
    whole->setStretchFactor(1, 2);
    m_page = new EmptyPage(whole);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(createPickers());
    layout->addWidget(m_page, 1);

    at(Side::B).id = QString(); // what is shown now
    connect(&selection, &Selection::changed, this, [this](const SelectedItem& selected) {
        for (const Chosen& chosen : m_sides)
            chosen.plot->setHighlightedTask(selected.task);
    });
    m_model->setBackground(palette().color(QPalette::Base));
    setRuns({});
}

QWidget* CompareView::createPickers()
{
    auto* const pickers = new QWidget;
    auto* const row = new QHBoxLayout(pickers);
    const int edge = fontMetrics().height() / 3;
    row->setContentsMargins(edge, edge, edge, 0);
    auto* const swap = new QPushButton(tr("&Swap"));
    swap->setToolTip(tr("Makes A of B and B of A: the differences change their signs."));
    for (const Side side : kSides) {
        auto* const picker = new QComboBox;
        at(side).picker = picker;
        picker->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        picker->setPlaceholderText(tr("Choose a run"));
        picker->setAccessibleName(side == Side::A ? tr("Run A") : tr("Run B"));
        picker->setToolTip(side == Side::A
                ? tr("The run that is compared with. At first, the newest finished "
                     "one before what is shown.")
                : tr("The run whose differences from A are shown."));
        auto* const label = new QLabel(side == Side::A ? tr("&A") : tr("&B"));
        label->setBuddy(picker);
        row->addWidget(label);
        row->addWidget(picker, 1);
        if (side == Side::A)
            row->addWidget(swap);
        connect(picker, &QComboBox::activated, this,
            [this, side, picker](int index) { choose(side, picker->itemData(index).toString()); });
    }
    connect(swap, &QPushButton::clicked, this, &CompareView::swapSides);
    return pickers;
}

QWidget* CompareView::createCurves()
{
    m_quantity->addItems({ tr("Joint optimisation: accuracy"), tr("Joint optimisation: loss"),
        tr("Training alone: accuracy"), tr("Training alone: loss") });
    m_quantity->setAccessibleName(tr("Curves that are compared"));
    m_quantity->setToolTip(
        tr("Which curves of the two runs stand side by side. They are moved and zoomed together."));
    auto* const plots = new QSplitter;
    plots->setObjectName(QStringLiteral("compareCurvesSplitter"));
    plots->setChildrenCollapsible(false);
    for (Chosen& chosen : m_sides) {
        chosen.plot = new CurvePlot;
        plots->addWidget(chosen.plot);
        plots->setStretchFactor(plots->count() - 1, 1);
        connect(chosen.plot, &Plot::hovered, this, &View::statusChanged);
        connect(chosen.plot, &CurvePlot::taskClicked, this, [this](int task) {
            if (task < 0)
                selection().clear();
            else
                selection().set({ .task = task });
        });
        connect(m_legend, &TaskLegend::shownChanged, chosen.plot, &CurvePlot::setTaskShown);
    }
    at(Side::A).plot->setAccessibleName(tr("Curves of run A"));
    at(Side::B).plot->setAccessibleName(tr("Curves of run B"));
    at(Side::A).plot->linkWith(*at(Side::B).plot);
    plots->addWidget(m_legend);
    m_curvesPage = new EmptyPage(plots);
    auto* const panel = new QWidget;
    auto* const layout = new QVBoxLayout(panel);
    layout->setContentsMargins({});
    layout->addWidget(m_quantity, 0, Qt::AlignLeft);
    layout->addWidget(m_curvesPage, 1);
    connect(m_quantity, &QComboBox::currentIndexChanged, this, &CompareView::showCurves);
    return panel;
}

void CompareView::fillPicker(Chosen& chosen)
{
    chosen.picker->clear();
    chosen.picker->addItem(tr("What is shown now"), QString());
    for (const RunChoice& run : m_runs)
        chosen.picker->addItem(run.text, run.id);
    chosen.picker->setCurrentIndex(chosen.id ? chosen.picker->findData(*chosen.id) : -1);
}

void CompareView::setRuns(const QList<RunChoice>& runs)
{
    m_runs = runs;
    for (Chosen& chosen : m_sides) {
        const bool isGone = chosen.id && !chosen.id->isEmpty()
            && std::ranges::none_of(m_runs, [&](const RunChoice& run) { return run.id == *chosen.id; });
        if (isGone) {
            chosen.id = std::nullopt;
            chosen.results = nullptr;
        }
        fillPicker(chosen);
    }
    showComparison();
    chooseEarlier();
}

void CompareView::chooseEarlier()
{
    Chosen& a = at(Side::A);
    if (!isVisible() || a.id || !m_current) // not before somebody looks: it has to be read
        return;
    const std::string shown
        = m_current->run.empty() && m_current->report ? m_current->report->run : m_current->run;
    const auto earlier = std::ranges::find_if(m_runs,
        [&](const RunChoice& run) { return run.isFinished && run.id != QString::fromStdString(shown); });
    if (earlier == m_runs.end())
        return;
    choose(Side::A, earlier->id);
    fillPicker(a);
}

bool CompareView::isAwaited(const Chosen& chosen)
{
    return chosen.id && !chosen.id->isEmpty() && !chosen.results;
}

void CompareView::choose(Side side, const QString& id)
{
    Chosen& chosen = at(side);
    if (chosen.id == id)
        return;
    chosen.id = id;
    chosen.results = id.isEmpty() ? m_current : nullptr;
    showComparison();
    if (isAwaited(chosen))
        Q_EMIT runRequested(id, side);
}

void CompareView::swapSides()
{
    Chosen& a = at(Side::A);
    Chosen& b = at(Side::B);
    std::swap(a.id, b.id);
    std::swap(a.results, b.results);
    for (const Side side : kSides) {
        fillPicker(at(side));
        if (isAwaited(at(side))) // it will come to the other side
            Q_EMIT runRequested(*at(side).id, side);
    }
    showComparison();
}

void CompareView::setSide(Side side, const std::shared_ptr<const RunResults>& results)
{
    Chosen& chosen = at(side);
    if (!results) {
        chosen.id = std::nullopt;
    } else {
        const QString run = QString::fromStdString(results->run);
        if (chosen.id && !chosen.id->isEmpty() && *chosen.id != run)
            return; // another one was chosen meanwhile
        chosen.id = run;
    }
    chosen.results = results;
    fillPicker(chosen);
    showComparison();
}

void CompareView::setResults(const std::shared_ptr<const RunResults>& results)
{
    m_current = results;
    for (Chosen& chosen : m_sides)
        if (chosen.id && chosen.id->isEmpty())
            chosen.results = results;
    showComparison();
    chooseEarlier();
}

QString CompareView::nameOf(const Chosen& chosen) const
{
    return !chosen.id ? QString() : chosen.id->isEmpty() ? tr("shown now") : *chosen.id;
}

void CompareView::showComparison()
{
    const Chosen& a = at(Side::A);
    const Chosen& b = at(Side::B);
    if (a.results && b.results) {
        m_model->setRows(compareRuns(*a.results, *b.results), nameOf(a), nameOf(b));
        m_table->fitColumns();
        m_table->clearSpans();
        for (int row = 0; row < m_model->rowCount(); ++row)
            if (m_model->rows()[static_cast<std::size_t>(row)].isTitle)
                m_table->setSpan(row, 0, 1, CompareModel::ColumnCount);
        showCurves();
        m_page->showContent();
        return;
    }
    m_model->setRows({}, {}, {});
    for (const Chosen& chosen : m_sides) {
        if (isAwaited(chosen))
            return m_page->showHint(tr("Reading the run %1 …").arg(*chosen.id));
    }
    if (m_runs.size() < 2)
        m_page->showHint(tr("There is nothing to compare yet.\n\nEvery run of the pipeline is kept: change a "
                            "setting, run it again, "
                            "and choose two runs above."));
    else
        m_page->showHint(tr("Choose the two runs above."));
}

std::vector<std::string> CompareView::taskNames() const
{
    // Those that are shown now come first, so that a task has the number and the colour that it has in every view.
    std::vector<std::string> names;
    for (const RunResults* results : { m_current.get(), m_sides[0].results.get(), m_sides[1].results.get() })
        for (std::size_t task = 0; results != nullptr && task < results->tasks.size(); ++task)
            if (std::ranges::find(names, results->tasks[task].name) == names.end())
                names.push_back(results->tasks[task].name);
    return names;
}

void CompareView::showCurves()
{
    const CurveChoice choice = kCurves[static_cast<std::size_t>(std::max(m_quantity->currentIndex(), 0))];
    const bool isAccuracy = choice.quantity == CurveQuantity::Accuracy;
    const std::vector<std::string> names = taskNames();
    QStringList shown;
    for (const std::string& name : names)
        shown << QString::fromStdString(name);
    m_legend->setTasks(shown);
    bool hasCurves = false;
    for (Chosen& chosen : m_sides) {
        chosen.curves.setResults(chosen.results);
        const QString quantity = isAccuracy ? tr("%1: validation accuracy") : tr("%1: training loss [nats]");
        const QString side = &chosen == m_sides.data() ? tr("A") : tr("B");
        chosen.plot->setAxes({ tr("Step"), Plot::Text::Number, false },
            { quantity.arg(side), isAccuracy ? Plot::Text::Percent : Plot::Text::Number, false });
        chosen.plot->clearCurves();
        for (std::size_t task = 0; task < chosen.curves.tasks().size(); ++task) {
            const auto place = std::ranges::find(names, chosen.curves.tasks()[task]) - names.begin();
            const auto points = chosen.curves.curve(choice.stage, task, choice.quantity);
            hasCurves = hasCurves || !points->isEmpty();
            CurveLook look;
            look.name = shown.at(place);
            look.task = static_cast<int>(place);
            const int curve = chosen.plot->addCurve(look, points);
            if (isAccuracy && choice.stage != CurveStage::Train && !points->isEmpty())
                chosen.plot->setBaseline(curve, chosen.curves.baseline(task));
        }
        chosen.plot->setHighlightedTask(selection().item().task);
    }
    if (hasCurves)
        m_curvesPage->showContent();
    else
        m_curvesPage->showHint(tr("Neither run has these curves."));
}

void CompareView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    chooseEarlier();
}

void CompareView::changeEvent(QEvent* event)
{
    View::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_model->setBackground(palette().color(QPalette::Base));
}

bool CompareView::paintTo(QPainter& painter, const QRectF& target) const
{
    if (m_model->rowCount() == 0)
        return false;
    painter.save();
    QRectF place = paintCaption(painter, beginPicture(painter, target, *this), *this,
        tr("A: %1, B: %2").arg(nameOf(m_sides[0]), nameOf(m_sides[1])));
    const bool hasCurves = m_curvesPage->hint().isEmpty();
    const double table = std::min(tableHeight(*m_model, font()), (hasCurves ? 0.65 : 1.0) * place.height());
    paintTable(painter, QRectF(place.topLeft(), QSizeF(place.width(), table)), *m_model, font(), palette());
    place.setTop(place.top() + table);
    if (hasCurves) {
        const double half = 0.5 * place.width();
        m_sides[0].plot->paintTo(painter, place.adjusted(0.0, 0.0, -half, 0.0));
        m_sides[1].plot->paintTo(painter, place.adjusted(half, 0.0, 0.0, 0.0));
    }
    painter.restore();
    return true;
}

QString CompareView::csv() const
{
    if (m_model->rowCount() == 0)
        return {};
    QString text = csvLine({ QStringLiteral("section"), QStringLiteral("quantity"), QStringLiteral("a"),
        QStringLiteral("b"), QStringLiteral("difference"), QStringLiteral("verdict") });
    QString section;
    for (const CompareRow& row : m_model->rows()) {
        if (row.isTitle) {
            section = row.name;
            continue;
        }
        const QString verdict = row.verdict == CompareRow::Verdict::Better ? QStringLiteral("better")
            : row.verdict == CompareRow::Verdict::Worse                    ? QStringLiteral("worse")
                                                                           : QString();
        text += csvLine({ section, row.name, row.a, row.b, row.difference, verdict });
    }
    return text;
}

} // namespace palimpsest
