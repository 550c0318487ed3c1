// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_reader.h"

#include "app/results_loader.h"
#include "core/pipeline/project.h"

#include <exception>
#include <functional>
#include <utility>

namespace palimpsest {

namespace {

using Extent = ResultsChooser::Extent;

Extent extentOf(const Project& project)
{
    if (project.isDone("evaluate") && project.isDone("place"))
        return Extent::Evaluated;
    if (project.isDone("optimise"))
        return Extent::Optimised;
    if (project.isDone("match"))
        return Extent::Matched;
    for (const PlannedPart& planned : project.plan()) {
        if (project.isDone(planned.part.name))
            return Extent::Some;
    }
    return Extent::Nothing;
}

/// Two projects with the same key have the same results on the disk.
std::string keyOf(const Project& project, const std::string& run)
{
    std::string key = project.folder().path().string() + '\n' + run;
    for (const PlannedPart& planned : project.plan())
        key += '\n' + planned.fingerprint + (project.isDone(planned.part.name) ? "+" : "-");
    return key;
}

} // namespace

StageStates readStates(const Result<Project>& project, const std::shared_ptr<const Recipe>& recipe)
{
    StageStates states;
    states.recipe = recipe;
    if (!project) {
        states.problem = project.error().text();
        return states;
    }
    if (Result<std::vector<StageStatus>> stages = stageStatus(*project))
        states.stages = std::move(stages).value();
    else
        states.problem = stages.error().text();
    return states;
}

void ResultsChooser::lookAt(Project project, const std::string& run)
{
    const Extent extent = extentOf(project);
    // Half a run of an older recipe would only confuse.
    if (extent <= m_extent || (!run.empty() && extent < Extent::Matched))
        return;
    m_extent = extent;
    m_best = std::move(project);
    m_run = run;
}

Status ResultsChooser::lookAtKeptRuns(const std::filesystem::path& folder)
{
    PALIMPSEST_TRY(const std::vector<RunEntry> runs, ProjectFolder(folder).readRuns());
    for (auto run = runs.rbegin(); run != runs.rend() && m_extent < Extent::Evaluated; ++run) {
        if (Result<Project> kept = Project::openRun(folder, run->id)) // else its recipe was cleaned up
            lookAt(std::move(kept).value(), run->id);
    }
    return success();
}

ShownResults ResultsChooser::choose(
    const std::filesystem::path& folder, const Result<Project>& current, bool isRunning)
{
    m_extent = Extent::Nothing;
    m_best.reset();
    ShownResults shown;
    if (current)
        lookAt(*current, {});
    if (m_extent < (isRunning ? Extent::Matched : Extent::Evaluated)) {
        if (const Status looked = lookAtKeptRuns(folder); !looked)
            shown.problem = looked.error().text();
    }
    if (!m_best)
        return shown;
    const std::string key = keyOf(*m_best, m_run);
    if (key == m_key)
        return m_last;
    shown.isCurrent = m_run.empty();
    if (Result<std::shared_ptr<const RunResults>> results = loadResults(*m_best, m_run))
        shown.results = std::move(results).value();
    else
        shown.problem = results.error().text();
    m_key = key;
    m_last = shown;
    return shown;
}

ProjectReader::ProjectReader(QObject* parent)
    : QObject(parent)
    , m_worker([this](const std::stop_token& stop) { work(stop); })
{
}

ProjectReader::~ProjectReader() = default;

void ProjectReader::read(Wish wish)
{
    m_isBusy = true;
    {
        const std::scoped_lock lock(m_mutex);
        m_next = Numbered { std::move(wish), ++m_number };
    }
    m_wished.notify_one();
}

void ProjectReader::cancel()
{
    const std::scoped_lock lock(m_mutex);
    m_next.reset();
    ++m_number;
    m_isBusy = false;
}

bool ProjectReader::isNewest(int number)
{
    const std::scoped_lock lock(m_mutex);
    return number == m_number;
}

void ProjectReader::report(int number, const std::function<void()>& emitSignal)
{
    QMetaObject::invokeMethod(
        this,
        [this, number, emitSignal] {
            if (isNewest(number))
                emitSignal();
        },
        Qt::QueuedConnection);
}

void ProjectReader::work(const std::stop_token& stop)
{
    ResultsChooser chooser;
    while (true) {
        Numbered next;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wished.wait(lock, stop, [this] { return m_next.has_value(); }))
                return;
            next = std::move(*m_next);
            m_next.reset();
        }
        ShownResults shown;
        try {
            const Result<Project> project = Project::fromRecipe(next.wish.folder, *next.wish.recipe, {});
            const StageStates states = readStates(project, next.wish.recipe);
            report(next.number, [this, states] { Q_EMIT statesRead(states); });
            if (!isNewest(next.number))
                continue;
            shown = chooser.choose(next.wish.folder, project, next.wish.isRunning);
        } catch (const std::exception& problem) { // a machine fault or a bug: the window stays, and says so
            shown.problem = problem.what();
        }
        report(next.number, [this, shown] {
            Q_EMIT resultsRead(shown);
            m_isBusy = false;
            Q_EMIT idle();
        });
    }
}

} // namespace palimpsest
