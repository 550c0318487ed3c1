// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tune/tune_view.h"

#include "widgets/export/picture.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/project/number_field.h"
#include "widgets/project/recipe_document.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/text.h"
#include "widgets/tables/table_painter.h"
#include "widgets/tables/table_view.h"
#include "widgets/tune/tune_model.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace {

constexpr double kLowest
    = -0.2; ///< changes below it stand in the table alone: they would press the others flat
constexpr int kSeries = 4;

enum Series { MeanSeries, WorstSeries, TriedSeries, RivalSeries };

QString sentence(const QString& text)
{
    return text.isEmpty() ? text : text.left(1).toUpper() + text.mid(1) + QLatin1Char('.');
}

} // namespace

QList<SettingEdit> editsOf(const TuneChoice& choice)
{
    QList<SettingEdit> edits;
    for (const std::string& assignment : overridesOf(choice)) {
        const QString text = QString::fromStdString(assignment);
        edits.push_back({ text.section(QLatin1Char('='), 0, 0), text.section(QLatin1Char('='), 1) });
    }
    return edits;
}

QString takeText(const TunePoint& point)
{
    return TuneView::tr("Take %1: %2")
        .arg(bytesText(static_cast<double>(point.bytes)), choiceText(point.choice));
}

TuneFront withRivalsOf(const TuneFront& front, const ReportModel& report)
{
    TuneFront whole = front;
    for (const auto& [name, bytes] : report.baselineBytes) {
        const bool isKnown = std::any_of(whole.rivals.begin(), whole.rivals.end(),
            [&, &key = name](const TuneRival& rival) { return rival.name == key; });
        std::vector<double> accuracy;
        for (const std::string& task : front.tasks)
            for (const ReportTask& reported : report.tasks)
                if (reported.name == task && reported.validation.contains(name))
                    accuracy.push_back(reported.validation.at(name));
        if (!isKnown && bytes > 0 && accuracy.size() == front.tasks.size())
            whole.rivals.push_back(
                { name, bytes, accuracyAgainst(std::move(accuracy), front.referenceAccuracy) });
    }
    return whole;
}

TuneView::TuneView(Selection& selection, QWidget* parent)
    : View(selection, parent)
    , m_target(new NumberField(NumberField::Kind::Integer, QStringLiteral("bytes")))
    , m_search(new QPushButton(tr("&Search")))
    , m_problem(new QLabel)
    , m_plot(new CurvePlot)
    , m_model(new TuneModel(this))
    , m_table(new TableView)
    , m_verdict(new QLabel)
    , m_take(new QPushButton(tr("&Take this point")))
    , m_showTried(new QCheckBox(tr("&All that was tried")))
{
    auto* const whole = new QSplitter(Qt::Vertical);
    whole->setObjectName(QStringLiteral("tuneSplitter"));
    whole->setChildrenCollapsible(false);
    whole->addWidget(createPlot());
    whole->addWidget(createTable());
    whole->setStretchFactor(0, 3);
    whole->setStretchFactor(1, 2);
    m_page = new EmptyPage(whole);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(createTarget());
    layout->addWidget(m_page, 1);
    showFront();
}

