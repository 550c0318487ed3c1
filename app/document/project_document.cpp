// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document/project_document.h"

#include "widgets/project/recipe_difference.h"
#include "widgets/project/setting_text.h"

#include <QDateTime>
#include <QLocale>

#include <system_error>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr int kAutosaveMs = 1000;
constexpr int kSettleMs = 200; ///< editors write a file in several steps
constexpr int kLockRetryMs = 2000;

bool isSameFolder(const fs::path& a, const fs::path& b)
{
    std::error_code problem;
    return !a.empty() && fs::equivalent(a, b, problem);
}

} // namespace

ProjectDocument::ProjectDocument(QObject* parent)
    : QObject(parent)
    , m_recipe(new RecipeDocument(this))
{
    connectAll();
}

ProjectDocument::ProjectDocument(QUndoStack& stack, QObject* parent)
    : QObject(parent)
    , m_recipe(new RecipeDocument(stack, this))
{
    connectAll();
}

ProjectDocument::~ProjectDocument()
{
    if (m_autosave.isActive())
        autosave();
}

void ProjectDocument::connectAll()
{
    m_autosave.setSingleShot(true);
    m_autosave.setInterval(kAutosaveMs);
    m_fileChanged.setSingleShot(true);
    m_fileChanged.setInterval(kSettleMs);
    m_lockTimer.setInterval(kLockRetryMs);
    connect(&m_autosave, &QTimer::timeout, this, &ProjectDocument::autosave);
    connect(&m_fileChanged, &QTimer::timeout, this, &ProjectDocument::checkFile);
    connect(&m_lockTimer, &QTimer::timeout, this, &ProjectDocument::tryLock);
    const auto startTimer = [this] { m_fileChanged.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, startTimer);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, startTimer);
    connect(m_recipe, &RecipeDocument::recipeChanged, this, [this] {
        if (isOpen() && m_lock && !m_autosave.isActive())
            m_autosave.start();
    });
}

void ProjectDocument::open(const fs::path& folder)
{
    if (isSameFolder(folder, m_folder))
        checkFile();
    else
        openFrom(folder, false);
}

void ProjectDocument::openBackup(const fs::path& folder)
{
    openFrom(folder, true);
}

void ProjectDocument::openFrom(const fs::path& folder, bool backup)
{
    std::shared_ptr<ProjectLock> lock = isSameFolder(folder, m_folder) ? m_lock : nullptr;
    m_queue.add([this, folder, backup, lock](const std::stop_token&) -> BackgroundQueue::Finish {
        Result<Opened> opened = read(folder, backup, lock);
        if (opened)
            return [this, value = std::move(opened).value()] { show(value); };
        const bool hasBackup = !backup && readRecipeFile(recipeBackup(folder)).ok();
        return [this, error = opened.error(), hasBackup] { Q_EMIT openFailed(error, hasBackup); };
    });
}

Result<ProjectDocument::Opened> ProjectDocument::read(
    const fs::path& folder, bool backup, std::shared_ptr<ProjectLock> lock)
{
    const fs::path file = backup ? recipeBackup(folder) : ProjectFolder(folder).recipeFile();
    std::error_code problem;
    if (!fs::exists(file, problem))
        return badInput("expected a project folder with a " + file.filename().string()
                + " in it; make a new project, or choose another folder",
            folder.string());
    Opened opened;
    opened.folder = folder;
    opened.isBackup = backup;
    opened.lock = std::move(lock);
    if (!opened.lock) {
        Result<ProjectLock> taken = ProjectLock::acquire(folder, LockKind::Edit);
        if (taken)
            opened.lock = std::make_shared<ProjectLock>(std::move(taken).value());
        else
            opened.readOnlyReason = sentence(QString::fromStdString(taken.error().message));
    }
    // After the lock: what another window saves before it gives the lock away is seen.
    PALIMPSEST_TRY(opened.file, readRecipeFile(file));
    if (backup)
        opened.file.hash = recipeFileHash(folder);
    if (opened.lock)
        opened.recovery = readRecovery(folder);
    return opened;
}

