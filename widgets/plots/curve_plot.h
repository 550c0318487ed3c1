// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/curve_store.h"
#include "widgets/plots/curve_style.h"
#include "widgets/plots/guide_lines.h"
#include "widgets/plots/plot.h"
#include "widgets/plots/threshold_line.h"

#include <functional>
#include <memory>
#include <set>
#include <vector>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemTracer;

namespace palimpsest {

/// Curves over two axes, some with a dashed baseline, and one line that the user may move.
///
/// A curve's points are shared with who makes them; as many are painted as there are pixels, so a million of them move smoothly.
class CurvePlot : public Plot {
    Q_OBJECT
public:
    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    void clearCurves();
    /// @return its number, for the functions below
    int addCurve(const CurveLook& look, std::shared_ptr<const CurveStore> points);
    /// A dashed line at `y`, in the colour of the curve; empty takes it away.
    void setBaseline(int curve, const std::optional<double>& y);
    /// Points were added to some curves.
    void dataChanged() { refresh(); }

    /// Curves of tasks that are not shown stay away, also those that are added later.
    void setTaskShown(int task, bool shown);
    /// Its curves are stronger than the others; -1: all alike.
    void setHighlightedTask(int task);

    /// A ring around one point of a curve; curve -1: none.
    void setMarked(int curve, qsizetype point);
    using Guide = PlotGuide;
    void setGuides(const std::vector<Guide>& guides);
    /// One more curve over all others that is not clicked or hovered; nullptr takes it away.
    void setOverlay(const CurveLook& look, std::shared_ptr<const CurveStore> points);
    /// What a point is beside its two numbers, a line of its tool tip; empty: nothing.
    using PointText = std::function<QString(int curve, qsizetype point)>;
    void setPointText(PointText text) { m_pointText = std::move(text); }
    enum class LegendUse { InPictures, Always, Never };
    /// Where the curves' names stand below the plot; at first in pictures alone, as a list beside the plot has them on the screen.
    void setLegendUse(LegendUse use);

    using Threshold = PlotThreshold;
    void setThreshold(const std::optional<Threshold>& threshold);
    /// Another text for the line; for who hears thresholdMoved(), after which it is painted.
    void setThresholdText(const QString& text) { m_threshold.setText(text); }
    [[nodiscard]] const std::optional<Threshold>& threshold() const { return m_threshold.threshold(); }

    /// Paints at once and not at the next turn of the event loop: for measuring.
    void paintNow();

Q_SIGNALS:
    void curveClicked(int curve, qsizetype point);
    /// A curve of a task was clicked: the task; the empty plot was: -1.
    void taskClicked(int task);
    void thresholdMoved(double y); ///< while it is moved
    void thresholdDropped(double y); ///< once, where the user let it go

protected:
    [[nodiscard]] std::optional<QRectF> dataBounds() const override;
    void prepare(int width) override;
    void applyColors() override;
    void beginPicture() override;
    void endPicture() override;
    [[nodiscard]] QString textAt(const QPointF& pixel) const override;
    [[nodiscard]] bool canTake(const QPointF& pixel) const override;
    bool take(const QPointF& pixel) override;
    void move(const QPointF& pixel) override;
    void drop() override;
    void click(const QPointF& pixel) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Curve {
        CurveLook look;
        std::shared_ptr<const CurveStore> points;
        QCPGraph* line = nullptr; ///< the plot owns it, as the other two
        QCPGraph* markers = nullptr; ///< a few of the points; nullptr: the form has none of its own
        QCPItemStraightLine* baseline = nullptr; ///< nullptr: none
        double baselineY = 0.0;
        std::vector<QPointF> drawn; ///< what was painted last
        bool isDense = false; ///< goes up and down too often for a pen with width
    };
    struct Hit {
        int curve = -1;
        qsizetype point = 0;
    };
    [[nodiscard]] Hit curveAt(const QPointF& pixel) const;
    [[nodiscard]] bool isShown(const Curve& curve) const { return !m_hiddenTasks.contains(curve.look.task); }
    void prepareCurve(Curve& curve, int width);
    void styleCurve(Curve& curve);
    void placeMark();
    void placeGuides();
    void updateLegend();
    void moveThreshold(double y);
    void placeThreshold();
    void endKeyMove();

    [[nodiscard]] Curve makeCurve(const CurveLook& look, std::shared_ptr<const CurveStore> points);
    void removeCurve(const Curve& curve);

    std::vector<Curve> m_curves;
    std::optional<Curve> m_overlay;
    std::set<int> m_hiddenTasks;
    int m_highlighted = -1;
    int m_markedCurve = -1;
    qsizetype m_markedPoint = 0;
    QCPItemTracer* m_mark; ///< the plot owns it, as all items
    GuideLines m_guides;
    PointText m_pointText;
    LegendUse m_legendUse = LegendUse::InPictures;
    bool m_isPicture = false; ///< one is made: the legend comes into it
    ThresholdLine m_threshold;
    bool m_isKeyMoving = false;
};

} // namespace palimpsest
