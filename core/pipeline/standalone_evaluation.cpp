// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/standalone_evaluation.h"

#include "core/backend/gpu_module.h"
#include "core/data/recognise.h"
#include "core/io/bundle.h"
#include "core/io/hdf5_data.h"
#include "core/nn/paged_executor.h"
#include "core/nn/power_spectra.h"
#include "core/nn/train.h"
#include "core/pipeline/import_network.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// What is scored: a network with weights, or a task of a bundle with its fitted preprocessing.
struct Subject {
    Network network;
    Weights weights; ///< of a network
    std::optional<Bundle> bundle; ///< with that one task
    Preprocessing preprocessing;
};

Result<Subject> fromBundle(const EvaluationRequest& request)
{
    PALIMPSEST_TRY(Bundle bundle, readBundle(request.bundle));
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
    Subject subject { chosen->network, {}, std::nullopt, chosen->preprocessing };
    bundle.tasks = { BundleTask(*chosen) };
    subject.bundle = std::move(bundle);
    return subject;
}

/// Runs the packed pages as a device would, the exclusive ones mapped from the bundle's file.
Result<Score> scoreBundle(const Bundle& bundle, const std::filesystem::path& folder,
    const LabelledSamples& samples, const JobContext& context)
{
    const BundleTask& chosen = bundle.tasks.front();
    JointTask task;
    task.name = chosen.name;
    task.network = &chosen.network;
    task.layout = &chosen.layout;
    task.table = &chosen.table;
    const StoredState state { bundle.pool, bundle.exclusive, { chosen.privateRun } };
    PALIMPSEST_TRY(PagedExecutor executor,
        PagedExecutor::create({ task }, state, exclusivePagesFile(folder), context.device()));
    return executor.score(0, samples, context);
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

/// Series have the length of the longest one of their training file, which a test file alone does not tell: cut or filled up with
/// zeros to the one that the network takes, as the reader does it with both files.
void fitSeries(RawSamples& raw, const Network& network)
{
    const Shape own = raw.sampleShape(); // [dimensions, length]
    const std::int64_t size = elementCount(network.inputShape);
    if (own.size() != 2 || own[0] == 0 || size % own[0] != 0 || size == elementCount(own))
        return;
    const std::int64_t length = size / own[0];
    const std::int64_t series = static_cast<std::int64_t>(raw.count()) * own[0];
    Array fitted(raw.x.type(), { static_cast<std::int64_t>(raw.count()), own[0], length }); // zeros
    const std::span<const float> from = raw.x.as<float>();
    const std::span<float> to = fitted.as<float>();
    for (std::int64_t i = 0; i < series; ++i)
        std::copy_n(from.begin() + i * own[1], std::min(own[1], length), to.begin() + i * length);
    raw.x = std::move(fitted);
}

} // namespace

Result<Score> evaluateStandalone(const EvaluationRequest& request, const JobContext& context)
{
    PALIMPSEST_TRY(const std::string device, resolveDevice(request.device));
    setEngineThreads(0);
    Subject subject;
    if (!request.bundle.empty()) {
        PALIMPSEST_TRY(subject, fromBundle(request));
    } else {
        PALIMPSEST_TRY(NetworkImport read, readAnyNetwork(request.network, request.options));
        subject.network = std::move(read.network.network);
        subject.weights = std::move(read.network.weights);
    }
    if (!request.preprocess.empty() && subject.bundle)
        return badInput("a bundle brings its own preprocessing; leave --preprocess out");
    if (!subject.bundle) {
        PALIMPSEST_TRY(subject.preprocessing, parsePreprocessing(request.preprocess, "--preprocess"));
    }
    context.setProgress(0.0, "reading data");
    PALIMPSEST_TRY(const DataSettings settings, dataSettings(request.data));
    const Part part = request.split == "train" ? Part::Train : Part::Test;
    PALIMPSEST_TRY(
        RawSamples raw, readPart(allReaders(), settings, {}, fs::current_path(), part, ReadControl(context)));
    if (!subject.bundle)
        for (const PreprocessStep& step : subject.preprocessing)
            if (step.name == "standardise")
                return badInput("`standardise` learns from training samples, which a bare network does not "
                                "bring; score it "
                                "inside a project or from a bundle",
                    "--preprocess");
    if (settings.format == "ts")
        fitSeries(raw, subject.network);
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
    const JobContext onDevice = context.onDevice(device);
    return subject.bundle ? scoreBundle(*subject.bundle, request.bundle, samples, onDevice)
                          : evaluateNetwork(subject.network, subject.weights, samples, onDevice);
}

} // namespace palimpsest
