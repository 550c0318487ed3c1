// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/record_access.h"

#include <utility>

namespace palimpsest {

using namespace record;

namespace {

template <class T> T checked(Result<T> result)
{
    if (!result)
        throw DecodeError(result.error().text());
    return std::move(result).value();
}

Json toJson(const PageLayout& layout)
{
    Json places = Json::array();
    for (const TensorPlace& place : layout.places)
        places.push_back({ place.tensor, place.offset, place.size, place.isPrivate, place.isState });
    return { { "pageSize", layout.pageSize }, { "pageCount", layout.pageCount },
        { "privateSize", layout.privateSize }, { "places", places } };
}

PageLayout layoutFromJson(const Json& json)
{
    PageLayout layout { json.at("pageSize"), json.at("pageCount"), json.at("privateSize"), {} };
    for (const Json& place : json.at("places"))
        layout.places.push_back({ place.at(0), place.at(1), place.at(2), place.at(3), place.at(4) });
    return layout;
}

/// nlohmann's exceptions mean a damaged text.
template <class F> auto guarded(F&& decode)
{
    try {
        return decode();
    } catch (const Json::exception& e) {
        throw DecodeError(e.what());
    } catch (const std::invalid_argument& e) {
        throw DecodeError(e.what());
    }
}

std::size_t countOf(const Record& record)
{
    return jsonOf(record, "tasks").get<std::size_t>();
}

} // namespace

Record encode(const ImportResult& result)
{
    Record record;
    putJson(record, "network", toJson(result.network));
    putJson(record, "preprocessing", toJson(result.preprocessing));
    putJson(record, "data",
        { { "classes", result.classes }, { "sampleShape", result.sampleShape },
            { "classNames", result.classNames } });
    putVector(record, "split/train", result.split.train);
    putVector(record, "split/validation", result.split.validation);
    return record;
}

ImportResult decodeImport(const Record& record)
{
    return guarded([&] {
        ImportResult result;
        result.network = checked(parseNetwork(jsonOf(record, "network"), "network"));
        result.preprocessing
            = checked(preprocessingFromJson(jsonOf(record, "preprocessing"), "preprocessing"));
        const Json data = jsonOf(record, "data");
        result.classes = data.at("classes");
        result.sampleShape = data.at("sampleShape").get<Shape>();
        result.classNames = data.at("classNames").get<std::vector<std::string>>();
        result.split.train = vectorOf<std::int64_t>(record, "split/train");
        result.split.validation = vectorOf<std::int64_t>(record, "split/validation");
        return result;
    });
}

Record encode(const TrainResult& result)
{
    Record record;
    putWeights(record, "weights", result.weights);
    putCurve(record, "curve", result.curve);
    putJson(record, "outcome",
        { { "imported", result.imported }, { "validationAccuracy", result.validationAccuracy },
            { "validationLoss", result.validationLoss }, { "steps", result.steps } });
    return record;
}

TrainResult decodeTrain(const Record& record)
{
    return guarded([&] {
        const Json outcome = jsonOf(record, "outcome");
        return TrainResult { weightsOf(record, "weights"), outcome.at("imported"),
            outcome.at("validationAccuracy"), outcome.at("validationLoss"), outcome.at("steps"),
            curveOf(record, "curve") };
    });
}

Record encode(const FisherResult& result)
{
    Record record;
    putWeights(record, "fisher", result.fisher);
    putJson(record, "samples", result.samples);
    return record;
}

FisherResult decodeFisher(const Record& record)
{
    return guarded([&] {
        return FisherResult { weightsOf(record, "fisher"), jsonOf(record, "samples").get<std::int64_t>() };
    });
}

Record encode(const PagesResult& result)
{
    Record record;
    Json layouts = Json::array();
    for (const PageLayout& layout : result.layouts)
        layouts.push_back(toJson(layout));
    putJson(record, "layouts", layouts);
    putJson(record, "slotCount", result.slotCount);
    return record;
}

PagesResult decodePages(const Record& record)
{
    return guarded([&] {
        PagesResult result;
        for (const Json& layout : jsonOf(record, "layouts"))
            result.layouts.push_back(layoutFromJson(layout));
        result.slotCount = jsonOf(record, "slotCount");
        return result;
    });
}

Record encode(const SeparateResult& result)
{
    Record record;
    putJson(record, "tasks", result.density.size());
    putJson(record, "exclusiveLimit", result.exclusiveLimit);
    for (std::size_t t = 0; t < result.density.size(); ++t) {
        putVector(record, taskKey(t, "density"), result.density[t]);
        if (!result.exclusive.empty())
            putVector(record, taskKey(t, "exclusive"), result.exclusive[t]);
    }
    return record;
}

SeparateResult decodeSeparate(const Record& record)
{
    return guarded([&] {
        SeparateResult result;
        result.exclusiveLimit = jsonOf(record, "exclusiveLimit");
        for (std::size_t t = 0; t < countOf(record); ++t) {
            result.density.push_back(vectorOf<double>(record, taskKey(t, "density")));
            if (record.arrays.contains(taskKey(t, "exclusive")))
                result.exclusive.push_back(vectorOf<std::uint8_t>(record, taskKey(t, "exclusive")));
        }
        return result;
    });
}

Record encode(const MatchStageResult& result, std::int64_t slotCount)
{
    Record record;
    Json summary = { { "slotCount", slotCount }, { "exclusiveCount", result.match.exclusiveCount },
        { "costBarycentre", result.match.costBarycentre }, { "costPairwise", result.match.costPairwise },
        { "sweeps", result.match.sweeps } };
    if (result.bounds) {
        summary["lowerBoundBarycentre"] = result.bounds->barycentre;
        summary["lowerBoundPairwise"] = result.bounds->pairwise;
    }
    putJson(record, "summary", summary);
    putJson(record, "tasks", result.match.tables.size());
    for (std::size_t t = 0; t < result.match.tables.size(); ++t)
        putVector(record, taskKey(t, "table"), encodeTable(result.match.tables[t], slotCount));
    putVector(record, "slotCosts", result.slotCosts);
    return record;
}

MatchStageResult decodeMatch(const Record& record)
{
    return guarded([&] {
        const Json summary = jsonOf(record, "summary");
        MatchStageResult result;
        const std::int64_t slotCount = summary.at("slotCount");
        for (std::size_t t = 0; t < countOf(record); ++t)
            result.match.tables.push_back(
                decodeTable(vectorOf<std::uint32_t>(record, taskKey(t, "table")), slotCount));
        result.match.exclusiveCount = summary.at("exclusiveCount");
        result.match.costBarycentre = summary.at("costBarycentre");
        result.match.costPairwise = summary.at("costPairwise");
        result.match.sweeps = summary.at("sweeps");
        if (summary.contains("lowerBoundBarycentre"))
            result.bounds
                = LowerBounds { summary.at("lowerBoundBarycentre"), summary.at("lowerBoundPairwise") };
        result.slotCosts = vectorOf<double>(record, "slotCosts");
        return result;
    });
}

Record encode(const OptimiseResult& result)
{
    Record record;
    putJson(record, "outcome", { { "steps", result.steps }, { "snapshotStep", result.snapshotStep } });
    putJson(record, "tasks", result.curves.size());
    putStoredState(record, "state", result.state);
    putVector(record, "validationAccuracy", result.validationAccuracy);
    for (std::size_t t = 0; t < result.curves.size(); ++t)
        putCurve(record, taskKey(t, "curve"), result.curves[t]);
    return record;
}

OptimiseResult decodeOptimise(const Record& record)
{
    return guarded([&] {
        const Json outcome = jsonOf(record, "outcome");
        OptimiseResult result;
        result.steps = outcome.at("steps");
        result.snapshotStep = outcome.at("snapshotStep");
        std::optional<StoredState> state = takeStoredState(record, "state");
        if (!state || state->privateRuns.size() != countOf(record))
            throw DecodeError("the packed pages do not fit their description");
        result.state = std::move(*state);
        result.validationAccuracy = vectorOf<double>(record, "validationAccuracy");
        for (std::size_t t = 0; t < countOf(record); ++t)
            result.curves.push_back(curveOf(record, taskKey(t, "curve")));
        return result;
    });
}

Record encode(const BaselineResult& result)
{
    Record record;
    putWeights(record, "weights", result.outcome.weights);
    putCurve(record, "curve", result.outcome.curve);
    putJson(record, "outcome",
        { { "validationAccuracy", result.outcome.validationAccuracy }, { "steps", result.outcome.steps } });
    if (result.network)
        putJson(record, "network", toJson(*result.network));
    return record;
}

BaselineResult decodeBaseline(const Record& record)
{
    return guarded([&] {
        const Json outcome = jsonOf(record, "outcome");
        BaselineResult result { { weightsOf(record, "weights"), outcome.at("steps"),
                                    outcome.at("validationAccuracy"), curveOf(record, "curve") },
            {} };
        if (record.texts.contains("network"))
            result.network = checked(parseNetwork(jsonOf(record, "network"), "network"));
        return result;
    });
}

Record encode(const EvaluateResult& result)
{
    Json tasks = Json::array();
    for (const auto& scores : result.scores) {
        Json task = Json::object();
        for (const auto& [name, score] : scores)
            task[name] = { score.samples, score.correct, score.loss };
        tasks.push_back(task);
    }
    Record record;
    putJson(record, "scores", tasks);
    return record;
}

EvaluateResult decodeEvaluate(const Record& record)
{
    return guarded([&] {
        EvaluateResult result;
        for (const Json& task : jsonOf(record, "scores")) {
            auto& scores = result.scores.emplace_back();
            for (const auto& item : task.items())
                scores[item.key()] = { item.value().at(0), item.value().at(1), item.value().at(2) };
        }
        return result;
    });
}

Record encode(const PlaceResult& result)
{
    Record record;
    const MemoryPlan& plan = result.plan;
    putJson(record, "plan",
        { { "standaloneBytes", plan.standaloneBytes }, { "poolBytes", plan.poolBytes },
            { "exclusiveBytes", plan.exclusiveBytes }, { "privateBytes", plan.privateBytes },
            { "tableBytes", plan.tableBytes }, { "scaleBytes", plan.scaleBytes },
            { "scratchBytes", plan.scratchBytes }, { "level2Bytes", plan.level2Bytes } });
    putJson(record, "baselineBytes", result.baselineBytes);
    return record;
}

PlaceResult decodePlace(const Record& record)
{
    return guarded([&] {
        const Json plan = jsonOf(record, "plan");
        PlaceResult result;
        result.plan.standaloneBytes = plan.at("standaloneBytes");
        result.plan.poolBytes = plan.at("poolBytes");
        result.plan.exclusiveBytes = plan.at("exclusiveBytes");
        result.plan.privateBytes = plan.at("privateBytes");
        result.plan.tableBytes = plan.at("tableBytes");
        result.plan.scaleBytes = plan.at("scaleBytes");
        result.plan.scratchBytes = plan.at("scratchBytes");
        result.plan.level2Bytes = plan.at("level2Bytes");
        result.baselineBytes = jsonOf(record, "baselineBytes").get<std::map<std::string, std::int64_t>>();
        return result;
    });
}

Record encode(const ExecuteResult& result)
{
    Record record;
    putVector(record, "sequence", result.sequence);
    putJson(record, "outcome",
        { { "networkBytes", result.networkBytes }, { "largestDifference", result.largestDifference },
            { "level1Bytes", result.level1Bytes } });
    return record;
}

ExecuteResult decodeExecute(const Record& record)
{
    return guarded([&] {
        const Json outcome = jsonOf(record, "outcome");
        return ExecuteResult { vectorOf<std::int64_t>(record, "sequence"), outcome.at("networkBytes"),
            outcome.at("largestDifference"), outcome.at("level1Bytes") };
    });
}

} // namespace palimpsest
