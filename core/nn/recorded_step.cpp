// SPDX-License-Identifier: Apache-2.0
#include "core/nn/recorded_step.h"

#include <stdexcept>
#include <utility>

namespace palimpsest::nn {
namespace {

constexpr std::int64_t kPlainSteps = 3;

} // namespace

RecordedStep::RecordedStep(JointModel& model, std::vector<TaskFeed>& feeds, const ComputeDevice& device)
    : m_model(model)
    , m_feeds(feeds)
    , m_device(device)
{
    const auto on = at::device(device.torch);
    m_next = at::zeros({ 1 }, on.dtype(at::kLong));
    m_rates = at::zeros({ kBlock }, on.dtype(at::kFloat));
    m_losses = at::zeros({ kBlock, static_cast<std::int64_t>(feeds.size()) }, on.dtype(at::kDouble));
    for (const TaskFeed& feed : feeds)
        m_positions.push_back(at::zeros({ kBlock, feed.batch() }, on.dtype(at::kLong)));
}

void RecordedStep::beginBlock(std::span<const float> rates)
{
    const auto count = static_cast<std::int64_t>(rates.size());
    if (count < 1 || count > kBlock)
        throw std::invalid_argument("RecordedStep: a block of " + std::to_string(count) + " steps");
    m_rates.narrow(0, 0, count)
        .copy_(at::tensor(at::ArrayRef<float>(rates.data(), rates.size()), at::kFloat));
    for (std::size_t i = 0; i < m_feeds.size(); ++i)
        m_positions[i].narrow(0, 0, count).copy_(m_feeds[i].nextPositions(count));
    m_next.zero_();
    m_blockSize = count;
    m_done = 0;
}

void RecordedStep::run()
{
    if (stepsLeft() == 0)
        throw std::logic_error("RecordedStep: the block is at its end");
    if (m_graph) {
        m_device.backend->replay(*m_graph);
    } else {
        step();
        if (++m_plainSteps == kPlainSteps)
            m_graph = m_device.backend->capture([this] { step(); });
    }
    ++m_done;
}

void RecordedStep::step()
{
    m_model.zeroGradients();
    for (std::size_t i = 0; i < m_feeds.size(); ++i) {
        const at::Tensor positions = m_positions[i].index_select(0, m_next).squeeze(0);
        const TaskFeed::Minibatch batch = m_feeds[i].minibatchAt(positions);
        const at::Tensor loss = m_model.addGradient(i, batch.input, batch.labels, m_feeds[i].generator());
        m_losses.select(1, static_cast<std::int64_t>(i))
            .index_copy_(0, m_next, loss.to(at::kDouble).view({ 1 }));
    }
    m_model.applyGradients(m_rates.index_select(0, m_next).squeeze(0));
    m_next.add_(1);
}

at::Tensor RecordedStep::losses() const
{
    return m_losses.narrow(0, 0, m_done).cpu();
}

} // namespace palimpsest::nn
