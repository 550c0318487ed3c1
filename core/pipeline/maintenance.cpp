// SPDX-License-Identifier: Apache-2.0
// What people do with a project besides running it: validate, prune, export.
#include "core/base/units.h"
#include "core/data/preprocess.h"
#include "core/io/bundle.h"
#include "core/pipeline/import_network.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/run_session.h"
#include "core/pipeline/task_data.h"
#include "core/pipeline/tune_store.h"

#include <algorithm>
#include <set>

namespace palimpsest {

namespace fs = std::filesystem;

Result<std::vector<std::string>> validateProject(const Project& project)
{
    std::vector<std::string> lines;
    for (const TaskSettings& task : project.recipe().tasks) {
        PALIMPSEST_TRY(const Network network, readNetwork(project.file(task.network)));
        PALIMPSEST_TRY(const RawSamples raw, readTrainingSplit(project, task));
        PALIMPSEST_TRY(const Preprocessing steps,
            parsePreprocessing(task.preprocess, "tasks." + task.name + ".preprocess"));
        PALIMPSEST_TRY(
            const Shape shape, preprocessedShape(steps, raw, "tasks." + task.name + ".preprocess"));
        if (shape != network.inputShape)
            return badInput("the network expects samples of shape " + toString(network.inputShape)
                    + ", the data have " + toString(shape) + (steps.empty() ? "" : " after preprocessing"),
                "tasks." + task.name);
        if (!task.weights.empty())
            PALIMPSEST_CHECK(readWeightsFor(network, project.file(task.weights)));
        if (project.recipe().fisher.source == FisherSource::File)
            PALIMPSEST_CHECK(readFisherFor(network, project.file(task.fisher)));
        lines.push_back(task.name + ": " + formatCount(network.trainableCount()) + " weights in "
            + std::to_string(network.layers.size()) + " layers; "
            + formatCount(static_cast<std::int64_t>(raw.count())) + " training samples of shape "
            + toString(shape) + "; " + std::to_string(steps.size()) + " preprocessing steps");
    }
    return lines;
}

Result<std::int64_t> pruneRuns(const fs::path& path, std::size_t keep)
{
    const ProjectFolder folder(path);
    PALIMPSEST_TRY(const ProjectLock lock, ProjectLock::acquire(path));
    PALIMPSEST_TRY(std::vector<RunEntry> runs, folder.readRuns());
    if (runs.size() > keep)
        runs.erase(runs.begin(), runs.end() - static_cast<std::ptrdiff_t>(keep));
    std::set<fs::path> used;
    for (const std::string& name : filesOfTuneFronts(path))
        used.insert(name);
    for (const RunEntry& run : runs)
        for (const auto& [part, fingerprint] : run.results)
            used.insert(folder.resultFile(part, fingerprint).filename());
    PALIMPSEST_CHECK(folder.writeRuns(runs));
    std::int64_t freed = 0;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(path / "results", ignored)) {
        if (used.contains(entry.path().filename()))
            continue;
        freed += static_cast<std::int64_t>(entry.file_size());
        fs::remove(entry.path(), ignored);
    }
    return freed;
}

Result<BundleSize> exportProject(const Project& project, const fs::path& target)
{
    if (!project.isDone("optimise"))
        return badInput("there are no shared pages to export yet; run `palimpsest run "
                + project.folder().path().string() + "` first",
            project.folder().path().string());
    try {
        RunSession session(project);
        PALIMPSEST_TRY(const std::vector<JointTask> tasks, session.jointTasks(false));
        const StoredState& state = session.optimised().state;
        Bundle bundle;
        bundle.project = project.recipe().name;
        bundle.version = PALIMPSEST_VERSION;
        bundle.pool = state.pool;
        bundle.exclusive = state.exclusive;
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            BundleTask task;
            task.name = tasks[i].name;
            task.network = *tasks[i].network;
            task.layout = *tasks[i].layout;
            task.table = *tasks[i].table;
            task.privateRun = state.privateRuns.at(i);
            task.preprocessing = session.imported(i).preprocessing;
            task.classes = session.imported(i).classes;
            task.classNames = session.imported(i).classNames;
            bundle.tasks.push_back(std::move(task));
        }
        return writeBundle(target, bundle);
    } catch (const DecodeError& e) {
        return badInput(e.what());
    }
}

} // namespace palimpsest
