// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tune/tune_request.h"
#include "widgets/view/view.h"

#include <QList>

#include <memory>
#include <optional>
#include <vector>

class QCheckBox;
class QLabel;
class QPushButton;

namespace palimpsest {

class CurvePlot;
class EmptyPage;
class NumberField;
class TableView;
class TuneModel;
struct SettingEdit;

/// The front of a search for a packing: size against change of accuracy, with the private rivals; live while a search runs. A target size
/// that is typed here begins one.
class TuneView : public View {
    Q_OBJECT
public:
    explicit TuneView(Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("front"); }
    [[nodiscard]] QString title() const override { return tr("Front"); }
    void setResults(const std::shared_ptr<const RunResults>& results) override;
    void setRecipe(const Recipe& recipe) override;
    bool paintTo(QPainter& painter, const QRectF& target) const override;
    [[nodiscard]] QString csv() const override;

    /// nullptr: nothing was searched for this recipe.
    void setFront(std::shared_ptr<const TuneFront> front);
    [[nodiscard]] const std::shared_ptr<const TuneFront>& front() const { return m_front; }
    /// While a search runs no other one can be begun.
    void setSearching(bool isSearching);
    void focusTarget(); ///< moves the keyboard to the target size
    /// The point of the selected row; nullptr: none is selected, or a rival is.
    [[nodiscard]] const TunePoint* selectedPoint() const;

Q_SIGNALS:
    void searchRequested(const palimpsest::TuneRequest& request);
    /// The user wants to set more than the size. @param target  what stands in the field; empty: nothing
    void optionsRequested(std::optional<std::int64_t> targetBytes);
    /// The user takes a point into the recipe: one step.
    void pointTaken(const QList<palimpsest::SettingEdit>& edits, const QString& text);

private:
    /// A point of the plot: its curve and its place there.
    struct Place {
        std::size_t row = 0; ///< index into TuneFront::points or ::rivals
        bool isRival = false;
    };
    [[nodiscard]] QWidget* createTarget();
    [[nodiscard]] QWidget* createPlot();
    [[nodiscard]] QWidget* createTable();
    void search();
    void take();
    void compose();
    void showFront();
    void showCurves();
    void showSelected();
    void selectRow(int row);
    [[nodiscard]] std::optional<std::int64_t> targetBytes() const;
    [[nodiscard]] QString placeText(int curve, qsizetype point) const;
    [[nodiscard]] QString caption() const;

    std::shared_ptr<const TuneFront> m_front;
    std::shared_ptr<const TuneFront> m_shown; ///< with the rivals that the report knows
    std::shared_ptr<const ReportModel> m_report; ///< nullptr: no run is done
    NumberField* m_target;
    QPushButton* m_search;
    QLabel* m_problem;
    CurvePlot* m_plot;
    TuneModel* m_model;
    TableView* m_table;
    EmptyPage* m_page = nullptr;
    QLabel* m_verdict;
    QPushButton* m_take;
    QCheckBox* m_showTried;
    std::vector<std::vector<Place>> m_places; ///< of each curve of the plot
};

/// The front with the baselines that a report has validation accuracies and bytes of, where it has the same tasks.
[[nodiscard]] TuneFront withRivalsOf(const TuneFront& front, const ReportModel& report);
/// The edits that a point's settings are, and the name of the step.
[[nodiscard]] QList<SettingEdit> editsOf(const TuneChoice& choice);
[[nodiscard]] QString takeText(const TunePoint& point);

} // namespace palimpsest