QWidget* TuneView::createTarget()
{
    m_target->setObjectName(QStringLiteral("targetSize"));
    m_target->setAccessibleName(tr("Target size"));
    m_target->setToolTip(tr("Size of all networks together, such as “46 KB” (1 KB = 1,000 bytes). A search "
                            "looks for the packing that keeps "
                            "most accuracy within it. No default."));
    m_target->setMinimumWidth(fontMetrics().averageCharWidth() * 16);
    m_search->setToolTip(tr("Searches for at most ten minutes, takes the best packing into the recipe, which "
                            "can be undone, and runs "
                            "all stages."));
    auto* const options = new QPushButton(tr("&Options …"));
    options->setToolTip(
        tr("A largest loss of accuracy instead of a size, the time, and what happens at the end."));
    m_problem->setAccessibleName(tr("What is wrong with the target size"));
    auto* const label = new QLabel(tr("Target si&ze"));
    label->setBuddy(m_target);
    auto* const bar = new QWidget;
    auto* const row = new QHBoxLayout(bar);
    const int edge = fontMetrics().height() / 3;
    row->setContentsMargins(edge, edge, edge, 0);
    row->addWidget(label);
    row->addWidget(m_target);
    row->addWidget(m_search);
    row->addWidget(options);
    row->addWidget(m_problem, 1);
    connect(m_search, &QPushButton::clicked, this, &TuneView::search);
    connect(m_target->findChild<QLineEdit*>(), &QLineEdit::returnPressed, this, &TuneView::search);
    connect(m_target, &NumberField::edited, m_problem, &QLabel::clear);
    connect(options, &QPushButton::clicked, this, [this] { Q_EMIT optionsRequested(targetBytes()); });
    return bar;
}

QWidget* TuneView::createPlot()
{
    m_plot->setAccessibleName(tr("Change of accuracy over the size"));
    m_plot->setToolTip(tr("Click a point to select it. Wheel: zoom, drag: move, F: show all."));
    m_plot->setAxes({ tr("Size of all tasks together"), Plot::Text::Bytes, true },
        { tr("Change of accuracy [points]"), Plot::Text::Number, false });
    m_plot->setLegendUse(CurvePlot::LegendUse::Always);
    m_plot->setPointText([this](int curve, qsizetype point) { return placeText(curve, point); });
    connect(m_plot, &Plot::hovered, this, &View::statusChanged);
    connect(m_plot, &CurvePlot::curveClicked, this, [this](int curve, qsizetype point) {
        const Place& place = m_places.at(static_cast<std::size_t>(curve)).at(static_cast<std::size_t>(point));
        const TuneModel::Kind kind = place.isRival ? TuneModel::Kind::Rival : TuneModel::Kind::Front;
        if (m_model->rowOf(kind, place.row) < 0)
            m_showTried->setChecked(true);
        selectRow(m_model->rowOf(kind, place.row));
    });
    return m_plot;
}

QWidget* TuneView::createTable()
{
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("tuneTable"));
    m_table->setAccessibleName(tr("Packings and their rivals"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setStretchLastSection(true);
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TuneView::showSelected);
    connect(m_table, &QAbstractItemView::activated, this, &TuneView::take); // Enter, or a double click
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_verdict->setAccessibleName(tr("How the search stands"));
    m_take->setToolTip(tr("Puts the settings of the selected point into the recipe, as one step that can be "
                          "undone. Its training is "
                          "not done again."));
    m_showTried->setToolTip(
        tr("Also lists what was tried and is beaten in size, mean and worst task. Default: off."));
    auto* const row = new QHBoxLayout;
    const int edge = fontMetrics().height() / 3;
    row->setContentsMargins(edge, edge, edge, edge);
    row->addWidget(m_verdict, 1);
    row->addSpacing(edge);
    row->addWidget(m_showTried);
    row->addWidget(m_take);
    auto* const panel = new QWidget;
    auto* const layout = new QVBoxLayout(panel);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_table, 1);
    layout->addLayout(row);
    connect(m_take, &QPushButton::clicked, this, &TuneView::take);
    connect(m_showTried, &QCheckBox::toggled, this, [this](bool shows) {
        m_model->setShowsTried(shows);
        m_table->fitColumns();
        showCurves();
    });
    return panel;
}

std::optional<std::int64_t> TuneView::targetBytes() const
{
    bool isNumber = false;
    const qlonglong bytes = m_target->json().toLongLong(&isNumber);
    return isNumber && bytes > 0 ? std::optional<std::int64_t>(bytes) : std::nullopt;
}

void TuneView::search()
{
    const std::optional<std::int64_t> bytes = targetBytes();
    if (!m_search->isEnabled())
        return;
    if (!bytes) {
        m_problem->setText(tr("Expected a size, such as “46 KB”."));
        m_target->setFocus();
        return;
    }
    TuneRequest request;
    request.target.bytes = bytes;
    Q_EMIT searchRequested(request);
}

