// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include <utility>

namespace palimpsest {

Session::Session(QObject* parent)
    : QObject(parent)
{
    connect(&m_loader, &JobRunner::stateChanged, this, &Session::onLoaderState);
    connect(&m_loader, &JobRunner::failed, this, &Session::loadFailed);
    connect(&m_jobs, &JobRunner::stateChanged, this, &Session::onJobState);
    connect(&m_jobs, &JobRunner::progressChanged, this, &Session::onJobProgress);
}

void Session::open(const std::filesystem::path& folder)
{
    if (m_jobs.isBusy())
        return;
    Q_EMIT loadingStarted(QString::fromStdString(folder.string()));
    load(folder);
}

void Session::reload()
{
    if (m_snapshot && !m_next)
        load(m_snapshot->folder);
}

void Session::load(const std::filesystem::path& folder)
{
    if (m_loader.isBusy()) {
        m_next = folder;
        return;
    }
    m_next.reset();
    m_loaded = std::make_shared<std::shared_ptr<const ProjectSnapshot>>();
    m_loader.start([folder, target = m_loaded](JobChannel&, const std::stop_token&) -> Result<JobEnd> {
        PALIMPSEST_TRY(*target, loadSnapshot(folder));
        return JobEnd::Finished;
    });
}

void Session::onLoaderState(JobRunner::State state)
{
    if (m_loader.isBusy())
        return;
    if (state == JobRunner::State::Finished) {
        m_snapshot = *m_loaded;
        Q_EMIT snapshotChanged();
    }
    if (m_next)
        load(std::filesystem::path(*m_next));
}

void Session::run(std::optional<Stage> until)
{
    if (!m_snapshot || m_jobs.isBusy())
        return;
    m_jobs.start([folder = m_snapshot->folder, until](
                     JobChannel& channel, const std::stop_token& stop) -> Result<JobEnd> {
        // Opened anew: the recipe may have been edited since the window read it.
        PALIMPSEST_TRY(const Project project, Project::open(folder));
        RunOptions options;
        options.until = until;
        return runPipeline(project, options, channel, stop);
    });
}

void Session::onJobState(JobRunner::State)
{
    if (m_jobs.isBusy())
        return;
    m_runningStage.clear();
    Q_EMIT runningStageChanged(m_runningStage);
    reload();
}

void Session::onJobProgress(const JobProgress& progress)
{
    if (progress.stage == m_runningStage || !m_jobs.isBusy())
        return;
    m_runningStage = progress.stage;
    Q_EMIT runningStageChanged(m_runningStage);
    reload(); // the stage before has left its results
}

} // namespace palimpsest
