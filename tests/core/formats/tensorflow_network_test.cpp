// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_network.h"

#include "tests/core/formats/tensorflow_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace palimpsest {
namespace {

using test::GraphWriter;

/// A graph with the variables that it declares.
class GraphTest : public testing::Test {
protected:
    GraphWriter graph;
    std::map<std::string, Shape> variables;

    void variable(const std::string& name, const Shape& shape)
    {
        graph.variable(name, shape);
        variables[name] = shape;
    }
    /// y = x w + b as the last layer, read by a soft-max.
    void output(const std::string& from, std::int64_t inputs)
    {
        variable("out_w", { inputs, 3 });
        variable("out_b", { 3 });
        graph.add("out_product", "MatMul", { from, "out_w/read" });
        graph.add("out", "Add", { "out_product", "out_b/read" });
        graph.add("softmax", "Softmax", { "out" });
    }
    void convolution(const std::string& name, const std::string& from, const Shape& kernel,
        const std::string& padding, const std::vector<std::int64_t>& strides = { 1, 1, 1, 1 },
        const std::string& format = "NHWC")
    {
        variable(name + "_w", kernel);
        graph.add(name, "Conv2D", { from, name + "_w/read" })
            .text("padding", padding)
            .text("data_format", format)
            .integers("strides", strides);
    }

