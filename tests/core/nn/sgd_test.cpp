// SPDX-License-Identifier: Apache-2.0
#include "core/nn/fused_sgd.h"

#include "core/nn/joint_model.h"
#include "tests/core/nn/joint_fixture.h"

#include <gtest/gtest.h>

#include <cmath>

namespace palimpsest {
namespace {

using namespace test;

TEST(FusedSgd, IsThePlainLoop)
{
    Random random(1);
    std::vector<double> weights(300), moments(300);
    for (double& weight : weights)
        weight = random.normal();
    const at::Tensor parameter = at::tensor(std::vector<float>(weights.begin(), weights.end()), at::kFloat);
    nn::FusedSgd sgd({ parameter }, 0.9, 0.01);
    for (int step = 0; step < 20; ++step) {
        const double rate = 0.1 / (1.0 + step);
        std::vector<float> gradient;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            gradient.push_back(static_cast<float>(random.normal()));
            moments[i] = 0.9 * moments[i] + static_cast<double>(gradient.back()) + 0.01 * weights[i];
            weights[i] -= rate * moments[i];
        }
        sgd.step({ at::tensor(gradient, at::kFloat) }, at::scalar_tensor(rate, at::kFloat));
    }
    for (std::size_t i = 0; i < weights.size(); ++i)
        EXPECT_NEAR(parameter.const_data_ptr<float>()[i], weights[i], 1e-5);
    EXPECT_THROW(sgd.step({}, at::scalar_tensor(0.1)), std::invalid_argument);
    EXPECT_THROW(sgd.setState({ at::zeros({ 3 }) }), std::invalid_argument);
}

JointRequest sgdRequest(const JointFixture& fixture)
{
    JointRequest request = fixture.request();
    request.settings.optimiser = Optimiser::Sgd;
    request.settings.learningRate = 0.1;
    request.settings.weightDecay = 1e-4;
    request.settings.clipNorm = 5.0;
    request.forms = { Storage::Ternary, Storage::Int4, Storage::Float16 };
    return request;
}

TEST(OptimiseJointly, LearnsWithSgdAndResumesBitEqual)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = sgdRequest(fixture);
    request.settings.steps = 80;
    request.settings.validateEvery = 40;
    const JointOutcome learned = optimise(request);
    for (const auto& curve : learned.curves)
        EXPECT_GT(curve.back().validationAccuracy, curve.front().validationAccuracy + 0.1);

    request = sgdRequest(fixture);
    const JointOutcome unbroken = optimise(request);
    for (const Record& record : checkpointsOf(request)) {
        request.checkpoint = record;
        EXPECT_EQ(optimise(request).state, unbroken.state);
    }
    request.settings.momentum = 0.5;
    Job job;
    EXPECT_FALSE(optimiseJointly(request, job.context).ok()) << "a checkpoint of other settings";
    request.checkpoint.reset();
    EXPECT_NE(optimise(request).state, unbroken.state);
    request.settings.momentum = 1.0;
    EXPECT_NE(optimiseJointly(request, job.context).error().text().find("optimisation.momentum"),
        std::string::npos);
}

TEST(JointModel, ScalesTakeTheirOwnStepsWithSgd)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = sgdRequest(fixture);
    VirtualizedState start = request.start;
    findScales(start, request.forms);
    const auto gradient = [&](Optimiser optimiser) {
        request.settings.optimiser = optimiser;
        nn::JointModel model(request.tasks, { 0 }, request.forms, request.settings, nn::computeDevice("cpu"));
        model.load(start);
        nn::TaskFeed feed(request.tasks[0], request.settings, 3, nn::computeDevice("cpu"));
        model.beginStep();
        (void)model.addGradient(0, feed.next(), feed.generator());
        model.foldGradients();
        model.applyGradients(0.0);
        return model.scaleGradient().clone();
    };
    const at::Tensor adam = gradient(Optimiser::AdamW), sgd = gradient(Optimiser::Sgd);
    ASSERT_GT(adam.numel(), 1);
    const std::int64_t slots = adam.numel() - 1; // the last is that of the exclusive page, int4
    EXPECT_TRUE(sgd.narrow(0, 0, slots).allclose(adam.narrow(0, 0, slots) / std::sqrt(64.0 * 1.0)));
    EXPECT_TRUE(sgd.narrow(0, slots, 1).allclose(adam.narrow(0, slots, 1) / std::sqrt(64.0 * 7.0)));
    EXPECT_GT(adam.abs().min().item<double>(), 0.0);
}

} // namespace
} // namespace palimpsest
