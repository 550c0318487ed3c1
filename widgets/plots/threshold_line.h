// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;
class QFont;
class QPalette;
class QPointF;

namespace palimpsest {

/// A line across a plot that the user can move, by dragging and by Shift with the up and down keys.
struct PlotThreshold {
    double y = 0.0;
    double lowest = 0.0, highest = 1.0; ///< where it can be moved to
    double keyStep = 0.01;
    QString text; ///< beside the line
    bool isMovable = true;
};

/// Paints a threshold, on a layer of its own: the curves are not painted again while it moves.
class ThresholdLine {
public:
    /// The canvas owns what is painted, and goes later than this object is used.
    explicit ThresholdLine(QCustomPlot& canvas);

    void set(const std::optional<PlotThreshold>& threshold) { m_threshold = threshold; }
    [[nodiscard]] const std::optional<PlotThreshold>& threshold() const { return m_threshold; }
    void setText(const QString& text);
    /// Within its limits. @pre there is one
    void setY(double y);
    /// After any of these, and when colours, font or the axes change.
    void place(const QPalette& palette, const QFont& font);
    void paint(); ///< its layer alone, at once

    /// Whether the user can take it within `reach` pixels of a point.
    [[nodiscard]] bool canTake(const QPointF& pixel, double reach) const;
    /// What lies at a point, with as many digits as a pixel is worth: the user sees no more of them.
    [[nodiscard]] double valueAt(const QPointF& pixel) const;

private:
    QCustomPlot& m_canvas;
    std::optional<PlotThreshold> m_threshold;
    QCPItemStraightLine* m_line;
    QCPItemText* m_text;
};

} // namespace palimpsest
