// SPDX-License-Identifier: Apache-2.0
#include "core/nn/task_feed.h"

#include "core/base/random.h"

namespace palimpsest::nn {

TaskFeed::TaskFeed(const JointTask& task, std::int64_t batch, std::uint64_t seed, const ComputeDevice& device)
    : m_input(inputTensor(*task.train).to(device.torch))
    , m_labels(labelTensor(*task.train).to(device.torch))
    , m_stream(m_input.size(0), batch, deriveSeed(seed, "batches/" + task.name))
    , m_generator(device.generator(deriveSeed(seed, "dropout/" + task.name)))
{
}

TaskFeed::Minibatch TaskFeed::next()
{
    return minibatchAt(m_stream.next().to(m_input.device()));
}

at::Tensor TaskFeed::nextPositions(std::int64_t minibatches)
{
    std::vector<at::Tensor> rows;
    for (std::int64_t i = 0; i < minibatches; ++i)
        rows.push_back(m_stream.next());
    return at::stack(rows);
}

TaskFeed::Minibatch TaskFeed::minibatchAt(const at::Tensor& positions) const
{
    return { m_input.index_select(0, positions), m_labels.index_select(0, positions) };
}

} // namespace palimpsest::nn