void TuneView::focusTarget()
{
    m_target->setFocus();
    m_target->selectAll();
}

void TuneView::setSearching(bool isSearching)
{
    m_search->setEnabled(!isSearching);
    m_search->setText(isSearching ? tr("Searching …") : tr("&Search"));
    showFront();
}

void TuneView::setResults(const std::shared_ptr<const RunResults>& results)
{
    const auto report = results ? results->report : nullptr;
    if (report == m_report)
        return;
    m_report = report;
    compose();
    showFront();
}

void TuneView::setRecipe(const Recipe& recipe)
{
    m_model->setCurrent(TuneChoice { recipe.pages.poolStorage, recipe.pages.exclusiveStorage,
        recipe.pages.poolPages, recipe.separation.exclusivePages, recipe.optimisation.steps });
    showSelected();
}

void TuneView::setFront(std::shared_ptr<const TuneFront> front)
{
    const bool isFirst = !m_front && front;
    m_front = std::move(front);
    compose();
    if (isFirst)
        m_table->fitColumns();
    if (m_front && m_front->target.bytes && m_target->json() == QStringLiteral("\"\""))
        m_target->setText(bytesText(static_cast<double>(*m_front->target.bytes)));
    showFront();
}

void TuneView::compose()
{
    m_shown = m_front && m_report ? std::make_shared<const TuneFront>(withRivalsOf(*m_front, *m_report))
                                  : m_front;
    m_model->setFront(m_shown);
}

void TuneView::showFront()
{
    if (m_shown && (!m_shown->points.empty() || !m_shown->rivals.empty())) {
        m_page->showContent();
        m_verdict->setText(sentence(QString::fromStdString(verdict(*m_shown))));
    } else if (!m_search->isEnabled()) {
        m_page->showHint(tr("The search prepares.\n\nNetworks are trained first where that is not done; the "
                            "first points come when "
                            "its first tries are finished."));
    } else {
        m_page->showHint(tr("No search for a packing yet.\n\nType above how large all networks together may "
                            "be, such as “46 KB”, and press Search: "
                            "storage forms, pages and exclusive pages are tried, and what keeps most "
                            "accuracy is taken and run.")
            + (m_report ? QString() : tr("\n\nNetworks that are not trained yet are trained first.")));
    }
    showCurves();
    showSelected();
}

void TuneView::showCurves()
{
    m_plot->clearCurves();
    m_places.clear();
    if (!m_shown)
        return;
    const TuneFront& front = *m_shown;
    const auto add = [&](Series series, const QString& name, CurveLook::Form form, std::vector<Place> places,
                         bool isWorst) {
        auto points = std::make_shared<CurveStore>();
        std::vector<Place> shown;
        for (const Place& place : places) {
            const TuneAccuracy& accuracy
                = place.isRival ? front.rivals[place.row].accuracy : front.points[place.row].accuracy;
            const double change = isWorst ? accuracy.worstChange : accuracy.meanChange;
            if (change < kLowest)
                continue;
            const std::int64_t bytes
                = place.isRival ? front.rivals[place.row].bytes : front.points[place.row].bytes;
            points->append(static_cast<double>(bytes), 100.0 * change);
            shown.push_back(place);
        }
        m_plot->addCurve(
            { .name = name, .task = -1, .series = series, .seriesCount = kSeries, .form = form }, points);
        m_places.push_back(std::move(shown));
    };
    std::vector<Place> best, tried, rivals;
    for (const TuneModel::Row& row : m_model->rows())
        (row.kind == TuneModel::Kind::Front          ? best
                : row.kind == TuneModel::Kind::Tried ? tried
                                                     : rivals)
            .push_back({ row.index, row.kind == TuneModel::Kind::Rival });
    add(MeanSeries, tr("Front: mean of the tasks"), CurveLook::Form::Line, best, false);
    add(WorstSeries, tr("Front: worst task"), CurveLook::Form::Dots, best, true);
    add(TriedSeries, tr("Tried: mean"), CurveLook::Form::Dots, tried, false);
    add(RivalSeries, tr("Private networks: mean"), CurveLook::Form::Dots, rivals, false);

    std::vector<CurvePlot::Guide> guides { { 0.0, tr("no loss"), Qt::Horizontal, true } };
    if (front.target.bytes)
        guides.push_back({ static_cast<double>(*front.target.bytes),
            tr("target %1").arg(bytesText(static_cast<double>(*front.target.bytes))), Qt::Vertical });
    if (front.target.maxDrop)
        guides.push_back({ -100.0 * *front.target.maxDrop, tr("largest drop"), Qt::Horizontal });
    m_plot->setGuides(guides);
    m_plot->dataChanged();
}

