// SPDX-License-Identifier: Apache-2.0
#include "core/nn/soft_penalty.h"

#include <algorithm>
#include <utility>

namespace palimpsest::nn {

std::vector<float> fisherImage(const JointTask& task)
{
    // fillImage() takes one tensor a tensor of the network; state has no Fisher information and is never
    // paged.
    Weights full;
    std::size_t next = 0;
    for (const TensorSpec& spec : task.network->tensors) {
        if (isState(spec.role))
            full.tensors.push_back(
                { spec.name, spec.shape, std::vector<float>(static_cast<std::size_t>(spec.size())) });
        else
            full.tensors.push_back(task.fisher->tensors.at(next++));
    }
    std::vector<float> image(static_cast<std::size_t>(task.layout->imageSize()));
    fillImage(*task.layout, full, image);
    return image;
}

SoftPenalty::SoftPenalty(std::span<const JointTask> tasks, std::size_t task,
    std::span<const std::vector<float>> fishers, std::span<const std::vector<float>> images, double lambda)
{
    const PageTable& table = *tasks[task].table;
    const auto pageSize = static_cast<std::size_t>(tasks[task].layout->pageSize);
    std::uint32_t slots = 0;
    for (const PageRef& entry : table.entries)
        if (!entry.exclusive)
            slots = std::max(slots, entry.index + 1);

    struct Sums {
        double count = 0.0, fisher = 0.0, fisherWeight = 0.0;
    };
    std::vector<Sums> sums(
        slots * pageSize); // by slot: its other tenants are the same for every page of the task
    for (std::size_t other = 0; other < tasks.size(); ++other) {
        if (other == task)
            continue;
        const std::vector<float>& fisher = fishers[other];
        const auto& entries = tasks[other].table->entries;
        for (std::size_t page = 0; page < entries.size(); ++page) {
            if (entries[page].exclusive || entries[page].index >= slots)
                continue;
            for (std::size_t k = 0; k < pageSize; ++k) {
                const double f = fisher[page * pageSize + k];
                Sums& sum = sums[entries[page].index * pageSize + k];
                sum.count += f > 0.0 ? 1.0 : 0.0;
                sum.fisher += f;
                sum.fisherWeight += f * static_cast<double>(images[other][page * pageSize + k]);
            }
        }
    }

    const auto size = static_cast<std::int64_t>(table.entries.size() * pageSize);
    const std::vector<std::uint8_t> valid = validityMask(*tasks[task].layout);
    m_strength = at::zeros({ size }, at::kFloat);
    m_centre = at::zeros({ size }, at::kFloat);
    auto* strength = m_strength.mutable_data_ptr<float>();
    auto* centre = m_centre.mutable_data_ptr<float>();
    for (std::size_t page = 0; page < table.entries.size(); ++page) {
        const PageRef& entry = table.entries[page];
        for (std::size_t k = 0; !entry.exclusive && k < pageSize; ++k) {
            const Sums& sum = sums[entry.index * pageSize + k];
            if (sum.fisher > 0.0 && valid[page * pageSize + k] != 0) {
                strength[page * pageSize + k] = static_cast<float>(2.0 * lambda * sum.fisher / sum.count);
                centre[page * pageSize + k] = static_cast<float>(sum.fisherWeight / sum.fisher);
            }
        }
    }
}

void SoftPenalty::moveTo(at::Device device)
{
    m_strength = m_strength.to(device);
    m_centre = m_centre.to(device);
}

void SoftPenalty::addGradient(const at::Tensor& image, const at::Tensor& gradient) const
{
    gradient.addcmul_(m_strength, image - m_centre);
}

} // namespace palimpsest::nn
