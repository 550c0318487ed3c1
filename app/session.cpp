// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.h"

#include "core/pipeline/project.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace palimpsest {

using namespace std::chrono_literals;

namespace {
const QString kCpu = QStringLiteral("cpu");
}

Session::Session(QObject* parent)
    : QObject(parent)
{
    m_readSoon.setSingleShot(true);
    m_readSoon.setInterval(30ms);
    connect(&m_readSoon, &QTimer::timeout, this, &Session::readStates);
    connect(&m_document, &RecipeDocument::recipeChanged, this, [this] {
        if (hasProject())
            m_readSoon.start();
    });
    connect(&m_opener, &JobRunner::stateChanged, this, &Session::onRecipeRead);
    connect(&m_opener, &JobRunner::failed, this, &Session::loadFailed);
    connect(&m_reader, &ProjectReader::statesRead, this, [this](const StageStates& states) {
        m_states = states;
        Q_EMIT statesChanged();
    });
    connect(&m_reader, &ProjectReader::resultsRead, this, [this](const ShownResults& results) {
        m_results = results;
        Q_EMIT resultsChanged();
    });
    connect(&m_reader, &ProjectReader::idle, this, &Session::idle);

    connect(&m_jobs, &JobQueue::jobStarted, this, [this](int job) {
        if (isOurs(job))
            Q_EMIT jobBegun();
    });
    connect(&m_jobs, &JobQueue::stagesBegun, this, [this](int job, const QStringList& stages) {
        if (!isOurs(job))
            return;
        setRunningStage(stages.constLast());
        readStates(); // the stage before has left its results
    });
    connect(&m_jobs, &JobQueue::progressChanged, this, [this](int job, const JobProgress& progress) {
        if (isOurs(job))
            Q_EMIT progressChanged(progress);
    });
    connect(&m_jobs, &JobQueue::samplesArrived, this, [this](int job, const std::vector<Sample>& samples) {
        if (isOurs(job))
            Q_EMIT samplesArrived(samples);
    });
    connect(&m_jobs, &JobQueue::jobEnded, this, [this](int job) {
        if (!isOurs(job))
            return;
        std::erase(m_ours, job);
        setRunningStage({});
        readStates();
    });
}

bool Session::isLoading() const
{
    return m_opener.isBusy() || m_next || m_readSoon.isActive() || m_reader.isBusy();
}

void Session::open(const std::filesystem::path& folder)
{
    Q_EMIT loadingStarted(QString::fromStdString(folder.string()));
    readRecipeOf(folder);
}

void Session::reload()
{
    if (hasProject() && !m_next)
        readRecipeOf(m_folder);
}

void Session::readRecipeOf(const std::filesystem::path& folder)
{
    if (m_opener.isBusy()) {
        m_next = folder;
        return;
    }
    m_next.reset();
    m_opened = std::make_shared<Opened>();
    m_opened->folder = folder;
    m_opener.start([target = m_opened](JobChannel&, const std::stop_token&) -> Result<JobEnd> {
        PALIMPSEST_TRY(target->recipe, readRecipe(target->folder));
        return JobEnd::Finished;
    });
}

void Session::onRecipeRead(JobRunner::State state)
{
    if (m_opener.isBusy())
        return;
    if (state == JobRunner::State::Finished && !m_next) {
        if (m_opened->folder == m_folder) {
            m_document.replace(std::move(*m_opened->recipe), tr("Read project.json again"));
            m_document.setClean();
            readStates(); // results may be other ones though the recipe is the same
        } else {
            close();
            m_folder = m_opened->folder;
            m_document.load(std::move(*m_opened->recipe));
            Q_EMIT projectChanged();
            readStates();
        }
    }
    if (m_next)
        readRecipeOf(std::filesystem::path(*m_next));
}

void Session::close()
{
    m_readSoon.stop();
    m_reader.cancel();
    m_ours.clear();
    setRunningStage({});
    m_states = {};
    m_results = {};
    if (m_folder.empty())
        return;
    m_folder.clear();
    m_document.load({});
    Q_EMIT projectChanged();
}

void Session::readStates()
{
    m_readSoon.stop();
    if (hasProject())
        m_reader.read({ m_folder, m_document.shared(), isRunning() });
}

void Session::cancel()
{
    const std::vector<int> ours = m_ours; // a waiting job ends, and leaves the list, at once
    for (auto job = ours.rbegin(); job != ours.rend(); ++job)
        m_jobs.cancel(*job);
}

bool Session::isRunning() const
{
    return !m_ours.empty();
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
    const QString name = QString::fromStdString(m_document.recipe().name);
    RunOptions options;
    options.until = until;
    run(until ? tr("%1: up to %2").arg(name, QString::fromUtf8(toString(*until)))
              : tr("%1: all stages").arg(name),
        options);
}

void Session::runStage(Stage stage)
{
    RunOptions options;
    options.from = stage;
    options.until = stage;
    run(tr("%1: %2").arg(
            QString::fromStdString(m_document.recipe().name), QString::fromUtf8(toString(stage))),
        options);
}

void Session::run(const QString& title, RunOptions options)
{
    if (!hasProject())
        return;
    JobRequest request;
    request.title = title;
    request.device = kCpu;
    request.work = [folder = m_folder, recipe = m_document.shared(), options](
                       JobChannel& channel, const std::stop_token& stop) -> Result<JobEnd> {
        PALIMPSEST_TRY(const Project project, Project::fromRecipe(folder, *recipe, {}));
        return runPipeline(project, options, channel, stop);
    };
    m_ours.push_back(m_jobs.add(std::move(request)));
}

} // namespace palimpsest
