// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace palimpsest {

class EmptyPage;
class JobQueue;
struct JobEntry;
class TableView;

/// The jobs of a queue with their progress; cancels and clears them, and shows the whole error of the selected one.
class JobList : public QWidget {
    Q_OBJECT
public:
    /// `queue` outlives the list.
    explicit JobList(JobQueue& queue, QWidget* parent = nullptr);

private:
    /// The selected job; the newest open one where none is selected; nullptr: neither.
    [[nodiscard]] const JobEntry* current() const;
    void update();
    void copyError();

    JobQueue& m_queue;
    TableView* m_table;
    EmptyPage* m_page;
    QLabel* m_error;
    QPushButton* m_cancel;
    QPushButton* m_copy;
    QPushButton* m_clear;
};

} // namespace palimpsest
