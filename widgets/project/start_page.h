// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;

namespace palimpsest {

class RecentProjects;

/// What the window shows while no project is open: new, open, recent projects, and a place to drop a folder on.
class StartPage : public QWidget {
    Q_OBJECT
public:
    /// `recent` outlives the page.
    explicit StartPage(RecentProjects& recent, QWidget* parent = nullptr);

Q_SIGNALS:
    void newRequested();
    void openRequested(); ///< ask for a folder
    void projectChosen(const QString& folder); ///< a recent one, or a folder that was dropped

protected:
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    [[nodiscard]] QWidget* createButtons();
    [[nodiscard]] QWidget* createRecent();
    void removeSelected();

    RecentProjects& m_recent;
    QListView* m_list = nullptr;
};

} // namespace palimpsest
