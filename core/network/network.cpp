// SPDX-License-Identifier: Apache-2.0
#include "core/network/network.h"

#include <algorithm>

namespace palimpsest {

std::int64_t Network::trainableCount() const
{
    std::int64_t count = 0;
    for (const TensorSpec& tensor : tensors)
        count += isState(tensor.role) ? 0 : tensor.size();
    return count;
}

Sides paddingOf(const Layer& layer, std::size_t axis, std::size_t axes)
{
    if (layer.padding.empty())
        return {};
    const std::size_t after = layer.padding.size() == 2 * axes ? axes + axis : axis;
    return { layer.padding.at(axis), layer.padding.at(after) };
}

const Tensor* Weights::find(std::string_view name) const
{
    const auto found = std::find_if(
        tensors.begin(), tensors.end(), [&](const Tensor& tensor) { return tensor.name == name; });
    return found == tensors.end() ? nullptr : &*found;
}

} // namespace palimpsest
