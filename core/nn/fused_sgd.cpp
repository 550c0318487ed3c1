// SPDX-License-Identifier: Apache-2.0
#include "core/nn/fused_sgd.h"

#include <stdexcept>
#include <string>
#include <utility>

namespace palimpsest::nn {

FusedSgd::FusedSgd(std::vector<at::Tensor> parameters, double momentum, double weightDecay)
    : m_parameters(std::move(parameters))
    , m_momentum(momentum)
    , m_weightDecay(weightDecay)
{
    for (const at::Tensor& parameter : m_parameters)
        m_moments.push_back(at::zeros(parameter.sizes(), parameter.options().requires_grad(false)));
}

void FusedSgd::step(const std::vector<at::Tensor>& gradients, const at::Tensor& learningRate)
{
    if (gradients.size() != m_parameters.size())
        throw std::invalid_argument("FusedSgd: " + std::to_string(gradients.size()) + " gradients for "
            + std::to_string(m_parameters.size()) + " parameters");
    if (m_parameters.empty())
        return;
    const at::NoGradGuard noGrad;
    at::_fused_sgd_(m_parameters, gradients, m_moments, m_weightDecay, m_momentum, learningRate,
        /*dampening=*/0.0, /*nesterov=*/false, /*maximize=*/false, /*is_first_step=*/false);
}

void FusedSgd::setState(const std::vector<at::Tensor>& state)
{
    if (state.size() != m_moments.size())
        throw std::invalid_argument("FusedSgd: a state of " + std::to_string(state.size())
            + " tensors, expected " + std::to_string(m_moments.size()));
    for (std::size_t i = 0; i < state.size(); ++i) {
        if (state[i].sizes() != m_moments[i].sizes())
            throw std::invalid_argument(
                "FusedSgd: tensor " + std::to_string(i) + " of the state has another shape");
        m_moments[i].copy_(state[i]);
    }
}

} // namespace palimpsest::nn
