// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/benchmarks.h"

#include "core/base/random.h"
#include "core/io/reference_network.h"
#include "core/matching/matching.h"
#include "core/nn/fisher.h"
#include "core/nn/switch_benchmark.h"
#include "core/pages/page_layout.h"
#include "core/pipeline/run_session.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>
#include <optional>

namespace palimpsest {

namespace {

/// Damaged or missing results become one sentence.
template <class F>
auto withSession(const Project& project, F&& work) -> decltype(work(std::declval<RunSession&>()))
{
    for (const std::string part : { "match", "optimise" })
        if (!project.isDone(part))
            return badInput("there is no result of stage " + part + " to measure yet; run `palimpsest run "
                    + project.folder().path().string() + "` first",
                project.folder().path().string());
    try {
        RunSession session(project);
        return work(session);
    } catch (const DecodeError& e) {
        return badInput(e.what());
    }
}

/// Name and settings of what `bench match` tries: the costs that a strategy can minimise, and how many seeds are averaged.
struct MatchTrial {
    MatchingStrategy strategy;
    CostKind cost;
    std::int64_t seeds;
};

/// @param recipeSeed  what is tried once is drawn as the stage match of a project with this seed draws it: its costs are that stage's
Result<std::vector<Json>> matchTrials(const MatchProblem& problem, const MatchingSettings& base,
    std::uint64_t recipeSeed, std::int64_t seeds, const JobContext& context)
{
    const std::uint64_t stageSeed = deriveSeed(recipeSeed, "match");
    const std::vector<MatchTrial> trials { { MatchingStrategy::Identity, CostKind::Barycentre, 1 },
        { MatchingStrategy::Random, CostKind::Barycentre, seeds },
        { MatchingStrategy::Reference, CostKind::Pairwise, seeds },
        { MatchingStrategy::Sequential, CostKind::Pairwise, 1 },
        { MatchingStrategy::Sequential, CostKind::Barycentre, 1 },
        { MatchingStrategy::Descent, CostKind::Pairwise, 1 },
        { MatchingStrategy::Descent, CostKind::Barycentre, 1 } };
    const auto count = static_cast<double>(trials.size() + 1);
    PALIMPSEST_TRY(const auto bounds, lowerBounds(problem, context.part(0.0, 1.0 / count, "lower bounds: ")));
    std::vector<Json> lines;
    for (const MatchTrial& trial : trials) {
        const double done = static_cast<double>(lines.size() + 1);
        MatchingSettings settings = base;
        settings.strategy = trial.strategy;
        settings.cost = trial.cost;
        std::vector<double> barycentre, pairwise;
        double seconds = 0.0;
        std::optional<Error> refused;
        for (std::int64_t seed = 0; seed < trial.seeds && !refused; ++seed) {
            const auto start = std::chrono::steady_clock::now();
            const bool isAveraged
                = trial.strategy == MatchingStrategy::Random || trial.strategy == MatchingStrategy::Reference;
            const auto result
                = matchPages(problem, settings, isAveraged ? static_cast<std::uint64_t>(seed) : stageSeed,
                    context.part(done / count, (done + 1) / count, toString(trial.strategy) + ": "));
            const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
            if (!result && result.error().kind == ErrorKind::Canceled)
                return result.error();
            if (!result) {
                refused = result.error();
                break;
            }
            seconds += spent.count();
            barycentre.push_back(result->costBarycentre);
            pairwise.push_back(result->costPairwise);
        }
        Json line = { { "bench", "match" }, { "device", context.device() },
            { "strategy", toString(trial.strategy) }, { "cost", toString(trial.cost) } };
        if (refused) {
            line["refused"] = refused->text();
        } else {
            const auto mean = [](const std::vector<double>& values) {
                return std::accumulate(values.begin(), values.end(), 0.0)
                    / static_cast<double>(values.size());
            };
            line["seeds"] = trial.seeds;
            line["costBarycentre"] = mean(barycentre);
            line["costPairwise"] = mean(pairwise);
            if (trial.seeds > 1)
                line["costPairwiseRange"] = { *std::min_element(pairwise.begin(), pairwise.end()),
                    *std::max_element(pairwise.begin(), pairwise.end()) };
            if (bounds) {
                line["lowerBoundBarycentre"] = bounds->barycentre;
                line["lowerBoundPairwise"] = bounds->pairwise;
                line["gap"] = trial.cost == CostKind::Pairwise ? mean(pairwise) / bounds->pairwise - 1.0
                                                               : mean(barycentre) / bounds->barycentre - 1.0;
            }
            line["seconds"] = seconds / static_cast<double>(trial.seeds);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace

Result<std::vector<Json>> benchMatch(const Project& project, const JobContext& context)
{
    return withSession(project, [&](RunSession& session) {
        return matchTrials(
            session.matchProblem(), project.recipe().matching, project.recipe().seed, 10, context);
    });
}

Result<std::vector<Json>> benchMatch(const MatchBenchRequest& request, const JobContext& context)
{
    std::vector<std::string> names = request.order;
    std::error_code problem;
    if (names.empty()) {
        for (const auto& entry : std::filesystem::directory_iterator(request.networks, problem))
            if (entry.path().extension() == ".h5")
                names.push_back(entry.path().stem().string());
        std::sort(names.begin(), names.end());
    }
    if (names.empty())
        return badInput("expected a folder with reference networks (NAME.h5)", request.networks.string());
    PagesSettings settings;
    settings.pageSize = request.pageSize;
    settings.formation = request.formation == "reference" ? Formation::Reference : Formation::Aligned;
    settings.smallTensors
        = settings.formation == Formation::Reference ? SmallTensors::Paged : SmallTensors::Private;

    std::vector<std::vector<float>> weights, fishers;
    std::vector<std::vector<std::uint8_t>> masks;
    MatchProblem match;
    match.pageSize = request.pageSize;
    std::vector<std::int64_t> pageCounts;
    for (const std::string& name : names) {
        const std::filesystem::path file = request.networks / (name + ".h5");
        PALIMPSEST_TRY(const ImportedNetwork imported, readReferenceNetwork(file));
        if (!imported.fisher)
            return badInput("expected Fisher information beside the weights", file.string());
        PALIMPSEST_TRY(const PageLayout layout, formPages(imported.network, settings));
        fillImage(
            layout, imported.weights, weights.emplace_back(static_cast<std::size_t>(layout.imageSize())));
        fillImage(layout, expandFisher(imported.network, *imported.fisher),
            fishers.emplace_back(static_cast<std::size_t>(layout.imageSize())));
        masks.push_back(validityMask(layout));
        pageCounts.push_back(layout.pageCount);
    }
    for (std::size_t i = 0; i < names.size(); ++i)
        match.tasks.push_back({ weights[i], fishers[i], masks[i], pageCounts[i] });
    match.names = names;
    match.slotCount
        = request.slots > 0 ? request.slots : *std::max_element(pageCounts.begin(), pageCounts.end());
    return matchTrials(match, {}, Recipe {}.seed, request.seeds, context);
}

namespace {

/// The ratios that a switch on CUDA is judged by.
Json switchRatios(const SwitchBenchmark& result)
{
    std::map<std::string, double> median;
    for (const SwitchTimes& method : result.methods)
        median[method.method] = method.quantile(0.5);
    Json ratios
        = { { "bench", "switchRatios" }, { "pagedOverWholeCopy", median["paged"] / median["wholeCopy"] },
              { "fileReloadOverPaged", median["fileReload"] / median["paged"] },
              { "level1Bytes", result.level1Bytes }, { "level2Bytes", result.level2Bytes },
              { "memorySwitches", SwitchBenchmark::kMemorySwitches },
              { "deviceBytesUsed", result.deviceBytesUsed }, { "deviceBytesGrown", result.deviceBytesGrown },
              { "residentBytesGrown", result.residentBytesGrown } };
    if (median.contains("launch")) {
        ratios["pagedOverLaunch"] = median["paged"] / median["launch"];
        ratios["pagedOverGather"] = median["paged"] / median["gather"];
        ratios["tensorCopiesOverPaged"] = median["tensorCopies"] / median["paged"];
        ratios["int8OverPaged"] = median["int8Resident"] / median["paged"];
        ratios["switchForwardOverFloor"] = median["switchForward"] / (median["forward"] + median["launch"]);
    }
    return ratios;
}

Json toJson(const BandwidthBenchmark& result)
{
    return { { "bench", "switchBandwidth" }, { "networkBytes", result.networkBytes },
        { "switchUs", result.switchUs }, { "copyUs", result.copyUs }, { "pinnedCopyUs", result.pinnedCopyUs },
        { "copyBytesPerSecond", result.copyBytesPerSecond }, { "floorUs", result.floorUs },
        { "switchOverFloor", result.switchUs / result.floorUs },
        { "pinnedCopyOverSwitch", result.pinnedCopyUs / result.switchUs } };
}

/// A network of 100 MB.
constexpr std::int64_t kBandwidthPages = 50'000;

} // namespace

Result<std::vector<Json>> benchSwitch(
    const Project& project, std::int64_t switches, const JobContext& context)
{
    return withSession(project, [&](RunSession& session) -> Result<std::vector<Json>> {
        PALIMPSEST_TRY(std::vector<JointTask> tasks, session.jointTasks(false));
        const std::filesystem::path scratch
            = project.folder().path() / ".cache" / ("bench" + std::to_string(::getpid()));
        std::error_code ignored;
        std::filesystem::create_directories(scratch, ignored);
        auto result = benchmarkSwitch(std::move(tasks), session.optimised().state, switches,
            deriveSeed(project.recipe().seed, "execute"), scratch, context);
        std::filesystem::remove_all(scratch, ignored);
        if (!result)
            return result.error();
        std::vector<Json> lines;
        for (const SwitchTimes& method : result->methods)
            lines.push_back(
                { { "bench", "switch" }, { "method", method.method }, { "device", context.device() },
                    { "networkBytes", result->networkBytes }, { "switches", switches },
                    { "medianUs", method.quantile(0.5) }, { "p95Us", method.quantile(0.95) },
                    { "p99Us", method.quantile(0.99) }, { "samplesUs", method.microseconds } });
        lines.push_back(switchRatios(*result));
        if (context.device() != "cpu") {
            PALIMPSEST_TRY(const BandwidthBenchmark bandwidth, benchmarkBandwidth(kBandwidthPages, context));
            lines.push_back(toJson(bandwidth));
        }
        return lines;
    });
}

Result<std::vector<Json>> benchStep(
    const Project& project, std::int64_t repetitions, const JobContext& context)
{
    return withSession(project, [&](RunSession& session) -> Result<std::vector<Json>> {
        JointRequest request;
        PALIMPSEST_TRY(request.tasks, session.jointTasks(true));
        request.start = session.mergedState();
        request.forms = stateForms(project.recipe().pages);
        request.settings = project.recipe().optimisation;
        request.seed = deriveSeed(project.recipe().seed, "optimise");
        PALIMPSEST_TRY(const StepBenchmark result, benchmarkStep(request, repetitions, context));
        return std::vector<Json> { { { "bench", "step" }, { "device", context.device() },
            { "tasks", request.tasks.size() }, { "batch", request.settings.batch },
            { "poolStorage", toString(request.forms.pool) },
            { "exclusiveStorage", toString(request.forms.exclusive) },
            { "distillation", request.settings.distillation }, { "mixing", request.settings.mixing },
            { "repetitions", result.repetitions }, { "jointMs", result.jointSeconds * 1e3 },
            { "separateMs", result.separateSeconds * 1e3 },
            { "ratio", result.jointSeconds / result.separateSeconds } } };
    });
}

Result<std::vector<Json>> benchFisher(const Project& project, std::int64_t samples, const JobContext& context)
{
    return withSession(project, [&](RunSession& session) -> Result<std::vector<Json>> {
        std::vector<Json> lines;
        FisherSettings settings = project.recipe().fisher;
        settings.samples = samples;
        for (std::size_t i = 0; i < session.taskCount(); ++i) {
            const double count = static_cast<double>(session.taskCount());
            PALIMPSEST_TRY(const RunSession::TrainingData* data, session.trainingData(i));
            PALIMPSEST_TRY(const FisherBenchmark result,
                benchmarkFisher(session.imported(i).network, session.trained(i).weights, data->train,
                    settings, deriveSeed(project.recipe().seed, "fisher/" + session.task(i).name),
                    context.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count)));
            lines.push_back({ { "bench", "fisher" }, { "task", session.task(i).name },
                { "samples", result.samples }, { "batch", settings.batch },
                { "fisherSeconds", result.fisherSeconds }, { "passSeconds", result.passSeconds },
                { "ratio", result.fisherSeconds / result.passSeconds } });
        }
        return lines;
    });
}

} // namespace palimpsest
