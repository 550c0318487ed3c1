// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "widgets/job/job_runner.h"
#include "widgets/project/recent_projects.h"

#include <QObject>

#include <filesystem>
#include <functional>

class QDialog;
class QMenu;
class QSettings;
class QWidget;

namespace palimpsest {

class LogModel;
class NewProjectDialog;
class NoticeBar;
struct RecoveryOffer;
class Session;

/// What a user does with a project as a whole: new, open, recent, save, close; and what the window says and offers when a file
/// is damaged, locked, changed by somebody else, or holds edits that a crash left behind.
class ProjectCommands : public QObject {
    Q_OBJECT
public:
    /// All outlive the object. Dialogs belong to `window`.
    ProjectCommands(
        Session& session, NoticeBar& notices, LogModel& log, QSettings& settings, QWidget& window);

    [[nodiscard]] RecentProjects& recent() { return m_recent; }
    /// Makes a menu list the recent projects whenever it opens.
    void fillRecentMenu(QMenu& menu);

    void askNew();
    /// @param sample  that is chosen at first: "empty"
    QDialog* askNewFrom(const QString& sample);
    void askOpen();
    /// Opens a folder; asks first where unsaved edits would be lost.
    void open(const QString& folder);
    void save();
    void closeProject();
    /// Calls `then` when nothing is lost by leaving the open project: at once, or when the user has saved or given up the edits.
    /// Never where the user stays.
    void leave(const std::function<void()>& then);
    /// Saves what is not saved, without a question, and calls `then`; where it cannot be saved the notice says why.
    void saveAndThen(const std::function<void()>& then);

Q_SIGNALS:
    void openFailed(); ///< the notice says why

private:
    void connectDocument();
    void make(NewProjectDialog& dialog);
    void onOpened();
    void onOpenFailed(const Error& error, bool hasBackup);
    void offerRecovery(const RecoveryOffer& offer);
    void offerConflict(const QStringList& differences);

    Session& m_session;
    NoticeBar& m_notices;
    LogModel& m_log;
    QWidget& m_window;
    RecentProjects m_recent;
    std::filesystem::path m_wanted; ///< that is being opened
    std::function<void()> m_afterSave; ///< what waits for the save that runs
    JobRunner m_maker; ///< copies the files of a new project
};

} // namespace palimpsest
