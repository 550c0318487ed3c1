// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/benchmarks.h"

#include "core/base/random.h"
#include "core/nn/fisher.h"
#include "core/nn/paged_executor.h"
#include "core/pipeline/run_session.h"

#include <nlohmann/json.hpp>

#include <unistd.h>

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
        double copy = 0.0;
        for (const SwitchTimes& method : result->methods)
            if (method.method == "wholeCopy")
                copy = method.quantile(0.5);
        for (const SwitchTimes& method : result->methods)
            lines.push_back({ { "bench", "switch" }, { "method", method.method },
                { "networkBytes", result->networkBytes }, { "switches", switches },
                { "medianUs", method.quantile(0.5) }, { "p95Us", method.quantile(0.95) },
                { "p99Us", method.quantile(0.99) },
                { "timesWholeCopy", copy > 0.0 ? method.quantile(0.5) / copy : 0.0 },
                { "samplesUs", method.microseconds } });
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
        request.settings = project.recipe().optimisation;
        request.seed = deriveSeed(project.recipe().seed, "optimise");
        PALIMPSEST_TRY(const StepBenchmark result, benchmarkStep(request, repetitions, context));
        return std::vector<Json> { { { "bench", "step" }, { "tasks", request.tasks.size() },
            { "batch", request.settings.batch }, { "repetitions", result.repetitions },
            { "jointMs", result.jointSeconds * 1e3 }, { "separateMs", result.separateSeconds * 1e3 },
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
