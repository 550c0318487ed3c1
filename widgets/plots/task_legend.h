// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace palimpsest {

class Selection;
struct SelectedItem;

/// The tasks with the look of their curves: a check box shows or hides them, the current row is the selected task.
class TaskLegend : public QListWidget {
    Q_OBJECT
public:
    /// `selection` outlives the legend.
    explicit TaskLegend(Selection& selection, QWidget* parent = nullptr);
    /// Tasks that are the same as before stay hidden or shown.
    void setTasks(const QStringList& names);
    [[nodiscard]] bool isShown(int task) const;

    [[nodiscard]] QSize sizeHint() const override;
    /// Wide enough for the names, if they are not very long.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void shownChanged(int task, bool shown);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showSelected(const SelectedItem& selected);
    void paintSwatches();

    Selection& m_selection;
    bool m_isFilling = false; ///< items change because the program does it
};

} // namespace palimpsest
