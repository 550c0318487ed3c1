// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/accuracy_view.h"

#include "widgets/export/picture.h"
#include "widgets/models/accuracy_model.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/plots/task_legend.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/csv.h"
#include "widgets/tables/table_painter.h"
#include "widgets/tables/table_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace palimpsest {

namespace {

QString stageKey(CurveStage stage)
{
    switch (stage) {
    case CurveStage::Train:
        return QStringLiteral("train");
    case CurveStage::Optimise:
        return QStringLiteral("optimise");
    case CurveStage::SameSteps:
        break;
    }
    return QStringLiteral("sameSteps");
}

} // namespace

AccuracyView::AccuracyView(Selection& selection, QWidget* parent)
    : View(selection, parent)
    , m_model(new AccuracyModel(this))
    , m_table(new TableView)
    , m_tablePage(new EmptyPage(m_table))
    , m_plot(new CurvePlot)
    , m_legend(new TaskLegend(selection))
    , m_stage(new QComboBox)
    , m_quantity(new QComboBox)
    , m_follow(new QCheckBox(tr("&Follow")))
{
    createTable();
    auto* const whole = new QSplitter(Qt::Vertical);
    whole->setObjectName(QStringLiteral("accuracySplitter"));
    whole->setChildrenCollapsible(false);
    whole->addWidget(createCurves());
    whole->addWidget(m_tablePage);
    whole->setStretchFactor(0, 3);
    whole->setStretchFactor(1, 2);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(whole);

    connect(&selection, &Selection::changed, this, &AccuracyView::showSelected);
    setResults(nullptr);
}

void AccuracyView::createTable()
{
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("accuracyTable"));
    m_table->setAccessibleName(tr("Test accuracy of each task"));
    m_table->horizontalHeader()->setStretchLastSection(false); // numbers in columns of equal width
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& row) {
            const bool isTask
                = row.isValid() && row.row() < m_model->rowCount() - 1; // the last one is the mean
            if (isTask && this->selection().item().task != row.row())
                this->selection().set({ .task = row.row() });
        });
}

QWidget* AccuracyView::createCurves()
{
    m_stage->addItem(tr("Training alone"));
    m_stage->addItem(tr("Joint optimisation"));
    m_stage->addItem(tr("Same steps, alone"));
    setStage(CurveStage::Optimise);
    m_stage->setAccessibleName(tr("Stage of the curves"));
    m_stage->setToolTip(
        tr("Which stage's curves are shown. While a job runs, the stage that is running comes by itself."));
    m_quantity->addItem(tr("Accuracy"));
    m_quantity->addItem(tr("Loss"));
    m_quantity->setAccessibleName(tr("Quantity of the curves"));
    m_quantity->setToolTip(
        tr("Accuracy: share of the validation samples that are classified rightly. Loss: mean cross "
           "entropy of the training samples since the point before, in nats."));
    m_follow->setToolTip(
        tr("Show all points, also those that come. Zooming or moving the plot ends it; F in the plot "
           "begins it again."));
    m_plot->setAccessibleName(tr("Curves of each task over the steps"));

    auto* const controls = new QHBoxLayout;
    const int edge = fontMetrics().height() / 3;
    controls->setContentsMargins(edge, edge, edge, 0);
    auto* const label = new QLabel(tr("&Curves of"));
    label->setBuddy(m_stage);
    controls->addWidget(label);
    controls->addWidget(m_stage);
    controls->addWidget(m_quantity);
    controls->addStretch(1);
    controls->addWidget(m_follow);

    auto* const curves = new QSplitter;
    curves->setObjectName(QStringLiteral("accuracyLegendSplitter"));
    curves->setChildrenCollapsible(false);
    curves->addWidget(m_plot);
    curves->addWidget(m_legend);
    curves->setStretchFactor(0, 1);
    m_plotPage = new EmptyPage(curves);
    auto* const panel = new QWidget;
    auto* const layout = new QVBoxLayout(panel);
    layout->setContentsMargins({});
    layout->addLayout(controls);
    layout->addWidget(m_plotPage, 1);

    connect(m_stage, &QComboBox::activated, this, [this] { m_isStageChosen = true; });
    for (QComboBox* box : { m_stage, m_quantity })
        connect(box, &QComboBox::currentIndexChanged, this, [this] { rebuildCurves(); });
    connect(m_follow, &QAbstractButton::clicked, this, [this](bool checked) {
        m_plot->setFollowing(checked);
        m_isStageChosen = m_isStageChosen && !checked;
    });
    connect(m_plot, &Plot::followingChanged, m_follow, &QAbstractButton::setChecked);
    m_follow->setChecked(m_plot->isFollowing());
    connect(m_plot, &Plot::hovered, this, &View::statusChanged);
    connect(m_plot, &CurvePlot::taskClicked, this, [this](int task) {
        if (task < 0)
            this->selection().clear();
        else
            this->selection().set({ .task = task });
    });
    connect(m_legend, &TaskLegend::shownChanged, m_plot, &CurvePlot::setTaskShown);
    return panel;
}

