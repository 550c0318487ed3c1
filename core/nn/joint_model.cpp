// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint_model.h"

#include "core/nn/joint_loss.h"

#include <algorithm>
#include <cmath>
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

std::vector<at::Tensor> nonEmpty(std::vector<at::Tensor> tensors)
{
    std::erase_if(tensors, [](const at::Tensor& tensor) { return tensor.numel() == 0; });
    return tensors;
}

/// The tensor itself on the CPU, so that what is written to it is not lost; else a new one there.
at::Tensor hostBuffer(const at::Tensor& tensor)
{
    return tensor.is_cpu() ? tensor : at::empty(tensor.sizes(), at::kFloat);
}

void readRows(const at::Tensor& rows, const std::vector<std::uint32_t>& indices,
    const std::vector<float>& source, std::int64_t width)
{
    const at::Tensor host = hostBuffer(rows);
    auto* out = host.mutable_data_ptr<float>();
    for (const std::uint32_t index : indices)
        out = std::copy_n(source.data() + index * width, width, out);
    if (!rows.is_cpu())
        rows.copy_(host);
}

void writeRows(const at::Tensor& rows, const std::vector<std::uint32_t>& indices, std::vector<float>& target,
    std::int64_t width)
{
    const at::Tensor host = rows.cpu();
    const auto* in = host.const_data_ptr<float>();
    for (const std::uint32_t index : indices) {
        std::copy_n(in, width, target.data() + index * width);
        in += width;
    }
}

/// LSQ's factor, which keeps the steps of a scale beside those of its weights; AdamW does so by itself.
double scaleFactor(Storage form, std::int64_t pageSize)
{
    const auto group = static_cast<double>(std::min(kScaleGroup, pageSize));
    return isIntegerForm(form) ? 1.0 / std::sqrt(group * largestCode(form)) : 1.0;
}

} // namespace

JointModel::JointModel(std::span<const JointTask> tasks, const std::vector<std::size_t>& members,
    const StateForms& forms, const OptimisationSettings& settings, ComputeDevice device)
    : m_device(std::move(device))
    , m_forms(forms)
    , m_kind(settings.optimiser)
    , m_momentum(settings.momentum)
    , m_weightDecay(settings.weightDecay)
    , m_distillation(settings.distillation)
    , m_temperature(settings.temperature)
    , m_clip(settings.clipNorm * std::sqrt(static_cast<double>(tasks.size())))
{
    for (const std::size_t index : members)
        m_pageSize = std::max(m_pageSize, tasks[index].layout->pageSize);
    compactTables(tasks, members);
    const auto zeros = [&](std::int64_t count) {
        return at::zeros({ count }, at::device(m_device.torch).dtype(at::kFloat));
    };
    const auto rows = static_cast<std::int64_t>(m_slots.size() + m_exclusivePages.size());
    m_pages = zeros(rows * m_pageSize);
    m_pageGradient = zeros(rows * m_pageSize);
    const bool isPlain = m_forms.pool == Storage::Float32 && m_forms.exclusive == Storage::Float32;
    m_rounded = isPlain ? m_pages : zeros(rows * m_pageSize);
    m_scales = zeros(poolScaleCount() + rowScales(m_exclusivePages, m_forms.exclusive));
    m_scaleGradient = at::zeros_like(m_scales);
    placeMembers(tasks, members);
    restartOptimiser();
}

void JointModel::compactTables(std::span<const JointTask> tasks, const std::vector<std::size_t>& members)
{
    for (const std::size_t index : members)
        for (const PageRef& entry : tasks[index].table->entries)
            (entry.exclusive ? m_exclusivePages : m_slots).push_back(entry.index);
    sortUnique(m_slots);
    sortUnique(m_exclusivePages);
    std::vector<std::int32_t> codes;
    for (const std::size_t index : members) {
        std::vector<std::int32_t>& rows = m_members.emplace_back().rows;
        for (const PageRef& entry : tasks[index].table->entries)
            rows.push_back(static_cast<std::int32_t>(entry.exclusive
                    ? static_cast<std::uint32_t>(m_slots.size()) + rank(m_exclusivePages, entry.index)
                    : rank(m_slots, entry.index)));
        codes.insert(codes.end(), rows.begin(), rows.end());
    }
    m_codes = at::tensor(codes, at::kInt).to(m_device.torch);
}

