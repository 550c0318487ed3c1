// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace palimpsest {

class LogFilter;
class LogModel;
class TableView;

/// The log with a filter by text and level. It follows the newest entry until one scrolls up, and again at the bottom.
class LogView : public QWidget {
    Q_OBJECT
public:
    /// `model` outlives the view.
    explicit LogView(LogModel& model, QWidget* parent = nullptr);

    /// Puts the keyboard into the filter.
    void focusFilter();
    /// Copies the selected lines, or all that the filter shows where none is selected.
    void copy();

private:
    LogModel& m_model;
    LogFilter* m_filter;
    QLineEdit* m_text;
    QComboBox* m_level;
    TableView* m_table;
    bool m_follow = true;
};

} // namespace palimpsest
