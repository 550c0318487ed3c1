// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/functional.h"
#include "core/nn/joint.h"
#include "core/nn/soft_penalty.h"
#include "core/nn/task_feed.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace palimpsest::test {

/// Joint optimisation the plain way: pool, exclusive pages and private runs are leaves, the image is an index_select, and
/// autograd and at::_fused_adamw_ do the rest. What JointModel and JointRun are checked against.
class PlainJoint {
public:
    PlainJoint(const JointRequest& request, std::int64_t slots)
        : m_request(request)
    {
        const std::int64_t pageSize = request.start.pageSize;
        pool = leaf(request.start.pool).view({ slots, pageSize }).detach().set_requires_grad(true);
        exclusive = leaf(request.start.exclusive).view({ -1, pageSize }).detach().set_requires_grad(true);
        for (std::size_t t = 0; t < request.tasks.size(); ++t) {
            const JointTask& task = request.tasks[t];
            std::vector<std::int64_t> rows;
            for (const PageRef& entry : task.table->entries)
                rows.push_back(entry.index + (entry.exclusive ? slots : 0));
            m_rows.push_back(at::tensor(rows, at::kLong));
            std::vector<at::Tensor> tensors(task.network->tensors.size());
            for (const TensorPlace& place : task.layout->places) {
                const TensorSpec& spec = task.network->tensors[place.tensor];
                if (!place.isPrivate)
                    continue;
                const auto first
                    = request.start.privateRuns[t].begin() + static_cast<std::ptrdiff_t>(place.offset);
                tensors[place.tensor] = leaf({ first, first + static_cast<std::ptrdiff_t>(place.size) })
                                            .view(spec.shape)
                                            .detach();
                tensors[place.tensor].set_requires_grad(!isState(spec.role));
            }
            privateTensors.push_back(tensors);
            m_feeds.emplace_back(task, request.settings, request.seed, nn::computeDevice("cpu"));
        }
    }

    [[nodiscard]] at::Tensor image(std::size_t t) const
    {
        return at::cat({ pool, exclusive }).index_select(0, m_rows[t]).flatten();
    }

    /// Loss of the task's next minibatch, with its weight.
    [[nodiscard]] at::Tensor nextLoss(std::size_t t)
    {
        const JointTask& task = m_request.tasks[t];
        const at::Tensor pages = image(t);
        std::vector<at::Tensor> tensors = privateTensors[t];
        for (const TensorPlace& place : task.layout->places)
            if (!place.isPrivate)
                tensors[place.tensor] = pages.narrow(0, place.offset, place.size)
                                            .view(task.network->tensors[place.tensor].shape);
        const nn::TaskFeed::Minibatch batch = m_feeds[t].next();
        nn::ForwardOptions options;
        options.training = true;
        options.generator = m_feeds[t].generator();
        return at::cross_entropy_loss(nn::forward(*task.network, tensors, batch.input, options), batch.labels)
            * task.lossWeight;
    }

    /// Parameters of some tasks: whole pool, exclusive pages, private weights tensor by tensor.
    [[nodiscard]] std::vector<at::Tensor> parameters(const std::vector<std::size_t>& tasks) const
    {
        std::vector<at::Tensor> all { pool, exclusive };
        for (const std::size_t t : tasks)
            for (const at::Tensor& tensor : privateTensors[t])
                if (tensor.defined() && tensor.requires_grad())
                    all.push_back(tensor);
        return all;
    }

    [[nodiscard]] VirtualizedState state() const
    {
        VirtualizedState now = m_request.start;
        copy(pool, now.pool.data());
        copy(exclusive, now.exclusive.data());
        for (std::size_t t = 0; t < privateTensors.size(); ++t)
            for (const TensorPlace& place : m_request.tasks[t].layout->places)
                if (place.isPrivate)
                    copy(privateTensors[t][place.tensor], now.privateRuns[t].data() + place.offset);
        return now;
    }

    at::Tensor pool, exclusive;
    std::vector<std::vector<at::Tensor>> privateTensors; ///< undefined where paged

private:
    static at::Tensor leaf(const std::vector<float>& values) { return at::tensor(values, at::kFloat); }
    static void copy(const at::Tensor& from, float* to)
    {
        const at::Tensor plain = from.detach().contiguous();
        std::copy_n(plain.const_data_ptr<float>(), plain.numel(), to);
    }

    const JointRequest& m_request;
    std::vector<at::Tensor> m_rows;
    std::vector<nn::TaskFeed> m_feeds;
};

/// at::_fused_adamw_ on a list of parameters.
class PlainAdam {
public:
    PlainAdam(std::vector<at::Tensor> parameters, double weightDecay)
        : m_parameters(std::move(parameters))
        , m_weightDecay(weightDecay)
    {
        for (const at::Tensor& parameter : m_parameters) {
            m_first.push_back(at::zeros(parameter.sizes()));
            m_second.push_back(at::zeros(parameter.sizes()));
            m_steps.push_back(at::zeros({}));
        }
    }
    void step(const at::Tensor& loss, double rate)
    {
        for (const at::Tensor& parameter : m_parameters)
            parameter.mutable_grad() = at::zeros(parameter.sizes());
        loss.backward();
        const at::NoGradGuard noGrad;
        std::vector<at::Tensor> gradients;
        for (std::size_t i = 0; i < m_parameters.size(); ++i) {
            gradients.push_back(m_parameters[i].grad());
            m_steps[i].add_(1);
        }
        at::_fused_adamw_(m_parameters, gradients, m_first, m_second, {}, m_steps, rate, 0.9, 0.999,
            m_weightDecay, 1e-8, false, false);
    }

private:
    std::vector<at::Tensor> m_parameters, m_first, m_second, m_steps;
    double m_weightDecay;
};

} // namespace palimpsest::test
