// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/fisher/fisher_curve.h"
#include "widgets/view/view.h"

#include <optional>

class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace palimpsest {

class CurvePlot;
class EmptyPage;
class HeatPlot;
class NewestTask;
class TaskLegend;

/// Where each task's Fisher information lies: a map of its pages, a histogram of them, and how much the densest pages hold, with
/// the margin of the recipe's separation as a line that can be moved.
class FisherView : public View {
    Q_OBJECT
public:
    explicit FisherView(Selection& selection, QWidget* parent = nullptr);
    ~FisherView() override;

    [[nodiscard]] QString id() const override { return QStringLiteral("fisher"); }
    [[nodiscard]] QString title() const override { return tr("Fisher"); }
    void setResults(const std::shared_ptr<const RunResults>& results) override;
    void setRecipe(const Recipe& recipe) override;
    bool paintTo(QPainter& painter, const QRectF& target) const override;
    /// task,page,fisher,density,rank: the densest page of a task has rank 1.
    [[nodiscard]] QString csv() const override;

private:
    struct Summary;
    void createPlots();
    QWidget* createControls();
    void showSummary(
        const std::shared_ptr<const RunResults>& results, std::shared_ptr<const Summary> summary);
    void showSeparation();
    void previewMargin(double margin);
    void editMargin(double margin);
    void select(int task, std::int64_t page);
    void showSelected(const SelectedItem& selected);
    [[nodiscard]] QString previewText(double margin) const;

    std::shared_ptr<const RunResults> m_results; ///< that are shown; nullptr: none, or without Fisher
    std::shared_ptr<const Summary> m_summary;
    std::optional<SeparationSettings>
        m_recipe; ///< of the document; empty: it was not told, the results' counts
    HeatPlot* m_map;
    CurvePlot* m_histogram;
    CurvePlot* m_density;
    TaskLegend* m_legend;
    EmptyPage* m_page;
    QDoubleSpinBox* m_margin;
    QLabel* m_note;
    QLabel* m_preview;
    QPushButton* m_useDensity;
    NewestTask* m_worker;
    bool m_isShowing = false; ///< controls change because the program does it
};

} // namespace palimpsest
