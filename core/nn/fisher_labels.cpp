// SPDX-License-Identifier: Apache-2.0
#include "core/nn/fisher_labels.h"

#include "core/base/random.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace palimpsest::nn {
namespace {

/// The class at which the running sum of the probabilities passes u.
at::Tensor draw(const at::Tensor& logits, std::span<const double> uniform)
{
    const at::Tensor sums = logits.detach().to(at::kCPU, at::kDouble).softmax(1).cumsum(1).contiguous();
    const std::int64_t classes = sums.size(1);
    const double* row = sums.const_data_ptr<double>();
    at::Tensor labels = at::empty({ sums.size(0) }, at::kLong);
    auto* label = labels.mutable_data_ptr<std::int64_t>();
    for (const double u : uniform) {
        *label++ = std::min<std::int64_t>(std::upper_bound(row, row + classes, u) - row, classes - 1);
        row += classes;
    }
    return labels.to(logits.device());
}

} // namespace

FisherDraws::FisherDraws(std::int64_t available, const FisherSettings& settings, std::uint64_t seed)
    : m_kind(settings.labels)
{
    Random random(deriveSeed(seed, "fisher/samples"));
    if (m_kind == FisherLabels::Reference) {
        m_samples.resize(static_cast<std::size_t>(settings.samples));
        std::generate(m_samples.begin(), m_samples.end(),
            [&] { return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(available))); });
    } else {
        m_samples.resize(static_cast<std::size_t>(available));
        std::iota(m_samples.begin(), m_samples.end(), std::int64_t { 0 });
        random.shuffle(std::span(m_samples));
        m_samples.resize(static_cast<std::size_t>(std::min(available, settings.samples)));
    }
    if (m_kind == FisherLabels::Sampled) {
        Random labels(deriveSeed(seed, "fisher/labels"));
        m_uniform.resize(m_samples.size());
        std::generate(m_uniform.begin(), m_uniform.end(), [&] { return labels.uniform(); });
    }
}

at::Tensor FisherDraws::samples(std::int64_t first, std::int64_t count) const
{
    at::Tensor indices = at::empty({ count }, at::kLong);
    std::copy_n(m_samples.begin() + first, count, indices.mutable_data_ptr<std::int64_t>());
    return indices;
}

std::vector<at::Tensor> FisherDraws::labels(std::int64_t first, const at::Tensor& logits) const
{
    const auto batch = static_cast<std::size_t>(logits.size(0));
    if (m_kind == FisherLabels::Sampled)
        return { draw(logits, std::span(m_uniform).subspan(static_cast<std::size_t>(first), batch)) };
    if (m_kind == FisherLabels::Reference)
        return { logits.argmax(1) };
    std::vector<at::Tensor> all;
    for (std::int64_t y = 0; y < logits.size(1); ++y)
        all.push_back(
            at::full({ logits.size(0) }, y, logits.options().dtype(at::kLong).requires_grad(false)));
    return all;
}

at::Tensor FisherDraws::weights(const at::Tensor& probabilities, const at::Tensor& labels) const
{
    if (m_kind == FisherLabels::Sampled)
        return at::ones_like(probabilities.select(1, 0));
    return probabilities.gather(1, labels.unsqueeze(1)).squeeze(1);
}

} // namespace palimpsest::nn
