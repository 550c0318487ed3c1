// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/nn/functional.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

namespace palimpsest::nn {

at::Tensor inputTensor(const LabelledSamples& samples)
{
    Shape shape { static_cast<std::int64_t>(samples.count()) };
    shape.insert(shape.end(), samples.sampleShape.begin(), samples.sampleShape.end());
    // from_blob() wants a mutable pointer; inputs are only read.
    return at::from_blob(const_cast<float*>(samples.x.data()), shape, at::kFloat);
}

at::Tensor labelTensor(const LabelledSamples& samples)
{
    at::Tensor labels = at::empty({ static_cast<std::int64_t>(samples.count()) }, at::kLong);
    std::copy(samples.y.begin(), samples.y.end(), labels.mutable_data_ptr<std::int64_t>());
    return labels;
}

BatchStream::BatchStream(std::int64_t count, std::int64_t batch, std::uint64_t seed)
    : m_count(count)
    , m_batch(std::min(count, batch))
    , m_seed(seed)
    , m_order(static_cast<std::size_t>(std::max<std::int64_t>(count, 0)))
{
    if (count < 1 || batch < 1)
        throw std::invalid_argument(
            "BatchStream: " + std::to_string(count) + " samples in batches of " + std::to_string(batch));
    startEpoch(0);
}

at::Tensor BatchStream::next()
{
    at::Tensor indices = at::empty({ m_batch }, at::kLong);
    auto* out = indices.mutable_data_ptr<std::int64_t>();
    for (std::int64_t filled = 0; filled < m_batch;) {
        if (m_position == m_count)
            startEpoch(m_epoch + 1);
        const std::int64_t taken = std::min(m_batch - filled, m_count - m_position);
        std::copy_n(m_order.begin() + m_position, taken, out + filled);
        filled += taken;
        m_position += taken;
    }
    return indices;
}

void BatchStream::skip(std::int64_t batches)
{
    const std::int64_t consumed = m_epoch * m_count + m_position + batches * m_batch;
    if (consumed / m_count != m_epoch)
        startEpoch(consumed / m_count);
    m_position = consumed % m_count;
}

void BatchStream::startEpoch(std::int64_t epoch)
{
    m_epoch = epoch;
    m_position = 0;
    std::iota(m_order.begin(), m_order.end(), std::int64_t { 0 });
    Random random(deriveSeed(m_seed, "epoch/" + std::to_string(epoch)));
    random.shuffle(std::span(m_order));
}

Status checkSamples(const Network& network, const LabelledSamples& samples, const std::string& where)
{
    if (samples.count() == 0)
        return badInput("the set has no samples; network '" + network.name + "' needs at least one", where);
    if (samples.sampleShape != network.inputShape)
        return badInput("samples have the shape " + toString(samples.sampleShape) + ", but network '"
                + network.name + "' takes " + toString(network.inputShape)
                + "; change inputShape, or reshape the samples",
            where);
    if (samples.x.size() != samples.count() * samples.sampleSize())
        return badInput("expected " + std::to_string(samples.count() * samples.sampleSize()) + " values for "
                + std::to_string(samples.count()) + " samples, got " + std::to_string(samples.x.size()),
            where);
    const std::int64_t largest = *std::max_element(samples.y.begin(), samples.y.end());
    if (largest >= network.classes())
        return badInput("a sample has label " + std::to_string(largest) + ", but network '" + network.name
                + "' has " + std::to_string(network.classes()) + " outputs (labels 0.."
                + std::to_string(network.classes() - 1) + "); give its last layer more outputs",
            where);
    if (const std::int64_t least = *std::min_element(samples.y.begin(), samples.y.end()); least < 0)
        return badInput("a sample has label " + std::to_string(least) + "; labels count from 0", where);
    return success();
}

} // namespace palimpsest::nn
