// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint_shares.h"

#include "core/nn/task_shares.h"

#include <algorithm>

namespace palimpsest::nn {

JointShares::JointShares(std::span<const JointTask> tasks, std::int64_t batch, Ranks* ranks)
    : m_ranks(ranks)
{
    if (isAlone())
        return;
    std::vector<double> costs;
    for (const JointTask& task : tasks)
        costs.push_back(forwardCost(*task.network)
            * static_cast<double>(std::min(batch, static_cast<std::int64_t>(task.train->count()))));
    m_owners = shareTasks(costs, ranks->size());
}

Status JointShares::addUp(
    const std::vector<at::Tensor>& gradients, std::vector<double>& losses, Wishes& wishes)
{
    if (isAlone())
        return success();
    const at::NoGradGuard noGrad;
    std::int64_t size = 0;
    for (const at::Tensor& gradient : gradients)
        size += gradient.numel();
    const std::int64_t lossesAt = size;
    size += static_cast<std::int64_t>(losses.size()) + 2;
    if (!m_buffer.defined())
        m_buffer = at::empty({ size }, at::kFloat);

    std::int64_t offset = 0;
    for (const at::Tensor& gradient : gradients) {
        m_buffer.narrow(0, offset, gradient.numel()).copy_(gradient);
        offset += gradient.numel();
    }
    auto* const tail = m_buffer.mutable_data_ptr<float>() + lossesAt;
    for (std::size_t i = 0; i < losses.size(); ++i)
        tail[i] = static_cast<float>(losses[i]);
    tail[losses.size()] = wishes.stop ? 1.0F : 0.0F;
    tail[losses.size() + 1] = wishes.save ? 1.0F : 0.0F;

    PALIMPSEST_CHECK(m_ranks->sum(m_buffer));

    offset = 0;
    for (at::Tensor gradient : gradients) {
        gradient.copy_(m_buffer.narrow(0, offset, gradient.numel()));
        offset += gradient.numel();
    }
    for (std::size_t i = 0; i < losses.size(); ++i)
        losses[i] = static_cast<double>(tail[i]);
    wishes = { .stop = tail[losses.size()] > 0.0F, .save = tail[losses.size() + 1] > 0.0F };
    return success();
}

Status JointShares::share(std::vector<double>& values)
{
    if (isAlone())
        return success();
    return m_ranks->sum(
        at::from_blob(values.data(), { static_cast<std::int64_t>(values.size()) }, at::kDouble));
}

template <class T> Status JointShares::shareAll(std::vector<std::vector<T>>& perTask, at::ScalarType type)
{
    if (isAlone())
        return success();
    std::vector<T> all;
    for (std::size_t task = 0; task < perTask.size(); ++task) {
        if (isMine(task))
            all.insert(all.end(), perTask[task].begin(), perTask[task].end());
        else
            all.resize(all.size() + perTask[task].size());
    }
    PALIMPSEST_CHECK(
        m_ranks->sum(at::from_blob(all.data(), { static_cast<std::int64_t>(all.size()) }, type)));
    auto from = all.cbegin();
    for (std::vector<T>& values : perTask) {
        std::copy_n(from, values.size(), values.begin());
        from += static_cast<std::ptrdiff_t>(values.size());
    }
    return success();
}

Status JointShares::shareOwn(std::vector<std::vector<float>>& perTask)
{
    return shareAll(perTask, at::kFloat);
}

Status JointShares::shareOwn(std::vector<std::vector<std::uint8_t>>& perTask)
{
    return shareAll(perTask, at::kByte);
}

} // namespace palimpsest::nn