QString TuneView::placeText(int curve, qsizetype point) const
{
    if (!m_shown || curve < 0 || curve >= std::ssize(m_places)
        || point >= std::ssize(m_places[static_cast<std::size_t>(curve)]))
        return {};
    const Place& place = m_places[static_cast<std::size_t>(curve)][static_cast<std::size_t>(point)];
    const TuneAccuracy& accuracy
        = place.isRival ? m_shown->rivals[place.row].accuracy : m_shown->points[place.row].accuracy;
    return tr("%1; worst %2 (%3)")
        .arg(place.isRival ? rivalText(m_shown->rivals[place.row])
                           : choiceText(m_shown->points[place.row].choice),
            pointsText(accuracy.worstChange), QString::fromStdString(m_shown->tasks[accuracy.worstTask]));
}

const TunePoint* TuneView::selectedPoint() const
{
    return m_model->point(m_table->currentIndex().row());
}

void TuneView::selectRow(int row)
{
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
}

void TuneView::showSelected()
{
    const int row = m_table->currentIndex().row();
    m_take->setEnabled(selectedPoint() != nullptr && !m_model->isCurrent(row));
    int curve = -1;
    qsizetype point = 0;
    if (row >= 0 && row < m_model->rowCount()) {
        const TuneModel::Row& shown = m_model->rows()[static_cast<std::size_t>(row)];
        for (std::size_t c = 0; c < m_places.size() && curve < 0; ++c)
            for (std::size_t p = 0; p < m_places[c].size(); ++p)
                if (m_places[c][p].row == shown.index
                    && m_places[c][p].isRival == (shown.kind == TuneModel::Kind::Rival)) {
                    curve = static_cast<int>(c);
                    point = static_cast<qsizetype>(p);
                    break;
                }
    }
    m_plot->setMarked(curve, point);
}

void TuneView::take()
{
    if (const TunePoint* const point = selectedPoint(); point != nullptr && m_take->isEnabled())
        Q_EMIT pointTaken(editsOf(point->choice), takeText(*point));
}

QString TuneView::caption() const
{
    return m_shown->reference != "standalone"
        ? tr("Size and accuracy on validation samples, against the networks alone after %1 more steps")
              .arg(countText(m_shown->steps))
        : tr("Size and accuracy on validation samples, against the networks alone");
}

bool TuneView::paintTo(QPainter& painter, const QRectF& target) const
{
    if (!m_page->hint().isEmpty())
        return false;
    painter.save();
    QRectF place = beginPicture(painter, target, *this);
    place = paintCaption(painter, place, *this, caption());
    const double table
        = std::min(tableHeight(*m_model, font()) + 2.5 * fontMetrics().height(), 0.5 * place.height());
    m_plot->paintTo(painter, place.adjusted(0.0, 0.0, 0.0, -table));
    place.setTop(place.bottom() - table);
    place = paintCaption(painter, place, *this, m_verdict->text());
    paintTable(painter, place, *m_model, font(), palette());
    painter.restore();
    return true;
}

QString TuneView::csv() const
{
    return m_shown && m_page->hint().isEmpty() ? QString::fromStdString(toCsv(*m_shown)) : QString();
}

} // namespace palimpsest
