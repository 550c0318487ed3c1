// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointer>
#include <QRectF>
#include <QWidget>

#include <optional>

class QCustomPlot;
class QPainter;

namespace palimpsest {

/// A plot with two axes in the colours and font of the window: zoom by wheel, + and -, pan by dragging and arrow keys.
///
/// It follows its data (all of them are shown, also those that come) until the user zooms or pans; F and 0 let it follow again.
/// Derived classes put the data in and say where they lie.
class Plot : public QWidget {
    Q_OBJECT
public:
    enum class Text {
        Number,
        Percent,
        Bytes,
        Duration
    }; ///< how an axis writes its numbers; durations are in microseconds
    struct Axis {
        QString title; ///< with the unit
        Text text = Text::Number;
        bool isLogarithmic = false;
    };

    explicit Plot(QWidget* parent = nullptr);
    ~Plot() override;

    void setAxes(const Axis& x, const Axis& y);
    /// The y axis is a list: row i at y = i, from top to bottom. Only x can be zoomed then.
    void setRows(const QStringList& names);

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool following);
    /// What is shown: x from left() to right(), y from top() to bottom(), the lower value first.
    [[nodiscard]] QRectF range() const;
    /// Shows this part, and follows no longer.
    void setRange(const QRectF& range);
    /// From now on both show the same part, of both plots' data together. `other` may go first.
    void linkWith(Plot& other);

    /// Where a point of the data lies in the widget; for tests and what is painted over a plot.
    [[nodiscard]] QPointF toPixel(const QPointF& point) const;
    /// Paints the plot with vectors, one pixel of the font a unit of `painter`.
    bool paintTo(QPainter& painter, const QRectF& target);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void followingChanged(bool following);
    void rangeChanged(const QRectF& range);
    /// What lies under the pointer; empty: nothing.
    void hovered(const QString& text);

protected:
    [[nodiscard]] QCustomPlot& canvas() const { return *m_canvas; }
    [[nodiscard]] const Axis& xAxis() const { return m_x; }
    [[nodiscard]] const Axis& yAxis() const { return m_y; }
    enum class Legend { None, Below };
    void placeLegend(Legend place);
    /// Smallest rectangle that holds the data, the lower values at left and top; empty where there are none.
    [[nodiscard]] virtual std::optional<QRectF> dataBounds() const = 0;
    /// `bounds` with the room around the data that a plot shows.
    [[nodiscard]] virtual QRectF padded(const QRectF& bounds) const;
    /// Before each painting on so many pixels.
    virtual void prepare(int /*width*/) { }
    virtual void applyColors();
    /// While a picture is made: what the widget shows beside the plot, such as the legend, comes into it.
    virtual void beginPicture() { }
    virtual void endPicture() { }

    // The mouse, in pixels of the canvas.
    [[nodiscard]] virtual QString textAt(const QPointF& /*pixel*/) const { return {}; }
    /// Whether something is taken there, to be moved, instead of the plot.
    virtual bool take(const QPointF& /*pixel*/) { return false; }
    virtual void move(const QPointF& /*pixel*/) { }
    virtual void drop() { }
    virtual void click(const QPointF& /*pixel*/) { }
    [[nodiscard]] virtual bool canTake(const QPointF& /*pixel*/) const { return false; }

    /// The data have changed: paints soon, once for many calls, and only while it can be seen.
    void refresh();
    [[nodiscard]] QFont pixelFont() const; ///< font() with its size in pixels: the same on any device

    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void connectMouse();
    void adoptScreen(); ///< its pixels a point
    void prepareFor(const QSize& size);
    void wrapLegend(int width); ///< of the whole plot
    void onUserRange();
    void pan(double x, double y);
    void zoom(double factor);
    void fit();
    void applyRange(const QRectF& range);
    [[nodiscard]] QRectF fittedRange() const;

    QCustomPlot* m_canvas;
    Axis m_x, m_y;
    QList<QPointer<Plot>> m_links;
    QPoint m_pressed;
    bool m_isFollowing = true;
    bool m_isOwnChange = false; ///< a range is set by the program, not by the user
    bool m_isTaken = false;
    bool m_isPressed = false;
    bool m_hasRows = false;
};

} // namespace palimpsest
