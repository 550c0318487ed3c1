// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/plot.h"

#include "widgets/plots/axis_ticker.h"
#include "widgets/style/palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QPicture>
#include <QStyleOptionFocusRect>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWindow>
#include <qcustomplot.h>

#include <cmath>
#include <utility>

namespace palimpsest {

namespace {

constexpr int kLegendColumns = 4; ///< at most
constexpr double kRoom = 0.04; ///< around the data, share of the range
constexpr double kPanStep = 0.1; ///< of an arrow key, share of the range
constexpr double kZoomStep = 0.8; ///< of + and -

/// [low, high] with room; by logarithms where the axis is so.
std::pair<double, double> withRoom(double low, double high, bool isLogarithmic)
{
    if (isLogarithmic) {
        const double factor = std::pow(high / low, kRoom);
        return low < high ? std::pair(low / factor, high * factor) : std::pair(low / 2.0, high * 2.0);
    }
    if (low < high)
        return { low - kRoom * (high - low), high + kRoom * (high - low) };
    const double half = low == 0.0 ? 1.0 : 0.05 * std::abs(low);
    return { low - half, high + half };
}

QCPRange moved(const QCPAxis& axis, double share)
{
    const QCPRange range = axis.range();
    if (axis.scaleType() == QCPAxis::stLogarithmic) {
        const double factor = std::pow(range.upper / range.lower, share);
        return { range.lower * factor, range.upper * factor };
    }
    return { range.lower + share * range.size(), range.upper + share * range.size() };
}

QCPRange scaled(const QCPAxis& axis, double factor)
{
    const QCPRange range = axis.range();
    if (axis.scaleType() == QCPAxis::stLogarithmic) {
        const double middle = std::sqrt(range.lower * range.upper);
        const double half = std::pow(range.upper / range.lower, 0.5 * factor);
        return { middle / half, middle * half };
    }
    const double half = 0.5 * factor * range.size();
    return { range.center() - half, range.center() + half };
}

} // namespace

Plot::Plot(QWidget* parent)
    : QWidget(parent)
    , m_canvas(new QCustomPlot(this))
{
    m_canvas->setObjectName(QStringLiteral("canvas"));
    m_canvas->setMinimumSize(
        1, 1); // a splitter gives a hidden plot no height, and the canvas paints all the same
    m_canvas->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_canvas->setNoAntialiasingOnDrag(true);
    m_canvas->legend->setVisible(false);
    m_canvas->setAutoAddPlottableToLegend(false);
    m_canvas->setFocusProxy(this);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleDescription(
        tr("The arrow keys move what is shown, plus and minus zoom, 0 and F show everything."));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2); // of the frame that shows the focus
    layout->addWidget(m_canvas);

    for (QCPAxis* axis : { m_canvas->xAxis, m_canvas->yAxis })
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, &Plot::onUserRange);
    connect(m_canvas, &QCustomPlot::beforeReplot, this, [this] {
        prepareFor(m_canvas->axisRect()->size());
        wrapLegend(m_canvas->width());
    });
    connectMouse();
    Plot::applyColors(); // those of derived classes come with the first refresh
}

Plot::~Plot() = default;

void Plot::connectMouse()
{
    connect(m_canvas, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        if (event->button() != Qt::LeftButton)
            return;
        m_pressed = event->pos();
        m_isPressed = true;
        m_isTaken = take(event->position());
        m_canvas->setInteraction(QCP::iRangeDrag, !m_isTaken);
    });
    connect(m_canvas, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (m_isTaken) {
            move(event->position());
        } else if (event->buttons() == Qt::NoButton) {
            if (canTake(event->position()))
                m_canvas->setCursor(Qt::SizeVerCursor);
            else
                m_canvas->unsetCursor();
            const QString text = textAt(event->position());
            QToolTip::showText(event->globalPosition().toPoint(), text, m_canvas);
            Q_EMIT hovered(text);
        }
    });
    connect(m_canvas, &QCustomPlot::mouseRelease, this, [this](QMouseEvent* event) {
        if (event->button() != Qt::LeftButton || !m_isPressed)
            return;
        m_isPressed = false;
        m_canvas->setInteraction(QCP::iRangeDrag, true);
        if (std::exchange(m_isTaken, false))
            drop();
        else if ((event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance())
            click(event->position());
    });
    connect(m_canvas, &QCustomPlot::mouseDoubleClick, this, [this] { setFollowing(true); });
}

