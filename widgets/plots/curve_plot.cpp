// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_plot.h"

#include "widgets/plots/axis_ticker.h"
#include "widgets/style/palette.h"

#include <QKeyEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace palimpsest {

namespace {

constexpr double kReach = 7.0; ///< pixels around the pointer in which a curve is found
constexpr double kMarkerDistance = 32.0; ///< pixels between two markers of a curve, at least
constexpr double kMarkerSize = 7.0;
constexpr double kLineWidth = 1.6;
constexpr double kStrongWidth = 3.0;
constexpr double kDense
    = 12.0; ///< widths of the plot that a curve goes up and down, from which on it is painted with the thinnest pen
constexpr double kFaded = 0.55; ///< share of the background in curves beside the highlighted one
constexpr int kNoScatters
    = 1 << 28; ///< the line's own scatters serve the legend; the markers are a graph of their own

/// Whether the points lie more than so many pixels above and below each other, all the way added up.
bool isLongerThan(const std::vector<QPointF>& points, double pixels, const QCPAxis& axis)
{
    double length = 0.0;
    for (std::size_t i = 1; i < points.size() && length <= pixels; ++i)
        length += std::abs(axis.coordToPixel(points[i].y()) - axis.coordToPixel(points[i - 1].y()));
    return length > pixels;
}

double distanceToSegment(const QPointF& p, const QPointF& a, const QPointF& b)
{
    const QPointF along = b - a;
    const double length = QPointF::dotProduct(along, along);
    const double share
        = length > 0.0 ? std::clamp(QPointF::dotProduct(p - a, along) / length, 0.0, 1.0) : 0.0;
    const QPointF gap = p - (a + share * along);
    return std::hypot(gap.x(), gap.y());
}

} // namespace

