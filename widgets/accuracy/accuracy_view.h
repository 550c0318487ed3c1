// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accuracy/accuracy_curves.h"
#include "widgets/view/view.h"

class QAbstractButton;
class QComboBox;

namespace palimpsest {

class AccuracyModel;
class CurvePlot;
class EmptyPage;
class TableView;
class TaskLegend;

/// Test accuracy of every task as a table, and its curves over the steps, live while a job runs.
class AccuracyView : public View {
    Q_OBJECT
public:
    explicit AccuracyView(Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("accuracy"); }
    [[nodiscard]] QString title() const override { return tr("Accuracy"); }
    void setResults(const std::shared_ptr<const RunResults>& results) override;
    void beginJob() override;
    void addSamples(const std::vector<Sample>& samples) override;
    bool paintTo(QPainter& painter, const QRectF& target) const override;
    [[nodiscard]] QString csv() const override;

private:
    QWidget* createCurves();
    void createTable();
    void rebuildCurves();
    void updateBaselines();
    void showSelected(const SelectedItem& selected);
    [[nodiscard]] CurveStage stage() const;
    [[nodiscard]] CurveQuantity quantity() const;
    void setStage(CurveStage stage);
    void chooseStageWithCurves();
    [[nodiscard]] QString curvesTitle() const;

    std::shared_ptr<const RunResults> m_results;
    AccuracyCurves m_curves;
    AccuracyModel* m_model;
    TableView* m_table;
    EmptyPage* m_tablePage;
    EmptyPage* m_plotPage;
    CurvePlot* m_plot;
    TaskLegend* m_legend;
    QComboBox* m_stage;
    QComboBox* m_quantity;
    QAbstractButton* m_follow;
    int m_shownVersion = -1; ///< of m_curves
    bool m_isStageChosen = false; ///< by the user: the running stage does not change it
};

} // namespace palimpsest
