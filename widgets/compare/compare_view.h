// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/accuracy/accuracy_curves.h"
#include "widgets/view/view.h"

#include <QList>

#include <array>
#include <optional>

class QComboBox;

namespace palimpsest {

class CompareModel;
class CurvePlot;
class EmptyPage;
class TableView;
class TaskLegend;

/// A run that can be compared.
struct RunChoice {
    QString id; ///< "r3"
    QString text; ///< "r3, 24/11/26 14:05: Pool pages 58 → 37"
    bool isFinished = false; ///< all of it is there
};

/// Two runs side by side: what differs in their settings, accuracies, memory, matching and pages, and their curves over linked
/// axes. The window reads the runs: it hears runRequested() and answers with setSide().
class CompareView : public View {
    Q_OBJECT
public:
    enum class Side { A, B };
    Q_ENUM(Side)

    explicit CompareView(Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("compare"); }
    [[nodiscard]] QString title() const override { return tr("Compare"); }
    /// The newest first. A run that was chosen stays chosen while it is among them.
    void setRuns(const QList<RunChoice>& runs);
    /// The results of the run that was asked for; nullptr: it cannot be read.
    void setSide(Side side, const std::shared_ptr<const RunResults>& results);
    /// What the other views show; it can be compared too, as "shown now", and at first is side B.
    void setResults(const std::shared_ptr<const RunResults>& results) override;
    bool paintTo(QPainter& painter, const QRectF& target) const override;
    /// section,quantity,a,b,difference,verdict
    [[nodiscard]] QString csv() const override;

Q_SIGNALS:
    void runRequested(const QString& id, palimpsest::CompareView::Side side);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Chosen {
        QComboBox* picker = nullptr;
        std::optional<QString>
            id; ///< empty text: the results that the other views show; no value: none is chosen
        std::shared_ptr<const RunResults> results; ///< nullptr: not there yet
        CurvePlot* plot = nullptr;
        AccuracyCurves curves;
    };
    QWidget* createPickers();
    QWidget* createCurves();
    void choose(Side side, const QString& id);
    [[nodiscard]] static bool isAwaited(const Chosen& chosen); ///< a run was asked for and has not come
    void chooseEarlier(); ///< where no run A was chosen: the newest finished one before what is shown
    void swapSides();
    void fillPicker(Chosen& chosen);
    void showComparison();
    void showCurves();
    [[nodiscard]] Chosen& at(Side side) { return m_sides[static_cast<std::size_t>(side)]; }
    [[nodiscard]] QString nameOf(const Chosen& chosen) const;
    [[nodiscard]] std::vector<std::string> taskNames() const;

    std::array<Chosen, 2> m_sides;
    QList<RunChoice> m_runs;
    std::shared_ptr<const RunResults> m_current;
    CompareModel* m_model;
    TableView* m_table;
    EmptyPage* m_page;
    EmptyPage* m_curvesPage = nullptr;
    TaskLegend* m_legend;
    QComboBox* m_quantity;
};

} // namespace palimpsest
