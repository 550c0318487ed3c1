// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <Qt>

#include <vector>

class QCPAbstractItem;
class QCustomPlot;
class QFont;
class QPalette;

namespace palimpsest {

/// A thin line across a plot for the eye, such as a quantile or a floor.
struct PlotGuide {
    double value = 0.0;
    QString text; ///< at the end of the line
    Qt::Orientation orientation = Qt::Horizontal; ///< horizontal: at y = value
    bool isTextBelow = false; ///< of a horizontal one: for the highest value that a plot can have
};

/// Paints guides.
class GuideLines {
public:
    /// The canvas owns what is painted, and goes later than this object is used.
    explicit GuideLines(QCustomPlot& canvas)
        : m_canvas(canvas)
    {
    }

    void set(const std::vector<PlotGuide>& guides) { m_guides = guides; }
    [[nodiscard]] const std::vector<PlotGuide>& guides() const { return m_guides; }
    /// After set(), and when colours or font change.
    void place(const QPalette& palette, const QFont& font);

private:
    QCustomPlot& m_canvas;
    std::vector<PlotGuide> m_guides;
    std::vector<QCPAbstractItem*> m_items;
};

} // namespace palimpsest