void Plot::setAxes(const Axis& x, const Axis& y)
{
    m_x = x;
    m_y = y;
    const auto apply = [](QCPAxis* axis, const Axis& wanted) {
        axis->setLabel(wanted.title);
        axis->setScaleType(wanted.isLogarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        axis->setTicker(makeTicker(wanted));
    };
    m_isOwnChange = true; // a logarithmic scale moves a range that holds 0
    apply(m_canvas->xAxis, x);
    apply(m_canvas->yAxis, y);
    m_isOwnChange = false;
    refresh();
}

void Plot::setRows(const QStringList& names)
{
    m_hasRows = true;
    QCPAxis* const axis = m_canvas->yAxis;
    axis->setTicker(makeRowTicker(names));
    axis->setRangeReversed(true);
    axis->setSubTicks(false);
    axis->setTickLength(0);
    axis->grid()->setVisible(false);
    m_canvas->axisRect()->setRangeZoomAxes(m_canvas->xAxis, nullptr);
    m_canvas->axisRect()->setRangeDragAxes(m_canvas->xAxis, nullptr);
    refresh();
}

void Plot::setFollowing(bool following)
{
    if (following != m_isFollowing) {
        m_isFollowing = following;
        for (const QPointer<Plot>& other : std::as_const(m_links))
            if (other)
                other->setFollowing(following);
        Q_EMIT followingChanged(following);
    }
    if (following)
        refresh();
}

QRectF Plot::range() const
{
    const QCPRange x = m_canvas->xAxis->range();
    const QCPRange y = m_canvas->yAxis->range();
    return { QPointF(x.lower, y.lower), QPointF(x.upper, y.upper) };
}

void Plot::setRange(const QRectF& range)
{
    applyRange(range);
    onUserRange();
}

void Plot::linkWith(Plot& other)
{
    m_links << &other;
    other.m_links << this;
    refresh();
}

QPointF Plot::toPixel(const QPointF& point) const
{
    return QPointF(m_canvas->xAxis->coordToPixel(point.x()), m_canvas->yAxis->coordToPixel(point.y()))
        + QPointF(m_canvas->pos());
}

void Plot::applyRange(const QRectF& range)
{
    const bool before = std::exchange(m_isOwnChange, true);
    m_canvas->xAxis->setRange(range.left(), range.right());
    m_canvas->yAxis->setRange(range.top(), range.bottom());
    m_isOwnChange = before;
    m_canvas->replot(QCustomPlot::rpQueuedReplot);
}

void Plot::onUserRange()
{
    if (m_isOwnChange)
        return;
    setFollowing(false);
    for (const QPointer<Plot>& other : std::as_const(m_links))
        if (other)
            other->applyRange(range());
    Q_EMIT rangeChanged(range());
}

void Plot::pan(double x, double y)
{
    m_canvas->xAxis->setRange(moved(*m_canvas->xAxis, x));
    if (!m_hasRows)
        m_canvas->yAxis->setRange(moved(*m_canvas->yAxis, y));
    m_canvas->replot(QCustomPlot::rpQueuedReplot);
}

void Plot::zoom(double factor)
{
    m_canvas->xAxis->setRange(scaled(*m_canvas->xAxis, factor));
    if (!m_hasRows)
        m_canvas->yAxis->setRange(scaled(*m_canvas->yAxis, factor));
    m_canvas->replot(QCustomPlot::rpQueuedReplot);
}

QRectF Plot::padded(const QRectF& bounds) const
{
    const auto [left, right] = withRoom(bounds.left(), bounds.right(), m_x.isLogarithmic);
    const auto [low, high] = withRoom(bounds.top(), bounds.bottom(), m_y.isLogarithmic);
    return { QPointF(left, low), QPointF(right, high) };
}

QRectF Plot::fittedRange() const
{
    std::optional<QRectF> whole = dataBounds();
    for (const QPointer<Plot>& other : m_links) {
        const std::optional<QRectF> more = other ? other->dataBounds() : std::nullopt;
        if (!more)
            continue;
        if (!whole) {
            whole = more;
            continue;
        }
        // Not united(): it takes a rectangle without width for nothing.
        whole = QRectF(QPointF(std::min(whole->left(), more->left()), std::min(whole->top(), more->top())),
            QPointF(std::max(whole->right(), more->right()), std::max(whole->bottom(), more->bottom())));
    }
    return whole ? padded(*whole) : range();
}

void Plot::fit()
{
    const QRectF wanted = fittedRange();
    if (wanted != range())
        applyRange(wanted);
}

void Plot::refresh()
{
    if (!isVisible())
        return; // showEvent() does it
    if (m_isFollowing) {
        fit();
        for (const QPointer<Plot>& other : std::as_const(m_links))
            if (other && other->isVisible())
                other->fit();
    }
    m_canvas->replot(QCustomPlot::rpQueuedReplot);
}

void Plot::prepareFor(const QSize& size)
{
    // As many labels as have room.
    constexpr int kLabelCharacters = 12;
    constexpr int kLabelLines = 3;
    static constexpr int kMostTicks = 8;
    const auto ticks
        = [](int length, int label) { return std::clamp(length / std::max(label, 1), 2, kMostTicks); };
    m_canvas->xAxis->ticker()->setTickCount(
        ticks(size.width(), kLabelCharacters * fontMetrics().averageCharWidth()));
    m_canvas->yAxis->ticker()->setTickCount(ticks(size.height(), kLabelLines * fontMetrics().height()));
    prepare(size.width());
}

QFont Plot::pixelFont() const
{
    QFont pixels = font();
    pixels.setPixelSize(QFontInfo(font()).pixelSize());
    return pixels;
}

void Plot::applyColors()
{
    const QColor text = palette().color(QPalette::Text);
    const QColor base = palette().color(QPalette::Base);
    const QFont used = pixelFont();
    for (QCPAxis* axis : { m_canvas->xAxis, m_canvas->yAxis }) {
        axis->setBasePen(text);
        axis->setTickPen(text);
        axis->setSubTickPen(blended(text, base, 0.5));
        axis->setTickLabelColor(text);
        axis->setLabelColor(text);
        axis->setTickLabelFont(used);
        axis->setLabelFont(used);
        axis->grid()->setPen(blended(text, base, 0.85));
        axis->grid()->setZeroLinePen(blended(text, base, 0.6));
    }
    m_canvas->setBackground(QBrush(base));
    m_canvas->legend->setFont(used);
    m_canvas->legend->setTextColor(text);
    m_canvas->legend->setBrush(base);
}

void Plot::placeLegend(Legend place)
{
    QCPLegend* const legend = m_canvas->legend;
    QCPLayoutGrid* const rows = m_canvas->plotLayout();
    legend->setVisible(place != Legend::None);
    if (place == Legend::Below && legend->layout() != rows) {
        rows->addElement(1, 0, legend); // leaves the place within the axes
        rows->setRowStretchFactor(1, 0.001);
        legend->setBorderPen(Qt::NoPen);
        legend->setFillOrder(QCPLayoutGrid::foColumnsFirst, false);
        legend->setWrap(kLegendColumns);
    } else if (place == Legend::None && legend->layout() == rows) {
        m_canvas->axisRect()->insetLayout()->addElement(legend, Qt::AlignTop | Qt::AlignRight);
        rows->simplify(); // takes the empty row away
    }
}

/// As many columns as have room.
void Plot::wrapLegend(int width)
{
    QCPLegend* const legend = m_canvas->legend;
    int widest = 1;
    for (int i = 0; i < legend->itemCount(); ++i)
        if (const QCPAbstractLegendItem* const item = legend->item(i)) // cells of the last row may be empty
            widest = std::max(widest, item->minimumOuterSizeHint().width());
    const int gap = legend->columnSpacing();
    const int columns = std::clamp((width - 2 * gap) / (widest + gap), 1, kLegendColumns);
    if (columns == legend->wrap())
        return;
    legend->setWrap(columns);
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst, true);
}

