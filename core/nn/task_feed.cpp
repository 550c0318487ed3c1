// SPDX-License-Identifier: Apache-2.0
#include "core/nn/task_feed.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>

namespace palimpsest::nn {
namespace {

constexpr std::int64_t kTeacherBatch = 500; ///< samples that the teacher sees at once

} // namespace

TaskFeed::TaskFeed(const JointTask& task, const OptimisationSettings& settings, std::uint64_t seed,
    const ComputeDevice& device)
    : m_input(inputTensor(*task.train).to(device.torch))
    , m_labels(labelTensor(*task.train).to(device.torch))
    , m_stream(m_input.size(0), settings.batch, deriveSeed(seed, "batches/" + task.name))
    , m_generator(device.generator(deriveSeed(seed, "dropout/" + task.name)))
    , m_augmenter(task.augmentation, *task.train, deriveSeed(seed, "augmentation/" + task.name), device)
    , m_mixSeed(deriveSeed(seed, "mixing/" + task.name))
    , m_temperature(settings.temperature)
{
    if (settings.distillation <= 0.0 || settings.schedule == Schedule::Turns)
        return;
    const auto wanted = static_cast<std::int64_t>(std::floor(settings.mixing * static_cast<double>(batch())));
    m_mixed = std::min(wanted, batch() - 1); // the labels always have a say
    makeTeacher(task, device);
}

void TaskFeed::makeTeacher(const JointTask& task, const ComputeDevice& device)
{
    const at::NoGradGuard noGrad;
    m_teacher = task.teacherNetwork != nullptr ? task.teacherNetwork : task.network;
    m_teacherTensors = tensorsOn(task.teacher != nullptr ? *task.teacher : *task.standalone, device.torch);
    if (m_augmenter.isOn())
        return; // it has to see every minibatch
    std::vector<at::Tensor> logits;
    for (std::int64_t first = 0; first < m_input.size(0); first += kTeacherBatch)
        logits.push_back(forward(*m_teacher, m_teacherTensors,
            m_input.narrow(0, first, std::min(kTeacherBatch, m_input.size(0) - first))));
    m_teacherLogits = at::cat(logits);
}

TaskFeed::Minibatch TaskFeed::next()
{
    const Draws draws = nextDraws(1);
    const auto row = [&](const at::Tensor& rows) { return rows.select(0, 0).to(m_input.device()); };
    return minibatchAt({ row(draws.positions), row(draws.partners), row(draws.shares), row(draws.changes) });
}

TaskFeed::Draws TaskFeed::nextDraws(std::int64_t minibatches)
{
    std::vector<at::Tensor> positions;
    const at::Tensor partners = at::empty({ minibatches, m_mixed }, at::kLong);
    const at::Tensor shares = at::empty({ minibatches, m_mixed }, at::kFloat);
    auto* partner = partners.mutable_data_ptr<std::int64_t>();
    auto* share = shares.mutable_data_ptr<float>();
    const auto count = static_cast<std::uint64_t>(m_input.size(0));
    at::Tensor changes = m_augmenter.draws(m_minibatch, minibatches, augmentedRows());
    for (std::int64_t i = 0; i < minibatches; ++i) {
        positions.push_back(m_stream.next());
        if (m_mixed > 0) { // by the minibatch's number, so that a resumed run draws the same
            Random random(deriveSeed(m_mixSeed, std::to_string(m_minibatch)));
            for (std::int64_t k = 0; k < m_mixed; ++k) {
                *partner++ = static_cast<std::int64_t>(random.below(count));
                *share++ = static_cast<float>(random.uniform());
            }
        }
        ++m_minibatch;
    }
    return { at::stack(positions), partners, shares, std::move(changes) };
}

at::Tensor TaskFeed::samplesAt(
    const at::Tensor& positions, const at::Tensor& changes, std::int64_t firstRow) const
{
    at::Tensor samples = m_input.index_select(0, positions);
    return m_augmenter.isOn() ? m_augmenter.apply(samples, changes.narrow(0, firstRow, positions.size(0)))
                              : samples;
}

TaskFeed::Minibatch TaskFeed::minibatchAt(const Draws& draws) const
{
    const at::NoGradGuard noGrad;
    const std::int64_t plain = draws.positions.size(0) - m_mixed;
    const at::Tensor plainPositions = draws.positions.narrow(0, 0, plain);
    Minibatch minibatch { samplesAt(draws.positions, draws.changes, 0),
        m_labels.index_select(0, plainPositions), {} };
    if (!hasTeacher())
        return minibatch;
    const at::Tensor mixed = minibatch.input.narrow(0, plain, m_mixed);
    if (m_mixed > 0) {
        std::vector<std::int64_t> perSample(static_cast<std::size_t>(mixed.dim()), 1);
        perSample[0] = m_mixed;
        at::Tensor second = samplesAt(draws.partners, draws.changes, batch());
        mixed.copy_(second.lerp_(mixed, draws.shares.view(perSample)));
    }
    at::Tensor logits;
    if (!m_teacherLogits.defined())
        logits = forward(*m_teacher, m_teacherTensors, minibatch.input);
    else if (m_mixed == 0)
        logits = m_teacherLogits.index_select(0, plainPositions);
    else
        logits = at::cat({ m_teacherLogits.index_select(0, plainPositions),
            forward(*m_teacher, m_teacherTensors, mixed) });
    minibatch.targets = at::softmax(logits / m_temperature, 1);
    return minibatch;
}

void TaskFeed::skip(std::int64_t minibatches)
{
    m_stream.skip(minibatches);
    m_minibatch += minibatches;
}

} // namespace palimpsest::nn
