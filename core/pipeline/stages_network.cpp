// SPDX-License-Identifier: Apache-2.0
// The stages that look at one task alone: import, train, fisher.
#include "core/base/random.h"
#include "core/nn/augmentation.h"
#include "core/nn/evaluate.h"
#include "core/nn/fisher.h"
#include "core/nn/power_spectra.h"
#include "core/nn/train.h"
#include "core/pipeline/import_network.h"
#include "core/pipeline/stages.h"
#include "core/pipeline/task_data.h"

#include <algorithm>

namespace palimpsest {

Result<PartOutcome> runImport(RunSession& session, std::size_t index, const JobContext& context)
{
    const Project& project = session.project();
    const TaskSettings& task = session.task(index);
    const std::string where = "tasks." + task.name;
    context.setProgress(0.0, "reading");

    ImportResult result;
    PALIMPSEST_TRY(result.network, readNetwork(project.file(task.network)));
    PALIMPSEST_TRY(const RawSamples raw, readTrainingSplit(project, task, ReadControl(context)));
    if (context.isCanceled())
        return canceled();
    PALIMPSEST_TRY(result.split,
        splitTrain(raw, task.split, deriveSeed(session.recipe().seed, "split/" + task.name), where));

    const std::int32_t largest = *std::max_element(raw.y.begin(), raw.y.end());
    result.classes = task.data.classes > 0 ? task.data.classes : std::int64_t { largest } + 1;
    result.sampleShape = raw.sampleShape();
    result.classNames = raw.classNames;
    PALIMPSEST_TRY(Preprocessing steps, parsePreprocessing(task.preprocess, where + ".preprocess"));
    PALIMPSEST_TRY(const Shape shape, preprocessedShape(steps, raw, where + ".preprocess"));
    if (shape != result.network.inputShape)
        return badInput("the network expects samples of shape " + toString(result.network.inputShape)
                + ", the data have " + toString(shape) + (steps.empty() ? "" : " after preprocessing")
                + "; change inputShape of " + task.network
                + ", sampleShape of the data or the steps of preprocess",
            where);
    if (result.network.classes() != result.classes)
        return badInput("the network gives " + std::to_string(result.network.classes())
                + " outputs, the data have " + std::to_string(result.classes)
                + " classes; change `outputs` of its last linear layer",
            where);

    PALIMPSEST_TRY(
        result.preprocessing, fitPreprocessing(std::move(steps), raw, result.split.train, preprocessTools()));
    return PartOutcome { encode(result), {} };
}

Result<PartOutcome> runTrain(RunSession& session, std::size_t index, const JobContext& context)
{
    const TaskSettings& task = session.task(index);
    const Network& network = session.imported(index).network;
    PALIMPSEST_TRY(const RunSession::TrainingData* data, session.trainingData(index));

    PALIMPSEST_CHECK(checkAugmentation(task.augmentation, data->train.sampleShape, "tasks." + task.name));

    TrainResult result;
    if (!task.weights.empty()) {
        const std::filesystem::path file = session.project().file(task.weights);
        PALIMPSEST_TRY(result.weights, readWeightsFor(network, file));
        PALIMPSEST_TRY(
            const Score score, evaluateNetwork(network, result.weights, data->validation, context));
        result.imported = true;
        result.validationAccuracy = score.accuracy();
        result.validationLoss = score.loss;
        return PartOutcome { encode(result), {} };
    }
    TrainRequest request;
    request.task = task.name;
    request.network = &network;
    request.train = &data->train;
    request.validation = &data->validation;
    request.settings = task.training;
    request.augmentation = task.augmentation;
    request.seed = deriveSeed(session.recipe().seed, "train/" + task.name);
    PALIMPSEST_TRY(TrainOutcome outcome, trainNetwork(request, context));
    result.weights = std::move(outcome.weights);
    result.validationAccuracy = outcome.validationAccuracy;
    result.validationLoss = outcome.validationLoss;
    result.steps = outcome.steps;
    result.curve = std::move(outcome.curve);
    return PartOutcome { encode(result), {} };
}

Result<PartOutcome> runFisher(RunSession& session, std::size_t index, const JobContext& context)
{
    if (session.recipe().fisher.source == FisherSource::File) {
        context.setProgress(0.0, "reading");
        FisherResult result;
        PALIMPSEST_TRY(result.fisher,
            readFisherFor(
                session.imported(index).network, session.project().file(session.task(index).fisher)));
        return PartOutcome { encode(result), {} };
    }
    PALIMPSEST_TRY(const RunSession::TrainingData* data, session.trainingData(index));
    PALIMPSEST_TRY(FisherOutcome outcome,
        computeFisher(session.imported(index).network, session.trained(index).weights, data->train,
            session.recipe().fisher, deriveSeed(session.recipe().seed, "fisher/" + session.task(index).name),
            context));
    return PartOutcome { encode(FisherResult { std::move(outcome.fisher), outcome.samples }), {} };
}

} // namespace palimpsest
