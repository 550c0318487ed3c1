// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/network_trial.h"

#include "core/base/random.h"
#include "core/data/preprocess.h"
#include "core/nn/evaluate.h"
#include "core/nn/power_spectra.h"
#include "core/nn/train.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <span>

namespace palimpsest {

namespace {

constexpr std::size_t kShown = 12;
constexpr double kLargestScale = 65'536.0; ///< numbers beyond it are no counts of steps from 0 to a maximum

Shape withoutOnes(Shape shape)
{
    std::erase(shape, 1);
    return shape;
}

bool isPicture(const Shape& shape)
{
    return shape.size() == 3;
}

/// Settings with which samples of shape `given` get the network's shape; none where they have it, or cannot.
std::optional<DataSettings> adaptedSettings(
    const DataSettings& settings, const Shape& given, const Network& network)
{
    const Shape& wanted = network.inputShape;
    if (given == wanted || given.empty() || elementCount(given) != elementCount(wanted))
        return std::nullopt;
    DataSettings adapted = settings;
    if (isPicture(given) && wanted == Shape { given[2], given[0], given[1] } && !settings.channelsLast
        && settings.sampleShape.empty()) {
        adapted.channelsLast = true;
        return adapted;
    }
    const bool isSame = withoutOnes(given) == withoutOnes(wanted);
    // Into one row: a network of TensorFlow counts the channels fastest, and files mostly do not.
    const bool isFlattened = wanted.size() == 1 && (given[0] == 1 || network.layout == TensorLayout::Native);
    const bool isUnfolded = given.size() == 1;
    if (!isSame && !isFlattened && !isUnfolded)
        return std::nullopt;
    adapted.sampleShape = wanted;
    return adapted;
}

/// What brings pictures of shape `given` to the shape `wanted`; empty where nothing does, or needs to.
std::vector<std::string> stepsForShape(const Shape& given, const Shape& wanted)
{
    std::vector<std::string> steps;
    if (!isPicture(given) || !isPicture(wanted) || given == wanted)
        return steps;
    if (given[0] == 3 && wanted[0] == 1)
        steps.emplace_back("grey");
    else if (given[0] != wanted[0])
        return steps;
    if (given[1] != wanted[1] || given[2] != wanted[2])
        steps.push_back("resize=" + std::to_string(wanted[1]) + "x" + std::to_string(wanted[2]));
    return steps;
}

std::string joined(const std::vector<std::string>& steps)
{
    std::string text;
    for (const std::string& step : steps)
        text += (text.empty() ? "" : ", ") + step;
    return text;
}

Status checkFit(const Network& network, const TrialData& data, const Preprocessing& steps)
{
    if (network.classes() != data.classes)
        return badInput("the network has " + std::to_string(network.classes()) + " outputs, the data have "
            + std::to_string(data.classes)
            + " classes; choose the data that it was trained for, or a network with as many outputs");
    PALIMPSEST_TRY(const Shape shape, preprocessedShape(steps, *data.train, "preprocessing"));
    if (shape == network.inputShape)
        return success();
    const std::vector<std::string> remedy = stepsForShape(shape, network.inputShape);
    return badInput("the network takes samples of shape " + toString(network.inputShape)
        + ", the data have shape " + toString(shape) + (steps.empty() ? "" : " after preprocessing")
        + (remedy.empty() ? "; choose the data that it was trained for"
                          : "; add the steps " + joined(remedy)));
}

/// The values as whole numbers from 0 up: their largest; none where they are something else.
std::optional<double> largestCount(const TrialData& data)
{
    const RawSamples some = select(*data.train, data.tried);
    const Result<LabelledSamples> plain = preprocess({}, some, data.classes, "");
    if (!plain)
        return std::nullopt;
    double largest = 0.0;
    for (const float value : plain->x) {
        if (value < 0.0F || value != std::floor(value))
            return std::nullopt;
        largest = std::max(largest, static_cast<double>(value));
    }
    return largest > 1.0 && largest <= kLargestScale ? std::optional(largest) : std::nullopt;
}

/// Fills in predictions, number right and mean loss. @param logits  [samples, classes]
void score(NetworkTrial& trial, const std::vector<float>& logits, const LabelledSamples& samples)
{
    const auto classes = static_cast<std::size_t>(samples.classes);
    trial.samples = static_cast<std::int64_t>(samples.count());
    for (std::size_t i = 0; i < samples.count(); ++i) {
        const std::span<const float> row(logits.data() + i * classes, classes);
        const auto best = std::max_element(row.begin(), row.end());
        const auto predicted = static_cast<std::int32_t>(best - row.begin());
        trial.correct += predicted == samples.y[i] ? 1 : 0;
        double sum = 0.0;
        for (const float value : row)
            sum += std::exp(static_cast<double>(value) - static_cast<double>(*best));
        trial.loss += std::log(sum) + static_cast<double>(*best)
            - static_cast<double>(row[static_cast<std::size_t>(samples.y[i])]);
        if (i < trial.shown.size())
            trial.shown[i].predicted = predicted;
    }
    trial.loss /= static_cast<double>(std::max<std::int64_t>(1, trial.samples));
    if (!std::isfinite(trial.loss))
        trial.loss = std::numeric_limits<double>::infinity(); // values that are not finite come last
}

} // namespace

Result<TrialData> prepareTrial(const TaskSettings& task, const Network& network, const TrialReader& read,
    std::uint64_t seed, std::size_t count)
{
    TrialData data;
    data.settings = task.data;
    PALIMPSEST_TRY(data.train, read(data.settings));
    const Shape given = data.train->sampleShape();
    if (const auto adapted = adaptedSettings(data.settings, given, network)) {
        data.settings = *adapted;
        PALIMPSEST_TRY(data.train, read(data.settings));
        data.adapted = "The files hold samples of shape " + toString(given) + "; they are read as "
            + toString(network.inputShape) + ", which the network takes.";
    }
    data.classes = classCount(data.settings, *data.train);

    const auto split
        = splitTrain(*data.train, task.split, deriveSeed(seed, "split/" + task.name), task.data.path);
    data.isValidation = split.ok() && !split->validation.empty();
    if (data.isValidation) {
        data.learning = split->train;
        data.tried = split->validation;
    } else {
        data.learning.resize(data.train->count());
        std::iota(data.learning.begin(), data.learning.end(), 0);
        data.tried = data.learning;
    }
    Random random(deriveSeed(seed, "trial/" + task.name));
    random.shuffle(std::span(data.tried));
    data.tried.resize(std::min(data.tried.size(), count));
    return data;
}

Result<NetworkTrial> tryNetwork(const ImportedNetwork& network, const TrialData& data,
    const std::vector<std::string>& steps, const JobContext& context)
{
    setEngineThreads(0);
    PALIMPSEST_TRY(Preprocessing parsed, parsePreprocessing(steps, "preprocessing"));
    PALIMPSEST_CHECK(checkFit(network.network, data, parsed));
    NetworkTrial trial;
    trial.steps = steps;
    if (network.weights.tensors.empty() && !network.network.tensors.empty())
        return trial;

    const RawSamples raw = select(*data.train, data.tried);
    const std::string where = data.settings.path;
    const bool learns = std::any_of(
        parsed.begin(), parsed.end(), [](const PreprocessStep& step) { return step.name == "standardise"; });
    if (learns) {
        PALIMPSEST_TRY(
            parsed, fitPreprocessing(std::move(parsed), *data.train, data.learning, preprocessTools()));
    }
    if (context.isCanceled())
        return canceled();
    PALIMPSEST_TRY(const LabelledSamples plain, preprocess({}, raw, data.classes, where));
    for (std::size_t i = 0; i < std::min(kShown, plain.count()); ++i) {
        const auto begin = plain.x.begin() + static_cast<std::ptrdiff_t>(i * plain.sampleSize());
        trial.shown.push_back(
            { { begin, begin + static_cast<std::ptrdiff_t>(plain.sampleSize()) }, plain.y[i], 0 });
    }
    PALIMPSEST_TRY(
        const LabelledSamples samples, preprocess(parsed, raw, data.classes, where, preprocessTools()));
    PALIMPSEST_TRY(
        const std::vector<float> logits, networkLogits(network.network, network.weights, samples, context));
    score(trial, logits, samples);
    return trial;
}

std::vector<std::vector<std::string>> commonSteps(const TrialData& data, const Network& network)
{
    using Steps = std::vector<std::string>;
    std::vector<Steps> ways;
    if (data.train->sampleRate > 0.0) {
        ways = { { "scale=32768" }, { "standardise" }, { "l2" }, {} };
    } else if (data.train->x.type() == DType::UInt8) {
        ways = { { "scale=255" }, { "standardise" }, { "invert=255" }, { "l2" },
            { "scale=255", "column-mean" }, { "invert=255", "column-mean" }, {} };
    } else {
        ways = { {}, { "standardise" }, { "l2" } };
        if (const auto largest = largestCount(data))
            ways.push_back({ "scale=" + std::to_string(static_cast<std::int64_t>(*largest)) });
    }
    const Steps before = stepsForShape(data.train->sampleShape(), network.inputShape);
    for (Steps& steps : ways)
        steps.insert(steps.begin(), before.begin(), before.end());
    return ways;
}

Result<std::vector<NetworkTrial>> tryCommonSteps(
    const ImportedNetwork& network, const TrialData& data, const JobContext& context)
{
    std::vector<NetworkTrial> trials;
    std::optional<Error> problem;
    for (const std::vector<std::string>& steps : commonSteps(data, network.network)) {
        if (context.isCanceled())
            return canceled();
        Result<NetworkTrial> trial = tryNetwork(network, data, steps, context);
        if (trial)
            trials.push_back(std::move(*trial));
        else if (!problem)
            problem = trial.error();
    }
    if (trials.empty())
        return *problem;
    std::stable_sort(trials.begin(), trials.end(), [](const NetworkTrial& a, const NetworkTrial& b) {
        return a.correct != b.correct ? a.correct > b.correct : a.loss < b.loss;
    });
    return trials;
}

} // namespace palimpsest