CurvePlot::CurvePlot(QWidget* parent)
    : Plot(parent)
    , m_guides(canvas())
    , m_threshold(canvas())
{
    m_mark = new QCPItemTracer(&canvas());
    m_mark->setStyle(QCPItemTracer::tsCircle);
    m_mark->setSize(2.0 * kReach);
    m_mark->setVisible(false);
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::clearCurves()
{
    for (const Curve& curve : m_curves)
        removeCurve(curve);
    m_curves.clear();
    setOverlay({}, nullptr);
}

void CurvePlot::removeCurve(const Curve& curve)
{
    canvas().removeGraph(curve.line);
    if (curve.markers != nullptr)
        canvas().removeGraph(curve.markers);
    if (curve.baseline != nullptr)
        canvas().removeItem(curve.baseline);
}

int CurvePlot::addCurve(const CurveLook& look, std::shared_ptr<const CurveStore> points)
{
    m_curves.push_back(makeCurve(look, std::move(points)));
    updateLegend();
    refresh();
    return static_cast<int>(m_curves.size()) - 1;
}

void CurvePlot::setOverlay(const CurveLook& look, std::shared_ptr<const CurveStore> points)
{
    if (m_overlay)
        removeCurve(*std::exchange(m_overlay, std::nullopt));
    if (points)
        m_overlay = makeCurve(look, std::move(points));
    updateLegend();
    refresh();
}

CurvePlot::Curve CurvePlot::makeCurve(const CurveLook& look, std::shared_ptr<const CurveStore> points)
{
    Curve curve { look, std::move(points), canvas().addGraph(), nullptr, nullptr, 0.0, {}, false };
    curve.line->setName(look.name);
    if (look.form == CurveLook::Form::Line) {
        curve.markers = canvas().addGraph();
        curve.markers->setLineStyle(QCPGraph::lsNone);
        curve.line->setScatterSkip(kNoScatters);
    } else {
        curve.line->setLineStyle(
            look.form == CurveLook::Form::Steps ? QCPGraph::lsStepLeft : QCPGraph::lsNone);
    }
    styleCurve(curve);
    return curve;
}

void CurvePlot::setBaseline(int curve, const std::optional<double>& y)
{
    Curve& owner = m_curves.at(static_cast<std::size_t>(curve));
    if (owner.baseline != nullptr && !y) {
        canvas().removeItem(owner.baseline);
        owner.baseline = nullptr;
    } else if (y) {
        if (owner.baseline == nullptr)
            owner.baseline = new QCPItemStraightLine(&canvas());
        owner.baselineY = *y;
        owner.baseline->point1->setCoords(0.0, *y);
        owner.baseline->point2->setCoords(1.0, *y);
        styleCurve(owner);
    }
    refresh();
}

void CurvePlot::setTaskShown(int task, bool shown)
{
    if (shown ? m_hiddenTasks.erase(task) == 0 : !m_hiddenTasks.insert(task).second)
        return;
    for (Curve& curve : m_curves)
        styleCurve(curve);
    refresh();
}

void CurvePlot::setHighlightedTask(int task)
{
    if (std::exchange(m_highlighted, task) == task)
        return;
    for (Curve& curve : m_curves)
        styleCurve(curve);
    refresh();
}

void CurvePlot::styleCurve(Curve& curve)
{
    const QColor base = palette().color(QPalette::Base);
    const bool isStrong = m_highlighted >= 0 && curve.look.task == m_highlighted;
    const bool isWeak = m_highlighted >= 0 && !isStrong && curve.look.task >= 0;
    const auto faded = [&](QPen pen) {
        if (isWeak)
            pen.setColor(blended(pen.color(), base, kFaded));
        return pen;
    };
    QCPScatterStyle marker = curveMarker(curve.look, base, isStrong ? kMarkerSize + 2.0 : kMarkerSize);
    marker.setPen(faded(marker.pen()));
    marker.setBrush(marker.pen().color());
    if (curve.isDense)
        curve.line->setPen(faded(QPen(curveColor(curve.look, base), 0.0)));
    else
        curve.line->setPen(faded(curvePen(curve.look, base, isStrong ? kStrongWidth : kLineWidth)));
    curve.line->setAntialiased(!curve.isDense);
    if (curve.look.form == CurveLook::Form::Steps)
        curve.line->setScatterStyle({});
    else
        curve.line->setScatterStyle(marker);
    curve.line->setVisible(isShown(curve));
    if (curve.markers != nullptr) {
        curve.markers->setScatterStyle(marker);
        curve.markers->setVisible(isShown(curve));
    }
    if (curve.baseline != nullptr) {
        curve.baseline->setPen(faded(QPen(curveColor(curve.look, base), isStrong ? 2.0 : 1.2, Qt::DashLine)));
        curve.baseline->setVisible(isShown(curve));
    }
}

std::optional<QRectF> CurvePlot::dataBounds() const
{
    std::optional<QRectF> whole;
    const auto add = [&whole](const QRectF& part) {
        whole = !whole
            ? part
            : QRectF(QPointF(std::min(whole->left(), part.left()), std::min(whole->top(), part.top())),
                QPointF(std::max(whole->right(), part.right()), std::max(whole->bottom(), part.bottom())));
    };
    for (const Curve& curve : m_curves) {
        const std::optional<QRectF> bounds = curve.points->bounds();
        if (!isShown(curve) || !bounds)
            continue;
        add(*bounds);
        if (curve.baseline != nullptr)
            add({ QPointF(bounds->left(), curve.baselineY), QPointF(bounds->right(), curve.baselineY) });
    }
    if (whole) {
        for (const Guide& guide : m_guides.guides())
            add(guide.orientation == Qt::Horizontal
                    ? QRectF(QPointF(whole->left(), guide.value), QPointF(whole->right(), guide.value))
                    : QRectF(QPointF(guide.value, whole->top()), QPointF(guide.value, whole->bottom())));
    }
    if (whole && threshold()) // all of its way, so that the plot stays while it is moved
        add({ QPointF(whole->left(), threshold()->lowest), QPointF(whole->right(), threshold()->highest) });
    return whole;
}

void CurvePlot::prepare(int width)
{
    for (Curve& curve : m_curves)
        if (isShown(curve))
            prepareCurve(curve, std::max(width, 1));
    if (m_overlay)
        prepareCurve(*m_overlay, std::max(width, 1));
    placeMark();
}

void CurvePlot::prepareCurve(Curve& curve, int width)
{
    const CurveStore& points = *curve.points;
    const QCPRange x = canvas().xAxis->range();
    curve.drawn
        = points.visible(x.lower, x.upper, width, canvas().xAxis->scaleType() == QCPAxis::stLogarithmic);
    // A pen with width or dashes is slow where a curve goes up and down in every pixel, and shows nothing more there.
    const bool isDense = isLongerThan(curve.drawn, kDense * width, *canvas().yAxis);
    if (isDense != curve.isDense) {
        curve.isDense = isDense;
        styleCurve(curve);
    }
    QVector<QCPGraphData> shown;
    shown.reserve(static_cast<qsizetype>(curve.drawn.size()));
    for (const QPointF& point : curve.drawn)
        shown.append({ point.x(), point.y() });
    curve.line->data()->set(shown, true);
    if (curve.markers == nullptr)
        return;

    // Every 2^n-th point, so that a marker keeps its place while the plot moves and more points come.
    const std::size_t first = points.firstFrom(x.lower);
    const std::size_t last = points.firstFrom(x.upper);
    std::size_t step = 1;
    while (static_cast<double>(last - first) * kMarkerDistance > static_cast<double>(step) * width)
        step *= 2;
    shown.clear();
    for (std::size_t i = (first + step - 1) / step * step; i < std::min(last + 1, points.size()); i += step)
        shown.append({ points.point(i).x(), points.point(i).y() });
    curve.markers->data()->set(shown, true);
}

void CurvePlot::applyColors()
{
    Plot::applyColors();
    for (Curve& curve : m_curves)
        styleCurve(curve);
    if (m_overlay)
        styleCurve(*m_overlay);
    placeGuides();
    placeThreshold();
}

void CurvePlot::updateLegend()
{
    canvas().legend->clearItems();
    if (m_legendUse == LegendUse::Always || (m_legendUse == LegendUse::InPictures && m_isPicture)) {
        for (const Curve& curve : m_curves)
            if (isShown(curve) && !curve.points->isEmpty())
                curve.line->addToLegend();
        if (m_overlay)
            m_overlay->line->addToLegend();
    }
    placeLegend(canvas().legend->itemCount() > 0 ? Legend::Below : Legend::None);
}

void CurvePlot::setLegendUse(LegendUse use)
{
    m_legendUse = use;
    updateLegend();
    refresh();
}

void CurvePlot::beginPicture()
{
    m_isPicture = true;
    updateLegend();
}

void CurvePlot::endPicture()
{
    m_isPicture = false;
    updateLegend();
}

void CurvePlot::setMarked(int curve, qsizetype point)
{
    m_markedCurve = curve;
    m_markedPoint = point;
    refresh();
}

void CurvePlot::placeMark()
{
    const bool hasCurve = m_markedCurve >= 0 && m_markedCurve < std::ssize(m_curves);
    const Curve* const curve = hasCurve ? &m_curves[static_cast<std::size_t>(m_markedCurve)] : nullptr;
    const bool isShownPoint = curve != nullptr && isShown(*curve)
        && m_markedPoint < static_cast<qsizetype>(curve->points->size());
    m_mark->setVisible(isShownPoint);
    if (!isShownPoint)
        return;
    m_mark->position->setCoords(curve->points->point(static_cast<std::size_t>(m_markedPoint)));
    m_mark->setPen(QPen(palette().color(QPalette::Text), 2.0));
}

void CurvePlot::setGuides(const std::vector<Guide>& guides)
{
    m_guides.set(guides);
    placeGuides();
    refresh();
}

void CurvePlot::placeGuides()
{
    m_guides.place(palette(), pixelFont());
}

CurvePlot::Hit CurvePlot::curveAt(const QPointF& pixel) const
{
    const QCPAxis* const x = canvas().xAxis;
    const QCPAxis* const y = canvas().yAxis;
    if (!canvas().axisRect()->rect().contains(pixel.toPoint()))
        return {};
    const double low = x->pixelToCoord(pixel.x() - kReach);
    const double high = x->pixelToCoord(pixel.x() + kReach);
    const auto toPixel = [&](const QPointF& point) {
        return QPointF(x->coordToPixel(point.x()), y->coordToPixel(point.y()));
    };
    Hit hit;
    QPointF nearest;
    double least = kReach;
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        const Curve& curve = m_curves[i];
        if (!isShown(curve))
            continue;
        const auto isBefore = [](const QPointF& point, double value) { return point.x() < value; };
        auto from = std::lower_bound(curve.drawn.begin(), curve.drawn.end(), low, isBefore);
        if (from != curve.drawn.begin())
            --from; // the segment that reaches into the window
        for (auto point = from; point != curve.drawn.end(); ++point) {
            const bool hasSegment
                = curve.look.form == CurveLook::Form::Line && std::next(point) != curve.drawn.end();
            const QPointF here = toPixel(*point);
            const QPointF next = hasSegment ? toPixel(*std::next(point)) : here;
            if (const double distance = distanceToSegment(pixel, here, next);
                distance <= least) { // of two that cross, the one on top
                least = distance;
                const bool isNextNearer
                    = hasSegment && std::abs(next.x() - pixel.x()) < std::abs(here.x() - pixel.x());
                nearest = isNextNearer ? *std::next(point) : *point;
                hit.curve = static_cast<int>(i);
            }
            if (point->x() > high)
                break;
        }
    }
    if (hit.curve >= 0) {
        // Several points may have this x: the one that was meant has its y too.
        const CurveStore& points = *m_curves[static_cast<std::size_t>(hit.curve)].points;
        std::size_t index = points.firstFrom(nearest.x());
        while (index + 1 < points.size() && points.point(index) != nearest
            && points.point(index + 1).x() <= nearest.x())
            ++index;
        hit.point = static_cast<qsizetype>(index);
    }
    return hit;
}