void ProjectDocument::show(const Opened& opened)
{
    if (m_autosave.isActive()) {
        autosave(); // of the project that was open
        m_autosave.stop();
    }
    m_folder.clear(); // load() is no edit
    m_recipe->setReadOnly({});
    m_recipe->load(opened.file.recipe, !opened.isBackup);
    m_recipe->setReadOnly(opened.readOnlyReason);
    m_folder = opened.folder;
    m_hash = opened.file.hash;
    m_offeredHash.clear();
    m_problem.clear();
    m_lock = opened.lock;
    m_recovery.reset();
    m_isRecoveryWritten = false;
    unwatch();
    watch();
    if (m_lock)
        m_lockTimer.stop();
    else
        m_lockTimer.start();
    Q_EMIT this->opened();
    offerRecovery(opened.recovery);
}

void ProjectDocument::offerRecovery(const Result<std::optional<Recovery>>& recovery)
{
    if (!recovery) {
        report(recovery.error());
        return;
    }
    if (!*recovery)
        return;
    if ((*recovery)->recipe == m_recipe->recipe()) {
        removeLater((*recovery)->file);
        return;
    }
    m_recovery = *recovery;
    const QDateTime time = QDateTime::fromString(QString::fromStdString(m_recovery->time), Qt::ISODate);
    Q_EMIT recoveryFound({ QLocale::system().toString(time.toLocalTime(), QLocale::ShortFormat),
        recipeDifferences(m_recipe->recipe(), m_recovery->recipe), m_recovery->base != m_hash });
}

void ProjectDocument::acceptRecovery()
{
    if (!m_recovery || !m_lock)
        return;
    const Recovery recovery = *std::exchange(m_recovery, std::nullopt);
    m_recipe->replace(recovery.recipe, tr("Recover unsaved edits"));
    autosave(); // they are in .recovery.json from now on, whatever file they came from
    if (recovery.file != recoveryFile(m_folder))
        removeLater(recovery.file);
}

void ProjectDocument::dismissRecovery()
{
    if (m_recovery)
        removeLater(std::exchange(m_recovery, std::nullopt)->file);
}

void ProjectDocument::close()
{
    if (!isOpen())
        return;
    m_autosave.stop();
    m_lockTimer.stop();
    dropRecovery();
    m_recovery.reset(); // not answered: it stays on the disk
    unwatch();
    m_folder.clear();
    m_lock.reset(); // tasks that still write hold it too
    m_recipe->setReadOnly({});
    m_recipe->load({});
    Q_EMIT closed();
}

void ProjectDocument::save()
{
    startSave(false);
}

void ProjectDocument::saveAnyway()
{
    startSave(true);
}

void ProjectDocument::startSave(bool overwrite)
{
    if (!isOpen())
        return;
    if (!m_lock) {
        Q_EMIT saveFailed({ ErrorKind::Locked, m_recipe->readOnlyReason().toStdString(), {} });
        return;
    }
    if (m_isSaving) { // the next save must know the hash that this one leaves
        m_saveAgain = true;
        return;
    }
    m_isSaving = true;
    m_autosave.stop();
    const bool hasRecovery = std::exchange(m_isRecoveryWritten, false);
    m_queue.add([this, folder = m_folder, lock = m_lock, recipe = m_recipe->shared(), expected = m_hash,
                    overwrite, hasRecovery](const std::stop_token&) -> BackgroundQueue::Finish {
        const Result<RecipeSave> result = saveRecipeFile(folder, *recipe, expected, overwrite);
        const bool isDone = result.ok() && !result->isConflict;
        if (isDone && hasRecovery)
            static_cast<void>(
                removeFile(recoveryFile(folder))); // what stays is offered, and found to be nothing new
        return [this, folder, result, recipe, hasRecovery] {
            m_isSaving = false;
            if (folder == m_folder)
                finishSave(result, recipe, hasRecovery);
            else
                m_saveAgain = false;
        };
    });
}

void ProjectDocument::finishSave(
    const Result<RecipeSave>& result, const std::shared_ptr<const Recipe>& recipe, bool hadRecovery)
{
    const bool again = std::exchange(m_saveAgain, false);
    if (!result || result->isConflict)
        m_isRecoveryWritten = hadRecovery;
    if (!result) {
        Q_EMIT saveFailed(result.error());
    } else if (result->isConflict) {
        m_offeredHash.clear(); // told again: somebody wants to save
        readAgain(false);
    } else {
        m_hash = result->hash;
        m_problem.clear();
        m_recipe->setSaved(recipe);
        if (again && m_recipe->isDirty()) {
            startSave(false);
            return;
        }
        Q_EMIT saved();
    }
    if (m_recipe->isDirty())
        m_autosave.start();
}

