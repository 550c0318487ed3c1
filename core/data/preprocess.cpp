// SPDX-License-Identifier: Apache-2.0
#include "core/data/preprocess.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <type_traits>

namespace palimpsest {

namespace {

/// A sample seen as [channels, rows, columns] by column-mean and as [channels, perChannel] by standardise.
struct SampleLayout {
    explicit SampleLayout(const Shape& sampleShape)
        : shape(sampleShape)
        , size(static_cast<std::size_t>(elementCount(sampleShape)))
        , channels(sampleShape.empty() ? 1 : static_cast<std::size_t>(sampleShape[0]))
        , perChannel(channels == 0 ? 0 : size / channels)
    {
    }

    Shape shape;
    std::size_t size;
    std::size_t channels;
    std::size_t perChannel;
};

/// Refuses steps that cannot be applied to samples of this shape.
Status checkSteps(std::span<const PreprocessStep> steps, const SampleLayout& layout, const std::string& where)
{
    for (const PreprocessStep& step : steps) {
        if (step.name == "column-mean" && layout.shape.size() != 2 && layout.shape.size() != 3)
            return badInput(
                "column-mean needs samples of shape [channels, rows, columns] or [rows, columns], these have "
                    + toString(layout.shape),
                where);
        if (step.name != "standardise")
            continue;
        if (step.mean.empty())
            return badInput("standardise must learn means and deviations from training samples first", where);
        if (step.mean.size() != layout.channels || step.deviation.size() != layout.channels)
            return badInput("standardise was fitted to samples of " + std::to_string(step.mean.size())
                    + " channels, these have shape " + toString(layout.shape),
                where);
    }
    return success();
}

void divideByNorm(std::span<float> sample)
{
    constexpr std::size_t kLanes = 4; // independent sums: the additions need not wait for each other
    double sums[kLanes] = {};
    std::size_t i = 0;
    for (; i + kLanes <= sample.size(); i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            sums[lane] += static_cast<double>(sample[i + lane]) * static_cast<double>(sample[i + lane]);
    for (; i < sample.size(); ++i)
        sums[0] += static_cast<double>(sample[i]) * static_cast<double>(sample[i]);
    const double norm = std::sqrt(sums[0] + sums[1] + sums[2] + sums[3]);
    if (norm == 0.0)
        return;
    for (float& value : sample)
        value = static_cast<float>(static_cast<double>(value) / norm);
}

void subtractColumnMeans(std::span<float> sample, const SampleLayout& layout)
{
    const auto columns = static_cast<std::size_t>(layout.shape.back());
    const auto rows = static_cast<std::size_t>(layout.shape[layout.shape.size() - 2]);
    const std::size_t planeSize = rows * columns;
    std::vector<double> means(columns);
    for (std::size_t plane = 0; plane + planeSize <= sample.size(); plane += planeSize) {
        std::fill(means.begin(), means.end(), 0.0);
        for (std::size_t i = 0; i < planeSize; i += columns)
            for (std::size_t column = 0; column < columns; ++column)
                means[column] += static_cast<double>(sample[plane + i + column]);
        for (double& mean : means)
            mean /= static_cast<double>(rows);
        for (std::size_t i = 0; i < planeSize; i += columns)
            for (std::size_t column = 0; column < columns; ++column) {
                float& value = sample[plane + i + column];
                value = static_cast<float>(static_cast<double>(value) - means[column]);
            }
    }
}

void standardise(std::span<float> sample, const PreprocessStep& step, const SampleLayout& layout)
{
    for (std::size_t c = 0; c < layout.channels; ++c)
        for (float& value : sample.subspan(c * layout.perChannel, layout.perChannel))
            value = (value - step.mean[c]) / step.deviation[c];
}

void applyStep(const PreprocessStep& step, std::span<float> sample, const SampleLayout& layout)
{
    const auto divisor = static_cast<float>(step.argument);
    if (step.name == "scale")
        for (float& value : sample)
            value /= divisor;
    else if (step.name == "invert")
        for (float& value : sample)
            value = (divisor - value) / divisor;
    else if (step.name == "l2")
        divideByNorm(sample);
    else if (step.name == "column-mean")
        subtractColumnMeans(sample, layout);
    else if (step.name == "standardise")
        standardise(sample, step, layout);
    else
        throw std::invalid_argument("preprocess: unknown step \"" + step.name + "\"");
}

/// Samples as float32, one at a time, with steps applied.
class SampleSource {
public:
    SampleSource(const RawSamples& samples, std::span<const PreprocessStep> steps)
        : m_array(&samples.x)
        , m_steps(steps)
        , m_layout(samples.sampleShape())
    {
    }

    [[nodiscard]] const SampleLayout& layout() const { return m_layout; }

    /// @param into  [layout().size]
    void load(std::size_t index, std::span<float> into) const
    {
        switch (m_array->type()) {
        case DType::UInt8:
            convert<std::uint8_t>(index, into);
            break;
        case DType::Int16:
            convert<std::int16_t>(index, into);
            break;
        case DType::Int32:
            convert<std::int32_t>(index, into);
            break;
        case DType::Float32:
            convert<float>(index, into);
            break;
        case DType::Float64:
            convert<double>(index, into);
            break;
        default:
            throw std::invalid_argument(
                "preprocess: samples of type " + std::string(toString(m_array->type())));
        }
        for (const PreprocessStep& step : m_steps)
            applyStep(step, into, m_layout);
    }

private:
    template <class T> void convert(std::size_t index, std::span<float> into) const
    {
        const std::span<const T> values = m_array->as<T>().subspan(index * into.size(), into.size());
        std::transform(
            values.begin(), values.end(), into.begin(), [](T value) { return static_cast<float>(value); });
    }

    const Array* m_array;
    std::span<const PreprocessStep> m_steps;
    SampleLayout m_layout;
};

bool isFinite(std::span<const float> values)
{
    constexpr std::uint32_t kExponent = 0x7F80'0000U; // all ones: infinity or NaN
    std::uint32_t bad = 0;
    for (const float value : values)
        bad |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(value) & kExponent) == kExponent);
    return bad == 0;
}

/// Adds up `term(value, channel)` of every value of the samples, channel by channel, and divides by their
/// number.
template <class Term>
std::vector<double> channelMeans(const SampleSource& source, std::span<const std::int64_t> indices, Term term)
{
    const SampleLayout& layout = source.layout();
    std::vector<double> sums(layout.channels);
    std::vector<float> sample(layout.size);
    for (const std::int64_t index : indices) {
        source.load(static_cast<std::size_t>(index), sample);
        for (std::size_t c = 0; c < layout.channels; ++c) {
            double sum = 0.0;
            for (const float value : std::span(sample).subspan(c * layout.perChannel, layout.perChannel))
                sum += term(static_cast<double>(value), c);
            sums[c] += sum;
        }
    }
    for (double& sum : sums)
        sum /= static_cast<double>(indices.size()) * static_cast<double>(layout.perChannel);
    return sums;
}

Status fitStandardise(PreprocessStep& step, const SampleSource& source, std::span<const std::int64_t> indices)
{
    const std::vector<double> means
        = channelMeans(source, indices, [](double value, std::size_t) { return value; });
    const std::vector<double> variances = channelMeans(source, indices,
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

Result<Preprocessing> fitPreprocessing(
    Preprocessing steps, const RawSamples& train, std::span<const std::int64_t> indices)
{
    for (const std::int64_t index : indices)
        if (index < 0 || static_cast<std::size_t>(index) >= train.count())
            throw std::out_of_range("fitPreprocessing: sample " + std::to_string(index));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].name != "standardise")
            continue;
        if (indices.empty())
            return badInput("standardise cannot be fitted: there are no training samples");
        const SampleSource source(train, std::span(steps).first(i));
        PALIMPSEST_CHECK(checkSteps(std::span(steps).first(i), source.layout(), {}));
        PALIMPSEST_CHECK(fitStandardise(steps[i], source, indices));
    }
    return steps;
}

Result<LabelledSamples> preprocess(
    const Preprocessing& steps, const RawSamples& samples, std::int64_t classes, const std::string& where)
{
    const SampleSource source(samples, steps);
    const SampleLayout& layout = source.layout();
    PALIMPSEST_CHECK(checkSteps(steps, layout, where));
    for (std::size_t i = 0; i < samples.count(); ++i)
        if (samples.y[i] < 0 || samples.y[i] >= classes)
            return badInput("sample " + std::to_string(i + 1) + " has label " + std::to_string(samples.y[i])
                    + "; labels must be from 0 to " + std::to_string(classes - 1),
                where);

    LabelledSamples labelled;
    labelled.sampleShape = layout.shape;
    labelled.y = samples.y;
    labelled.classes = classes;
    labelled.x.resize(samples.count() * layout.size);
    for (std::size_t i = 0; i < samples.count(); ++i) {
        const std::span<float> sample = std::span(labelled.x).subspan(i * layout.size, layout.size);
        source.load(i, sample);
        if (!isFinite(sample))
            return badInput(
                "sample " + std::to_string(i + 1) + " holds a value that is NaN or infinite", where);
    }
    return labelled;
}

} // namespace palimpsest
