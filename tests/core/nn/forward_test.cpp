// SPDX-License-Identifier: Apache-2.0
#include "core/nn/functional.h"

#include "tests/core/nn/network_fixture.h"
#include "tests/core/nn/plain_forward.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace palimpsest {
namespace {

using namespace test;
using enum LayerKind;

struct Case {
    std::string name;
    Shape input;
    std::vector<Layer> layers;
};

std::vector<Case> cases()
{
    const Layer flat = layer(Flatten, "flat");
    Layer leaky = layer(LeakyRelu, "leaky");
    leaky.slope = 0.2;
    Layer norm = layer(BatchNorm, "norm");
    norm.epsilon = 1e-2;
    const Layer same = convolution(Conv2d, "same", 3, { 3, 3 }, {}, { 1, 1 });
    return {
        { "conv2d", { 3, 7, 6 }, { convolution(Conv2d, "a", 4, { 3, 2 }), flat } },
        { "conv2d of one channel", { 1, 7, 6 },
            { convolution(Conv2d, "a", 4, { 3, 3 }, {}, { 1, 1 }), flat } },
        { "conv2d with stride and padding", { 2, 8, 9 },
            { convolution(Conv2d, "a", 5, { 3, 4 }, { 2, 3 }, { 1, 2 }, false), flat } },
        { "conv1d", { 3, 11 }, { convolution(Conv1d, "a", 4, { 3 }), flat } },
        { "conv1d with stride and padding", { 1, 11 },
            { convolution(Conv1d, "a", 4, { 5 }, { 2 }, { 2 }, false), flat } },
        { "linear", { 6 }, { linear("a", 4) } },
        { "linear without bias", { 6 }, { linear("a", 4, false) } },
        { "max pool", { 2, 6, 8 }, { pool(MaxPool, "p", { 2, 2 }), flat } },
        { "max pool with stride and padding", { 2, 7, 8 },
            { pool(MaxPool, "p", { 3, 3 }, { 2, 1 }, { 1, 0 }), flat } },
        { "average pool with padding", { 2, 7, 8 },
            { pool(AveragePool, "p", { 3, 2 }, { 2, 2 }, { 1, 1 }), flat } },
        { "max pool over a sequence", { 3, 9 }, { pool(MaxPool, "p", { 3 }, { 2 }, { 1 }), flat } },
        { "average pool over a sequence", { 3, 9 }, { pool(AveragePool, "p", { 2 }), flat } },
        { "global average pool", { 3, 5, 4 }, { layer(GlobalAveragePool, "g") } },
        { "global average pool over a sequence", { 3, 5 }, { layer(GlobalAveragePool, "g") } },
        { "batch norm of images", { 3, 4, 5 }, { norm, flat } },
        { "batch norm of sequences", { 3, 5 }, { norm, flat } },
        { "batch norm of features", { 6 }, { norm } },
        { "activations and dropout", { 9 },
            { leaky, layer(Sigmoid, "s"), linear("a", 5), layer(Tanh, "t"), layer(Dropout, "d"),
                linear("b", 4), layer(Relu, "r") } },
        { "residual", { 3, 5, 4 },
            { layer(Tanh, "t"), same, layer(Relu, "r"), add("sum", "t"), flat, linear("out", 4) } },
        { "residual of a sequence", { 2, 7 },
            { convolution(Conv1d, "c", 2, { 3 }, {}, { 1 }), layer(Relu, "r"), add("sum", "c"), flat,
                linear("out", 4) } },
        { "flatten before dense", { 2, 3, 4 }, { flat, linear("a", 3) } },
    };
}

/// A fire module: two convolutions read one output, and theirs are joined.
std::vector<Layer> fire()
{
    return { convolution(Conv2d, "squeeze", 2, { 1, 1 }), layer(Relu, "low"),
        convolution(Conv2d, "one", 3, { 1, 1 }), layer(Relu, "a"),
        reading("low", convolution(Conv2d, "three", 4, { 3, 3 }, {}, { 1, 1 })), layer(Relu, "b"),
        concat("both", { "a", "b" }) };
}

/// Kinds and settings with which branches, groups and uneven padding are described.
std::vector<Case> branchedCases()
{
    const Layer flat = layer(Flatten, "flat");
    const auto with = [](Layer l, const auto& change) {
        change(l);
        return l;
    };
    std::vector<Layer> fireModule = fire();
    fireModule.push_back(flat);
    std::vector<Layer> twoFires = fire();
    twoFires.insert(twoFires.end(),
        { pool(MaxPool, "p", { 3, 3 }, { 2, 2 }, { 0, 0, 1, 1 }), convolution(Conv2d, "shrink", 2, { 1, 1 }),
            layer(Tanh, "t"), reading("p", convolution(Conv2d, "other", 2, { 3, 2 }, {}, { 1, 0, 1, 1 })),
            add("sum", "t"), flat });
    const Layer grouped
        = with(convolution(Conv2d, "a", 6, { 3, 2 }, { 1, 2 }, { 1, 0 }), [](Layer& l) { l.groups = 2; });
    const Layer depthwise
        = with(convolution(Conv2d, "a", 8, { 3, 3 }, {}, { 1, 1 }, false), [](Layer& l) { l.groups = 4; });
    const Layer dilated = with(convolution(Conv2d, "a", 3, { 3, 2 }, { 1, 2 }, { 2, 1 }), [](Layer& l) {
        l.dilation = { 2, 3 };
    });
    const Layer dilatedSequence
        = with(convolution(Conv1d, "a", 3, { 3 }, {}, { 4, 0 }), [](Layer& l) { l.dilation = { 2 }; });
    const auto mean = [&](Shape padding) {
        return with(pool(AveragePool, "p", { 3, 2 }, { 2, 2 }, std::move(padding)),
            [](Layer& l) { l.countPadding = false; });
    };
    const Layer clip = with(layer(Clip, "clip"), [](Layer& l) {
        l.minimum = -0.5;
        l.maximum = 0.75;
    });
    const Layer lower = with(layer(Clip, "lower"), [](Layer& l) { l.minimum = 0.1; });
    const auto padded = [&](Shape padding, double value) {
        return with(layer(Pad, "pad"), [&](Layer& l) {
            l.padding = padding;
            l.value = value;
        });
    };
    const auto shaped
        = [&](Shape shape) { return with(layer(Reshape, "shaped"), [&](Layer& l) { l.shape = shape; }); };
    const auto turned
        = [&](Shape order) { return with(layer(Permute, "turned"), [&](Layer& l) { l.order = order; }); };
    return {
        { "fire module", { 3, 5, 4 }, fireModule },
        { "fire modules with a pool and a second branch", { 3, 7, 6 }, twoFires },
        { "two branches from the input", { 4 },
            { linear("a", 3), layer(Tanh, "t"), reading("@input", linear("b", 2)),
                concat("c", { "b", "@input", "t" }) } },
        { "residual from the input", { 3, 5 },
            { convolution(Conv1d, "c", 3, { 3 }, {}, { 1 }), add("sum", "@input"), flat } },
        { "concat of sequences", { 2, 7 },
            { convolution(Conv1d, "a", 2, { 3 }, {}, { 1 }), concat("c", { "@input", "a" }), flat } },
        { "groups", { 4, 6, 7 }, { grouped, flat } },
        { "depthwise", { 4, 6, 5 }, { depthwise, flat } },
        { "dilation", { 2, 8, 9 }, { dilated, flat } },
        { "dilation of a sequence, padded on one side", { 2, 11 }, { dilatedSequence, flat } },
        { "uneven padding", { 2, 7, 8 },
            { convolution(Conv2d, "a", 3, { 2, 4 }, { 2, 1 }, { 0, 1, 1, 2 }), flat } },
        { "uneven padding of a max pool", { 2, 7, 8 },
            { pool(MaxPool, "p", { 2, 3 }, { 2, 2 }, { 0, 2, 1, 1 }), flat } },
        { "max pool padded by more than half of its kernel", { 2, 7 },
            { pool(MaxPool, "p", { 3 }, { 2 }, { 2 }), flat } },
        { "uneven padding of an average pool", { 2, 7, 8 },
            { pool(AveragePool, "p", { 3, 2 }, { 2, 2 }, { 0, 1, 2, 0 }), flat } },
        { "average pool that does not count its padding", { 2, 7, 8 }, { mean({ 1, 1 }), flat } },
        { "the same with uneven padding", { 2, 7, 8 }, { mean({ 0, 1, 2, 0 }), flat } },
        { "scale of images", { 3, 4, 2 }, { layer(Scale, "s"), flat } },
        { "scale of features", { 5 }, { layer(Scale, "s"), linear("a", 3), layer(Scale, "t") } },
        { "clip", { 9 }, { clip, linear("a", 4), lower } },
        { "pad", { 2, 3, 4 }, { padded({ 1, 0, 2, 1 }, 0.5), flat } },
        { "pad of a sequence", { 2, 5 }, { padded({ 2, 1 }, 0.0), flat } },
        { "soft-max over channels", { 3, 4, 2 }, { layer(Softmax, "s"), flat } },
        { "soft-max over features", { 5 }, { linear("a", 4), layer(Softmax, "s") } },
        { "features as an image", { 24 },
            { linear("a", 24), shaped({ 2, 3, 4 }), convolution(Conv2d, "c", 2, { 2, 2 }), flat } },
        { "an image as a sequence", { 2, 4, 3 },
            { shaped({ 4, 6 }), convolution(Conv1d, "c", 2, { 3 }), flat } },
        { "a sequence as an image", { 3, 8 },
            { shaped({ 1, 3, 8 }), convolution(Conv2d, "c", 2, { 2, 2 }), flat } },
        { "turned image", { 2, 4, 3 }, { turned({ 2, 0, 1 }), convolution(Conv2d, "c", 2, { 2, 2 }), flat } },
        { "turned sequence", { 2, 5 }, { turned({ 1, 0 }), convolution(Conv1d, "c", 2, { 2 }), flat } },
    };
}

std::vector<Case> allCases()
{
    std::vector<Case> all = cases();
    for (Case& c : branchedCases())
        all.push_back(std::move(c));
    return all;
}

class ForwardLayout : public testing::TestWithParam<TensorLayout> { };

TEST_P(ForwardLayout, EqualsPlainLoops)
{
    for (const Case& c : allCases()) {
        SCOPED_TRACE(c.name);
        std::vector<Layer> layers = c.layers;
        layers.push_back(linear("last", 4));
        const Network network = makeNetwork(c.input, layers, GetParam());
        const Weights weights = randomWeights(network, 3);
        const LabelledSamples samples = randomSamples(network, 3, 4);
        const at::Tensor logits
            = nn::forward(network, nn::viewsOf(weights), nn::inputTensor(samples)).contiguous();
        ASSERT_EQ(logits.sizes(), (Shape { 3, network.classes() }));
        const PlainForward plain(network, weights);
        for (std::size_t n = 0; n < samples.count(); ++n) {
            const auto expected
                = plain(std::span(samples.x).subspan(n * samples.sampleSize(), samples.sampleSize()));
            for (std::size_t k = 0; k < expected.size(); ++k)
                ASSERT_NEAR(logits.const_data_ptr<float>()[n * expected.size() + k], expected[k],
                    1e-5 * (1.0 + std::abs(expected[k])))
                    << "sample " << n << ", output " << k;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Layouts, ForwardLayout,
    testing::Values(TensorLayout::Native, TensorLayout::TensorFlow),
    [](const auto& tested) { return tested.param == TensorLayout::Native ? "Native" : "TensorFlow"; });

TEST(Forward, TensorFlowLayoutIsThePermutedNativeOne)
{
    const std::vector<Layer> layers { convolution(Conv2d, "c", 4, { 3, 2 }), layer(Relu, "r"),
        layer(Flatten, "f"), linear("out", 3) };
    const Network native = makeNetwork({ 2, 5, 6 }, layers);
    const Network tensorFlow = makeNetwork({ 2, 5, 6 }, layers, TensorLayout::TensorFlow);
    const Weights weights = randomWeights(native, 1);
    const at::Tensor input = nn::inputTensor(randomSamples(native, 4, 2)).clone();

    std::vector<at::Tensor> tensors = nn::viewsOf(weights);
    const at::Tensor expected = nn::forward(native, tensors, input);
    tensors[0] = tensors[0].permute({ 2, 3, 1, 0 }).contiguous(); // [kh, kw, in, out]
    const std::int64_t height = native.outputShapes[0][1];
    const std::int64_t width = native.outputShapes[0][2];
    tensors[2]
        = tensors[2].view({ 3, 4, height, width }).permute({ 2, 3, 1, 0 }).reshape({ -1, 3 }); // rows H, W, C
    for (std::size_t i = 0; i < tensors.size(); ++i)
        ASSERT_EQ(tensors[i].sizes(), at::IntArrayRef(tensorFlow.tensors[i].shape))
            << tensorFlow.tensors[i].name;
    EXPECT_TRUE(at::allclose(nn::forward(tensorFlow, tensors, input), expected, 1e-5, 1e-6));
}

TEST(Forward, BatchNormTrainsOnBatchStatisticsAndUpdatesRunningOnesInPlace)
{
    Layer norm = layer(BatchNorm, "n");
    norm.momentum = 0.25;
    norm.epsilon = 1e-12;
    const Network network = makeNetwork({ 1 }, { norm });
    // Scale 2, shift 1, running mean 4, running variance 8; the batch has mean 3, variance 4 (biased), 16 / 3 (unbiased).
    const std::vector<at::Tensor> tensors { at::full({ 1 }, 2.0), at::full({ 1 }, 1.0), at::full({ 1 }, 4.0),
        at::full({ 1 }, 8.0) };
    const at::Tensor input = at::tensor({ 1.0F, 1.0F, 5.0F, 5.0F }).view({ 4, 1 });
    nn::ForwardOptions options;
    options.training = true;
    const at::Tensor output = nn::forward(network, tensors, input, options);
    EXPECT_TRUE(at::allclose(output.flatten(), at::tensor({ -1.0F, -1.0F, 3.0F, 3.0F })));
    EXPECT_FLOAT_EQ(tensors[2].item<float>(), 0.75F * 4.0F + 0.25F * 3.0F);
    EXPECT_FLOAT_EQ(tensors[3].item<float>(), 0.75F * 8.0F + 0.25F * 16.0F / 3.0F);

    const at::Tensor before = tensors[2].clone();
    (void)nn::forward(network, tensors, input);
    EXPECT_TRUE(at::equal(tensors[2], before)) << "evaluation mode must not change the running statistics";
}

TEST(Forward, DropoutFollowsItsGenerator)
{
    Layer drop = layer(Dropout, "d");
    drop.probability = 0.25;
    const Network network = makeNetwork({ 1 }, { linear("a", 4000, false), drop });
    const std::vector<at::Tensor> tensors { at::ones({ 4000, 1 }) };
    const at::Tensor input = at::ones({ 1, 1 });
    const auto run = [&](std::uint64_t seed) {
        nn::ForwardOptions options;
        options.training = true;
        options.generator = at::make_generator<at::CPUGeneratorImpl>(seed);
        return nn::forward(network, tensors, input, options);
    };
    const at::Tensor first = run(1);
    EXPECT_TRUE(at::equal(first, run(1)));
    EXPECT_FALSE(at::equal(first, run(2)));
    const at::Tensor kept = first.masked_select(first.ne(0.0));
    EXPECT_TRUE(at::allclose(kept, at::full_like(kept, 1.0 / 0.75)));
    EXPECT_NEAR(static_cast<double>(kept.numel()) / 4000.0, 0.75, 0.05);

    nn::ForwardOptions options;
    options.training = true;
    EXPECT_THROW((void)nn::forward(network, tensors, input, options), std::invalid_argument);
}

TEST(Forward, RefusesANetworkThatIsNotCompleted)
{
    Network network = makeNetwork({ 2 }, { linear("a", 2) });
    network.sources.clear();
    EXPECT_THROW((void)nn::forward(
                     network, std::vector { at::zeros({ 2, 2 }), at::zeros({ 2 }) }, at::zeros({ 1, 2 })),
        std::invalid_argument);
}

TEST(Forward, RefusesAnotherNumberOfTensors)
{
    const Network network = makeNetwork({ 2 }, { linear("a", 2) });
    EXPECT_THROW((void)nn::forward(network, {}, at::zeros({ 1, 2 })), std::invalid_argument);
}

TEST(Forward, GradientsEqualFiniteDifferences)
{
    for (const TensorLayout layout : { TensorLayout::Native, TensorLayout::TensorFlow }) {
        const Network network = makeNetwork({ 2, 6, 5 },
            { convolution(Conv2d, "c1", 3, { 3, 3 }, {}, { 1, 1 }), layer(Tanh, "t"), layer(BatchNorm, "n"),
                convolution(Conv2d, "c2", 3, { 3, 3 }, {}, { 1, 1 }), add("sum", "t"),
                pool(AveragePool, "p", { 2, 2 }), layer(Sigmoid, "s"), layer(Flatten, "f"),
                linear("out", 3) },
            layout);
        const Weights weights = randomWeights(network, 5);
        const at::Tensor input = nn::inputTensor(randomSamples(network, 4, 6)).to(at::kDouble);
        const at::Tensor labels = at::tensor({ 0, 2, 1, 2 }, at::kLong);
        std::vector<at::Tensor> tensors;
        for (const at::Tensor& view : nn::viewsOf(weights))
            tensors.push_back(view.to(at::kDouble));
        nn::ForwardOptions options;
        options.training = true;
        const auto loss
            = [&] { return at::cross_entropy_loss(nn::forward(network, tensors, input, options), labels); };
        for (std::size_t i = 0; i < tensors.size(); ++i)
            tensors[i].set_requires_grad(!isState(network.tensors[i].role));
        loss().backward();
        const at::NoGradGuard noGrad;
        for (std::size_t i = 0; i < tensors.size(); ++i) {
            if (isState(network.tensors[i].role))
                continue;
            const at::Tensor values = tensors[i].view(-1);
            const at::Tensor gradient = tensors[i].grad().reshape(-1);
            for (std::int64_t k = 0; k < values.numel(); k += 3) {
                constexpr double kStep = 1e-5;
                const double before = values[k].item<double>();
                values[k] = before + kStep;
                const double above = loss().item<double>();
                values[k] = before - kStep;
                const double below = loss().item<double>();
                values[k] = before;
                EXPECT_NEAR(gradient[k].item<double>(), (above - below) / (2.0 * kStep), 1e-7)
                    << network.tensors[i].name << "[" << k << "]";
            }
        }
    }
}

} // namespace
} // namespace palimpsest
