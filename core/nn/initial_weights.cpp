// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/nn/train.h"

#include <algorithm>
#include <cmath>

namespace palimpsest {
namespace {

void fillUniform(std::vector<float>& values, double bound, Random& random)
{
    std::generate(values.begin(), values.end(),
        [&] { return static_cast<float>(bound * (2.0 * random.uniform() - 1.0)); });
}

} // namespace

Weights initialWeights(const Network& network, std::uint64_t seed)
{
    Weights weights;
    for (const TensorSpec& spec : network.tensors) {
        Tensor tensor { spec.name, spec.shape,
            std::vector<float>(static_cast<std::size_t>(spec.size()), 0.0F) };
        switch (spec.role) {
        case TensorRole::Weight: {
            Random random(deriveSeed(seed, spec.name));
            const auto inputs = spec.size() / network.layers.at(spec.layer).outputs;
            fillUniform(tensor.values, std::sqrt(6.0 / static_cast<double>(inputs)), random);
            break;
        }
        case TensorRole::NormScale:
        case TensorRole::RunningVariance:
            std::fill(tensor.values.begin(), tensor.values.end(), 1.0F);
            break;
        case TensorRole::Bias:
        case TensorRole::NormShift:
        case TensorRole::RunningMean:
            break;
        }
        weights.tensors.push_back(std::move(tensor));
    }
    return weights;
}

} // namespace palimpsest
