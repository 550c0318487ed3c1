// SPDX-License-Identifier: Apache-2.0
#include "core/nn/recorded_step.h"

#include <functional>
#include <stdexcept>
#include <utility>

namespace palimpsest::nn {
namespace {

constexpr std::int64_t kPlainSteps = 3;

} // namespace

RecordedStep::RecordedStep(JointModel& model, std::vector<TaskFeed>& feeds, const ComputeDevice& device)
    : m_model(model)
    , m_feeds(feeds)
    , m_resting(feeds.size())
    , m_device(device)
{
    const auto on = at::device(device.torch);
    m_next = at::zeros({ 1 }, on.dtype(at::kLong));
    m_rates = at::zeros({ kBlock }, on.dtype(at::kFloat));
    m_losses = at::zeros({ kBlock, static_cast<std::int64_t>(feeds.size()) }, on.dtype(at::kDouble));
    for (const TaskFeed& feed : feeds)
        m_draws.push_back({ at::zeros({ kBlock, feed.batch() }, on.dtype(at::kLong)),
            at::zeros({ kBlock, feed.mixedRows() }, on.dtype(at::kLong)),
            at::zeros({ kBlock, feed.mixedRows() }, on.dtype(at::kFloat)),
            at::zeros({ kBlock, feed.augmentedRows(), Augmenter::kDraws }, on.dtype(at::kLong)) });
}

void RecordedStep::setResting(const std::vector<bool>& resting)
{
    if (stepsLeft() > 0)
        throw std::logic_error("RecordedStep: members cannot go to rest inside of a block");
    m_model.setResting(resting);
    m_resting = resting;
    m_graph.reset();
}

void RecordedStep::beginBlock(std::span<const float> rates)
{
    const auto count = static_cast<std::int64_t>(rates.size());
    if (count < 1 || count > kBlock)
        throw std::invalid_argument("RecordedStep: a block of " + std::to_string(count) + " steps");
    m_rates.narrow(0, 0, count)
        .copy_(at::tensor(at::ArrayRef<float>(rates.data(), rates.size()), at::kFloat));
    for (std::size_t i = 0; i < m_feeds.size(); ++i) {
        const TaskFeed::Draws draws = m_feeds[i].nextDraws(count);
        m_draws[i].positions.narrow(0, 0, count).copy_(draws.positions);
        m_draws[i].partners.narrow(0, 0, count).copy_(draws.partners);
        m_draws[i].shares.narrow(0, 0, count).copy_(draws.shares);
        m_draws[i].changes.narrow(0, 0, count).copy_(draws.changes);
    }
    m_next.zero_();
    m_blockSize = count;
    m_done = 0;
}

void RecordedStep::run()
{
    if (stepsLeft() == 0)
        throw std::logic_error("RecordedStep: the block is at its end");
    if (m_plainSteps < kPlainSteps) {
        step();
        ++m_plainSteps;
    } else {
        if (!m_graph)
            m_graph = m_device.backend->capture([this] { step(); });
        m_device.backend->replay(*m_graph);
    }
    ++m_done;
}

void RecordedStep::step()
{
    m_model.beginStep();
    std::vector<std::function<void()>> branches;
    for (std::size_t i = 0; i < m_feeds.size(); ++i)
        if (!m_resting[i])
            branches.emplace_back([this, i] { addGradient(i); });
    m_device.backend->runBranches(branches);
    m_model.foldGradients();
    m_model.applyGradients(m_rates.index_select(0, m_next).squeeze(0));
    m_next.add_(1);
}

void RecordedStep::addGradient(std::size_t member)
{
    const auto row = [&](const at::Tensor& rows) { return rows.index_select(0, m_next).squeeze(0); };
    const TaskFeed::Draws& draws = m_draws[member];
    const TaskFeed::Minibatch batch = m_feeds[member].minibatchAt(
        { row(draws.positions), row(draws.partners), row(draws.shares), row(draws.changes) });
    const at::Tensor loss = m_model.addGradient(member, batch, m_feeds[member].generator());
    m_losses.select(1, static_cast<std::int64_t>(member))
        .index_copy_(0, m_next, loss.to(at::kDouble).view({ 1 }));
}

at::Tensor RecordedStep::losses() const
{
    return m_losses.narrow(0, 0, m_done).cpu();
}

} // namespace palimpsest::nn