void ProjectDocument::reload()
{
    readAgain(true);
}

void ProjectDocument::checkFile()
{
    readAgain(false);
}

void ProjectDocument::readAgain(bool take)
{
    if (!isOpen())
        return;
    m_queue.add([this, folder = m_folder, take](const std::stop_token&) -> BackgroundQueue::Finish {
        return [this, folder, take, file = readRecipeFile(ProjectFolder(folder).recipeFile())] {
            if (folder == m_folder)
                showFile(file, take);
        };
    });
}

void ProjectDocument::showFile(const Result<RecipeFile>& file, bool take)
{
    watch();
    if (!file) {
        report(file.error());
        return;
    }
    m_problem.clear();
    if (file->hash == m_hash && !take)
        return;
    const QStringList differences = recipeDifferences(m_recipe->recipe(), file->recipe);
    if (m_recipe->isDirty() && !take && !differences.isEmpty()) {
        if (std::exchange(m_offeredHash, file->hash) != file->hash)
            Q_EMIT changedElsewhere(differences);
        return;
    }
    m_hash = file->hash;
    m_offeredHash.clear();
    if (m_lock) {
        m_recipe->replace(file->recipe, tr("Read project.json again"));
        m_recipe->setClean();
    } else {
        m_recipe->load(file->recipe);
    }
    if (!differences.isEmpty())
        Q_EMIT reloaded(differences);
}

void ProjectDocument::autosave()
{
    if (!isOpen() || !m_lock)
        return;
    if (!m_recipe->isDirty()) {
        dropRecovery();
        return;
    }
    // Edits that were offered and not answered yet make room, and are offered again the next time.
    const bool isOffered = m_recovery && m_recovery->file == recoveryFile(m_folder);
    if (isOffered)
        m_recovery->file = olderRecoveryFile(m_folder);
    m_isRecoveryWritten = true;
    m_queue.add([this, folder = m_folder, lock = m_lock, recipe = m_recipe->shared(), base = m_hash,
                    isOffered](const std::stop_token&) -> BackgroundQueue::Finish {
        Status status = isOffered ? shelveRecovery(folder) : success();
        if (status)
            status = writeRecovery(folder, *recipe, base);
        if (status)
            return {};
        return [this, error = status.error()] { report(error); };
    });
}

void ProjectDocument::dropRecovery()
{
    if (std::exchange(m_isRecoveryWritten, false))
        removeLater(recoveryFile(m_folder));
}

void ProjectDocument::removeLater(const fs::path& file)
{
    m_queue.add([this, file, lock = m_lock](const std::stop_token&) -> BackgroundQueue::Finish {
        const Status status = removeFile(file);
        if (status)
            return {};
        return [this, error = status.error()] { report(error); };
    });
}

void ProjectDocument::tryLock()
{
    if (!isOpen() || m_lock || !m_queue.isIdle())
        return;
    m_queue.add([this, folder = m_folder](const std::stop_token&) -> BackgroundQueue::Finish {
        Result<Opened> opened = read(folder, false, nullptr);
        if (!opened || !opened->lock)
            return {};
        return [this, folder, value = std::move(opened).value()] {
            if (folder == m_folder && !m_lock)
                show(value);
        };
    });
}

void ProjectDocument::watch()
{
    const QString folder = QString::fromStdString(m_folder.string());
    const QString file = QString::fromStdString(ProjectFolder(m_folder).recipeFile().string());
    if (!m_watcher.directories().contains(folder))
        m_watcher.addPath(folder);
    if (!m_watcher.files().contains(file)) // a file that was replaced is watched no more
        m_watcher.addPath(file);
}

void ProjectDocument::unwatch()
{
    for (const QStringList& paths : { m_watcher.files(), m_watcher.directories() })
        if (!paths.isEmpty())
            m_watcher.removePaths(paths);
    m_fileChanged.stop();
}

void ProjectDocument::report(const Error& error)
{
    if (std::exchange(m_problem, error.text()) != error.text())
        Q_EMIT fileProblem(error);
}

} // namespace palimpsest
