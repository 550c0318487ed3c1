// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/standalone_evaluation.h"

#include "core/data/recognise.h"
#include "core/io/bundle.h"
#include "core/io/hdf5_data.h"
#include "core/nn/joint.h"
#include "core/nn/power_spectra.h"
#include "core/nn/train.h"
#include "core/pipeline/import_network.h"

#include <algorithm>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// A network with weights, and the preprocessing of its task where the source has it.
struct Subject {
    Network network;
    Weights weights;
    Preprocessing preprocessing;
    bool hasPreprocessing = false;
};

Result<Subject> fromBundle(const EvaluationRequest& request)
{
    PALIMPSEST_TRY(const Bundle bundle, readBundle(request.bundle));
    std::string names;
    const BundleTask* chosen
        = bundle.tasks.size() == 1 && request.task.empty() ? &bundle.tasks.front() : nullptr;
    for (const BundleTask& task : bundle.tasks) {
        names += (names.empty() ? "" : ", ") + task.name;
        if (task.name == request.task)
            chosen = &task;
    }
    if (chosen == nullptr)
        return badInput("expected --task with one of " + names + ", got \"" + request.task + "\"",
            request.bundle.string());
    JointTask task;
    task.network = &chosen->network;
    task.layout = &chosen->layout;
    task.table = &chosen->table;
    const VirtualizedState state { bundle.pageSize, bundle.pool, bundle.exclusive, { chosen->privateRun }, {}, {} };
    return Subject { chosen->network, virtualizedWeights(task, 0, state), chosen->preprocessing, true };
}

Result<DataSettings> dataSettings(const fs::path& data)
{
    PALIMPSEST_TRY(DataSettings settings, recogniseData(data));
    // Of formats with a file or folder a split, the one that was named is the one to score on, whatever it is called.
    for (const char* format : { "csv", "ts", "mat", "images", "audio" })
        if (settings.format == format)
            settings.test = settings.path;
    return settings;
}

/// Whether samples of one shape can go into a network of another: they differ by axes of size 1 alone, or the network reads all
/// numbers in one row and their order is no question.
bool fits(const Shape& given, const Network& network)
{
    if (given.empty() || elementCount(given) != elementCount(network.inputShape))
        return false;
    if (network.inputShape.size() == 1 && (given[0] == 1 || network.layout == TensorLayout::Native))
        return true;
    Shape sizes = given;
    Shape wanted = network.inputShape;
    std::erase(sizes, 1);
    std::erase(wanted, 1);
    return sizes == wanted;
}

} // namespace

Result<Score> evaluateStandalone(const EvaluationRequest& request, const JobContext& context)
{
    setEngineThreads(0);
    Subject subject;
    if (!request.bundle.empty()) {
        PALIMPSEST_TRY(subject, fromBundle(request));
    } else {
        PALIMPSEST_TRY(NetworkImport read, readAnyNetwork(request.network, request.options));
        subject.network = std::move(read.network.network);
        subject.weights = std::move(read.network.weights);
    }
    if (!request.preprocess.empty() && subject.hasPreprocessing)
        return badInput("a bundle brings its own preprocessing; leave --preprocess out");
    if (!subject.hasPreprocessing) {
        PALIMPSEST_TRY(subject.preprocessing, parsePreprocessing(request.preprocess, "--preprocess"));
    }
    context.setProgress(0.0, "reading data");
    PALIMPSEST_TRY(const DataSettings settings, dataSettings(request.data));
    const Part part = request.split == "train" ? Part::Train : Part::Test;
    PALIMPSEST_TRY(
        RawSamples raw, readPart(allReaders(), settings, {}, fs::current_path(), part, ReadControl(context)));
    if (!subject.hasPreprocessing)
        for (const PreprocessStep& step : subject.preprocessing)
            if (step.name == "standardise")
                return badInput("`standardise` learns from training samples, which a bare network does not "
                                "bring; score it "
                                "inside a project or from a bundle",
                    "--preprocess");
    const std::int32_t largest = raw.y.empty() ? 0 : *std::max_element(raw.y.begin(), raw.y.end());
    if (largest >= subject.network.classes())
        return badInput("the network gives " + std::to_string(subject.network.classes())
                + " outputs, the data have a label " + std::to_string(largest),
            request.data.string());
    PALIMPSEST_TRY(LabelledSamples samples,
        preprocess(
            subject.preprocessing, raw, subject.network.classes(), request.data.string(), preprocessTools()));
    if (fits(samples.sampleShape, subject.network))
        samples.sampleShape = subject.network.inputShape;
    return evaluateNetwork(subject.network, subject.weights, samples, context);
}

} // namespace palimpsest
