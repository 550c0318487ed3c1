// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inspector/weight_histogram.h"
#include "widgets/results/run_results.h"
#include "widgets/view/selection.h"
#include "widgets/worker/newest_task.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QToolButton;

namespace palimpsest {

class CurvePlot;
class EmptyPage;
class InspectorModel;
class TableView;

/// All that is known of what is selected: facts with links, its parts as a table, and for a slot or a page how its weights are spread,
/// alone and packed. Links and rows select in every view; "back" goes to what was selected before.
class Inspector : public QWidget {
    Q_OBJECT
public:
    /// `selection` outlives the inspector.
    explicit Inspector(Selection& selection, QWidget* parent = nullptr);

    void setResults(const std::shared_ptr<const RunResults>& results); ///< nullptr: none
    [[nodiscard]] bool isBusy() const { return m_task.isBusy(); } ///< a histogram is being made
    void goBack();
    void goForward();

Q_SIGNALS:
    void statusChanged(const QString& text); ///< what lies under the pointer in the histogram

private:
    /// One line of the histogram.
    struct Series {
        QString name;
        int task = -1; ///< -1: the slot itself
        std::vector<float> values;
    };
    void showItem(const SelectedItem& item);
    void remember(const SelectedItem& item);
    void step(int by);
    void updateSteps();
    void showHistogram(const SelectedItem& item);
    [[nodiscard]] static std::vector<Series> seriesOf(const RunResults& results, const SelectedItem& item);
    void takeHistogram(const std::vector<Series>& series, const WeightHistogram& histogram);

    Selection& m_selection;
    std::shared_ptr<const RunResults> m_results;
    std::vector<SelectedItem> m_history; ///< the newest last
    std::size_t m_place = 0; ///< in the history: past what is shown
    bool m_isStepping = false;

    InspectorModel* m_model;
    QLabel* m_swatch;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_caption;
    TableView* m_table;
    CurvePlot* m_plot;
    QLabel* m_note; ///< on what the plot shows
    QToolButton* m_back;
    QToolButton* m_forward;
    EmptyPage* m_pages;
    NewestTask m_task;
};

} // namespace palimpsest
