// SPDX-License-Identifier: Apache-2.0
#include "core/nn/task_shares.h"

#include <algorithm>
#include <numeric>

namespace palimpsest {

double forwardCost(const Network& network)
{
    double cost = 0.0;
    for (const Shape& shape : network.outputShapes)
        cost += static_cast<double>(elementCount(shape));
    for (const TensorSpec& spec : network.tensors) {
        if (spec.role != TensorRole::Weight)
            continue;
        const Shape& shape = network.outputShapes.at(spec.layer); // [channels, positions...]
        cost += static_cast<double>(spec.size()) * static_cast<double>(elementCount(shape))
            / static_cast<double>(shape.at(0));
    }
    return cost;
}

std::vector<int> shareTasks(std::span<const double> costs, int ranks)
{
    std::vector<std::size_t> order(costs.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    std::stable_sort(
        order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return costs[a] > costs[b]; });
    std::vector<double> load(static_cast<std::size_t>(ranks), 0.0);
    std::vector<int> owners(costs.size(), 0);
    for (const std::size_t task : order) {
        const auto least = std::min_element(load.begin(), load.end());
        *least += costs[task];
        owners[task] = static_cast<int>(least - load.begin());
    }
    return owners;
}

} // namespace palimpsest