CurveStage AccuracyView::stage() const
{
    return static_cast<CurveStage>(m_stage->currentIndex());
}

CurveQuantity AccuracyView::quantity() const
{
    return static_cast<CurveQuantity>(m_quantity->currentIndex());
}

void AccuracyView::setStage(CurveStage stage)
{
    m_stage->setCurrentIndex(static_cast<int>(stage));
}

void AccuracyView::chooseStageWithCurves()
{
    if (m_curves.hasCurves(stage(), quantity()))
        return;
    for (const CurveStage candidate : { CurveStage::Optimise, CurveStage::SameSteps, CurveStage::Train })
        if (m_curves.hasCurves(candidate, quantity()))
            return setStage(candidate);
}

void AccuracyView::setResults(const std::shared_ptr<const RunResults>& results)
{
    m_results = results;
    m_curves.setResults(results);
    const bool hasReport = results && results->report;
    m_model->setReport(hasReport ? results->report : nullptr);
    m_table->fitColumns();
    if (hasReport)
        m_tablePage->showContent();
    else
        m_tablePage->showHint(
            tr("No test accuracy yet.\n\nThe stage evaluate measures it, after joint optimisation."));
    if (!m_isStageChosen) {
        if (hasReport) // while a job ran, its last curves were followed: those of a baseline
            setStage(CurveStage::Optimise);
        chooseStageWithCurves();
    }
    rebuildCurves();
    showSelected(selection().item());
}

void AccuracyView::beginJob()
{
    m_curves.beginJob();
    m_isStageChosen = false;
    m_plot->setFollowing(true);
    rebuildCurves();
}

void AccuracyView::addSamples(const std::vector<Sample>& samples)
{
    const std::optional<CurveStage> newest = m_curves.addSamples(samples);
    if (!newest)
        return;
    if (!m_isStageChosen && m_plot->isFollowing() && *newest != stage())
        setStage(*newest);
    if (m_curves.version() != m_shownVersion)
        rebuildCurves();
    updateBaselines();
    m_plot->dataChanged();
}

void AccuracyView::rebuildCurves()
{
    m_shownVersion = m_curves.version();
    const bool isAccuracy = quantity() == CurveQuantity::Accuracy;
    m_plot->setAxes({ tr("Step"), Plot::Text::Number, false },
        { isAccuracy ? tr("Validation accuracy") : tr("Training loss [nats]"),
            isAccuracy ? Plot::Text::Percent : Plot::Text::Number, false });
    m_plot->clearCurves();
    QStringList names;
    for (std::size_t task = 0; task < m_curves.tasks().size(); ++task) {
        names << QString::fromStdString(m_curves.tasks()[task]);
        m_plot->addCurve({ .name = names.back(), .task = static_cast<int>(task) },
            m_curves.curve(stage(), task, quantity()));
    }
    m_legend->setTasks(names);
    updateBaselines();
    if (m_curves.hasCurves(stage(), quantity())) {
        m_plotPage->showContent();
    } else if (m_results && m_results->report && stage() == CurveStage::Train) {
        m_plotPage->showHint(tr("These networks came with their weights: nothing was trained."));
    } else if (m_results && m_results->report && stage() == CurveStage::SameSteps) {
        m_plotPage->showHint(tr("This baseline did not run.\n\nAdd sameSteps to the recipe's baselines and "
                                "run the stage optimise."));
    } else {
        m_plotPage->showHint(
            tr("No curves yet.\n\nThey are drawn while the stages train and optimise run, and stay when "
               "they are done."));
    }
}

