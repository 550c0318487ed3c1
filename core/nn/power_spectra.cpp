// SPDX-License-Identifier: Apache-2.0
#include "core/nn/power_spectra.h"

namespace palimpsest {

namespace {

std::vector<float> powerSpectra(
    std::span<const float> waves, std::size_t count, std::size_t window, std::size_t hop)
{
    const at::NoGradGuard noGrad;
    const auto rows = static_cast<std::int64_t>(count);
    const auto size = static_cast<std::int64_t>(window);
    // from_blob does not change the values, though it takes a pointer that could.
    const at::Tensor input = at::from_blob(
        const_cast<float*>(waves.data()), { rows, static_cast<std::int64_t>(waves.size()) / rows });
    const at::Tensor spectra = at::stft(input, size, static_cast<std::int64_t>(hop), size,
        at::hann_window(size), /*center=*/false, "reflect", /*normalized=*/false, /*onesided=*/true,
        /*return_complex=*/true); // [count, bins, frames]
    const at::Tensor power = at::view_as_real(spectra).square().sum(-1).contiguous();
    const auto* values = power.const_data_ptr<float>();
    return { values, values + power.numel() };
}

} // namespace

PreprocessTools preprocessTools()
{
    return { powerSpectra };
}

} // namespace palimpsest
