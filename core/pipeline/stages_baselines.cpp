// SPDX-License-Identifier: Apache-2.0
// The baselines: what a user would do without shared pages.
#include "core/base/random.h"
#include "core/network/scaled_widths.h"
#include "core/nn/train_alone.h"
#include "core/pipeline/stages.h"

#include <algorithm>
#include <array>

namespace palimpsest {

namespace {

struct RoundedBaseline {
    std::string_view name;
    Storage storage;
};
constexpr std::array kRounded {
    RoundedBaseline { "float16", Storage::Float16 },
    RoundedBaseline { "int8", Storage::Int8 },
    RoundedBaseline { "int6", Storage::Int6 },
    RoundedBaseline { "int4", Storage::Int4 },
};

/// Each takes as many steps as the virtualized networks.
struct TrainedBaseline {
    std::string_view name;
    Storage storage = Storage::Float32;
    bool isDistilled = true;
    bool isSmaller = false; ///< narrower networks, that take the bytes of the virtualized ones
};
constexpr std::array kTrained {
    TrainedBaseline { .name = "sameSteps", .isDistilled = false },
    TrainedBaseline { .name = "sameRecipe" },
    TrainedBaseline { .name = "int4Trained", .storage = Storage::Int4 },
    TrainedBaseline { .name = "int3Trained", .storage = Storage::Int3 },
    TrainedBaseline { .name = "ternaryTrained", .storage = Storage::Ternary },
    TrainedBaseline { .name = "smallTernary", .storage = Storage::Ternary, .isSmaller = true },
};

const TrainedBaseline* trainedBaseline(std::string_view name)
{
    const auto found = std::find_if(
        kTrained.begin(), kTrained.end(), [&](const TrainedBaseline& one) { return one.name == name; });
    return found == kTrained.end() ? nullptr : &*found;
}

/// Private tensors are stored as the recipe stores those of the virtualized networks, but never wider than float16 beside
/// narrow weights.
AloneForms formsOf(const TrainedBaseline& baseline, const PagesSettings& pages)
{
    if (baseline.storage == Storage::Float32)
        return {};
    const Storage privates = stateForms(pages).privates;
    return { baseline.storage, privates == Storage::Float32 ? Storage::Float16 : privates };
}

/// The networks of all tasks, narrowed until they take the bytes of the virtualized ones.
Result<std::vector<Network>> smallerNetworks(RunSession& session, const TrainedBaseline& baseline)
{
    PALIMPSEST_TRY(const MemoryPlan plan, memoryPlan(session));
    std::vector<const Network*> networks;
    for (std::size_t i = 0; i < session.taskCount(); ++i)
        networks.push_back(&session.imported(i).network);
    const AloneForms forms = formsOf(baseline, session.recipe().pages);
    auto smaller = scaleToFit(networks, plan.virtualizedBytes(),
        [&](const Network& network) { return aloneBytes(network, forms); });
    if (!smaller)
        return badInput("the baseline " + std::string(baseline.name) + " has no room: "
            + smaller.error().message + "; leave it out of `baselines` or give the pool more pages");
    return smaller;
}

/// A narrow network is trained first like the one it stands for, in float32.
Result<TrainOutcome> trainSmaller(RunSession& session, const TrainedBaseline& baseline, std::size_t index,
    const Network& network, const RunSession::TrainingData& data, const JobContext& context)
{
    const TaskSettings& task = session.task(index);
    TrainRequest request;
    request.task = task.name;
    request.series = baseline.name;
    request.network = &network;
    request.train = &data.train;
    request.validation = &data.validation;
    request.settings = task.training;
    request.augmentation = task.augmentation;
    request.seed = deriveSeed(session.recipe().seed, std::string(baseline.name) + "/train/" + task.name);
    return trainNetwork(request, context);
}

} // namespace

std::optional<Storage> roundedBaseline(std::string_view name)
{
    for (const RoundedBaseline& rounded : kRounded)
        if (rounded.name == name)
            return rounded.storage;
    return std::nullopt;
}

Result<PartOutcome> runBaseline(
    RunSession& session, const std::string& name, std::size_t index, const JobContext& context)
{
    const TrainedBaseline& baseline = *trainedBaseline(name);
    PALIMPSEST_TRY(const RunSession::TrainingData* data, session.trainingData(index));
    BaselineResult result;
    AloneRequest request;
    request.series = name;
    request.settings = session.recipe().optimisation;
    request.forms = formsOf(baseline, session.recipe().pages);
    request.seed = deriveSeed(session.recipe().seed, name + "/" + session.task(index).name);
    if (!baseline.isDistilled) {
        request.settings.distillation = 0.0;
        request.settings.averaging = 0.0;
    }
    JointTask& task = request.task;
    task.name = session.task(index).name;
    task.network = &session.imported(index).network;
    task.standalone = &session.trained(index).weights;
    task.standaloneValidationAccuracy = session.trained(index).validationAccuracy;
    task.augmentation = session.task(index).augmentation;
    task.tolerance = session.task(index).tolerance;
    task.train = &data->train;
    task.validation = &data->validation;
    TrainOutcome start;
    if (baseline.isSmaller) {
        PALIMPSEST_TRY(const std::vector<Network> networks, smallerNetworks(session, baseline));
        result.network = networks[index];
        PALIMPSEST_TRY(
            start, trainSmaller(session, baseline, index, *result.network, *data, context.part(0.0, 0.5)));
        task.teacherNetwork = task.network;
        task.teacher = task.standalone;
        task.network = &*result.network;
        task.standalone = &start.weights;
    }
    PALIMPSEST_TRY(
        result.outcome, trainAlone(request, baseline.isSmaller ? context.part(0.5, 1.0) : context));
    return PartOutcome { encode(result), {} };
}

Result<std::map<std::string, std::int64_t>> baselineBytes(RunSession& session)
{
    std::map<std::string, std::int64_t> bytes;
    for (const std::string& name : session.recipe().baselines) {
        const TrainedBaseline* trained = trainedBaseline(name);
        if (trained != nullptr && trained->storage == Storage::Float32)
            continue; // as many as the stand-alone networks
        std::vector<Network> smaller;
        if (trained != nullptr && trained->isSmaller) {
            PALIMPSEST_TRY(smaller, smallerNetworks(session, *trained));
        }
        for (std::size_t i = 0; i < session.taskCount(); ++i) {
            const Network& network = smaller.empty() ? session.imported(i).network : smaller[i];
            if (const auto rounded = roundedBaseline(name))
                bytes[name] += roundedBytes(network, *rounded);
            else
                bytes[name] += aloneBytes(network, formsOf(*trained, session.recipe().pages));
        }
    }
    return bytes;
}

} // namespace palimpsest