void JointModel::placeMembers(std::span<const JointTask> tasks, const std::vector<std::size_t>& members)
{
    std::vector<std::vector<std::int64_t>> offsets; // one a member: where each tensor of its network lies
    for (std::size_t m = 0; m < members.size(); ++m) {
        const std::size_t index = members[m];
        const JointTask& task = tasks[index];
        Member& member = m_members[m];
        member.task = &task;
        member.index = index;
        member.image = m_imageSize;
        member.lossWeight = at::scalar_tensor(task.lossWeight, at::device(m_device.torch).dtype(at::kFloat));
        offsets.emplace_back(task.layout->places.size());
        for (const TensorPlace& place : task.layout->places)
            if (!place.isPrivate)
                offsets.back()[place.tensor] = m_imageSize + place.offset;
        m_imageSize += task.layout->imageSize();
    }
    // Private weights of all before state of all, so that the weights are one stretch for the optimiser.
    std::int64_t size = m_imageSize;
    std::int64_t privateWeights = 0;
    for (const bool state : { false, true }) {
        for (std::size_t m = 0; m < m_members.size(); ++m) {
            const std::int64_t first = size;
            for (const TensorPlace& place : m_members[m].task->layout->places) {
                const TensorSpec& spec = m_members[m].task->network->tensors.at(place.tensor);
                if (!place.isPrivate || isState(spec.role) != state)
                    continue;
                offsets[m][place.tensor] = size;
                m_members[m].privateParts.push_back({ place.offset, size, place.size });
                size += place.size;
            }
            if (!state) {
                m_members[m].privateAt = first;
                m_members[m].privateSize = size - first;
            }
        }
        if (!state)
            privateWeights = size - m_imageSize;
    }
    m_values = at::zeros({ size }, m_pages.options());
    m_gradients = at::zeros_like(m_values);
    m_privates = m_values.narrow(0, m_imageSize, privateWeights);
    m_privateGradient = m_gradients.narrow(0, m_imageSize, privateWeights);
    for (std::size_t m = 0; m < m_members.size(); ++m) {
        Member& member = m_members[m];
        const Network& network = *member.task->network;
        member.tensors = bindTensors(network, offsets[m], m_values, m_gradients);
        bool hasState = false;
        for (std::size_t i = 0; i < member.tensors.size(); ++i) {
            const bool state = isState(network.tensors[i].role);
            hasState = hasState || state;
            member.mixedTensors.push_back(state ? member.tensors[i].clone() : member.tensors[i]);
        }
        if (!hasState)
            member.mixedTensors.clear();
    }
}

at::Tensor JointModel::poolPart(const at::Tensor& rows, std::int64_t poolWidth) const
{
    return rows.narrow(0, 0, static_cast<std::int64_t>(m_slots.size()) * poolWidth);
}

at::Tensor JointModel::exclusivePart(const at::Tensor& rows, std::int64_t poolWidth) const
{
    const std::int64_t first = static_cast<std::int64_t>(m_slots.size()) * poolWidth;
    return rows.narrow(0, first, rows.numel() - first);
}

void JointModel::load(const VirtualizedState& state)
{
    readRows(poolPart(m_pages, m_pageSize), m_slots, state.pool, m_pageSize);
    readRows(exclusivePart(m_pages, m_pageSize), m_exclusivePages, state.exclusive, m_pageSize);
    const std::int64_t poolScales = scaleCount(m_forms.pool, m_pageSize);
    readRows(poolPart(m_scales, poolScales), m_slots, state.poolScales, poolScales);
    readRows(exclusivePart(m_scales, poolScales), m_exclusivePages, state.exclusiveScales,
        scaleCount(m_forms.exclusive, m_pageSize));
    const at::Tensor values = m_values.narrow(0, m_imageSize, m_values.numel() - m_imageSize);
    const at::Tensor host = hostBuffer(values);
    auto* buffer = host.mutable_data_ptr<float>();
    for (const Member& member : m_members)
        for (const PrivatePart& part : member.privateParts)
            std::copy_n(state.privateRuns.at(member.index).data() + part.run, part.size,
                buffer + (part.buffer - m_imageSize));
    if (!values.is_cpu())
        values.copy_(host);
}

void JointModel::store(VirtualizedState& state) const
{
    writeRows(poolPart(m_pages, m_pageSize), m_slots, state.pool, m_pageSize);
    writeRows(exclusivePart(m_pages, m_pageSize), m_exclusivePages, state.exclusive, m_pageSize);
    const std::int64_t poolScales = scaleCount(m_forms.pool, m_pageSize);
    writeRows(poolPart(m_scales, poolScales), m_slots, state.poolScales, poolScales);
    writeRows(exclusivePart(m_scales, poolScales), m_exclusivePages, state.exclusiveScales,
        scaleCount(m_forms.exclusive, m_pageSize));
    const at::Tensor host = m_values.narrow(0, m_imageSize, m_values.numel() - m_imageSize).cpu();
    const auto* buffer = host.const_data_ptr<float>();
    for (const Member& member : m_members)
        for (const PrivatePart& part : member.privateParts)
            std::copy_n(buffer + (part.buffer - m_imageSize), part.size,
                state.privateRuns.at(member.index).data() + part.run);
}

