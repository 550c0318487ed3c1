// SPDX-License-Identifier: Apache-2.0
#include "core/nn/task_feed.h"

#include "core/base/random.h"

namespace palimpsest::nn {

TaskFeed::TaskFeed(const JointTask& task, std::int64_t batch, std::uint64_t seed)
    : m_input(inputTensor(*task.train))
    , m_labels(labelTensor(*task.train))
    , m_stream(m_input.size(0), batch, deriveSeed(seed, "batches/" + task.name))
    , m_generator(at::make_generator<at::CPUGeneratorImpl>(deriveSeed(seed, "dropout/" + task.name)))
{
}

TaskFeed::Minibatch TaskFeed::next()
{
    const at::Tensor indices = m_stream.next();
    return { m_input.index_select(0, indices), m_labels.index_select(0, indices) };
}

} // namespace palimpsest::nn
