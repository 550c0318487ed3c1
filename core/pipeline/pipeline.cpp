// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/pipeline.h"

#include "core/backend/gpu_module.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/io/record_file.h"
#include "core/nn/train.h"
#include "core/pipeline/run_session.h"
#include "core/pipeline/stages.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

Result<PartOutcome> runPart(RunSession& session, const StagePart& part, const JobContext& context)
{
    const auto task = [&] { return session.taskIndex(part.task); };
    switch (part.stage) {
    case Stage::Import:
        return runImport(session, task(), context);
    case Stage::Train:
        return runTrain(session, task(), context);
    case Stage::Fisher:
        return runFisher(session, task(), context);
    case Stage::Pages:
        return runPages(session, context);
    case Stage::Separate:
        return runSeparate(session, context);
    case Stage::Match:
        return runMatch(session, context);
    case Stage::Optimise:
        return part.task.empty()
            ? runOptimise(session, context)
            : runBaseline(session, part.name.substr(0, part.name.find('/')), task(), context);
    case Stage::Evaluate:
        return runEvaluate(session, context);
    case Stage::Place:
        return runPlace(session, context);
    case Stage::Execute:
        return runExecute(session, context);
    case Stage::Report:
        return runReport(session, context);
    }
    throw std::invalid_argument("unknown Stage");
}

/// The run's entry in runs.json: found again where equal results were asked for before, else a new one.
Result<std::string> recordRun(const Project& project, const std::string& device)
{
    const ProjectFolder& folder = project.folder();
    const std::string recipeText = canonicalJson(toJson(project.recipe()));
    Record recipe;
    recipe.texts["recipe"] = recipeText;
    const std::string recipeHash = sha256(recipeText);
    const fs::path recipeFile = folder.resultFile("recipe", recipeHash);
    if (!fs::exists(recipeFile))
        PALIMPSEST_CHECK(writeRecord(recipeFile, recipe));

    RunEntry entry;
    entry.results.emplace_back("recipe", recipeHash);
    for (const PlannedPart& planned : project.plan())
        entry.results.emplace_back(planned.part.name, planned.fingerprint);
    entry.overrides = project.overrides();
    entry.device = device;
    entry.version = PALIMPSEST_VERSION;

    PALIMPSEST_TRY(std::vector<RunEntry> runs, folder.readRuns());
    int newest = 0;
    for (const RunEntry& run : runs)
        if (run.id.starts_with("r"))
            newest = std::max(newest, std::atoi(run.id.c_str() + 1));
    const auto same = std::find_if(runs.begin(), runs.end(), [&](const RunEntry& run) {
        return run.results == entry.results && run.overrides == entry.overrides
            && run.version == entry.version;
    });
    if (same == runs.end()) {
        entry.id = "r" + std::to_string(newest + 1);
    } else {
        entry.id = same->id;
        if (std::next(same) == runs.end() && *same == entry)
            return entry.id;
        runs.erase(same); // it goes to the end: the newest run stands last
    }
    runs.push_back(entry);
    PALIMPSEST_CHECK(folder.writeRuns(runs));
    return entry.id;
}

/// One sentence of what CUDA or LibTorch said in many lines.
Error deviceFailure(const std::string& device, std::string_view problem)
{
    const std::string_view line = problem.substr(0, problem.find('\n'));
    return failure("the device " + device + " failed: " + std::string(line)
        + "; what is done is kept, and --device cpu goes on without this device");
}

/// Parts in the order in which they are run, with what options ask for.
struct Todo {
    const PlannedPart* planned = nullptr;
    bool first = false; ///< of its stage
    double begin = 0.0, end = 0.0; ///< its place in the stage's progress, in [0, 1]
};

std::vector<Todo> todoList(const Project& project, const PartsRequest& request)
{
    std::vector<Todo> todo;
    for (const Stage stage : kStages) {
        const std::size_t begin = todo.size();
        double work = 0.0;
        for (const PlannedPart& planned : project.plan()) {
            if (planned.part.stage != stage || !request.isWanted(planned.part)
                || (project.isDone(planned.part.name) && !request.isRedone(planned.part)))
                continue;
            const double before = std::exchange(work, work + workOf(planned.part, project.recipe()));
            todo.push_back({ &planned, todo.size() == begin, before, work });
        }
        for (std::size_t i = begin; i < todo.size(); ++i) {
            todo[i].begin /= work;
            todo[i].end /= work;
        }
    }
    return todo;
}

} // namespace

