// SPDX-License-Identifier: Apache-2.0
#include "core/data/preprocess.h"

#include "core/base/units.h"
#include "core/data/byte_stream.h"
#include "core/data/step_chain.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace palimpsest {

namespace {

constexpr std::size_t kBlock = 64; // samples that are worked on at once

bool isFinite(std::span<const float> values)
{
    constexpr std::uint32_t kExponent = 0x7F80'0000U; // all ones: infinity or NaN
    std::uint32_t bad = 0;
    for (const float value : values)
        bad |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(value) & kExponent) == kExponent);
    return bad == 0;
}

/// Calls visit(sample) for each of the samples at `indices`, as the steps of the chain leave them.
template <class Visit>
void visitSamples(
    StepChain& chain, const RawSamples& samples, std::span<const std::int64_t> indices, Visit visit)
{
    const std::size_t size = chain.size();
    for (std::size_t first = 0; first < indices.size(); first += kBlock) {
        const auto block = indices.subspan(first, std::min(kBlock, indices.size() - first));
        const std::span<const float> values = chain.apply(samples, block);
        for (std::size_t i = 0; i < block.size(); ++i)
            visit(values.subspan(i * size, size));
    }
}

/// Adds up `term(value, channel)` of every value of the samples, channel by channel, and divides by their
/// number.
template <class Term>
std::vector<double> channelMeans(
    StepChain& chain, const RawSamples& samples, std::span<const std::int64_t> indices, Term term)
{
    const std::size_t channels
        = std::max<std::size_t>(1, chain.shape().empty() ? 1 : static_cast<std::size_t>(chain.shape()[0]));
    const std::size_t perChannel = chain.size() / channels;
    std::vector<double> sums(channels);
    visitSamples(chain, samples, indices, [&](std::span<const float> sample) {
        for (std::size_t c = 0; c < channels; ++c) {
            double sum = 0.0;
            for (const float value : sample.subspan(c * perChannel, perChannel))
                sum += term(static_cast<double>(value), c);
            sums[c] += sum;
        }
    });
    for (double& sum : sums)
        sum /= static_cast<double>(indices.size()) * static_cast<double>(perChannel);
    return sums;
}

Status fitStandardise(
    PreprocessStep& step, StepChain& chain, const RawSamples& train, std::span<const std::int64_t> indices)
{
    const std::vector<double> means
        = channelMeans(chain, train, indices, [](double value, std::size_t) { return value; });
    const std::vector<double> variances = channelMeans(chain, train, indices,
        [&](double value, std::size_t c) { return (value - means[c]) * (value - means[c]); });
    step.mean.assign(means.begin(), means.end());
    step.deviation.clear();
    for (const double variance : variances) {
        const auto deviation = static_cast<float>(std::sqrt(variance));
        step.deviation.push_back(deviation == 0.0F ? 1.0F : deviation);
    }
    if (!isFinite(step.mean) || !isFinite(step.deviation))
        return badInput(
            "standardise cannot be fitted: the training samples hold values that are NaN or infinite");
    return success();
}

} // namespace

Result<Preprocessing> fitPreprocessing(Preprocessing steps, const RawSamples& train,
    std::span<const std::int64_t> indices, const PreprocessTools& tools)
{
    for (const std::int64_t index : indices)
        if (index < 0 || static_cast<std::size_t>(index) >= train.count())
            throw std::out_of_range("fitPreprocessing: sample " + std::to_string(index));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].name != "standardise")
            continue;
        if (indices.empty())
            return badInput("standardise cannot be fitted: there are no training samples");
        PALIMPSEST_TRY(StepChain chain, StepChain::make(std::span(steps).first(i), train, tools, {}));
        PALIMPSEST_CHECK(fitStandardise(steps[i], chain, train, indices));
    }
    return steps;
}

Result<Shape> preprocessedShape(
    const Preprocessing& steps, const RawSamples& samples, const std::string& where)
{
    Preprocessing shaping; // standardise need not be fitted yet
    std::copy_if(steps.begin(), steps.end(), std::back_inserter(shaping),
        [](const PreprocessStep& step) { return step.name != "standardise"; });
    const PreprocessTools none { [](std::span<const float>, std::size_t, std::size_t, std::size_t) {
        return std::vector<float>();
    } };
    PALIMPSEST_TRY(const StepChain chain, StepChain::make(shaping, samples, none, where));
    return chain.shape();
}

Result<LabelledSamples> preprocess(const Preprocessing& steps, const RawSamples& samples,
    std::int64_t classes, const std::string& where, const PreprocessTools& tools)
{
    PALIMPSEST_TRY(StepChain chain, StepChain::make(steps, samples, tools, where));
    for (std::size_t i = 0; i < samples.count(); ++i)
        if (samples.y[i] < 0 || samples.y[i] >= classes)
            return badInput("sample " + std::to_string(i + 1) + " has label " + std::to_string(samples.y[i])
                    + "; labels must be from 0 to " + std::to_string(classes - 1),
                where);
    if (samples.count() != 0 && chain.size() > kMaxDecodedBytes / sizeof(float) / samples.count())
        return badInput(formatCount(static_cast<std::int64_t>(samples.count())) + " samples of shape "
                + toString(chain.shape()) + " are more than is held in memory ("
                + formatBytes(static_cast<double>(kMaxDecodedBytes)) + "); make them smaller",
            where);

    LabelledSamples labelled;
    labelled.sampleShape = chain.shape();
    labelled.y = samples.y;
    labelled.classes = classes;
    labelled.x.reserve(samples.count() * chain.size());
    std::vector<std::int64_t> all(samples.count());
    std::iota(all.begin(), all.end(), std::int64_t { 0 });
    std::size_t badSample = 0; // from 1; 0: none
    visitSamples(chain, samples, all, [&](std::span<const float> sample) {
        labelled.x.insert(labelled.x.end(), sample.begin(), sample.end());
        if (badSample == 0 && !isFinite(sample))
            badSample = labelled.x.size() / std::max<std::size_t>(1, sample.size());
    });
    if (badSample != 0)
        return badInput(
            "sample " + std::to_string(badSample) + " holds a value that is NaN or infinite", where);
    return labelled;
}

} // namespace palimpsest