QString CurvePlot::textAt(const QPointF& pixel) const
{
    if (canTake(pixel))
        return tr("Drag the line, or move it with Shift and the up and down keys.");
    const Hit hit = curveAt(pixel);
    if (hit.curve < 0)
        return {};
    const Curve& curve = m_curves[static_cast<std::size_t>(hit.curve)];
    const QPointF point = curve.points->point(static_cast<std::size_t>(hit.point));
    const QString more = m_pointText ? m_pointText(hit.curve, hit.point) : QString();
    return tr("%1\n%2: %3\n%4: %5")
               .arg(curve.look.name, xAxis().title, axisText(xAxis().text, point.x()), yAxis().title,
                   axisText(yAxis().text, point.y()))
        + (more.isEmpty() ? QString() : QLatin1Char('\n') + more);
}

void CurvePlot::click(const QPointF& pixel)
{
    const Hit hit = curveAt(pixel);
    if (hit.curve >= 0)
        Q_EMIT curveClicked(hit.curve, hit.point);
    Q_EMIT taskClicked(hit.curve >= 0 ? m_curves[static_cast<std::size_t>(hit.curve)].look.task : -1);
}

void CurvePlot::setThreshold(const std::optional<Threshold>& threshold)
{
    m_threshold.set(threshold);
    placeThreshold();
    refresh();
}

