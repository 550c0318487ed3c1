// SPDX-License-Identifier: Apache-2.0
#include "core/network/network.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <limits>
#include <utility>

namespace palimpsest {
namespace {

Layer layer(LayerKind kind, std::string name = {})
{
    Layer made;
    made.kind = kind;
    made.name = std::move(name);
    return made;
}
Layer conv(LayerKind kind, std::string name, std::int64_t outputs, Shape kernel)
{
    Layer made = layer(kind, std::move(name));
    made.outputs = outputs;
    made.kernel = std::move(kernel);
    return made;
}
Layer linear(std::string name, std::int64_t outputs)
{
    Layer made = layer(LayerKind::Linear, std::move(name));
    made.outputs = outputs;
    return made;
}
Layer pool(LayerKind kind, Shape kernel)
{
    Layer made = layer(kind);
    made.kernel = std::move(kernel);
    return made;
}
Network network(Shape inputShape, std::vector<Layer> layers, TensorLayout layout = TensorLayout::Native)
{
    Network made;
    made.inputShape = std::move(inputShape);
    made.layers = std::move(layers);
    made.layout = layout;
    return made;
}

std::string errorOf(Network made)
{
    const Status status = completeNetwork(made, "net.json");
    return status.ok() ? "no error" : status.error().text();
}

/// The references' network for spoken commands, worked by hand: [1, 61, 13] -> 35 classes.
std::vector<Layer> speechLayers()
{
    return { conv(LayerKind::Conv2d, "c0", 8, { 12, 6 }), layer(LayerKind::LeakyRelu),
        pool(LayerKind::MaxPool, { 2, 2 }), conv(LayerKind::Conv2d, "c1", 16, { 6, 3 }),
        layer(LayerKind::LeakyRelu), pool(LayerKind::MaxPool, { 2, 2 }), layer(LayerKind::Flatten),
        linear("f0", 128), linear("f1", 256), linear("f2", 35) };
}

TEST(CompleteNetwork, InfersHandWorkedShapes)
{
    Network made = network({ 1, 61, 13 }, speechLayers());
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    const std::vector<Shape> expected { { 8, 50, 8 }, { 8, 50, 8 }, { 8, 25, 4 }, { 16, 20, 2 },
        { 16, 20, 2 }, { 16, 10, 1 }, { 160 }, { 128 }, { 256 }, { 35 } };
    EXPECT_EQ(made.outputShapes, expected);
    EXPECT_EQ(made.classes(), 35);
    // 12*6*8+8 + 6*3*8*16+16 + 160*128+128 + 128*256+256 + 256*35+35 = the count that its source gives
    EXPECT_EQ(made.trainableCount(), 65'531);
}

TEST(CompleteNetwork, ListsTensorsInTheNativeLayout)
{
    Network made = network({ 1, 61, 13 }, speechLayers());
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    ASSERT_EQ(made.tensors.size(), 10U);
    EXPECT_EQ(made.tensors[0], (TensorSpec { "c0.weight", { 8, 1, 12, 6 }, TensorRole::Weight, 0 }));
    EXPECT_EQ(made.tensors[1], (TensorSpec { "c0.bias", { 8 }, TensorRole::Bias, 0 }));
    EXPECT_EQ(made.tensors[2], (TensorSpec { "c1.weight", { 16, 8, 6, 3 }, TensorRole::Weight, 3 }));
    EXPECT_EQ(made.tensors[4], (TensorSpec { "f0.weight", { 128, 160 }, TensorRole::Weight, 7 }));
}

TEST(CompleteNetwork, ListsTensorsInTheTensorFlowLayout)
{
    std::vector<Layer> layers = speechLayers();
    layers[0].weightName = "weight_0";
    layers[0].biasName = "bias_0";
    Network made = network({ 1, 61, 13 }, std::move(layers), TensorLayout::TensorFlow);
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    EXPECT_EQ(made.tensors[0], (TensorSpec { "weight_0", { 12, 6, 1, 8 }, TensorRole::Weight, 0 }));
    EXPECT_EQ(made.tensors[1], (TensorSpec { "bias_0", { 8 }, TensorRole::Bias, 0 }));
    EXPECT_EQ(made.tensors[2].shape, (Shape { 6, 3, 8, 16 }));
    EXPECT_EQ(made.tensors[4].shape, (Shape { 160, 128 }));

    Network sound = network({ 12, 29 },
        { conv(LayerKind::Conv1d, "c", 5, { 3 }), layer(LayerKind::GlobalAveragePool), linear("f", 9) },
        TensorLayout::TensorFlow);
    ASSERT_TRUE(completeNetwork(sound, "net").ok());
    EXPECT_EQ(sound.tensors[0].shape, (Shape { 3, 12, 5 }));
    EXPECT_EQ(sound.outputShapes, (std::vector<Shape> { { 5, 27 }, { 5 }, { 9 } }));
}

TEST(CompleteNetwork, StrideAndPaddingAreWorkedPerAxis)
{
    Layer first = conv(LayerKind::Conv2d, "c", 2, { 3, 5 });
    first.stride = { 2, 1 };
    first.padding = { 1, 2 };
    Layer second = pool(LayerKind::AveragePool, { 3 });
    second.stride = { 2 };
    second.padding = { 1 };
    Network made = network({ 3, 8, 7 }, { first, second, layer(LayerKind::Flatten), linear("f", 4) });
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    EXPECT_EQ(made.outputShapes[0], (Shape { 2, 4, 7 })); // (8 + 2 - 3) / 2 + 1, (7 + 4 - 5) / 1 + 1
    EXPECT_EQ(made.outputShapes[1], (Shape { 2, 2, 4 })); // (4 + 2 - 3) / 2 + 1, (7 + 2 - 3) / 2 + 1
    EXPECT_EQ(made.layers[1].kernel, (Shape { 3, 3 })); // one number was spread over both axes
    EXPECT_EQ(made.layers[1].stride, (Shape { 2, 2 }));
}

TEST(CompleteNetwork, BatchNormKeepsStateApart)
{
    Network made = network({ 6, 100 },
        { conv(LayerKind::Conv1d, "c", 4, { 5 }), layer(LayerKind::BatchNorm, "n"),
            layer(LayerKind::GlobalAveragePool), linear("f", 4) });
    made.layers[0].bias = false;
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    ASSERT_EQ(made.tensors.size(), 7U);
    EXPECT_EQ(made.tensors[1], (TensorSpec { "n.weight", { 4 }, TensorRole::NormScale, 1 }));
    EXPECT_EQ(made.tensors[2], (TensorSpec { "n.bias", { 4 }, TensorRole::NormShift, 1 }));
    EXPECT_EQ(made.tensors[3], (TensorSpec { "n.running_mean", { 4 }, TensorRole::RunningMean, 1 }));
    EXPECT_EQ(made.tensors[4], (TensorSpec { "n.running_var", { 4 }, TensorRole::RunningVariance, 1 }));
    EXPECT_EQ(made.trainableCount(), 4 * 6 * 5 + 2 * 4 + 4 * 4 + 4);
}

TEST(CompleteNetwork, ScaleHasNoState)
{
    Network made = network({ 6 }, { layer(LayerKind::Scale, "s"), linear("f", 4) });
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    ASSERT_EQ(made.tensors.size(), 4U);
    EXPECT_EQ(made.tensors[0], (TensorSpec { "s.weight", { 6 }, TensorRole::NormScale, 0 }));
    EXPECT_EQ(made.tensors[1], (TensorSpec { "s.bias", { 6 }, TensorRole::NormShift, 0 }));
}

TEST(CompleteNetwork, NamesUnnamedLayersAfterTypeAndPlace)
{
    Network made = network({ 4 },
        { layer(LayerKind::Relu), layer(LayerKind::Relu, "relu2"), layer(LayerKind::Relu), linear("", 2) });
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    EXPECT_EQ(made.layers[0].name, "relu0");
    EXPECT_EQ(made.layers[2].name, "relu2_"); // "relu2" was taken
    EXPECT_EQ(made.tensors[0].name, "linear3.weight");
}

TEST(CompleteNetwork, IsRepeatable)
{
    Network once = network({ 1, 61, 13 }, speechLayers());
    ASSERT_TRUE(completeNetwork(once, "net").ok());
    Network twice = once;
    ASSERT_TRUE(completeNetwork(twice, "net").ok());
    EXPECT_EQ(once, twice);
}

TEST(CompleteNetwork, AddTakesAnEarlierOutputOfTheSameShape)
{
    Layer add = layer(LayerKind::Add, "sum");
    add.from = "a";
    const std::vector<Layer> layers { linear("a", 8), linear("b", 8), add, linear("out", 3) };
    Network made = network({ 5 }, layers);
    EXPECT_TRUE(completeNetwork(made, "net").ok());

    std::vector<Layer> wrong = layers;
    wrong[1].outputs = 7;
    EXPECT_EQ(errorOf(network({ 5 }, wrong)),
        "net.json: layer \"sum\" (add, layers[2]): its input [7] and the output [8] of layer \"a\" must have "
        "the same shape");
    wrong = layers;
    wrong[2].from = "out"; // later
    EXPECT_EQ(errorOf(network({ 5 }, wrong)),
        "net.json: layer \"sum\" (add, layers[2]): from: expected the name of an earlier layer, got \"out\"");
    wrong[2].from = "sum"; // itself
    EXPECT_NE(errorOf(network({ 5 }, wrong)).find("an earlier layer"), std::string::npos);
}

TEST(CompleteNetwork, LayersReadTheOnesThatTheyName)
{
    Layer left = conv(LayerKind::Conv2d, "left", 2, { 1, 1 });
    Layer right = conv(LayerKind::Conv2d, "right", 3, { 3, 3 });
    right.input = kNetworkInput;
    right.padding = { 1 };
    Layer both = layer(LayerKind::Concat, "both");
    both.parts = { "right", "left", "right" };
    Layer sum = layer(LayerKind::Add, "sum");
    sum.input = "left";
    sum.from = kNetworkInput;
    const std::vector<Layer> layers { left, right, both, layer(LayerKind::Flatten), linear("out", 3) };
    Network made = network({ 2, 6, 5 }, layers);
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    EXPECT_EQ(made.outputShapes[2], (Shape { 8, 6, 5 }));
    EXPECT_EQ(made.sources,
        (std::vector<std::vector<std::size_t>> {
            { kInputSource }, { kInputSource }, { 1, 0, 1 }, { 2 }, { 3 } }));

    std::vector<Layer> wrong = layers;
    wrong[2] = sum;
    EXPECT_EQ(errorOf(network({ 2, 6, 5 }, wrong)),
        "net.json: layer \"right\" (conv2d, layers[1]): no later layer reads its output; remove it, or name "
        "it "
        "as the input of one");
    wrong.erase(wrong.begin() + 1);
    EXPECT_EQ(errorOf(network({ 2, 6, 5 }, wrong)), "no error");

    wrong = layers;
    wrong[1].padding = {};
    EXPECT_EQ(errorOf(network({ 2, 6, 5 }, wrong)),
        "net.json: layer \"both\" (concat, layers[2]): the outputs [3, 4, 3] of layer \"right\" and [2, 6, "
        "5] of "
        "layer \"left\" must have the same shape but for the first axis");
    wrong = layers;
    wrong[2].parts = { "left" };
    EXPECT_NE(
        errorOf(network({ 2, 6, 5 }, wrong)).find("parts: expected the names of two or more layers, got 1"),
        std::string::npos);
    for (const char* later : { "right", "both", "nobody", "" }) {
        wrong = layers;
        wrong[1].input = later;
        if (*later == '\0') // the layer before it
            EXPECT_NE(errorOf(network({ 2, 6, 5 }, wrong)), "");
        else
            EXPECT_EQ(errorOf(network({ 2, 6, 5 }, wrong)),
                "net.json: layer \"right\" (conv2d, layers[1]): input: expected the name of an earlier "
                "layer, got \""
                    + std::string(later) + "\"");
    }
}

TEST(CompleteNetwork, PaddingOfBothSidesIsToldApart)
{
    Layer uneven = conv(LayerKind::Conv2d, "c", 2, { 3, 4 });
    uneven.padding = { 0, 1, 2, 2 };
    uneven.stride = { 2, 1 };
    Layer even = pool(LayerKind::MaxPool, { 3 });
    even.padding = { 1, 2, 1, 2 };
    Layer around = layer(LayerKind::Pad);
    around.padding = { 1, 0 };
    Network made = network({ 3, 8, 7 }, { uneven, even, around, layer(LayerKind::Flatten), linear("f", 4) });
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    EXPECT_EQ(made.outputShapes[0], (Shape { 2, 4, 7 })); // (8 + 2 - 3) / 2 + 1, 7 + 3 - 4 + 1
    EXPECT_EQ(made.layers[1].padding, (Shape { 1, 2 }));
    EXPECT_EQ(made.outputShapes[1], (Shape { 2, 2, 3 })); // (4 + 2 - 3) / 3 + 1, (7 + 4 - 3) / 3 + 1
    EXPECT_EQ(made.layers[2].padding, (Shape { 1, 0, 1, 0 }));
    EXPECT_EQ(made.outputShapes[2], (Shape { 2, 4, 3 }));
    EXPECT_EQ(paddingOf(made.layers[0], 0, 2).after, 2);
    EXPECT_EQ(paddingOf(made.layers[0], 1, 2).before, 1);

    Layer sequence = conv(LayerKind::Conv1d, "s", 1, { 4 });
    sequence.padding = { 1, 2 };
    sequence.dilation = { 2 };
    made = network({ 3, 8 }, { sequence, layer(LayerKind::Flatten), linear("f", 4) });
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    EXPECT_EQ(made.outputShapes[0], (Shape { 1, 5 })); // 8 + 3 - (3 * 2 + 1) + 1
}

TEST(CompleteNetwork, ChangesOfShapeAreWorkedByHand)
{
    Layer turned = layer(LayerKind::Permute, "turned");
    turned.order = { 2, 0, 1 };
    Layer formed = layer(LayerKind::Reshape, "formed");
    formed.shape = { 6, 20 };
    const std::vector<Layer> layers { turned, formed, layer(LayerKind::Flatten), linear("f", 4) };
    Network made = network({ 3, 8, 5 }, layers);
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    EXPECT_EQ(made.outputShapes[0], (Shape { 5, 3, 8 }));
    EXPECT_EQ(made.outputShapes[1], (Shape { 6, 20 }));
    for (const Shape& order : { Shape { 0, 1 }, Shape { 0, 1, 1 }, Shape { 0, 1, 3 }, Shape { 0, 1, -1 } }) {
        std::vector<Layer> wrong = layers;
        wrong[0].order = order;
        EXPECT_EQ(errorOf(network({ 3, 8, 5 }, wrong)),
            "net.json: layer \"turned\" (permute, layers[0]): order: expected each axis of the input [3, 8, "
            "5] once, "
            "counted from 0, got "
                + toString(order));
    }
    for (const Shape& shape : { Shape {}, Shape { 119 }, Shape { -6, -20 }, Shape { 6, 5, 2, 2 } }) {
        std::vector<Layer> wrong = layers;
        wrong[1].shape = shape;
        EXPECT_EQ(errorOf(network({ 3, 8, 5 }, wrong)),
            "net.json: layer \"formed\" (reshape, layers[1]): shape: expected 1 to 3 sizes that hold as many "
            "numbers as the input [5, 3, 8], got "
                + toString(shape));
    }
}

TEST(CompleteNetwork, GroupsDivideTheChannels)
{
    Layer grouped = conv(LayerKind::Conv2d, "g", 6, { 3, 1 });
    grouped.groups = 3;
    const std::vector<Layer> layers { grouped, layer(LayerKind::Flatten), linear("f", 4) };
    Network made = network({ 9, 4, 4 }, layers);
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    EXPECT_EQ(made.tensors[0].shape, (Shape { 6, 3, 3, 1 }));
    made = network({ 9, 4, 4 }, layers, TensorLayout::TensorFlow);
    ASSERT_TRUE(completeNetwork(made, "net").ok());
    EXPECT_EQ(made.tensors[0].shape, (Shape { 3, 1, 3, 6 }));
    for (const std::int64_t groups :
        { std::int64_t { 0 }, std::int64_t { -3 }, std::int64_t { 2 }, std::int64_t { 9 } }) {
        std::vector<Layer> wrong = layers;
        wrong[0].groups = groups;
        EXPECT_NE(errorOf(network({ 9, 4, 4 }, wrong)).find("groups: expected a number that divides the 9"),
            std::string::npos)
            << groups;
    }
}

TEST(CompleteNetwork, ErrorsNameTheLayerAndTheShapes)
{
    EXPECT_EQ(errorOf(network({ 1, 8, 8 }, { linear("f", 3) })),
        "net.json: layer \"f\" (linear, layers[0]): expected an input [features], got [1, 8, 8]; put a "
        "flatten layer before it");
    EXPECT_EQ(errorOf(network({ 64 }, { conv(LayerKind::Conv2d, "c", 3, { 3, 3 }) })),
        "net.json: layer \"c\" (conv2d, layers[0]): expected an input [channels, height, width], got [64]");
    EXPECT_EQ(errorOf(network({ 1, 8, 8 }, { conv(LayerKind::Conv1d, "c", 3, { 3 }) })),
        "net.json: layer \"c\" (conv1d, layers[0]): expected an input [channels, length], got [1, 8, 8]");
    EXPECT_EQ(errorOf(network({ 1, 3, 3 }, { conv(LayerKind::Conv2d, "c", 3, { 5, 5 }) })),
        "net.json: layer \"c\" (conv2d, layers[0]): a kernel of [5, 5] does not fit into the input [1, 3, "
        "3]");
    EXPECT_EQ(errorOf(network({ 4 }, { pool(LayerKind::MaxPool, { 2 }) })),
        "net.json: layer \"maxPool0\" (maxPool, layers[0]): expected an input [channels, length] or "
        "[channels, height, width], "
        "got [4]");
    EXPECT_EQ(errorOf(network({ 4 }, { layer(LayerKind::GlobalAveragePool) })),
        "net.json: layer \"globalAveragePool0\" (globalAveragePool, layers[0]): expected an input [channels, "
        "length] or "
        "[channels, height, width], got [4]");
    EXPECT_EQ(errorOf(network({ 1, 8, 8 }, { conv(LayerKind::Conv2d, "c", 3, { 3, 3 }) })),
        "net.json: layer \"c\" (conv2d, layers[0]): the last layer must give [classes], got [3, 6, 6]; end "
        "with a linear layer");
}

TEST(CompleteNetwork, RefusesBadSettings)
{
    const auto contains = [](const Network& made, const std::string& part) {
        const std::string text = errorOf(made);
        EXPECT_NE(text.find(part), std::string::npos) << text;
    };
    Layer bad = conv(LayerKind::Conv2d, "c", 0, { 3, 3 });
    contains(network({ 1, 8, 8 }, { bad }), "outputs must be 1 or more, got 0");
    bad.outputs = 3;
    bad.kernel = { 3, 3, 3 };
    contains(
        network({ 1, 8, 8 }, { bad }), "kernel: expected one number or 2, each 1 or more, got [3, 3, 3]");
    bad.kernel = {};
    contains(network({ 1, 8, 8 }, { bad }), "kernel: expected one number or 2, each 1 or more, got []");
    bad.kernel = { 0, 3 };
    contains(network({ 1, 8, 8 }, { bad }), "kernel:");
    bad.kernel = { 3, 3 };
    bad.stride = { 0 };
    contains(network({ 1, 8, 8 }, { bad }), "stride: expected one number or 2, each 1 or more, got [0, 0]");
    bad.stride = {};
    bad.padding = { -1, 0 };
    contains(network({ 1, 8, 8 }, { bad }), "padding: expected one number or 2, each 0 or more, got [-1, 0]");
    bad.padding = { std::numeric_limits<std::int64_t>::max() };
    contains(network({ 1, 8, 8 }, { bad }), "padding:");

    Layer wide = pool(LayerKind::MaxPool, { 2, 2 });
    wide.padding = { 2, 2 };
    contains(network({ 1, 8, 8 }, { wide }), "padding [2, 2] is not less than the kernel [2, 2]");

    Layer dropout = layer(LayerKind::Dropout);
    for (const double probability : { -0.1, 1.0, std::numeric_limits<double>::quiet_NaN() }) {
        dropout.probability = probability;
        contains(network({ 4 }, { dropout, linear("f", 2) }), "probability must be at least 0 and below 1");
    }
    Layer leaky = layer(LayerKind::LeakyRelu);
    leaky.slope = std::numeric_limits<double>::infinity();
    contains(network({ 4 }, { leaky, linear("f", 2) }), "slope must be a finite number");
    Layer clip = layer(LayerKind::Clip);
    clip.minimum = 2.0;
    for (const double maximum : { 1.0, std::numeric_limits<double>::quiet_NaN() }) {
        clip.maximum = maximum;
        contains(network({ 4 }, { clip, linear("f", 2) }), "minimum must be at most maximum");
    }
    Layer padded = layer(LayerKind::Pad);
    contains(network({ 4, 4 }, { padded, layer(LayerKind::Flatten), linear("f", 2) }), "padding is missing");
    padded.padding = { 1 };
    contains(network({ 4 }, { padded, linear("f", 2) }), "expected an input [channels, length]");
    padded.value = std::numeric_limits<double>::infinity();
    contains(network({ 4, 4 }, { padded, layer(LayerKind::Flatten), linear("f", 2) }),
        "value must be a finite number");
    contains(
        network({ 4 }, { linear("f", 2), layer(LayerKind::Softmax) }), "the last layer must give logits");
    Layer norm = layer(LayerKind::BatchNorm);
    norm.epsilon = 0.0;
    contains(network({ 4 }, { norm, linear("f", 2) }), "epsilon must be above 0");
    norm.epsilon = 1e-5;
    norm.momentum = 1.5;
    contains(network({ 4 }, { norm, linear("f", 2) }), "momentum must be from 0 to 1");
}

TEST(CompleteNetwork, RefusesBadInputShapesAndLists)
{
    for (const Shape& shape : { Shape {}, Shape { 0 }, Shape { 1, -8, 8 }, Shape { 1, 2, 3, 4 },
             Shape { 65'536, 65'536 }, Shape { std::numeric_limits<std::int64_t>::max() } })
        EXPECT_NE(errorOf(network(shape, { linear("f", 2) })).find("inputShape: expected"), std::string::npos)
            << toString(shape);
    EXPECT_NE(errorOf(network({ 4 }, {})).find("expected 1 to 10,000 layers, got 0"), std::string::npos);
    EXPECT_NE(errorOf(network({ 4 }, { layer(LayerKind::Relu) })).find("the network has no weights"),
        std::string::npos);
}

TEST(CompleteNetwork, RefusesBadAndDoubleNames)
{
    EXPECT_NE(errorOf(network({ 4 }, { linear("a/b", 2) })).find("a name takes up to 200 letters"),
        std::string::npos);
    EXPECT_NE(errorOf(network({ 4 }, { linear("f", 2), linear("f", 2) })).find("layers[0] has the same name"),
        std::string::npos);
    Layer named = linear("g", 2);
    named.weightName = "f.weight";
    EXPECT_NE(errorOf(network({ 4 }, { linear("f", 2), named })).find("another layer already has a tensor"),
        std::string::npos);
    for (const char* bad : { "/a", "a/", "a//b", "a b", "a\n" }) {
        named.weightName = bad;
        EXPECT_NE(errorOf(network({ 4 }, { named })).find("is no tensor name"), std::string::npos) << bad;
    }
    named.weightName = "block1/conv/kernel:0";
    EXPECT_EQ(errorOf(network({ 4 }, { named })), "no error");
}

TEST(CompleteNetwork, LimitsSizesBeforeTheyOverflow)
{
    const std::int64_t large = 2'000'000'000;
    EXPECT_NE(errorOf(network({ large }, { linear("f", large) })).find("more than 2,147,483,647 weights"),
        std::string::npos);
    EXPECT_NE(errorOf(network({ 40'000 }, { linear("f", 50'000), linear("g", 50'000) })).find("layer \"g\""),
        std::string::npos)
        << "the sum is limited too";
    Layer padded = conv(LayerKind::Conv2d, "c", 1, { 1, 1 });
    padded.padding = { 1'000'000'000, 1'000'000'000 };
    EXPECT_NE(errorOf(network({ 1, 1, 1 }, { padded })).find("is larger than 2,147,483,647 numbers"),
        std::string::npos);
    Layer wide = layer(LayerKind::Concat);
    wide.parts.assign(9'000, std::string(kNetworkInput));
    EXPECT_NE(
        errorOf(network({ 2'000'000'000 }, { wide, linear("f", 1) })).find("is larger than 2,147,483,647"),
        std::string::npos);
}

} // namespace
} // namespace palimpsest
