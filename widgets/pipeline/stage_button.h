// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pipeline/stage_look.h"

#include <QAbstractButton>

namespace palimpsest {

/// One stage in the pipeline bar: an arrow with the sign of its state, its name and, while it runs, how far it is.
class StageButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit StageButton(const QString& stage, QWidget* parent = nullptr);

    [[nodiscard]] const QString& stage() const { return m_row.name; }
    void setRow(const StageRow& row);
    /// What is shown: the row's look, or Running.
    [[nodiscard]] StageLook look() const { return m_running ? StageLook::Running : m_row.look; }
    /// "stale, 1 of 2 parts done: pages.pageSize was 64, is 128"
    [[nodiscard]] QString stateText() const;
    void setRunning(bool running);
    /// @param fraction  in [0, 1], of the stage while it runs
    void setFraction(double fraction);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] int tip() const; ///< depth of the arrow's point, in pixels
    [[nodiscard]] int signSize() const;
    void describe();

    StageRow m_row;
    bool m_running = false;
    double m_fraction = 0.0;
};

} // namespace palimpsest
