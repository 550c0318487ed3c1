// SPDX-License-Identifier: Apache-2.0
#include "core/nn/functional.h"

#include <stdexcept>
#include <string>
#include <utility>

namespace palimpsest::nn {
namespace {
constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;
} // namespace

FusedAdam::FusedAdam(std::vector<at::Tensor> parameters, double weightDecay)
    : m_parameters(std::move(parameters))
    , m_weightDecay(weightDecay)
{
    for (const at::Tensor& parameter : m_parameters) {
        const auto options = parameter.options().requires_grad(false);
        m_first.push_back(at::zeros(parameter.sizes(), options));
        m_second.push_back(at::zeros(parameter.sizes(), options));
        m_steps.push_back(at::zeros({}, options));
    }
    if (!m_parameters.empty())
        m_rate = at::zeros({}, m_parameters.front().options().requires_grad(false));
}

void FusedAdam::step(const std::vector<at::Tensor>& gradients, double learningRate)
{
    if (m_parameters.empty())
        return;
    const at::NoGradGuard noGrad;
    m_rate.fill_(learningRate);
    step(gradients, m_rate);
}

void FusedAdam::step(const std::vector<at::Tensor>& gradients, const at::Tensor& learningRate)
{
    if (gradients.size() != m_parameters.size())
        throw std::invalid_argument("FusedAdam: " + std::to_string(gradients.size()) + " gradients for "
            + std::to_string(m_parameters.size()) + " parameters");
    if (m_parameters.empty())
        return;
    const at::NoGradGuard noGrad;
    at::_foreach_add_(m_steps, 1);
    at::_fused_adamw_(m_parameters, gradients, m_first, m_second, {}, m_steps, learningRate, kBeta1, kBeta2,
        m_weightDecay, kEpsilon, /*amsgrad=*/false, /*maximize=*/false);
}

std::vector<at::Tensor> FusedAdam::state() const
{
    std::vector<at::Tensor> all = m_first;
    all.insert(all.end(), m_second.begin(), m_second.end());
    all.insert(all.end(), m_steps.begin(), m_steps.end());
    return all;
}

void FusedAdam::setState(const std::vector<at::Tensor>& state)
{
    restoreTensors(this->state(), state, "FusedAdam");
}

void restoreTensors(
    const std::vector<at::Tensor>& own, const std::vector<at::Tensor>& state, const std::string& who)
{
    if (state.size() != own.size())
        throw std::invalid_argument(who + ": a state of " + std::to_string(state.size())
            + " tensors, expected " + std::to_string(own.size()));
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (state[i].sizes() != own[i].sizes())
            throw std::invalid_argument(
                who + ": tensor " + std::to_string(i) + " of the state has another shape");
        own[i].copy_(state[i]);
    }
}

} // namespace palimpsest::nn
