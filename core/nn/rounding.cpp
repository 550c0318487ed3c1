// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint.h"
#include "core/pages/page_codec.h"

#include <stdexcept>
#include <vector>

namespace palimpsest {
namespace {

/// 1-D tensors (biases, normalisation) and state keep float16 in every narrow form.
bool isSmall(const TensorSpec& spec)
{
    return spec.shape.size() < 2 || isState(spec.role);
}

} // namespace

Weights roundWeights(const Network& network, const Weights& weights, Storage storage)
{
    if (weights.tensors.size() != network.tensors.size())
        throw std::invalid_argument(
            "roundWeights: the weights are not those of network '" + network.name + "'");
    Weights rounded = weights;
    if (storage == Storage::Float32)
        return rounded;
    for (std::size_t i = 0; i < rounded.tensors.size(); ++i) {
        std::vector<float>& values = rounded.tensors[i].values;
        if (values.empty())
            continue;
        const Storage form = isSmall(network.tensors[i]) ? Storage::Float16 : storage;
        values = decodePages(encodePages(values, static_cast<std::int64_t>(values.size()), form));
    }
    return rounded;
}

std::int64_t roundedBytes(const Network& network, Storage storage)
{
    std::int64_t bytes = 0;
    for (const TensorSpec& spec : network.tensors) {
        const std::int64_t count = spec.size();
        const Storage form = isIntegerForm(storage) && isSmall(spec) ? Storage::Float16 : storage;
        bytes += packedBytes(form, count) + scaleBytes(form, count);
    }
    return bytes;
}

} // namespace palimpsest