bool Plot::paintTo(QPainter& painter, const QRectF& target)
{
    if (target.width() < 1.0 || target.height() < 1.0)
        return false;
    const QSize size = target.size().toSize();
    if (m_isFollowing)
        fit();
    applyColors();
    beginPicture();
    prepareFor(size);
    wrapLegend(size.width());
    QPicture picture;
    QCPPainter recorder;
    recorder.begin(&picture);
    m_canvas->toPainter(&recorder, size.width(), size.height());
    recorder.end();
    endPicture();
    painter.save();
    painter.drawPicture(target.topLeft(), picture);
    painter.restore();
    return true;
}

QSize Plot::sizeHint() const
{
    return { fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 20 };
}

QSize Plot::minimumSizeHint() const
{
    return { fontMetrics().averageCharWidth() * 30, fontMetrics().height() * 9 };
}

void Plot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        applyColors();
        refresh();
    }
}

void Plot::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void Plot::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void Plot::keyPressEvent(QKeyEvent* event)
{
    if ((event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) != Qt::NoModifier) {
        QWidget::keyPressEvent(event); // a shortcut of the window
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        return pan(-kPanStep, 0.0);
    case Qt::Key_Right:
        return pan(kPanStep, 0.0);
    case Qt::Key_Up:
        return pan(0.0, kPanStep);
    case Qt::Key_Down:
        return pan(0.0, -kPanStep);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(kZoomStep);
    case Qt::Key_Minus:
        return zoom(1.0 / kZoomStep);
    case Qt::Key_0:
    case Qt::Key_F:
        return setFollowing(true);
    default:
        QWidget::keyPressEvent(event);
    }
}

void Plot::paintEvent(QPaintEvent* event)
{
    QWidget::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(this);
    QStyleOptionFocusRect option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
}

void Plot::adoptScreen()
{
    m_canvas->setBufferDevicePixelRatio(devicePixelRatioF());
}

void Plot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    adoptScreen();
}

void Plot::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    adoptScreen();
    if (QWindow* const handle = window()->windowHandle())
        connect(handle, &QWindow::screenChanged, this, &Plot::adoptScreen, Qt::UniqueConnection);
    applyColors();
    refresh();
}

} // namespace palimpsest
