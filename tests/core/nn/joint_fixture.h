// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/random.h"
#include "core/job/job_channel.h"
#include "core/nn/joint.h"
#include "core/nn/train.h"
#include "tests/core/nn/network_fixture.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest::test {

/// 12 inputs, 4 classes; tensors [16, 12], [16], [4, 16], [4].
inline Network denseNetwork()
{
    return makeNetwork({ 12 }, { linear("hidden", 16), layer(LayerKind::Tanh, "tanh"), linear("out", 4) });
}

/// [1, 6, 6] inputs, 3 classes, with batch norm (state) and dropout (random numbers). The convolution has no bias:
/// before a batch norm its gradient would be nothing but rounding, which Adam blows up.
inline Network convolutionalNetwork()
{
    Layer dropout = layer(LayerKind::Dropout, "dropout");
    dropout.probability = 0.2;
    return makeNetwork({ 1, 6, 6 },
        { convolution(LayerKind::Conv2d, "conv", 4, { 3, 3 }, {}, {}, false),
            layer(LayerKind::BatchNorm, "norm"), layer(LayerKind::Relu, "relu"), dropout,
            layer(LayerKind::Flatten, "flatten"), linear("out", 3) });
}

/// Clouds around one random centre a class.
inline LabelledSamples cloudSamples(const Network& network, std::size_t count, std::uint64_t seed)
{
    Random centres(99);
    LabelledSamples samples;
    samples.sampleShape = network.inputShape;
    samples.classes = network.classes();
    std::vector<float> centre(samples.sampleSize() * static_cast<std::size_t>(samples.classes));
    for (float& value : centre)
        value = static_cast<float>(centres.normal());
    Random random(seed);
    for (std::size_t i = 0; i < count; ++i) {
        const auto label
            = static_cast<std::size_t>(random.below(static_cast<std::uint64_t>(samples.classes)));
        samples.y.push_back(static_cast<std::int32_t>(label));
        for (std::size_t k = 0; k < samples.sampleSize(); ++k)
            samples.x.push_back(
                centre[label * samples.sampleSize() + k] + static_cast<float>(random.normal()));
    }
    return samples;
}

/// Small tasks on shared pages, and everything that their JointTasks point at.
class JointFixture {
public:
    static constexpr std::int64_t kPageSize = 64;

    /// @param slots      of the pool; pages beyond it take slots again
    /// @param exclusive  the last page of every task is exclusive
    JointFixture(std::vector<Network> networks, std::int64_t slots, bool exclusive)
        : m_slots(slots)
    {
        PagesSettings pages;
        pages.pageSize = kPageSize;
        for (std::size_t t = 0; t < networks.size(); ++t) {
            Parts& parts = m_parts.emplace_back();
            parts.network = std::move(networks[t]);
            parts.standalone = initialWeights(parts.network, 10 + t);
            setValue(parts.layout, formPages(parts.network, pages));
            fillFisher(parts, 20 + t);
            fillTable(parts, t, exclusive);
            parts.train = cloudSamples(parts.network, 150, 30 + t);
            parts.validation = cloudSamples(parts.network, 120, 40 + t);
        }
    }

    [[nodiscard]] JointRequest request() const
    {
        JointRequest request;
        for (std::size_t t = 0; t < m_parts.size(); ++t) {
            const Parts& parts = m_parts[t];
            JointTask task;
            task.name = std::string(1, static_cast<char>('a' + t));
            task.network = &parts.network;
            task.standalone = &parts.standalone;
            task.fisher = &parts.fisher;
            task.layout = &parts.layout;
            task.table = &parts.table;
            task.train = &parts.train;
            task.validation = &parts.validation;
            task.lossWeight = 1.0 + 0.5 * static_cast<double>(t);
            task.standaloneValidationAccuracy = 0.99;
            request.tasks.push_back(task);
        }
        request.start = start();
        request.settings.steps = 12;
        request.settings.batch = 16;
        request.settings.learningRate = 0.01;
        request.settings.validateEvery = 4;
        request.settings.turnSteps = 5;
        request.settings.checkpointSeconds = 1e9;
        request.settings.distillation = 0.0;
        request.settings.clipNorm = 0.0;
        request.seed = 7;
        return request;
    }