void AccuracyView::updateBaselines()
{
    for (std::size_t task = 0; task < m_curves.tasks().size(); ++task) {
        const bool hasOne = quantity() == CurveQuantity::Accuracy && stage() != CurveStage::Train
            && !m_curves.curve(stage(), task, quantity())->isEmpty();
        m_plot->setBaseline(static_cast<int>(task), hasOne ? m_curves.baseline(task) : std::nullopt);
    }
}

void AccuracyView::showSelected(const SelectedItem& selected)
{
    m_plot->setHighlightedTask(selected.task);
    const QModelIndex row = m_model->index(selected.task, 0);
    if (row.isValid() && row.row() < m_model->rowCount() - 1)
        m_table->setCurrentIndex(row);
    else
        m_table->clearSelection();
}

QString AccuracyView::curvesTitle() const
{
    return tr("%1: %2 (dashed: each task alone)")
        .arg(m_stage->currentText(),
            quantity() == CurveQuantity::Accuracy ? tr("validation accuracy") : tr("training loss in nats"));
}

bool AccuracyView::paintTo(QPainter& painter, const QRectF& target) const
{
    const bool hasCurves = m_plotPage->hint().isEmpty();
    const bool hasTable = m_tablePage->hint().isEmpty();
    if (!hasCurves && !hasTable)
        return false;
    painter.save();
    QRectF place = beginPicture(painter, target, *this);
    if (hasCurves) {
        place = paintCaption(painter, place, *this, curvesTitle());
        const double table = hasTable
            ? std::min(tableHeight(*m_model, font()) + 2.5 * fontMetrics().height(), 0.5 * place.height())
            : 0.0;
        m_plot->paintTo(painter, place.adjusted(0.0, 0.0, 0.0, -table));
        place.setTop(place.bottom() - table);
    }
    if (hasTable) {
        place = paintCaption(painter, place, *this, tr("Accuracy on the test samples"));
        paintTable(painter, place, *m_model, font(), palette());
    }
    painter.restore();
    return true;
}

QString AccuracyView::csv() const
{
    QString lines;
    if (m_results && m_results->report)
        for (const ReportTask& task : m_results->report->tasks)
            for (const auto& [key, value] : task.accuracy)
                lines += csvLine({ QStringLiteral("test"), QString::fromStdString(task.name),
                    QString::fromStdString(key), QString(), csvNumber(value) });
    // Of the curves, what is shown.
    const QRectF shown = m_plot->range();
    const QString name = quantity() == CurveQuantity::Accuracy ? QStringLiteral("validationAccuracy")
                                                               : QStringLiteral("loss");
    for (std::size_t task = 0; task < m_curves.tasks().size(); ++task) {
        const auto curve = m_curves.curve(stage(), task, quantity());
        if (!m_legend->isShown(static_cast<int>(task)))
            continue;
        for (std::size_t i = 0; i < curve->size(); ++i) {
            const QPointF point = curve->point(i);
            if (m_plot->isFollowing() || (point.x() >= shown.left() && point.x() <= shown.right()))
                lines += csvLine({ stageKey(stage()), QString::fromStdString(m_curves.tasks()[task]), name,
                    csvNumber(point.x()), csvNumber(point.y()) });
        }
    }
    if (lines.isEmpty())
        return {};
    return csvLine({ QStringLiteral("stage"), QStringLiteral("task"), QStringLiteral("quantity"),
               QStringLiteral("step"), QStringLiteral("value") })
        + lines;
}

} // namespace palimpsest
