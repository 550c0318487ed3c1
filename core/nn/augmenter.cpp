// SPDX-License-Identifier: Apache-2.0
#include "core/nn/augmenter.h"

#include "core/base/random.h"
#include "core/base/units.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace palimpsest {
namespace nn {
namespace {

constexpr std::uint64_t kNoiseBegins = 65'536; ///< stretches of noise

double deviationOf(const std::vector<float>& values)
{
    double mean = 0.0, squares = 0.0;
    for (const float value : values)
        mean += static_cast<double>(value);
    mean /= static_cast<double>(values.size());
    for (const float value : values)
        squares += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean);
    return std::sqrt(squares / static_cast<double>(values.size()));
}

/// Uniform in -most..most.
std::int64_t anyWay(Random& random, std::int64_t most)
{
    return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * most + 1))) - most;
}

} // namespace

Augmenter::Augmenter(const AugmentationSettings& settings, const LabelledSamples& train, std::uint64_t seed,
    const ComputeDevice& device)
    : m_settings(settings)
    , m_seed(seed)
{
    const Shape& shape = train.sampleShape;
    m_width = shape.empty() ? 1 : shape.back();
    m_height = shape.size() > 2 ? shape[shape.size() - 2] : 1;
    m_channels = static_cast<std::int64_t>(train.sampleSize()) / (m_width * m_height);
    m_timeShift = static_cast<std::int64_t>(std::floor(settings.timeShift * static_cast<double>(m_width)));
    if (!(settings.noise > 0.0))
        return;
    const double deviation = settings.noise * deviationOf(train.x);
    m_noise = at::empty({ static_cast<std::int64_t>(kNoiseBegins + train.sampleSize() - 1) }, at::kFloat);
    Random random(deriveSeed(seed, "noise"));
    auto* values = m_noise.mutable_data_ptr<float>();
    for (std::int64_t i = 0; i < m_noise.numel(); ++i)
        values[i] = static_cast<float>(deviation * random.normal());
    m_noise = m_noise.to(device.torch);
}

at::Tensor Augmenter::draws(std::int64_t first, std::int64_t minibatches, std::int64_t samples) const
{
    const at::Tensor drawn = at::zeros({ minibatches, samples, kDraws }, at::kLong);
    auto* out = drawn.mutable_data_ptr<std::int64_t>();
    for (std::int64_t minibatch = first; minibatch < first + minibatches; ++minibatch) {
        Random random(deriveSeed(m_seed, std::to_string(minibatch)));
        for (std::int64_t i = 0; i < samples; ++i, out += kDraws) {
            if (m_settings.shift > 0) {
                out[0] = anyWay(random, m_settings.shift);
                out[1] = anyWay(random, m_settings.shift);
            }
            if (m_timeShift > 0)
                out[1] += anyWay(random, m_timeShift);
            if (m_settings.flip)
                out[2] = static_cast<std::int64_t>(random.below(2));
            if (m_noise.defined())
                out[3] = static_cast<std::int64_t>(random.below(kNoiseBegins));
        }
    }
    return drawn;
}

at::Tensor Augmenter::apply(const at::Tensor& samples, const at::Tensor& draws) const
{
    const at::NoGradGuard noGrad;
    at::Tensor changed = isMoving() ? moved(samples, draws) : samples;
    if (m_noise.defined()) {
        const at::Tensor stretches = m_noise.unfold(0, m_channels * m_height * m_width, 1);
        changed = at::add(changed, stretches.index_select(0, draws.select(1, 3)).view_as(changed));
    }
    return changed;
}

at::Tensor Augmenter::moved(const at::Tensor& samples, const at::Tensor& draws) const
{
    const std::int64_t count = samples.size(0);
    const at::Tensor rows
        = at::arange(m_height, draws.options()).add(draws.select(1, 0).unsqueeze(1)).clamp_(0, m_height - 1);
    at::Tensor columns = at::arange(m_width, draws.options());
    if (m_settings.flip)
        columns = at::where(draws.select(1, 2).unsqueeze(1).eq(1), m_width - 1 - columns, columns);
    columns = columns.add(draws.select(1, 1).unsqueeze(1)).clamp_(0, m_width - 1);
    const at::Tensor from = rows.unsqueeze(2).mul(m_width).add(columns.unsqueeze(1));
    return samples.reshape({ count, m_channels, m_height * m_width })
        .gather(2, from.view({ count, 1, m_height * m_width }).expand({ count, m_channels, -1 }))
        .view(samples.sizes());
}

} // namespace nn

Status checkAugmentation(
    const AugmentationSettings& settings, const Shape& sampleShape, const std::string& where)
{
    const std::string samples = ", these samples have the shape " + toString(sampleShape);
    if ((settings.flip || settings.shift > 0) && sampleShape.size() != 3)
        return badInput("augmentation." + std::string(settings.flip ? "flip" : "shift")
                + " needs pictures of shape [channels, height, width]" + samples + "; turn it off",
            where);
    if (settings.shift < 0
        || (settings.shift > 0 && settings.shift >= std::min(sampleShape[1], sampleShape[2])))
        return badInput("augmentation.shift must be from 0 to less than the pictures' height and width, got "
                + formatCount(settings.shift) + " pixels" + samples,
            where);
    if (!(settings.timeShift >= 0.0 && settings.timeShift <= 0.5))
        return badInput("augmentation.timeShift must be a fraction from 0 to 0.5, got "
                + std::to_string(settings.timeShift),
            where);
    if (settings.timeShift > 0.0 && sampleShape.size() < 2)
        return badInput(
            "augmentation.timeShift needs samples whose last axis is time, such as [channels, time]" + samples
                + "; turn it off",
            where);
    if (!(settings.noise >= 0.0) || !std::isfinite(settings.noise))
        return badInput(
            "augmentation.noise must be a fraction of at least 0, got " + std::to_string(settings.noise),
            where);
    return success();
}

} // namespace palimpsest
