// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/project_snapshot.h"
#include "widgets/job/job_runner.h"

#include <QObject>

#include <filesystem>
#include <memory>
#include <optional>

namespace palimpsest {

/// The open project and what is done with it: loading and running, each on a thread of its own.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);

    /// Loads a project and makes it the open one; does nothing while a job runs. The newest of several requests wins.
    void open(const std::filesystem::path& folder);
    /// Reads the open project again: someone may have edited its recipe or run it elsewhere.
    void reload();
    /// Runs what is not done, up to `until` (empty: all). Does nothing without a project or while a job runs.
    void run(std::optional<Stage> until = std::nullopt);

    [[nodiscard]] const std::shared_ptr<const ProjectSnapshot>& snapshot() const { return m_snapshot; }
    [[nodiscard]] JobRunner& jobs() { return m_jobs; }
    [[nodiscard]] bool isLoading() const { return m_loader.isBusy(); }

Q_SIGNALS:
    void loadingStarted(const QString& folder);
    void snapshotChanged();
    /// The project that was open before stays open.
    void loadFailed(const palimpsest::Error& error);
    /// Empty: none runs.
    void runningStageChanged(const QString& stage);

private:
    void load(const std::filesystem::path& folder);
    void onLoaderState(JobRunner::State state);
    void onJobState(JobRunner::State state);
    void onJobProgress(const JobProgress& progress);

    std::shared_ptr<const ProjectSnapshot> m_snapshot;
    std::shared_ptr<std::shared_ptr<const ProjectSnapshot>>
        m_loaded; ///< written by the loader's thread before it ends
    std::optional<std::filesystem::path> m_next; ///< to load when the loader is free again
    QString m_runningStage;
    // Last: their destructors wait for threads that use the above.
    JobRunner m_loader;
    JobRunner m_jobs;
};

} // namespace palimpsest
