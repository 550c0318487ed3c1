// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_model.h"
#include "core/report/report_summary.h"
#include "core/report/wilson.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace palimpsest {

namespace {

template <class T> Json orNull(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json memoryJson(const ReportMemory& memory, const std::optional<double>& ratio)
{
    return { { "standaloneBytes", memory.standaloneBytes }, { "poolBytes", memory.poolBytes },
        { "exclusiveBytes", memory.exclusiveBytes }, { "privateBytes", memory.privateBytes },
        { "tableBytes", memory.tableBytes }, { "scaleBytes", memory.scaleBytes },
        { "scratchBytes", memory.scratchBytes }, { "virtualizedBytes", memory.virtualizedBytes() },
        { "ratio", orNull(ratio) }, { "level1Budget", memory.level1Budget },
        { "level2Budget", memory.level2Budget } };
}

Json matchingJson(const ReportMatching& matching)
{
    return { { "strategy", matching.strategy }, { "costBarycentre", matching.costBarycentre },
        { "costPairwise", matching.costPairwise },
        { "lowerBoundBarycentre", orNull(matching.lowerBoundBarycentre) },
        { "lowerBoundPairwise", orNull(matching.lowerBoundPairwise) }, { "gap", orNull(matching.gap) },
        { "slots", matching.slots }, { "pageSize", matching.pageSize }, { "tenants", matching.tenants },
        { "slotCosts", matching.slotCosts } };
}

Json curveJson(const ReportCurve& curve)
{
    return { { "steps", curve.steps }, { "accuracy", curve.accuracy } };
}

Json taskJson(const ReportTask& task)
{
    Json accuracy = Json::object();
    Json intervals = Json::object();
    for (const auto& [key, value] : task.accuracy) {
        accuracy[key] = value;
        const Interval interval = wilsonInterval(value, task.testSamples);
        intervals[key] = { interval.low, interval.high };
    }
    return { { "name", task.name }, { "data", task.data }, { "weights", task.weights },
        { "pages", task.pages }, { "exclusivePages", task.exclusivePages },
        { "trainSamples", task.trainSamples }, { "validationSamples", task.validationSamples },
        { "testSamples", task.testSamples }, { "tolerance", task.tolerance },
        { "accuracy", std::move(accuracy) }, { "interval95", std::move(intervals) },
        { "validation", Json(task.validation) },
        { "curves",
            { { "standalone", curveJson(task.standaloneCurve) }, { "joint", curveJson(task.jointCurve) },
                { "sameSteps", curveJson(task.sameStepsCurve) } } } };
}

} // namespace

Json toJson(const ReportModel& model)
{
    const ReportSummary summary = summarise(model);
    Json tasks = Json::array();
    for (const ReportTask& task : model.tasks)
        tasks.push_back(taskJson(task));
    Json baselines = Json::object();
    for (const auto& [key, bytes] : model.baselineBytes)
        baselines[key] = { { "bytes", bytes } };
    Json stages = Json::array();
    for (const ReportStage& stage : model.stages)
        stages.push_back(
            { { "name", stage.name }, { "state", stage.state }, { "fingerprint", stage.fingerprint } });
    Json json = Json::object();
    json["version"] = model.version;
    json["project"] = model.project;
    json["description"] = model.description;
    json["run"] = model.run;
    json["seed"] = model.seed;
    json["device"] = model.device;
    json["settings"] = objectFromText(model.settings);
    json["memory"] = memoryJson(model.memory, summary.ratio);
    json["matching"] = matchingJson(model.matching);
    json["tasks"] = std::move(tasks);
    json["summary"] = { { "reference", summary.reference }, { "meanChange", orNull(summary.meanChange) },
        { "tasksBelowTolerance", summary.tasksBelowTolerance } };
    json["baselines"] = std::move(baselines);
    json["baselinesNotRun"] = model.baselinesNotRun;
    json["stages"] = std::move(stages);
    json["measured"] = objectFromText(model.measured);
    return json;
}

} // namespace palimpsest
