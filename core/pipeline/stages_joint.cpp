// SPDX-License-Identifier: Apache-2.0
// The stages that train and run the shared pages: optimise, evaluate, execute.
#include "core/base/process_memory.h"
#include "core/base/random.h"
#include "core/data/catalogue.h"
#include "core/io/hdf5_data.h"
#include "core/io/record_file.h"
#include "core/nn/joint.h"
#include "core/nn/power_spectra.h"
#include "core/nn/switch_benchmark.h"
#include "core/pipeline/rank_orders.h"
#include "core/pipeline/stages.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <unistd.h>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// A folder inside the project's .cache that is removed again.
class ScratchFolder {
public:
    explicit ScratchFolder(const fs::path& project)
        : m_path(project / ".cache" / ("scratch" + std::to_string(::getpid())))
    {
        fs::create_directories(m_path);
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

/// The only reader of test splits.
Result<LabelledSamples> testSamples(RunSession& session, std::size_t index)
{
    const TaskSettings& task = session.task(index);
    const ImportResult& import = session.imported(index);
    PALIMPSEST_TRY(const RawSamples raw,
        readPart(allReaders(), task.data, task.split, dataBase(task.data, session.project().dataRoot()),
            Part::Test));
    return preprocess(
        import.preprocessing, raw, import.classes, "tasks." + task.name + ".data (test)", preprocessTools());
}

} // namespace

Result<JointRequest> optimiseRequest(RunSession& session, bool resume)
{
    const Project& project = session.project();
    JointRequest request;
    PALIMPSEST_TRY(request.tasks, session.jointTasks(true));
    request.start = session.mergedState();
    request.forms = stateForms(session.recipe().pages);
    request.settings = session.recipe().optimisation;
    request.seed = deriveSeed(session.recipe().seed, "optimise");
    if (resume) {
        PALIMPSEST_TRY(Record record, readRecord(project.folder().checkpointFile()));
        record.texts.erase("part");
        request.checkpoint = std::move(record);
    }
    return request;
}

Result<PartOutcome> runOptimise(RunSession& session, const JobContext& context)
{
    const Project& project = session.project();
    const std::string& fingerprint = project.planned("optimise").fingerprint;
    const fs::path checkpointFile = project.folder().checkpointFile();
    context.setProgress(0.0, "reading data");

    bool resume = false;
    if (fs::exists(checkpointFile)) {
        // A checkpoint of other settings, or one that was damaged, is of no use: it is written over.
        const auto record = readRecord(checkpointFile);
        resume = record && record->texts.contains("part") && record->texts.at("part") == fingerprint;
    }
    if (resume)
        context.channel().addMessage("optimise goes on from its last checkpoint");
    PALIMPSEST_TRY(JointRequest request, optimiseRequest(session, resume));
    request.saveCheckpoint = [&](const Record& state) {
        Record record = state;
        record.texts["part"] = fingerprint;
        return writeRecord(checkpointFile, record);
    };
    if (isOptimiseShared(session)) {
        request.ranks = session.ranks();
        PALIMPSEST_CHECK(orderOptimise(session, resume));
    }
    const SharedThreads threads(session);
    PALIMPSEST_TRY(const JointOutcome outcome, optimiseJointly(request, context));
    return PartOutcome { encode(outcome), {} };
}

Result<PartOutcome> runEvaluate(RunSession& session, const JobContext& context)
{
    const Recipe& recipe = session.recipe();
    PALIMPSEST_TRY(const std::vector<JointTask> tasks, session.jointTasks(false));
    const VirtualizedState state = readState(session.optimised().state);
    EvaluateResult result;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const double count = static_cast<double>(tasks.size());
        const JobContext part = context.part(
            static_cast<double>(i) / count, static_cast<double>(i + 1) / count, tasks[i].name + ": ");
        part.setProgress(0.0, "reading test split");
        PALIMPSEST_TRY(const LabelledSamples test, testSamples(session, i));
        auto& scores = result.scores.emplace_back();
        const auto score
            = [&](const std::string& name, const Network& network, const Weights& weights) -> Status {
            part.setProgress(
                static_cast<double>(scores.size()) / static_cast<double>(recipe.baselines.size() + 2), name);
            PALIMPSEST_TRY(scores[name], evaluateNetwork(network, weights, test, part.part(0.0, 0.0)));
            return success();
        };
        const Network& network = *tasks[i].network;
        const Weights& standalone = *tasks[i].standalone;
        PALIMPSEST_CHECK(score("standalone", network, standalone));
        PALIMPSEST_CHECK(score("virtualized", network, virtualizedWeights(tasks[i], i, state)));
        for (const std::string& baseline : recipe.baselines) {
            if (const auto storage = roundedBaseline(baseline))
                PALIMPSEST_CHECK(score(baseline, network, roundWeights(network, standalone, *storage)));
            else {
                const BaselineResult& trained = session.baseline(baseline, i);
                PALIMPSEST_CHECK(score(baseline, trained.network.value_or(network), trained.outcome.weights));
            }
        }
    }
    return PartOutcome { encode(result), {} };
}

Result<PartOutcome> runExecute(RunSession& session, const JobContext& context)
{
    PALIMPSEST_TRY(const std::vector<JointTask> tasks, session.jointTasks(false));
    const StoredState& state = session.optimised().state;
    const ScratchFolder scratch(session.project().folder().path());
    PALIMPSEST_TRY(const SwitchBenchmark benchmark,
        benchmarkSwitch(tasks, state, session.recipe().execution.switches,
            deriveSeed(session.recipe().seed, "execute"), scratch.path(), context));
    // A GPU's libraries may choose another way through a layer for another address.
    const double allowed = context.device() == "cpu" ? 0.0 : 1e-5;
    if (benchmark.largestDifference > allowed)
        return failure(
            "a paged network gives other outputs than its directly assembled weights (largest difference "
            + std::to_string(benchmark.largestDifference) + "); this is a bug of the program");

    ExecuteResult result;
    result.sequence.assign(benchmark.sequence.begin(), benchmark.sequence.end());
    result.networkBytes = benchmark.networkBytes;
    result.largestDifference = benchmark.largestDifference;
    result.level1Bytes = benchmark.level1Bytes;

    Json times = { { "networkBytes", benchmark.networkBytes }, { "sequence", benchmark.sequence } };
    for (const SwitchTimes& method : benchmark.methods)
        times[method.method] = { { "medianUs", method.quantile(0.5) }, { "p95Us", method.quantile(0.95) },
            { "samplesUs", method.microseconds } };
    const Json measured = { { "switch", times }, { "memory", { { "residentBytes", residentBytes() } } } };
    return PartOutcome { encode(result), measured.dump() };
}

} // namespace palimpsest
