// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint_model.h"

#include "core/nn/score.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace palimpsest::nn {
namespace {

/// Position of `value` in an ascending list that holds it.
std::uint32_t rank(const std::vector<std::uint32_t>& ascending, std::uint32_t value)
{
    return static_cast<std::uint32_t>(
        std::lower_bound(ascending.begin(), ascending.end(), value) - ascending.begin());
}

/// Page tables are stored as int32, the widest whole numbers that LibTorch and the kernels share; no code is above 2^31.
const std::uint32_t* codesOf(const at::Tensor& codes)
{
    return reinterpret_cast<const std::uint32_t*>(codes.const_data_ptr<std::int32_t>());
}

void sortUnique(std::vector<std::uint32_t>& values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// The tensor itself on the CPU, so that what is written to it is not lost; else a new one there.
at::Tensor hostBuffer(const at::Tensor& tensor)
{
    return tensor.is_cpu() ? tensor : at::empty(tensor.sizes(), at::kFloat);
}

void readRows(at::Tensor& rows, const std::vector<std::uint32_t>& indices, const std::vector<float>& source,
    std::size_t width)
{
    const at::Tensor host = hostBuffer(rows);
    auto* out = host.mutable_data_ptr<float>();
    for (std::size_t i = 0; i < indices.size(); ++i)
        std::copy_n(source.data() + indices[i] * width, width, out + i * width);
    if (!rows.is_cpu())
        rows.copy_(host);
}

void writeRows(const at::Tensor& rows, const std::vector<std::uint32_t>& indices, std::vector<float>& target,
    std::size_t width)
{
    const at::Tensor host = rows.cpu();
    const auto* in = host.const_data_ptr<float>();
    for (std::size_t i = 0; i < indices.size(); ++i)
        std::copy_n(in + i * width, width, target.data() + indices[i] * width);
}

} // namespace

JointModel::JointModel(std::span<const JointTask> tasks, std::vector<std::size_t> members,
    ComputeDevice device, double weightDecay)
    : m_device(std::move(device))
    , m_weightDecay(weightDecay)
{
    for (const std::size_t index : members)
        m_pageSize = std::max(m_pageSize, tasks[index].layout->pageSize);
    compactTables(tasks, members);
    const auto rows = [&](const std::vector<std::uint32_t>& indices) {
        return at::zeros({ static_cast<std::int64_t>(indices.size()) * m_pageSize },
            at::device(m_device.torch).dtype(at::kFloat));
    };
    m_pool = rows(m_slots);
    m_poolGradient = rows(m_slots);
    m_exclusive = rows(m_exclusivePages);
    m_exclusiveGradient = rows(m_exclusivePages);

    const auto addParameter = [&](const at::Tensor& values, const at::Tensor& gradients) {
        if (values.numel() > 0) {
            m_parameters.push_back(values);
            m_gradients.push_back(gradients);
        }
    };
    addParameter(m_pool, m_poolGradient);
    addParameter(m_exclusive, m_exclusiveGradient);
    for (const std::size_t index : members) {
        addMember(tasks[index], index);
        const Member& member = m_members.back();
        const std::int64_t first = member.task->layout->imageSize();
        addParameter(member.flat.values.narrow(0, first, member.privateWeights),
            member.flat.gradients.narrow(0, first, member.privateWeights));
    }
    restartOptimiser();
}

void JointModel::compactTables(std::span<const JointTask> tasks, const std::vector<std::size_t>& members)
{
    for (const std::size_t index : members)
        for (const PageRef& entry : tasks[index].table->entries)
            (entry.exclusive ? m_exclusivePages : m_slots).push_back(entry.index);
    sortUnique(m_slots);
    sortUnique(m_exclusivePages);
}

void JointModel::addMember(const JointTask& task, std::size_t index)
{
    Member member;
    member.task = &task;
    member.index = index;
    member.lossWeight = at::scalar_tensor(task.lossWeight, at::device(m_device.torch).dtype(at::kFloat));
    std::vector<std::int32_t> codes;
    for (const PageRef& entry : task.table->entries)
        codes.push_back(static_cast<std::int32_t>(entry.exclusive
                ? static_cast<std::uint32_t>(m_slots.size()) + rank(m_exclusivePages, entry.index)
                : rank(m_slots, entry.index)));
    member.codes = at::tensor(codes, at::kInt).to(m_device.torch);

    // Private weights before state, so that the weights are one stretch for the optimiser.
    const PageLayout& layout = *task.layout;
    std::vector<std::int64_t> offsets(layout.places.size());
    std::int64_t size = layout.imageSize();
    for (const bool state : { false, true }) {
        for (const TensorPlace& place : layout.places) {
            if (isState(task.network->tensors.at(place.tensor).role) != state)
                continue;
            if (!place.isPrivate) {
                offsets[place.tensor] = place.offset;
                continue;
            }
            offsets[place.tensor] = size;
            member.privateParts.push_back({ place.offset, size, place.size });
            size += place.size;
        }
        if (!state)
            member.privateWeights = size - layout.imageSize();
    }
    member.flat = makeFlatNetwork(*task.network, offsets, size, m_device.torch);
    m_members.push_back(std::move(member));
}

void JointModel::load(const VirtualizedState& state)
{
    readRows(m_pool, m_slots, state.pool, static_cast<std::size_t>(m_pageSize));
    readRows(m_exclusive, m_exclusivePages, state.exclusive, static_cast<std::size_t>(m_pageSize));
    for (Member& member : m_members) {
        const float* run = state.privateRuns.at(member.index).data();
        const std::int64_t first = member.task->layout->imageSize();
        const at::Tensor values = member.flat.values.narrow(0, first, member.flat.values.numel() - first);
        const at::Tensor host = hostBuffer(values);
        auto* buffer = host.mutable_data_ptr<float>();
        for (const PrivatePart& part : member.privateParts)
            std::copy_n(run + part.run, part.size, buffer + (part.buffer - first));
        if (!values.is_cpu())
            values.copy_(host);
    }
}

void JointModel::store(VirtualizedState& state) const
{
    writeRows(m_pool, m_slots, state.pool, static_cast<std::size_t>(m_pageSize));
    writeRows(m_exclusive, m_exclusivePages, state.exclusive, static_cast<std::size_t>(m_pageSize));
    for (const Member& member : m_members) {
        float* run = state.privateRuns.at(member.index).data();
        const std::int64_t first = member.task->layout->imageSize();
        const at::Tensor host = member.flat.values.narrow(0, first, member.flat.values.numel() - first).cpu();
        const auto* buffer = host.const_data_ptr<float>();
        for (const PrivatePart& part : member.privateParts)
            std::copy_n(buffer + (part.buffer - first), part.size, run + part.run);
    }
}

void JointModel::zeroGradients()
{
    m_poolGradient.zero_();
    m_exclusiveGradient.zero_();
    for (Member& member : m_members)
        member.flat.gradients.zero_();
}

void JointModel::gather(Member& member)
{
    m_device.backend->gather(m_pool.const_data_ptr<float>(), m_exclusive.const_data_ptr<float>(),
        codesOf(member.codes), member.flat.values.mutable_data_ptr<float>(), member.codes.numel(), m_pageSize,
        static_cast<std::int64_t>(m_slots.size()), nullptr);
}

at::Tensor JointModel::addGradient(std::size_t index, const at::Tensor& input, const at::Tensor& labels,
    const at::Generator& generator, const SoftPenalty* penalty)
{
    Member& member = m_members[index];
    gather(member);
    const at::Tensor logits = forward(
        *member.task->network, member.flat.tensors, input, { .training = true, .generator = generator });
    const at::Tensor loss = at::cross_entropy_loss(logits, labels);
    loss.backward(member.lossWeight);

    const at::NoGradGuard noGrad;
    const std::int64_t imageSize = member.task->layout->imageSize();
    if (penalty != nullptr)
        penalty->addGradient(
            member.flat.values.narrow(0, 0, imageSize), member.flat.gradients.narrow(0, 0, imageSize));
    m_device.backend->scatterAdd(member.flat.gradients.const_data_ptr<float>(), codesOf(member.codes),
        m_poolGradient.mutable_data_ptr<float>(), m_exclusiveGradient.mutable_data_ptr<float>(),
        member.codes.numel(), m_pageSize, static_cast<std::int64_t>(m_slots.size()), nullptr);
    return loss.detach();
}

void JointModel::applyGradients(double rate)
{
    m_adam->step(m_gradients, rate);
}

void JointModel::applyGradients(const at::Tensor& rate)
{
    m_adam->step(m_gradients, rate);
}

void JointModel::restartOptimiser()
{
    m_adam.emplace(m_parameters, m_weightDecay);
}

at::Tensor JointModel::image(std::size_t index)
{
    Member& member = m_members[index];
    gather(member);
    return member.flat.values.narrow(0, 0, member.task->layout->imageSize());
}

Result<Score> JointModel::score(
    std::size_t index, const at::Tensor& input, const at::Tensor& labels, const JobContext& context)
{
    Member& member = m_members[index];
    gather(member);
    return scoreTensors(*member.task->network, member.flat.tensors, input, labels, context.stopToken());
}

} // namespace palimpsest::nn
