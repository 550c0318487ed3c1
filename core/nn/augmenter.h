// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/augmentation.h"
#include "core/nn/compute_device.h"
#include "core/nn/functional.h"

#include <cstdint>

namespace palimpsest::nn {

/// Changes training samples as AugmentationSettings ask for. What is done to a sample is told by a few whole numbers, which are drawn
/// on the CPU from the seed and the minibatch's number: they are the same on every device and after a resume, and can be
/// sent for many steps at once. With the same numbers a sample is changed alike, to the bit.
///
/// out[c][y][x] = in[c][clamp(y + rows)][clamp(x' + columns)] + noise[c][y][x],  x' = flip ? width - 1 - x : x,
/// clamped to the sample. The noise is a stretch of one long row of normal numbers (Salimans et al. 2017), beginning anywhere.
class Augmenter {
public:
    /// Of one sample: rows, columns, flip (0 or 1), begin of the noise.
    static constexpr std::int64_t kDraws = 4;

    /// @pre checkAugmentation(settings, train.sampleShape, ...) is success
    Augmenter(const AugmentationSettings& settings, const LabelledSamples& train, std::uint64_t seed,
        const ComputeDevice& device);

    [[nodiscard]] bool isOn() const { return m_settings != AugmentationSettings {}; }
    /// Of minibatches number first, first + 1, ... of so many samples: int64 [minibatches, samples, kDraws] on the CPU.
    [[nodiscard]] at::Tensor draws(std::int64_t first, std::int64_t minibatches, std::int64_t samples) const;
    /// @param samples  [count, sampleShape...]  @param draws  [count, kDraws], on the same device
    [[nodiscard]] at::Tensor apply(const at::Tensor& samples, const at::Tensor& draws) const;

private:
    [[nodiscard]] bool isMoving() const { return m_settings.flip || m_settings.shift > 0 || m_timeShift > 0; }
    [[nodiscard]] at::Tensor moved(const at::Tensor& samples, const at::Tensor& draws) const;

    AugmentationSettings m_settings;
    std::uint64_t m_seed;
    std::int64_t m_channels = 1, m_height = 1, m_width = 1; ///< of a sample
    std::int64_t m_timeShift = 0; ///< values
    at::Tensor m_noise; ///< float32 [begins + values of a sample - 1]; undefined without noise
};

} // namespace palimpsest::nn