    struct Parts {
        Network network;
        Weights standalone, fisher;
        PageLayout layout;
        PageTable table;
        LabelledSamples train, validation;
    };
    [[nodiscard]] Parts& parts(std::size_t task) { return m_parts[task]; }
    [[nodiscard]] std::int64_t slots() const { return m_slots; }

private:
    template <class T> static void setValue(T& target, Result<T> result)
    {
        if (!result)
            throw std::logic_error(result.error().text());
        target = std::move(result).value();
    }

    static void fillFisher(Parts& parts, std::uint64_t seed)
    {
        Random random(seed);
        for (const TensorSpec& spec : parts.network.tensors) {
            if (isState(spec.role))
                continue;
            Tensor tensor { spec.name, spec.shape, {} };
            for (std::int64_t i = 0; i < spec.size(); ++i) // a fifth is 0
                tensor.values.push_back(random.below(5) == 0 ? 0.0F : static_cast<float>(random.uniform()));
            parts.fisher.tensors.push_back(std::move(tensor));
        }
    }

    void fillTable(Parts& parts, std::size_t task, bool exclusive)
    {
        for (std::int64_t page = 0; page < parts.layout.pageCount; ++page) {
            if (exclusive && page + 1 == parts.layout.pageCount)
                parts.table.entries.push_back({ true, m_exclusiveCount++ });
            else
                parts.table.entries.push_back({ false,
                    static_cast<std::uint32_t>((page + static_cast<std::int64_t>(task)) % m_slots) });
        }
    }

    /// Every slot holds what the last of its tenants had: enough to start from.
    [[nodiscard]] VirtualizedState start() const
    {
        VirtualizedState state;
        state.pageSize = kPageSize;
        state.pool.resize(static_cast<std::size_t>(m_slots * kPageSize));
        state.exclusive.resize(m_exclusiveCount * static_cast<std::size_t>(kPageSize));
        for (const Parts& parts : m_parts) {
            std::vector<float> image(static_cast<std::size_t>(parts.layout.imageSize()));
            fillImage(parts.layout, parts.standalone, image);
            for (std::size_t page = 0; page < parts.table.entries.size(); ++page) {
                const PageRef& entry = parts.table.entries[page];
                std::copy_n(image.begin() + static_cast<std::ptrdiff_t>(page) * kPageSize, kPageSize,
                    (entry.exclusive ? state.exclusive : state.pool).begin()
                        + static_cast<std::ptrdiff_t>(entry.index) * kPageSize);
            }
            state.privateRuns.emplace_back(static_cast<std::size_t>(parts.layout.privateSize));
            fillPrivate(parts.layout, parts.standalone, state.privateRuns.back());
        }
        return state;
    }

    std::int64_t m_slots;
    std::uint32_t m_exclusiveCount = 0;
    std::deque<Parts> m_parts;
};

/// @throws std::logic_error where optimiseJointly() fails
inline JointOutcome optimise(const JointRequest& request)
{
    Job job;
    Result<JointOutcome> outcome = optimiseJointly(request, job.context);
    if (!outcome)
        throw std::logic_error(outcome.error().text());
    return std::move(outcome).value();
}

/// One after every step of the run.
inline std::vector<Record> checkpointsOf(JointRequest request)
{
    std::vector<Record> records;
    request.settings.checkpointSeconds = 0.0;
    request.saveCheckpoint = [&](const Record& record) {
        records.push_back(record);
        return success();
    };
    (void)optimise(request);
    return records;
}

/// Three tasks of both kinds on three slots, which some tasks use twice, with exclusive pages.
inline JointFixture mixedFixture()
{
    return JointFixture({ denseNetwork(), convolutionalNetwork(), denseNetwork() }, 3, true);
}

inline double largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    if (a.size() != b.size())
        throw std::invalid_argument("largestDifference: sizes differ");
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return largest;
}

inline double largestDifference(const VirtualizedState& a, const VirtualizedState& b)
{
    double largest = std::max(largestDifference(a.pool, b.pool), largestDifference(a.exclusive, b.exclusive));
    for (std::size_t t = 0; t < a.privateRuns.size(); ++t)
        largest = std::max(largest, largestDifference(a.privateRuns[t], b.privateRuns.at(t)));
    return largest;
}

inline bool isBitEqual(const VirtualizedState& a, const VirtualizedState& b)
{
    return a.pool == b.pool && a.exclusive == b.exclusive && a.privateRuns == b.privateRuns;
}

} // namespace palimpsest::test
