// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pipeline/stage_look.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace palimpsest {

class StageButton;
struct JobProgress;

/// The stages of the pipeline in order, one arrow each, and below them a line about the selected one. A click or the arrow
/// keys select; the menu of an arrow holds the actions of this widget (QWidget::addActions).
class PipelineBar : public QWidget {
    Q_OBJECT
public:
    /// @param stages  names, in order
    explicit PipelineBar(const QStringList& stages, QWidget* parent = nullptr);

    /// States of the stages that are named; the others become unknown.
    void setStages(const std::vector<StageRow>& rows);
    /// No project is open: all stages are unknown.
    void clear() { setStages({}); }
    /// Shows a stage as running, with its progress; an empty name: none runs.
    void setRunning(const QString& stage);
    void setProgress(const JobProgress& progress);

    [[nodiscard]] QString selected() const; ///< empty: none
    void select(const QString& stage);
    [[nodiscard]] StageLook look(const QString& stage) const; ///< Unknown for a name that is none
    [[nodiscard]] QString line() const { return m_lineText; } ///< below the stages

Q_SIGNALS:
    void selectedChanged(const QString& stage);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] StageButton* button(const QString& stage) const;
    void moveFocus(const StageButton* from, int step);
    void showMenu(StageButton* button, const QPoint& globalPosition);
    void showLine();
    void elideLine();

    std::vector<StageButton*> m_buttons;
    QLabel* m_line;
    QString m_lineText;
    QString m_running;
    QString m_progress; ///< "fashion: epoch 2, 0:12 left"
};

} // namespace palimpsest