void CurvePlot::placeThreshold()
{
    m_threshold.place(palette(), pixelFont());
}

bool CurvePlot::canTake(const QPointF& pixel) const
{
    return m_threshold.canTake(pixel, kReach);
}

bool CurvePlot::take(const QPointF& pixel)
{
    return canTake(pixel);
}

void CurvePlot::move(const QPointF& pixel)
{
    moveThreshold(m_threshold.valueAt(pixel));
}

void CurvePlot::drop()
{
    if (threshold())
        Q_EMIT thresholdDropped(threshold()->y);
}

void CurvePlot::moveThreshold(double y)
{
    if (!threshold())
        return;
    m_threshold.setY(y);
    Q_EMIT thresholdMoved(threshold()->y);
    placeThreshold();
    m_threshold.paint();
}

void CurvePlot::keyPressEvent(QKeyEvent* event)
{
    const bool isUp = event->key() == Qt::Key_Up;
    if (threshold() && threshold()->isMovable && event->modifiers() == Qt::ShiftModifier
        && (isUp || event->key() == Qt::Key_Down)) {
        m_isKeyMoving = true;
        moveThreshold(threshold()->y + (isUp ? threshold()->keyStep : -threshold()->keyStep));
        return;
    }
    Plot::keyPressEvent(event);
}

void CurvePlot::keyReleaseEvent(QKeyEvent* event)
{
    Plot::keyReleaseEvent(event);
    if (!event->isAutoRepeat())
        endKeyMove();
}

void CurvePlot::focusOutEvent(QFocusEvent* event)
{
    Plot::focusOutEvent(event);
    endKeyMove();
}

void CurvePlot::endKeyMove()
{
    if (std::exchange(m_isKeyMoving, false))
        drop();
}

void CurvePlot::paintNow()
{
    refresh();
    canvas().replot(QCustomPlot::rpImmediateRefresh);
}

} // namespace palimpsest