    [[nodiscard]] Result<tensorflow::GraphNetwork> read() const
    {
        const std::string bytes = graph.bytes();
        PALIMPSEST_TRY(const tensorflow::Graph parsed,
            tensorflow::parseMetaGraph(std::as_bytes(std::span(bytes)), "t.meta"));
        return tensorflow::networkFromGraph(
            parsed,
            [this](const std::string& name) {
                const auto found = variables.find(name);
                return found == variables.end() ? std::nullopt : std::optional(found->second);
            },
            "net", "t.meta");
    }
    [[nodiscard]] tensorflow::GraphNetwork readWell() const
    {
        auto result = read();
        EXPECT_TRUE(result) << result.error().text();
        return result ? std::move(result).value() : tensorflow::GraphNetwork {};
    }
    /// Kinds of the layers, "conv2d flatten linear".
    static std::string kinds(const Network& network)
    {
        std::string text;
        for (const Layer& layer : network.layers)
            text += (text.empty() ? "" : " ") + std::string(toString(layer.kind));
        return text;
    }
    void expectRefused(const std::string& part) const
    {
        const auto result = read();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
        EXPECT_NE(result.error().text().find(part), std::string::npos) << result.error().text();
    }
};

TEST_F(GraphTest, ReadsTheReferencesNetworkWithItsTrainingNodes)
{
    graph.placeholder("keep_prob", {});
    graph.placeholder("x", { -1, 8, 8, 1 });
    convolution("c", "x", { 3, 3, 1, 4 }, "VALID");
    variable("c_b", { 4 });
    graph.add("c_bias", "BiasAdd", { "c", "c_b/read" });
    graph.add("c_act", "LeakyRelu", { "c_bias" }).number("alpha", 0.2F);
    graph.add("pool", "MaxPool", { "c_act" })
        .text("padding", "VALID")
        .integers("ksize", { 1, 2, 2, 1 })
        .integers("strides", { 1, 2, 2, 1 });
    graph.constant("flat_shape", std::vector<std::int32_t> { -1, 36 });
    graph.add("flat", "Reshape", { "pool", "flat_shape" });
    // tf.nn.dropout of 1.13
    graph.constant("one", 1.0F);
    graph.add("rate", "Sub", { "one", "keep_prob" });
    graph.add("keep", "Sub", { "one", "rate" });
    graph.add("drop_shape", "Shape", { "flat" });
    graph.add("random", "RandomUniform", { "drop_shape" });
    graph.add("drop_sum", "Add", { "keep", "random" });
    graph.add("drop_floor", "Floor", { "drop_sum" });
    graph.add("drop_scaled", "RealDiv", { "flat", "keep" });
    graph.add("drop", "Mul", { "drop_scaled", "drop_floor" });
    variable("d_w", { 36, 5 });
    variable("d_b", { 5 });
    graph.add("d_product", "MatMul", { "drop", "d_w/read" });
    graph.add("d_sum", "Add", { "d_product", "d_b/read" });
    graph.add("d_act", "Sigmoid", { "d_sum" });
    output("d_act", 5);
    // A loss with labels, its gradient, and a penalty over the weights.
    graph.placeholder("y", { -1, 3 });
    graph.add("log", "Log", { "softmax" });
    graph.add("loss", "Mul", { "y", "log" });
    graph.add("gradients/mul", "Mul", { "loss", "softmax" });
    graph.add("gradients/out_product", "MatMul", { "gradients/mul", "out_w/read" }).flag("transpose_b", true);
    graph.add("penalty", "L2Loss", { "d_w/read" });

    const tensorflow::GraphNetwork result = readWell();
    const Network& network = result.network;
    EXPECT_EQ(kinds(network), "conv2d leakyRelu maxPool flatten dropout linear sigmoid linear");
    EXPECT_EQ(network.inputShape, (Shape { 1, 8, 8 }));
    EXPECT_EQ(network.layout, TensorLayout::TensorFlow);
    EXPECT_EQ(network.layers[1].slope, 0.2);
    std::vector<std::string> names;
    for (const TensorSpec& spec : network.tensors)
        names.push_back(spec.name);
    EXPECT_EQ(names, (std::vector<std::string> { "c_w", "c_b", "d_w", "d_b", "out_w", "out_b" }));
    EXPECT_EQ(result.notes.size(), 1U); // the rate of dropout is fed in
}

TEST_F(GraphTest, PutsTheOddZeroOfSameAtTheEnd)
{
    graph.placeholder("x", { -1, 7, 6, 2 });
    convolution(
        "c", "x", { 4, 2, 2, 3 }, "SAME", { 1, 2, 1, 1 }); // rows: 4 positions, 3 zeros; columns: 6, 1 zero
    graph.add("pool", "AvgPool", { "c" })
        .text("padding", "SAME")
        .integers("ksize", { 1, 3, 3, 1 })
        .integers("strides", { 1, 3, 2, 1 }); // 4 -> 2, 2 zeros; 6 -> 3, 1 zero
    graph.constant("flat_shape", std::vector<std::int32_t> { -1, 18 });
    graph.add("flat", "Reshape", { "pool", "flat_shape" });
    output("flat", 18);
    const Network network = readWell().network;
    ASSERT_EQ(kinds(network), "conv2d averagePool flatten linear");
    EXPECT_EQ(network.layers[0].padding, (Shape { 1, 0, 2, 1 }));
    EXPECT_EQ(network.outputShapes[0], (Shape { 3, 4, 6 }));
    EXPECT_EQ(network.layers[1].padding, (Shape { 1, 0, 1, 1 }));
    EXPECT_FALSE(network.layers[1].countPadding);
    EXPECT_EQ(network.outputShapes[1], (Shape { 3, 2, 3 }));
    EXPECT_FALSE(network.layers[0].bias);
}

TEST_F(GraphTest, KnowsActivationsInAnySpelling)
{
    graph.placeholder("x", { -1, 4 });
    const auto dense = [&](const std::string& name, const std::string& from) {
        variable(name + "_w", { 4, 4 });
        graph.add(name, "MatMul", { from, name + "_w/read" });
    };
    graph.constant("zero", 0.0F);
    graph.constant("one", 1.0F);
    graph.constant("slope", 0.25F);
    graph.constant("high", 0.6F);
    graph.constant("low", 0.4F);
    dense("a", "x"); // max(s a, a)
    graph.add("a_scaled", "Mul", { "slope", "a" });
    graph.add("a_act", "Maximum", { "a_scaled", "a" });
    dense("b", "a_act"); // max(b, 0)
    graph.add("b_act", "Maximum", { "b", "zero" });
    dense("c", "b_act"); // 0.6 c + 0.4 |c|
    graph.add("c_abs", "Abs", { "c" });
    graph.add("c_high", "Mul", { "high", "c" });
    graph.add("c_low", "Mul", { "low", "c_abs" });
    graph.add("c_act", "Add", { "c_high", "c_low" });
    dense("d", "c_act"); // 1 / (1 + exp(-d))
    graph.add("d_minus", "Neg", { "d" });
    graph.add("d_exp", "Exp", { "d_minus" });
    graph.add("d_sum", "AddV2", { "one", "d_exp" });
    graph.add("d_act", "RealDiv", { "one", "d_sum" });
    dense("e", "d_act"); // where(e > 0, e, 0.25 e)
    graph.add("e_scaled", "Mul", { "slope", "e" });
    graph.add("e_test", "Greater", { "e", "zero" });
    graph.add("e_act", "Select", { "e_test", "e", "e_scaled" });
    dense("f", "e_act");
    graph.add("f_act", "Relu6", { "f" });
    dense("g", "f_act"); // 0.5 + 0.5 tanh(g / 2) is the sigmoid
    graph.constant("half", 0.5F);
    graph.add("g_half", "Mul", { "g", "half" });
    graph.add("g_tanh", "Tanh", { "g_half" });
    graph.add("g_scaled", "Mul", { "g_tanh", "half" });
    graph.add("g_sum", "Add", { "g_scaled", "half" });
    dense("h", "g_sum");
    graph.add("g_act", "Tanh", { "h" });
    // Dropout of a constant rate as TensorFlow 1.14 and later write it.
    graph.add("shape", "Shape", { "g_act" });
    graph.add("random", "RandomUniform", { "shape" });
    graph.constant("rate", 0.25F);
    graph.constant("kept", 4.0F / 3.0F);
    graph.add("scaled", "Mul", { "g_act", "kept" });
    graph.add("mask", "GreaterEqual", { "random", "rate" });
    graph.add("mask_number", "Cast", { "mask" });
    graph.add("drop", "Mul", { "scaled", "mask_number" });
    output("drop", 4);
    const Network network = readWell().network;
    ASSERT_EQ(kinds(network),
        "linear leakyRelu linear relu linear leakyRelu linear sigmoid linear leakyRelu linear clip linear "
        "sigmoid linear tanh dropout linear");
    EXPECT_NEAR(network.layers[1].slope, 0.25, 1e-7);
    EXPECT_NEAR(network.layers[5].slope, 0.2, 1e-7);
    EXPECT_EQ(network.layers[11].minimum, 0.0);
    EXPECT_EQ(network.layers[11].maximum, 6.0);
    EXPECT_NEAR(network.layers[16].probability, 0.25, 1e-6);
}

TEST_F(GraphTest, TakesFlatSamplesThatTheGraphShapes)
{
    graph.placeholder("x", { -1, 784 });
    graph.constant("image_shape", std::vector<std::int32_t> { -1, 28, 28, 1 });
    graph.add("image", "Reshape", { "x", "image_shape" });
    convolution("c", "image", { 5, 5, 1, 2 }, "VALID", { 1, 4, 4, 1 });
    // tf.layers.flatten
    graph.add("shape", "Shape", { "c" });
    graph.add("batch", "StridedSlice", { "shape" });
    graph.add("rest", "Const").ints({}, { -1 });
    graph.add("flat_shape", "Pack", { "batch", "rest" });
    graph.add("flat", "Reshape", { "c", "flat_shape" });
    output("flat", 72);
    const Network network = readWell().network;
    EXPECT_EQ(network.inputShape, (Shape { 1, 28, 28 }));
    EXPECT_EQ(kinds(network), "conv2d flatten linear");
}

TEST_F(GraphTest, FollowsChannelsFirstAndTransposes)
{
    graph.placeholder("x", { -1, 6, 5, 2 });
    graph.constant("order", std::vector<std::int32_t> { 0, 3, 1, 2 });
    graph.add("first", "Transpose", { "x", "order" });
    convolution("c", "first", { 3, 3, 2, 4 }, "VALID", { 1, 1, 1, 1 }, "NCHW");
    graph.constant("flat_shape", std::vector<std::int32_t> { -1, 48 });
    graph.add("flat", "Reshape", { "c", "flat_shape" });
    output("flat", 48);
    const Network network = readWell().network;
    EXPECT_EQ(network.inputShape, (Shape { 2, 6, 5 }));
    ASSERT_EQ(kinds(network), "conv2d permute flatten linear");
    // Flatten runs through H, W, C of what it reads; permuted so that these are C, H, W of the convolution's output [4, 4, 3].
    EXPECT_EQ(network.outputShapes[1], (Shape { 3, 4, 4 }));
    EXPECT_EQ(network.layers[1].order, (Shape { 2, 0, 1 }));
}

TEST_F(GraphTest, ReadsBatchNormDepthwiseBranchesAndGlobalMeans)
{
    graph.placeholder("x", { -1, 4, 4, 2 });
    for (const char* name : { "gamma", "beta", "mean", "variance" })
        variable(name, { 2 });
    graph.add("norm", "FusedBatchNormV3", { "x", "gamma/read", "beta/read", "mean/read", "variance/read" })
        .number("epsilon", 0.001F)
        .text("data_format", "NHWC");
    variable("depth_w", { 3, 3, 2, 2 });
    graph.add("depth", "DepthwiseConv2dNative", { "norm", "depth_w/read" })
        .text("padding", "SAME")
        .integers("strides", { 1, 1, 1, 1 });
    graph.add("depth_act", "Relu", { "depth" });
    convolution("point", "depth_act", { 1, 1, 4, 4 }, "SAME");
    graph.add("sum", "AddV2", { "point", "depth_act" });
    graph.constant("axis", std::vector<std::int32_t> { 3 });
    graph.add("both", "ConcatV2", { "sum", "depth_act", "axis" });
    graph.constant("positions", std::vector<std::int32_t> { 1, 2 });
    graph.add("mean_all", "Mean", { "both", "positions" });
    output("mean_all", 8);
    const tensorflow::GraphNetwork result = readWell();
    const Network& network = result.network;
    ASSERT_EQ(kinds(network), "batchNorm conv2d relu conv2d add concat globalAveragePool linear");
    EXPECT_EQ(network.layers[0].epsilon, 0.001);
    EXPECT_EQ(network.layers[1].groups, 2);
    EXPECT_EQ(network.tensors[4].name, "depth_w");
    EXPECT_EQ(network.tensors[4].shape, (Shape { 3, 3, 1, 4 }));
    EXPECT_EQ(network.outputShapes[5], (Shape { 8, 4, 4 }));
    const auto mean = std::find_if(result.tensors.begin(), result.tensors.end(),
        [](const tensorflow::TensorSource& source) { return source.variable == "mean"; });
    ASSERT_NE(mean, result.tensors.end());
    EXPECT_EQ(mean->tensor, "batchNorm0.running_mean");
}

TEST_F(GraphTest, TakesTheSideOfAConditionThatIsNotTraining)
{
    graph.add("training", "Placeholder").shape({}).type(10);
    graph.placeholder("x", { -1, 4 });
    graph.add("on", "Switch", { "x", "training" });
    graph.add("noise_shape", "Shape", { "on:1" });
    graph.add("noise", "RandomUniform", { "noise_shape" });
    graph.add("noisy", "Mul", { "on:1", "noise" });
    graph.add("off", "Switch", { "x", "training" });
    graph.add("quiet", "Identity", { "off" });
    graph.add("merged", "Merge", { "noisy", "quiet" });
    output("merged", 4);
    const tensorflow::GraphNetwork result = readWell();
    EXPECT_EQ(kinds(result.network), "linear");
    EXPECT_EQ(result.notes.size(), 1U);
}

TEST_F(GraphTest, ReadsSequencesThatTheGraphTreatsAsImages)
{
    graph.add("training", "Placeholder").type(10); // of unknown shape: no input
    graph.placeholder("x", { -1, 9, 2 });
    graph.add("axis1", "Const").ints({}, { 1 });
    graph.add("image", "ExpandDims", { "x", "axis1" });
    variable("c_w", { 3, 2, 4 });
    graph.add("axis0", "Const").ints({}, { 0 });
    graph.add("kernel", "ExpandDims", { "c_w/read", "axis0" });
    graph.add("c", "Conv2D", { "image", "kernel" })
        .text("padding", "VALID")
        .integers("strides", { 1, 1, 1, 1 });
    graph.add("row", "Squeeze", { "c" }).integers("squeeze_dims", { -3 });
    graph.add("act", "Relu", { "row" });
    graph.add("axis2", "Const").ints({}, { 2 });
    graph.add("column", "ExpandDims", { "act", "axis2" });
    graph.add("pool", "MaxPool", { "column" })
        .text("padding", "VALID")
        .integers("ksize", { 1, 2, 1, 1 })
        .integers("strides", { 1, 2, 1, 1 });
    graph.constant("flat_shape", std::vector<std::int32_t> { -1, 12 });
    graph.add("flat", "Reshape", { "pool", "flat_shape" });
    output("flat", 12);
    const Network network = readWell().network;
    EXPECT_EQ(network.inputShape, (Shape { 2, 1, 9 }));
    ASSERT_EQ(kinds(network), "conv2d relu reshape maxPool flatten linear");
    EXPECT_EQ(network.layers[0].kernel, (Shape { 1, 3 }));
    EXPECT_EQ(network.outputShapes[2], (Shape { 4, 7, 1 }));
    EXPECT_EQ(network.outputShapes[3], (Shape { 4, 3, 1 }));
}

TEST_F(GraphTest, ReadsResourceVariablesAndTransposedMatrices)
{
    graph.placeholder("x", { -1, 4 });
    graph.add("dense/kernel", "VarHandleOp").text("shared_name", "saved/kernel");
    variables["saved/kernel"] = { 3, 4 };
    graph.add("dense/read", "ReadVariableOp", { "dense/kernel" });
    graph.add("dense", "MatMul", { "x", "dense/read" }).flag("transpose_b", true);
    graph.add("softmax", "Softmax", { "dense" });
    const tensorflow::GraphNetwork result = readWell();
    ASSERT_EQ(result.tensors.size(), 1U);
    EXPECT_EQ(result.tensors[0].variable, "saved/kernel");
    EXPECT_TRUE(result.tensors[0].isTransposed);
    EXPECT_EQ(result.network.tensors[0].shape, (Shape { 4, 3 }));
}

TEST_F(GraphTest, TurnsSumsAndProductsWithNumbersIntoScaleLayers)
{
    graph.placeholder("x", { -1, 42 });
    graph.constant("factor", 0.5F);
    graph.add("scaled", "Mul", { "x", "factor" }); // before it is known that these are images
    graph.constant("image_shape", std::vector<std::int32_t> { -1, 7, 6, 1 });
    graph.add("image", "Reshape", { "scaled", "image_shape" });
    convolution("c", "image", { 3, 3, 1, 2 }, "VALID");
    variable("spread", { 2 });
    variable("centre", { 2 });
    graph.constant("epsilon", 0.25F);
    graph.add("variance", "Add", { "spread/read", "epsilon" });
    graph.add("inverse", "Rsqrt", { "variance" });
    graph.add("moved", "Sub", { "c", "centre/read" });
    graph.add("weighted", "Mul", { "moved", "inverse" });
    graph.constant("flat_shape", std::vector<std::int32_t> { -1, 40 });
    graph.add("flat", "Reshape", { "weighted", "flat_shape" });
    output("flat", 40);
    const tensorflow::GraphNetwork result = readWell();
    EXPECT_EQ(result.network.inputShape, (Shape { 1, 7, 6 }));
    ASSERT_EQ(kinds(result.network), "scale conv2d scale scale flatten linear");
    EXPECT_EQ(result.tensors[0].fill, 0.5);
    const auto numbersOf = [&](const std::string& tensor) {
        const auto found = std::find_if(result.tensors.begin(), result.tensors.end(),
            [&](const tensorflow::TensorSource& source) { return source.tensor == tensor; });
        return found == result.tensors.end() ? nullptr : &*found;
    };
    EXPECT_EQ(numbersOf("scale2.weight")->fill, 1.0);
    EXPECT_EQ(numbersOf("scale2.bias")->variables, std::vector<std::string> { "centre" });
    EXPECT_EQ(numbersOf("scale3.weight")->variables, std::vector<std::string> { "spread" });
}

TEST_F(GraphTest, ReadsConvolutionsThatAreDilatedThroughTheBatch)
{
    graph.placeholder("x", { -1, 8, 7, 1 });
    graph.constant("block", std::vector<std::int32_t> { 2, 2 });
    graph.constant("pads", std::vector<std::int32_t> { 1, 1, 0, 1 });
    graph.constant("crops", std::vector<std::int32_t> { 0, 0, 0, 1 });
    graph.add("forth", "SpaceToBatchND", { "x", "block", "pads" });
    convolution("c", "forth", { 3, 3, 1, 2 }, "VALID");
    graph.add("back", "BatchToSpaceND", { "c", "block", "crops" });
    variable("c_b", { 2 });
    graph.add("biased", "BiasAdd", { "back", "c_b/read" });
    graph.constant("flat_shape", std::vector<std::int32_t> { -1, 36 });
    graph.add("flat", "Reshape", { "biased", "flat_shape" });
    output("flat", 36);
    const Network network = readWell().network;
    ASSERT_EQ(kinds(network), "conv2d flatten linear");
    EXPECT_EQ(network.layers[0].dilation, (Shape { 2, 2 }));
    EXPECT_EQ(network.layers[0].padding, (Shape { 1, 0 })); // the same after the axes
    EXPECT_TRUE(network.layers[0].bias);
    EXPECT_EQ(network.outputShapes[0], (Shape { 2, 6, 3 }));
}

TEST_F(GraphTest, TakesWhatLiesBetweenTheLastLayerAndTheSoftmax)
{
    graph.placeholder("x", { -1, 6, 5, 1 });
    variable("c_w", { 3, 3, 1, 4 });
    graph.add("c", "Conv2D", { "x", "c_w/read" })
        .text("padding", "EXPLICIT")
        .integers("explicit_paddings", { 0, 0, 1, 0, 0, 2, 0, 0 })
        .integers("strides", { 1, 1, 1, 1 });
    graph.constant("positions", std::vector<std::int32_t> { 1, 2 });
    graph.add("mean_all", "Mean", { "c", "positions" });
    graph.constant("temperature", 2.0F);
    graph.add("cold", "RealDiv", { "mean_all", "temperature" });
    graph.add("softmax", "Softmax", { "cold" });
    const tensorflow::GraphNetwork result = readWell();
    ASSERT_EQ(kinds(result.network), "conv2d globalAveragePool scale");
    EXPECT_EQ(result.network.layers[0].padding, (Shape { 1, 0, 0, 2 }));
    EXPECT_EQ(result.network.outputShapes[0], (Shape { 4, 5, 5 }));
    EXPECT_EQ(result.tensors[1].fill, 0.5);
}

TEST_F(GraphTest, FlattensAConvolutionThatLeavesOnePosition)
{
    graph.placeholder("x", { -1, 6, 5, 1 });
    convolution("c", "x", { 6, 5, 1, 4 }, "VALID");
    graph.add("classes", "Squeeze", { "c" }).integers("squeeze_dims", { 1, 2 });
    graph.add("softmax", "Softmax", { "classes" });
    EXPECT_EQ(kinds(readWell().network), "conv2d flatten");
}

TEST_F(GraphTest, ReadsMatricesThatTheGraphTransposes)
{
    graph.placeholder("x", { -1, 4 });
    variable("w", { 3, 4 });
    graph.constant("order", std::vector<std::int32_t> { 1, 0 });
    graph.add("turned", "Transpose", { "w/read", "order" });
    graph.add("product", "MatMul", { "x", "turned" });
    graph.add("softmax", "Softmax", { "product" });
    const tensorflow::GraphNetwork result = readWell();
    ASSERT_EQ(result.tensors.size(), 1U);
    EXPECT_TRUE(result.tensors[0].isTransposed);
    EXPECT_EQ(result.network.tensors[0].shape, (Shape { 4, 3 }));
}

TEST_F(GraphTest, NamesTheNodeThatItDoesNotKnow)
{
    graph.placeholder("x", { -1, 4, 4, 1 });
    convolution("c", "x", { 3, 3, 1, 2 }, "VALID");
    graph.add("norm", "LRN", { "c" });
    graph.constant("flat_shape", std::vector<std::int32_t> { -1, 8 });
    graph.add("flat", "Reshape", { "norm", "flat_shape" });
    output("flat", 8);
    expectRefused("node \"norm\" (LRN)");
}

TEST_F(GraphTest, RefusesTwoInputsAndTwoOutputs)
{
    graph.placeholder("x", { -1, 4 });
    output("x", 4);
    variable("second_w", { 4, 2 });
    graph.add("second", "MatMul", { "x", "second_w/read" });
    graph.add("second_softmax", "Softmax", { "second" });
    expectRefused("two outputs, \"out_product\" and \"second\"");
}

TEST_F(GraphTest, RefusesShapesThatDoNotFit)
{
    graph.placeholder("x", { -1, 4 });
    output("x", 4);
    variables["out_w"] = { 5, 3 };
    expectRefused("node \"out_product\" (MatMul)");
    variables["out_w"] = { 4, 3 };
    variables["out_b"] = { 4 };
    expectRefused("node \"out\" (Add)");
    variables.erase("out_b");
    expectRefused("\"out_b\" is not in the checkpoint");
}

TEST_F(GraphTest, RefusesSamplesOfUnknownSize)
{
    graph.placeholder("x", { -1, -1, 4, 1 });
    convolution("c", "x", { 3, 3, 1, 2 }, "VALID");
    graph.constant("flat_shape", std::vector<std::int32_t> { -1, 8 });
    graph.add("flat", "Reshape", { "c", "flat_shape" });
    output("flat", 8);
    expectRefused("node \"x\" (Placeholder)");
}

TEST_F(GraphTest, RefusesCyclesStrangersAndTwins)
{
    GraphWriter whole = graph;
    graph.add("a", "Identity", { "b" });
    graph.add("b", "Identity", { "a" });
    expectRefused("cycle");
    graph = whole;
    graph.add("a", "Identity", { "nobody" });
    expectRefused("\"nobody\", which is not in the graph");
    graph = whole;
    graph.add("a", "Identity", { "a:x" });
    expectRefused("which is no output");
    graph = whole;
    graph.placeholder("a", { 1 });
    graph.placeholder("a", { 1 });
    expectRefused("node \"a\" (Placeholder) is there twice");
    graph = whole;
    graph.placeholder("a", { 1 });
    expectRefused("no layer with a variable");
}

} // namespace
} // namespace palimpsest
