// SPDX-License-Identifier: Apache-2.0
// The report stage, and the report model from a project's results.
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/units.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/record_access.h"
#include "core/pipeline/run_session.h"
#include "core/pipeline/stages.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <array>
#include <cmath>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

ReportCurve curveOf(const std::vector<CurvePoint>& points)
{
    ReportCurve curve;
    for (const CurvePoint& point : points) {
        curve.steps.push_back(static_cast<double>(point.step));
        curve.accuracy.push_back(point.validationAccuracy);
        curve.loss.push_back(point.trainLoss);
    }
    return curve;
}

ReportTask reportTask(RunSession& session, std::size_t index)
{
    const Recipe& recipe = session.recipe();
    const TaskSettings& settings = session.task(index);
    const ImportResult& import = session.imported(index);
    const PageTable& table = session.matched().match.tables.at(index);
    ReportTask task;
    task.name = settings.name;
    task.weights = import.network.trainableCount();
    task.pages = session.pages().layouts.at(index).pageCount;
    task.exclusivePages = table.exclusiveCount();
    task.trainSamples = static_cast<std::int64_t>(import.split.train.size());
    task.validationSamples = static_cast<std::int64_t>(import.split.validation.size());
    task.tolerance = settings.tolerance;
    for (const auto& [name, score] : session.evaluated().scores.at(index))
        task.testSamples = score.samples;
    task.data = settings.data.format + ", " + formatCount(task.trainSamples) + " train, "
        + formatCount(task.validationSamples) + " validation and " + formatCount(task.testSamples)
        + " test samples of shape " + toString(import.sampleShape) + ", " + std::to_string(import.classes)
        + " classes";
    if (!settings.noAccuracy.empty()) {
        task.data += "; no accuracy is stated: " + settings.noAccuracy;
        return task;
    }
    for (const auto& [name, score] : session.evaluated().scores.at(index))
        task.accuracy[name] = score.accuracy();
    task.validation["standalone"] = session.trained(index).validationAccuracy;
    task.validation["virtualized"] = session.optimised().validationAccuracy.at(index);
    task.standaloneCurve = curveOf(session.trained(index).curve);
    task.jointCurve = curveOf(session.optimised().curves.at(index));
    for (const std::string& baseline : recipe.baselines)
        if (isTrainedBaseline(baseline))
            task.validation[baseline] = session.baseline(baseline, index).outcome.validationAccuracy;
    if (hasBaseline(recipe, "sameSteps"))
        task.sameStepsCurve = curveOf(session.baseline("sameSteps", index).outcome.curve);
    return task;
}

ReportMemory reportMemory(RunSession& session)
{
    const MemoryPlan& plan = session.placed().plan;
    const BudgetSettings& budgets = session.recipe().budgets;
    return { plan.standaloneBytes, plan.poolBytes, plan.exclusiveBytes, plan.privateBytes, plan.tableBytes,
        plan.scaleBytes, plan.scratchBytes, budgets.level1Bytes, budgets.level2Bytes,
        plan.level2Bytes - plan.exclusiveBytes };
}

ReportMatching reportMatching(RunSession& session)
{
    const MatchStageResult& result = session.matched();
    const MatchingSettings& settings = session.recipe().matching;
    ReportMatching matching;
    matching.strategy = toString(settings.strategy);
    matching.costBarycentre = result.match.costBarycentre;
    matching.costPairwise = result.match.costPairwise;
    if (result.bounds) {
        matching.lowerBoundBarycentre = result.bounds->barycentre;
        matching.lowerBoundPairwise = result.bounds->pairwise;
        const bool pairwise = settings.cost == CostKind::Pairwise;
        const double cost = pairwise ? matching.costPairwise : matching.costBarycentre;
        const double bound = pairwise ? result.bounds->pairwise : result.bounds->barycentre;
        if (bound > 0.0)
            matching.gap = cost / bound - 1.0;
    }
    matching.slots = session.pages().slotCount;
    matching.pageSize = session.recipe().pages.pageSize;
    matching.tenants.resize(static_cast<std::size_t>(matching.slots));
    for (const PageTable& table : result.match.tables)
        for (const PageRef& entry : table.entries)
            if (!entry.exclusive)
                ++matching.tenants[entry.index];
    matching.slotCosts = result.slotCosts;
    return matching;
}

