// SPDX-License-Identifier: Apache-2.0
#include "core/nn/fused_sgd.h"

#include "core/nn/functional.h"

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
    restoreTensors(m_moments, state, "FusedSgd");
}

} // namespace palimpsest::nn
