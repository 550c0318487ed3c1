// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/execution/switch_stats.h"
#include "widgets/view/view.h"

namespace palimpsest {

class CurvePlot;
class EmptyPage;
class SwitchModel;
class TableView;

/// How long a switch to another task takes: a table of all ways to do it, their distributions, and every switch in its turn.
class ExecutionView : public View {
    Q_OBJECT
public:
    explicit ExecutionView(Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("execution"); }
    [[nodiscard]] QString title() const override { return tr("Execution"); }
    void setResults(const std::shared_ptr<const RunResults>& results) override;
    bool paintTo(QPainter& painter, const QRectF& target) const override;
    /// method,switch,task,microseconds; the quantiles instead where no switch was kept by itself.
    [[nodiscard]] QString csv() const override;

private:
    void fillPlots();
    void showSelected(const SelectedItem& selected);
    [[nodiscard]] QString taskName(std::size_t switchIndex) const; ///< empty where it is not known

    std::shared_ptr<const RunResults> m_results;
    SwitchResults m_switches;
    std::vector<std::size_t> m_timelineWays; ///< of each curve of the timeline: index into m_switches.ways
    SwitchModel* m_model;
    TableView* m_table;
    CurvePlot* m_distribution;
    CurvePlot* m_timeline;
    EmptyPage* m_plotPage;
    EmptyPage* m_page;
};

} // namespace palimpsest