TrainedPages JointModel::poolPages() const
{
    return { m_pages.const_data_ptr<float>(), m_scales.const_data_ptr<float>(), m_forms.pool,
        static_cast<std::int64_t>(m_slots.size()), m_pageSize };
}

TrainedPages JointModel::exclusivePages() const
{
    const auto slots = static_cast<std::int64_t>(m_slots.size());
    return { m_pages.const_data_ptr<float>() + slots * m_pageSize,
        m_scales.const_data_ptr<float>() + poolScaleCount(), m_forms.exclusive,
        static_cast<std::int64_t>(m_exclusivePages.size()), m_pageSize };
}

void JointModel::beginStep()
{
    const at::NoGradGuard noGrad;
    m_gradients.zero_();
    m_pageGradient.zero_();
    gather();
}

void JointModel::gather()
{
    const at::NoGradGuard noGrad;
    Backend& backend = *m_device.backend;
    const std::int64_t poolSize = static_cast<std::int64_t>(m_slots.size()) * m_pageSize;
    auto* rounded = m_rounded.mutable_data_ptr<float>();
    if (!m_rounded.is_same(m_pages)) {
        backend.roundPages(poolPages(), rounded, nullptr);
        backend.roundPages(exclusivePages(), rounded + poolSize, nullptr);
    }
    backend.gather(rounded, rounded + poolSize, codesOf(m_codes), m_values.mutable_data_ptr<float>(),
        m_codes.numel(), m_pageSize, static_cast<std::int64_t>(m_slots.size()), nullptr);
}

at::Tensor JointModel::logits(
    Member& member, const TaskFeed::Minibatch& batch, const at::Generator& generator) const
{
    const ForwardOptions options { .training = true, .generator = generator };
    const Network& network = *member.task->network;
    const std::int64_t plain = batch.labels.size(0);
    const std::int64_t mixed = batch.input.size(0) - plain;
    if (mixed == 0 || member.mixedTensors.empty())
        return forward(network, member.tensors, batch.input, options);
    // Statistics of mixtures are not those of the samples that the network will see.
    return at::cat({ forward(network, member.tensors, batch.input.narrow(0, 0, plain), options),
        forward(network, member.mixedTensors, batch.input.narrow(0, plain, mixed), options) });
}

at::Tensor JointModel::addGradient(std::size_t index, const TaskFeed::Minibatch& batch,
    const at::Generator& generator, const SoftPenalty* penalty)
{
    Member& member = m_members[index];
    const JointLoss loss = jointLoss(logits(member, batch, generator), batch, m_distillation, m_temperature);
    loss.total.backward(member.lossWeight);

    const at::NoGradGuard noGrad;
    if (penalty != nullptr) {
        const std::int64_t size = member.task->layout->imageSize();
        penalty->addGradient(
            m_values.narrow(0, member.image, size), m_gradients.narrow(0, member.image, size));
    }
    return loss.hard.detach();
}

void JointModel::foldGradients()
{
    const std::int64_t poolSize = static_cast<std::int64_t>(m_slots.size()) * m_pageSize;
    auto* gradient = m_pageGradient.mutable_data_ptr<float>();
    m_device.backend->scatterAdd(m_gradients.const_data_ptr<float>(), codesOf(m_codes), gradient,
        gradient + poolSize, m_codes.numel(), m_pageSize, static_cast<std::int64_t>(m_slots.size()), nullptr);
}

void JointModel::applyGradients(double rate)
{
    const at::NoGradGuard noGrad;
    applyGradients(at::full({}, rate, m_pages.options()));
}

void JointModel::applyGradients(const at::Tensor& rate)
{
    const at::NoGradGuard noGrad;
    Backend& backend = *m_device.backend;
    const std::int64_t poolSize = static_cast<std::int64_t>(m_slots.size()) * m_pageSize;
    auto* gradient = m_pageGradient.mutable_data_ptr<float>();
    auto* scaleGradient = m_scaleGradient.mutable_data_ptr<float>();
    backend.roundGradients(poolPages(), gradient, scaleGradient, nullptr);
    backend.roundGradients(exclusivePages(), gradient + poolSize, scaleGradient + poolScaleCount(), nullptr);
    if (m_clip > 0.0 && m_pageGradient.numel() > 0)
        m_pageGradient.mul_(
            at::linalg_vector_norm(m_pageGradient).add_(1e-12).reciprocal_().mul_(m_clip).clamp_max_(1.0));
    if (m_kind == Optimiser::Sgd) {
        poolPart(m_scaleGradient, scaleCount(m_forms.pool, m_pageSize))
            .mul_(scaleFactor(m_forms.pool, m_pageSize));
        exclusivePart(m_scaleGradient, scaleCount(m_forms.pool, m_pageSize))
            .mul_(scaleFactor(m_forms.exclusive, m_pageSize));
    }
    std::vector<at::Tensor> kept;
    for (const at::Tensor& held : m_held)
        kept.push_back(held.clone());
    std::visit(
        [&](auto& optimiser) {
            optimiser.step(nonEmpty({ m_pageGradient, m_privateGradient }), rate);
        },
        *m_optimiser);
    std::visit(
        [&](auto& optimiser) { optimiser.step(nonEmpty({ m_scaleGradient }), rate); }, *m_scaleOptimiser);
    for (std::size_t i = 0; i < kept.size(); ++i)
        m_held[i].copy_(kept[i]);
}