/// What the log says of these results: seconds of each part, switch times, memory, host and date.
Result<std::string> measuredOf(const Project& project)
{
    Json measured = { { "seconds", Json::object() } };
    double total = 0.0;
    for (const PlannedPart& planned : project.plan()) {
        PALIMPSEST_TRY(const Json entry, project.folder().findLog("finished", planned.fingerprint));
        if (!entry.is_object())
            continue;
        const double seconds = entry.value("seconds", 0.0);
        measured["seconds"][planned.part.name] = seconds;
        total += seconds;
        if (entry.contains("measured"))
            measured.update(entry.at("measured"));
        measured["date"] = entry.value("time", std::string());
    }
    measured["seconds"]["total"] = total;
    std::array<char, 256> host {};
    if (::gethostname(host.data(), host.size() - 1) == 0)
        measured["host"] = std::string(host.data());
    return measured.dump();
}

} // namespace

Result<ReportModel> buildReport(const Project& project)
{
    for (const std::string part : { "evaluate", "place" })
        if (!project.isDone(part))
            return badInput("there is no result of stage " + part + " to report yet; run `palimpsest run "
                    + project.folder().path().string() + "` first",
                project.folder().path().string());
    try {
        RunSession session(project);
        const Recipe& recipe = project.recipe();
        ReportModel model;
        model.project = recipe.name;
        model.description = recipe.description;
        model.version = PALIMPSEST_VERSION;
        model.device = "cpu";
        model.seed = recipe.seed;
        model.settings = toJson(recipe).dump();
        model.memory = reportMemory(session);
        model.matching = reportMatching(session);
        for (std::size_t i = 0; i < session.taskCount(); ++i)
            model.tasks.push_back(reportTask(session, i));
        model.baselineBytes = session.placed().baselineBytes;
        for (const std::string& name : knownBaselines())
            if (!hasBaseline(recipe, name))
                model.baselinesNotRun.push_back(name);
        PALIMPSEST_TRY(const std::vector<StageStatus> stages, stageStatus(project));
        for (const StageStatus& stage : stages)
            if (stage.stage != Stage::Report) // the report does not report on itself
                model.stages.push_back({ std::string(toString(stage.stage)),
                    std::string(toString(stage.state)), stage.fingerprint });
        PALIMPSEST_TRY(const std::vector<RunEntry> runs, project.folder().readRuns());
        const std::string& evaluated = project.planned("evaluate").fingerprint;
        for (const RunEntry& run : runs)
            for (const auto& [part, fingerprint] : run.results)
                if (part == "evaluate" && fingerprint == evaluated) {
                    model.run = run.id;
                    model.device = run.device;
                }
        PALIMPSEST_TRY(model.measured, measuredOf(project));
        return model;
    } catch (const DecodeError& e) {
        return badInput(e.what());
    }
}

Result<PartOutcome> runReport(RunSession& session, const JobContext& context)
{
    context.setProgress(0.0, "writing");
    PALIMPSEST_TRY(const ReportModel model, buildReport(session.project()));
    const fs::path folder = session.project().folder().reportFolder();
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem)
        return failure("could not be made: " + problem.message(), folder.string());
    Json json = toJson(model);
    PALIMPSEST_CHECK(writeFileAtomically(folder / "report.json", json.dump(2) + "\n"));
    PALIMPSEST_CHECK(writeFileAtomically(folder / "report.csv", toCsv(model)));
    PALIMPSEST_CHECK(writeFileAtomically(folder / "report.html", toHtml(model)));
    json.erase("measured");
    Record record;
    record::putJson(record, "report", json);
    return PartOutcome { record, {} };
}

} // namespace palimpsest
