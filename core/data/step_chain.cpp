// SPDX-License-Identifier: Apache-2.0
#include "core/data/step_chain.h"

#include "core/base/units.h"
#include "core/data/picture.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace palimpsest {

namespace {

std::size_t sizeOf(const Shape& shape)
{
    return static_cast<std::size_t>(elementCount(shape));
}

std::size_t channelsOf(const Shape& shape)
{
    return shape.empty() ? 1 : static_cast<std::size_t>(shape[0]);
}

bool isPicture(const Shape& shape)
{
    return shape.size() == 2 || shape.size() == 3;
}

/// Shape of a sample after one step; BadInput where the step cannot take it.
Result<Shape> shapeAfter(
    const PreprocessStep& step, const Shape& shape, double sampleRate, const std::string& where)
{
    const std::string these = ", these have " + toString(shape);
    if (step.name == "column-mean" && !isPicture(shape))
        return badInput(
            "column-mean needs samples of shape [channels, rows, columns] or [rows, columns]" + these, where);
    if (step.name == "standardise") {
        if (step.mean.empty())
            return badInput("standardise must learn means and deviations from training samples first", where);
        const std::size_t channels = channelsOf(shape);
        if (step.mean.size() != channels || step.deviation.size() != channels)
            return badInput("standardise was fitted to samples of " + std::to_string(step.mean.size())
                    + " channels, these have shape " + toString(shape),
                where);
    }
    if (step.name == "grey") {
        if (shape.size() != 3 || shape[0] != 3)
            return badInput("grey needs pictures of shape [3, height, width]" + these, where);
        return Shape { 1, shape[1], shape[2] };
    }
    if (step.name == "resize") {
        if (!isPicture(shape))
            return badInput(
                "resize needs pictures of shape [channels, height, width] or [height, width]" + these, where);
        Shape changed = shape;
        std::copy(step.sizes.begin(), step.sizes.end(), changed.end() - 2);
        return changed;
    }
    if (step.name == "transpose") {
        if (!isPicture(shape))
            return badInput(
                "transpose needs samples of shape [channels, rows, columns] or [rows, columns]" + these,
                where);
        Shape changed = shape;
        std::swap(changed[changed.size() - 1], changed[changed.size() - 2]);
        return changed;
    }
    if (step.name != "logmel")
        return shape;
    const LogMelSizes sizes = logMelSizes(step);
    if (shape.size() != 1 && shape.size() != 2)
        return badInput("logmel needs sounds of shape [channels, samples]" + these, where);
    if (sampleRate != 0.0 && sampleRate != static_cast<double>(sizes.sampleRate))
        return badInput("logmel was made for " + formatCount(sizes.sampleRate) + " Hz, the sounds have "
                + formatCount(static_cast<std::int64_t>(sampleRate))
                + " Hz; change its first number, or convert them with data.audio.sampleRate",
            where);
    if (shape.back() < sizes.window)
        return badInput("logmel takes windows of " + formatCount(sizes.window) + " samples, the sounds have "
                + formatCount(shape.back()),
            where);
    const std::size_t frames = frameCount(static_cast<std::size_t>(shape.back()),
        static_cast<std::size_t>(sizes.window), static_cast<std::size_t>(sizes.hop));
    return Shape { shape.size() == 2 ? shape[0] : 1, sizes.mels, static_cast<std::int64_t>(frames) };
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

/// @param sample  [channels, rows, columns] or [rows, columns]
void subtractColumnMeans(std::span<float> sample, const Shape& shape)
{
    const auto columns = static_cast<std::size_t>(shape.back());
    const auto rows = static_cast<std::size_t>(shape[shape.size() - 2]);
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

void standardise(std::span<float> sample, const PreprocessStep& step)
{
    const std::size_t perChannel = sample.size() / step.mean.size();
    for (std::size_t c = 0; c < step.mean.size(); ++c)
        for (float& value : sample.subspan(c * perChannel, perChannel))
            value = (value - step.mean[c]) / step.deviation[c];
}

/// @param from  [3, pixels]  @param to  out, [pixels]
void toGrey(std::span<const float> from, std::span<float> to)
{
    const std::size_t pixels = to.size();
    for (std::size_t i = 0; i < pixels; ++i)
        to[i] = kRedWeight * from[i] + kGreenWeight * from[pixels + i] + kBlueWeight * from[2 * pixels + i];
}

/// @param from  [rows, columns]  @param to  out, [columns, rows]
void transpose(std::span<const float> from, std::size_t columns, std::span<float> to)
{
    const std::size_t rows = from.size() / columns;
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            to[column * rows + row] = from[row * columns + column];
}

template <class T>
void convert(const Array& array, std::span<const std::int64_t> indices, std::span<float> into)
{
    const std::size_t size = into.size() / indices.size();
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const std::span<const T> values
            = array.as<T>().subspan(static_cast<std::size_t>(indices[i]) * size, size);
        std::transform(values.begin(), values.end(), into.subspan(i * size, size).begin(),
            [](T value) { return static_cast<float>(value); });
    }
}

void load(const Array& array, std::span<const std::int64_t> indices, std::span<float> into)
{
    switch (array.type()) {
    case DType::UInt8:
        return convert<std::uint8_t>(array, indices, into);
    case DType::Int16:
        return convert<std::int16_t>(array, indices, into);
    case DType::Int32:
        return convert<std::int32_t>(array, indices, into);
    case DType::Float32:
        return convert<float>(array, indices, into);
    case DType::Float64:
        return convert<double>(array, indices, into);
    default:
        throw std::invalid_argument("preprocess: samples of type " + std::string(toString(array.type())));
    }
}

} // namespace

Result<StepChain> StepChain::make(std::span<const PreprocessStep> steps, const RawSamples& samples,
    const PreprocessTools& tools, const std::string& where)
{
    StepChain chain;
    chain.m_spectra = tools.powerSpectra;
    chain.m_shapes.push_back(samples.sampleShape());
    for (const PreprocessStep& step : steps) {
        const Shape& shape = chain.m_shapes.back();
        PALIMPSEST_TRY(Shape changed, shapeAfter(step, shape, samples.sampleRate, where));
        Prepared prepared { step, {}, {} };
        if (step.name == "resize") {
            const auto side = [](const Shape& sizes, std::size_t fromEnd) {
                return static_cast<std::size_t>(sizes[sizes.size() - fromEnd]);
            };
            prepared.resampler.emplace(side(shape, 2), side(shape, 1), side(changed, 2), side(changed, 1));
        } else if (step.name == "logmel") {
            if (!tools.powerSpectra)
                throw std::invalid_argument("preprocess: logmel without power spectra");
            const LogMelSizes sizes = logMelSizes(step);
            prepared.filters.emplace(static_cast<double>(sizes.sampleRate),
                static_cast<std::size_t>(sizes.window), static_cast<std::size_t>(sizes.mels));
            if (const std::size_t band = prepared.filters->emptyBand();
                band < static_cast<std::size_t>(sizes.mels))
                return badInput("logmel: band " + std::to_string(band + 1) + " of "
                        + std::to_string(sizes.mels) + " is narrower than the frequencies that a window of "
                        + std::to_string(sizes.window)
                        + " samples tells apart; take fewer bands or a longer window",
                    where);
        }
        chain.m_steps.push_back(std::move(prepared));
        chain.m_shapes.push_back(std::move(changed));
    }
    return chain;
}

std::span<const float> StepChain::apply(const RawSamples& samples, std::span<const std::int64_t> indices)
{
    m_values.resize(indices.size() * sizeOf(m_shapes.front()));
    if (!indices.empty())
        load(samples.x, indices, m_values);
    for (std::size_t i = 0; i < m_steps.size() && !indices.empty(); ++i)
        applyStep(i, indices.size());
    return m_values;
}

void StepChain::applyStep(std::size_t index, std::size_t count)
{
    Prepared& prepared = m_steps[index];
    const PreprocessStep& step = prepared.step;
    const Shape& shape = m_shapes[index];
    const std::size_t size = sizeOf(shape);
    const std::size_t changedSize = sizeOf(m_shapes[index + 1]);
    const auto divisor = static_cast<float>(step.argument);
    const auto eachSample = [&](auto change) {
        for (std::size_t i = 0; i < count; ++i)
            change(std::span(m_values).subspan(i * size, size));
    };
    const auto eachChanged = [&](std::size_t parts, auto change) { // a sample is `parts` planes or waves
        m_changed.resize(count * changedSize);
        for (std::size_t i = 0; i < count * parts; ++i)
            change(std::span<const float>(m_values).subspan(i * (size / parts), size / parts),
                std::span(m_changed).subspan(i * (changedSize / parts), changedSize / parts));
        m_values.swap(m_changed);
    };
    if (step.name == "scale")
        for (float& value : m_values)
            value /= divisor;
    else if (step.name == "invert")
        for (float& value : m_values)
            value = (divisor - value) / divisor;
    else if (step.name == "l2")
        eachSample(divideByNorm);
    else if (step.name == "column-mean")
        eachSample([&](std::span<float> sample) { subtractColumnMeans(sample, shape); });
    else if (step.name == "standardise")
        eachSample([&](std::span<float> sample) { standardise(sample, step); });
    else if (step.name == "grey")
        eachChanged(1, toGrey);
    else if (step.name == "resize")
        eachChanged(shape.size() == 3 ? channelsOf(shape) : 1,
            [&](std::span<const float> from, std::span<float> to) { prepared.resampler->apply(from, to); });
    else if (step.name == "transpose")
        eachChanged(
            shape.size() == 3 ? channelsOf(shape) : 1, [&](std::span<const float> from, std::span<float> to) {
                transpose(from, static_cast<std::size_t>(shape.back()), to);
            });
    else if (step.name == "logmel") {
        const LogMelSizes sizes = logMelSizes(step);
        const std::size_t waves = count * size / static_cast<std::size_t>(shape.back());
        const std::vector<float> power = m_spectra(
            m_values, waves, static_cast<std::size_t>(sizes.window), static_cast<std::size_t>(sizes.hop));
        const auto frames = static_cast<std::size_t>(m_shapes[index + 1].back());
        const std::size_t spectrum = (static_cast<std::size_t>(sizes.window) / 2 + 1) * frames;
        const std::size_t bands = static_cast<std::size_t>(sizes.mels) * frames;
        if (power.size() != waves * spectrum)
            throw std::logic_error("preprocess: power spectra of another size");
        m_values.resize(waves * bands);
        for (std::size_t wave = 0; wave < waves; ++wave)
            prepared.filters->apply(std::span<const float>(power).subspan(wave * spectrum, spectrum), frames,
                std::span(m_values).subspan(wave * bands, bands));
    } else {
        throw std::invalid_argument("preprocess: unknown step \"" + step.name + "\"");
    }
}

} // namespace palimpsest