Result<JobEnd> runPipeline(
    const Project& project, const RunOptions& options, JobChannel& channel, std::stop_token stop)
{
    const ProjectFolder& folder = project.folder();
    PALIMPSEST_TRY(const std::string device, resolveDevice(options.device));
    PALIMPSEST_TRY(const ProjectLock lock, ProjectLock::acquire(folder.path()));
    std::error_code ignored;
    fs::create_directories(folder.path() / "results", ignored);
    setEngineThreads(project.recipe().threads);

    PALIMPSEST_TRY(const std::string run, recordRun(project, device));
    return runParts(project,
        { .isWanted = [&](const StagePart& part) { return !options.until || part.stage <= *options.until; },
            .isRedone = [&](const StagePart& part) { return options.from && part.stage >= *options.from; },
            .device = device,
            .run = run,
            .ranks = options.ranks },
        channel, stop);
}

Result<JobEnd> runParts(
    const Project& project, const PartsRequest& request, JobChannel& channel, const std::stop_token& stop)
{
    const ProjectFolder& folder = project.folder();
    const std::string& device = request.device;
    const std::string& run = request.run;
    const bool onCpu = device == "cpu";
    std::error_code ignored;
    RunSession session(project, request.ranks);
    for (const Todo& todo : todoList(project, request)) {
        const StagePart& part = todo.planned->part;
        const std::string& fingerprint = todo.planned->fingerprint;
        const std::string stageName(toString(part.stage));
        if (todo.first)
            channel.beginStage(stageName);
        const JobContext context = JobContext(channel, stop)
                                       .onDevice(device)
                                       .part(todo.begin, todo.end, part.task.empty() ? "" : part.task + ": ");
        PALIMPSEST_CHECK(folder.appendLog({ { "event", "started" }, { "part", part.name },
            { "fingerprint", fingerprint }, { "run", run }, { "device", device } }));

        const auto start = std::chrono::steady_clock::now();
        Result<PartOutcome> outcome = canceled();
        try {
            if (!stop.stop_requested())
                outcome = runPart(session, part, context);
        } catch (const DecodeError& e) { // a result file of an earlier part is damaged
            outcome = badInput(e.what());
        } catch (const std::bad_alloc&) {
            outcome = failure(stageName + " ran out of memory");
        } catch (const std::exception& problem) {
            if (onCpu)
                throw; // a bug; what a device throws is the device's trouble: it may be full, or lost
            outcome = deviceFailure(device, problem.what());
        }
        if (outcome) {
            outcome->record.texts["inputs"] = todo.planned->inputs;
            if (const Status saved = writeRecord(project.resultFile(part.name), outcome->record); !saved)
                outcome = saved.error();
        }
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        if (!outcome) {
            if (outcome.error().kind == ErrorKind::Canceled)
                return JobEnd::Canceled;
            Error error = outcome.error();
            // A log that cannot be written (full disk) must not hide the reason.
            (void)folder.appendLog({ { "event", "failed" }, { "part", part.name },
                { "fingerprint", fingerprint }, { "run", run }, { "error", error.text() } });
            error.message = stageName + (part.task.empty() ? "" : " of task " + part.task)
                + " failed: " + error.message;
            return error;
        }
        Json finished = { { "event", "finished" }, { "part", part.name }, { "fingerprint", fingerprint },
            { "run", run }, { "seconds", seconds.count() } };
        if (!outcome->measured.empty())
            finished["measured"] = Json::parse(outcome->measured);
        PALIMPSEST_CHECK(folder.appendLog(finished));
        if (part.name == "optimise")
            fs::remove(folder.checkpointFile(), ignored);
        channel.setProgress(todo.end, "");
    }
    return JobEnd::Finished;
}

} // namespace palimpsest
