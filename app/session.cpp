// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "core/pipeline/project.h"
#include "widgets/style/core_text.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace palimpsest {

using namespace std::chrono_literals;

Session::Session(QObject* parent)
    : QObject(parent)
{
    m_refreshSoon.setSingleShot(true);
    m_refreshSoon.setInterval(30ms);
    connect(&m_refreshSoon, &QTimer::timeout, this, &Session::refresh);
    connect(&document(), &RecipeDocument::recipeChanged, this, [this] {
        if (hasProject())
            m_refreshSoon.start();
    });
    connect(&m_file, &ProjectDocument::opened, this, [this] {
        forget();
        Q_EMIT projectChanged();
        refresh();
    });
    connect(&m_file, &ProjectDocument::closed, this, [this] {
        forget();
        Q_EMIT projectChanged();
    });
    connect(&m_file, &ProjectDocument::saved, this, &Session::startWish);
    const auto dropWish = [this] {
        m_wish.reset();
        Q_EMIT runningChanged();
    };
    connect(&m_file, &ProjectDocument::saveFailed, this, dropWish);
    connect(&m_file, &ProjectDocument::changedElsewhere, this, dropWish);
    connect(&m_reader, &ProjectReader::statesRead, this, [this](const StageStates& states) {
        m_states = states;
        Q_EMIT statesChanged();
    });
    connect(&m_reader, &ProjectReader::resultsRead, this, [this](const ShownResults& results) {
        m_results = results;
        Q_EMIT resultsChanged();
    });
    connectJobs();
}

void Session::connectJobs()
{
    connect(&m_jobs, &JobQueue::jobStarted, this, [this](int job) {
        if (isOurs(job))
            Q_EMIT jobBegun();
    });
    connect(&m_jobs, &JobQueue::stagesBegun, this, [this](int job, const QStringList& stages) {
        if (!isOurs(job))
            return;
        setRunningStage(stages.constLast());
        refresh(); // the stage before has left its results
    });
    connect(&m_jobs, &JobQueue::progressChanged, this, [this](int job, const JobProgress& progress) {
        if (isOurs(job))
            Q_EMIT progressChanged(progress);
    });
    connect(&m_jobs, &JobQueue::samplesArrived, this, [this](int job, const std::vector<Sample>& samples) {
        if (isOurs(job))
            Q_EMIT samplesArrived(samples);
    });
    connect(&m_jobs, &JobQueue::eventsArrived, this,
        [this](int job, const std::vector<std::shared_ptr<const StageEvent>>& events) {
            if (isOurs(job))
                Q_EMIT eventsArrived(events);
        });
    connect(&m_jobs, &JobQueue::jobEnded, this, [this](int job) {
        if (!isOurs(job))
            return;
        std::erase(m_ours, job);
        setRunningStage({});
        const auto told = m_ended.extract(job);
        Q_EMIT runningChanged();
        refresh();
        if (told && told.mapped())
            told.mapped()(m_jobs.find(job)->state);
    });
}

bool Session::isLoading() const
{
    return m_file.isBusy() || m_refreshSoon.isActive() || m_reader.isBusy();
}

void Session::refresh()
{
    m_refreshSoon.stop();
    if (hasProject())
        m_reader.read({ folder(), document().shared(), isRunning() });
}

void Session::forget()
{
    m_refreshSoon.stop();
    m_reader.cancel();
    m_ended.clear();
    m_ours.clear(); // they go on, as jobs of a project that is not open any more
    m_wish.reset();
    setRunningStage({});
    m_states = {};
    m_results = {};
    Q_EMIT runningChanged();
}

bool Session::isRunning() const
{
    return !m_ours.empty() || m_wish;
}

bool Session::isOurs(int job) const
{
    return std::find(m_ours.begin(), m_ours.end(), job) != m_ours.end();
}

void Session::setRunningStage(const QString& stage)
{
    if (stage == m_runningStage)
        return;
    m_runningStage = stage;
    Q_EMIT runningStageChanged(stage);
}

void Session::runUpTo(std::optional<Stage> until)
{
    const QString name = QString::fromStdString(document().recipe().name);
    RunOptions options;
    options.until = until;
    run(until ? tr("%1: up to %2").arg(name, coreText(std::string(toString(*until))))
              : tr("%1: all stages").arg(name),
        options);
}

void Session::runStage(Stage stage)
{
    RunOptions options;
    options.from = stage;
    options.until = stage;
    run(tr("%1: %2").arg(
            QString::fromStdString(document().recipe().name), coreText(std::string(toString(stage)))),
        options);
}

void Session::run(const QString& title, const RunOptions& options)
{
    runWork(title,
        [options](const JobPlace& place, JobChannel& channel, const std::stop_token& stop) -> Result<JobEnd> {
            PALIMPSEST_TRY(const Project project, Project::fromRecipe(place.folder, *place.recipe, {}));
            RunOptions onDevice = options;
            onDevice.device = place.device;
            return runPipeline(project, onDevice, channel, stop);
        });
}

void Session::runWork(const QString& title, Work work, std::function<void(JobState)> ended)
{
    if (!hasProject())
        return;
    m_wish = Wish { title, std::move(work), std::move(ended),
        { folder(), document().shared(), m_device.toStdString() } };
    // Who looks at the folder from elsewhere, or after a crash, finds the recipe that the results are of.
    if (document().isDirty())
        m_file.save();
    else
        startWish();
}

void Session::startWish()
{
    if (!m_wish)
        return;
    Wish wish = std::move(*m_wish);
    m_wish.reset();
    JobRequest request;
    request.title = wish.title;
    request.device = QString::fromStdString(wish.place.device);
    request.work = [work = std::move(wish.work), place = std::move(wish.place)](JobChannel& channel,
                       const std::stop_token& stop) { return work(place, channel, stop); };
    const int job = m_jobs.add(std::move(request));
    m_ours.push_back(job);
    m_ended[job] = std::move(wish.ended);
    Q_EMIT runningChanged();
}

void Session::cancel()
{
    m_wish.reset();
    const std::vector<int> ours = m_ours; // a waiting job ends, and leaves the list, at once
    for (auto job = ours.rbegin(); job != ours.rend(); ++job)
        m_jobs.cancel(*job);
}

} // namespace palimpsest