void JointModel::setResting(const std::vector<bool>& resting)
{
    m_held.clear();
    const auto slots = static_cast<std::int64_t>(m_slots.size());
    std::vector<bool> isTrained(m_slots.size() + m_exclusivePages.size());
    for (std::size_t m = 0; m < m_members.size(); ++m) {
        const Member& member = m_members[m];
        if (!resting.at(m))
            for (const std::int32_t row : member.rows)
                isTrained[static_cast<std::size_t>(row)] = true;
        else if (member.privateSize > 0)
            m_held.push_back(m_values.narrow(0, member.privateAt, member.privateSize));
    }
    // Runs of neighbouring rows that nobody trains, those of the pool and exclusive ones apart: their scales have other sizes.
    const auto count = static_cast<std::int64_t>(isTrained.size());
    for (std::int64_t first = 0, end = 0; first < count; first = end) {
        const bool trained = isTrained[static_cast<std::size_t>(first)];
        end = first + 1;
        while (end < count && end != slots && isTrained[static_cast<std::size_t>(end)] == trained)
            ++end;
        if (trained)
            continue;
        m_held.push_back(m_pages.narrow(0, first * m_pageSize, (end - first) * m_pageSize));
        const bool isPool = first < slots;
        const std::int64_t width = scaleCount(isPool ? m_forms.pool : m_forms.exclusive, m_pageSize);
        const std::int64_t at = isPool ? first * width : poolScaleCount() + (first - slots) * width;
        if (width > 0)
            m_held.push_back(m_scales.narrow(0, at, (end - first) * width));
    }
}

JointModel::FusedOptimiser JointModel::makeOptimiser(
    std::vector<at::Tensor> parameters, double weightDecay) const
{
    if (m_kind == Optimiser::Sgd)
        return FusedSgd(std::move(parameters), m_momentum, weightDecay);
    return FusedAdam(std::move(parameters), weightDecay);
}

void JointModel::restartOptimiser()
{
    m_optimiser = makeOptimiser(nonEmpty({ m_pages, m_privates }), m_weightDecay);
    m_scaleOptimiser = makeOptimiser(nonEmpty({ m_scales }), 0.0);
}

std::vector<at::Tensor> JointModel::optimiserState() const
{
    const auto stateOf = [](const auto& optimiser) { return optimiser.state(); };
    std::vector<at::Tensor> state = std::visit(stateOf, *m_optimiser);
    for (const at::Tensor& tensor : std::visit(stateOf, *m_scaleOptimiser))
        state.push_back(tensor);
    return state;
}

void JointModel::setOptimiserState(const std::vector<at::Tensor>& state)
{
    const auto first = static_cast<std::ptrdiff_t>(
        std::visit([](const auto& optimiser) { return optimiser.state().size(); }, *m_optimiser));
    std::visit(
        [&](auto& optimiser) {
            optimiser.setState({ state.begin(), state.begin() + first });
        },
        *m_optimiser);
    std::visit(
        [&](auto& optimiser) {
            optimiser.setState({ state.begin() + first, state.end() });
        },
        *m_scaleOptimiser);
}

void JointModel::addToAverage(std::int64_t count)
{
    const at::NoGradGuard noGrad;
    if (m_average.empty())
        for (const at::Tensor& parameter : parameters())
            m_average.push_back(parameter.clone());
    else
        at::_foreach_lerp_(m_average, parameters(), 1.0 / static_cast<double>(count));
}

void JointModel::storeAverage(VirtualizedState& state)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> own = parameters(), kept;
    for (std::size_t i = 0; i < own.size(); ++i) {
        kept.push_back(own[i].clone());
        own[i].copy_(m_average.at(i));
    }
    store(state);
    for (std::size_t i = 0; i < own.size(); ++i)
        own[i].copy_(kept[i]);
}

void JointModel::setAverage(const std::vector<at::Tensor>& average)
{
    m_average.clear();
    for (const at::Tensor& tensor : average)
        m_average.push_back(tensor.to(m_device.torch, /*non_blocking=*/false, /*copy=*/true));
}

at::Tensor JointModel::image(std::size_t index)
{
    gather();
    const Member& member = m_members[index];
    return m_values.narrow(0, member.image, member.task->layout->imageSize());
}

} // namespace palimpsest::nn
