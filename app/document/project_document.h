// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document/recipe_file.h"
#include "app/document/recovery_file.h"
#include "core/base/result.h"
#include "core/io/project_folder.h"
#include "widgets/project/background_queue.h"
#include "widgets/project/recipe_document.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace palimpsest {

/// Edits that a crash left behind, as they are offered.
struct RecoveryOffer {
    QString time; ///< when they were kept, in local form
    QStringList differences; ///< to project.json as it is now: recipeDifferences()
    bool isFileNewer = false; ///< project.json was changed after them by somebody else
};

/// The open project's project.json: opening, saving, autosave, recovery, and what other programs do to it. Files are read and
/// written on a thread of its own; every call returns at once and a signal brings the end.
///
/// While a project is open its edit lock is held, so one window edits it at a time; a second window shows it read-only, says
/// who has it, and may edit as soon as the lock is free. Jobs have another lock, so they run meanwhile. Editors of text that
/// know no lock are noticed by the content of project.json: a save never replaces what this window has not read, unless
/// saveAnyway() says so, and what is replaced is kept as project.json.bak.
///
/// Unsaved edits go to DIR/.recovery.json a second after the first of them; they are offered when the project is opened again
/// after a crash.
class ProjectDocument : public QObject {
    Q_OBJECT
public:
    explicit ProjectDocument(QObject* parent = nullptr);
    /// With the window's undo stack, which outlives the document.
    explicit ProjectDocument(QUndoStack& stack, QObject* parent = nullptr);
    /// Unsaved edits stay in .recovery.json. Waits for a save that has begun.
    ~ProjectDocument() override;

    [[nodiscard]] RecipeDocument& recipe() { return *m_recipe; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; } ///< empty: none is open
    [[nodiscard]] bool isOpen() const { return !m_folder.empty(); }
    [[nodiscard]] bool isBusy() const { return !m_queue.isIdle(); } ///< opens or saves

    /// Ends in opened() or openFailed(). The project that was open stays so until then, and after a failure; its unsaved
    /// edits are kept for recovery, so ask before. Opening the open project reads its file again, as checkFile() does.
    void open(const std::filesystem::path& folder);
    /// Opens with the recipe of project.json.bak; nothing is written until it is saved.
    void openBackup(const std::filesystem::path& folder);
    /// No project is open any more. Unsaved edits are given up, also in .recovery.json: ask before.
    void close();

    void save(); ///< ends in saved() or saveFailed()
    void
    saveAnyway(); ///< also where another program has changed the file: its content is kept as project.json.bak
    /// Takes what is in the file, as a step that can be undone. Ends in reloaded(), or fileProblem().
    void reload();
    /// Looks whether another program has changed the file. The document does so by itself; a window calls it too when it
    /// becomes active, for folders that cannot be watched.
    void checkFile();

    /// Takes the edits of recoveryFound() as a step that can be undone. They are unsaved.
    void acceptRecovery();
    void dismissRecovery(); ///< deletes them

    /// Time from the first unsaved edit to its copy in .recovery.json. For tests.
    void setAutosaveDelay(int milliseconds) { m_autosave.setInterval(milliseconds); }

Q_SIGNALS:
    void opened();
    /// @param hasBackup  openBackup() would help
    void openFailed(const palimpsest::Error& error, bool hasBackup);
    void closed();
    void saved();
    void saveFailed(const palimpsest::Error& error);
    /// Another program has changed project.json while there are unsaved edits here: offer reload() and saveAnyway(). Also the
    /// answer to save() in that case.
    void changedElsewhere(const QStringList& differences);
    /// The recipe now is what the file holds: `differences` to what was shown before. Also when another program changed it
    /// and nothing here was unsaved.
    void reloaded(const QStringList& differences);
    /// The file cannot be read any more, or edits could not be kept for recovery. The edits here are not lost. Once, until it
    /// is mended.
    void fileProblem(const palimpsest::Error& error);
    void recoveryFound(const palimpsest::RecoveryOffer& offer);

private:
    struct Opened {
        std::filesystem::path folder;
        RecipeFile file;
        bool isBackup = false;
        std::shared_ptr<ProjectLock> lock;
        QString readOnlyReason;
        Result<std::optional<Recovery>> recovery { std::optional<Recovery>() };
    };
    void connectAll();
    void openFrom(const std::filesystem::path& folder, bool backup);
    [[nodiscard]] static Result<Opened> read(
        const std::filesystem::path& folder, bool backup, std::shared_ptr<ProjectLock> lock);
    void show(const Opened& opened);
    void startSave(bool overwrite);
    void finishSave(
        const Result<RecipeSave>& result, const std::shared_ptr<const Recipe>& recipe, bool hadRecovery);
    void offerRecovery(const Result<std::optional<Recovery>>& recovery);
    void readAgain(bool take);
    void showFile(const Result<RecipeFile>& file, bool take);
    void autosave();
    void dropRecovery();
    void removeLater(const std::filesystem::path& file);
    void watch();
    void unwatch();
    void tryLock();
    void report(const Error& error);

    RecipeDocument* m_recipe;
    std::filesystem::path m_folder;
    std::string m_hash; ///< of project.json as this window knows it
    std::string m_offeredHash; ///< of the foreign version that changedElsewhere() told of
    std::shared_ptr<ProjectLock> m_lock; ///< nullptr: read-only
    std::optional<Recovery> m_recovery; ///< offered, not answered yet
    std::string m_problem; ///< that was reported
    bool m_isRecoveryWritten = false;
    bool m_isSaving = false;
    bool m_saveAgain = false;
    QFileSystemWatcher m_watcher;
    QTimer m_fileChanged;
    QTimer m_autosave;
    QTimer m_lockTimer;
    BackgroundQueue m_queue; // last: its thread ends before the rest goes
};

} // namespace palimpsest
