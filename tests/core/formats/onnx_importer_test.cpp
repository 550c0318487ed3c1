// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_importer.h"

#include "core/base/file.h"
#include "tests/core/formats/onnx_fixture.h"
#include "tests/core/nn/plain_forward.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::onnxAttribute;
using test::OnnxData;
using test::onnxExternal;
using test::onnxIntegers;
using test::OnnxModel;
using test::onnxTensor;
using test::onnxTensorAttribute;
using List = std::vector<std::int64_t>;

class OnnxImporterTest : public testing::Test {
protected:
    test::TemporaryFolder folder;

    Result<NetworkImport> read(const std::string& bytes) const
    {
        const fs::path file = folder / "net.onnx";
        EXPECT_TRUE(writeFileAtomically(file, bytes).ok());
        return onnxImporter()->read(file, {});
    }
    Result<NetworkImport> read(const OnnxModel& model) const { return read(model.bytes()); }

    /// The message without the file's name, which must stand before it.
    std::string problemOf(const OnnxModel& model) const
    {
        const Result<NetworkImport> imported = read(model);
        if (imported)
            return "no problem";
        EXPECT_EQ(imported.error().kind, ErrorKind::BadInput);
        EXPECT_EQ(imported.error().where, (folder / "net.onnx").string());
        return imported.error().message;
    }

    /// What the network gives for one sample.
    std::vector<double> logits(const OnnxModel& model, const std::vector<float>& sample) const
    {
        const Result<NetworkImport> imported = read(model);
        EXPECT_TRUE(imported.ok()) << imported.error().text();
        if (!imported)
            return {};
        return test::PlainForward(imported->network.network, imported->network.weights)(sample);
    }

    static std::vector<LayerKind> kinds(const NetworkImport& imported)
    {
        std::vector<LayerKind> all;
        for (const Layer& layer : imported.network.network.layers)
            all.push_back(layer.kind);
        return all;
    }
};

/// [N, 2] -> Gemm with [[1, 2], [3, 4]] and [10, 20].
OnnxModel gemm(const std::vector<std::string>& attributes, OnnxData data = OnnxData::Raw)
{
    OnnxModel model;
    model.input("x", { 0, 2 }).output("y");
    model.initializer(onnxTensor("fc.weight", { 2, 2 }, { 1, 2, 3, 4 }, data));
    model.initializer(onnxTensor("fc.bias", { 2 }, { 10, 20 }, data));
    model.node("Gemm", { "x", "fc.weight", "fc.bias" }, { "y" }, attributes);
    return model;
}

/// [N, sample] -> one node with `inputs` after x -> flattened by a Gemm of one output that adds everything up.
OnnxModel around(const Shape& sample, std::int64_t opset, const std::function<void(OnnxModel&)>& between,
    std::int64_t outputs)
{
    OnnxModel model(opset);
    Shape dims { 0 };
    dims.insert(dims.end(), sample.begin(), sample.end());
    model.input("x", dims).output("sum");
    between(model);
    model.node("Flatten", { "y" }, { "flat" });
    model.initializer(
        onnxTensor("ones", { outputs, 1 }, std::vector<float>(static_cast<std::size_t>(outputs), 1.0F)));
    model.node("MatMul", { "flat", "ones" }, { "sum" });
    return model;
}

TEST_F(OnnxImporterTest, ReadsGemmInEveryForm)
{
    EXPECT_EQ(logits(gemm({}), { 1, 10 }), (std::vector<double> { 1 + 30 + 10, 2 + 40 + 20 }));
    EXPECT_EQ(logits(gemm({ onnxAttribute("transB", std::int64_t { 1 }) }), { 1, 10 }),
        (std::vector<double> { 1 + 20 + 10, 3 + 40 + 20 }));
    EXPECT_EQ(logits(gemm({ onnxAttribute("alpha", 2.0F), onnxAttribute("beta", 0.5F) }), { 1, 10 }),
        (std::vector<double> { 62 + 5, 84 + 10 }));
    for (const OnnxData data : { OnnxData::Listed, OnnxData::Half, OnnxData::HalfListed, OnnxData::Bfloat,
             OnnxData::Double, OnnxData::DoubleListed })
        EXPECT_EQ(logits(gemm({}, data), { 1, 10 }), (std::vector<double> { 41, 62 }))
            << static_cast<int>(data);
    EXPECT_EQ(problemOf(gemm({ onnxAttribute("transA", std::int64_t { 1 }) })),
        "node \"n_y\" (Gemm): expected samples times a matrix of the file, not transposed samples");
}

TEST_F(OnnxImporterTest, ReportsWhatBecameOfEachTensor)
{
    OnnxModel model;
    model.initializer(onnxTensor("spare", { 3 }, { 1, 2, 3 }));
    model.initializer(onnxIntegers("size", { 2 }, { -1, 2 }));
    model.initializer(onnxTensor("w", { 2, 3 }, { 1, 2, 3, 4, 5, 6 }));
    model.input("x", { 0, 1, 2 }).output("p");
    model.node("Reshape", { "x", "size" }, { "flat" });
    model.node("MatMul", { "flat", "w" }, { "product" }, {}, "/fc/MatMul");
    model.initializer(onnxTensor("b", { 1, 3 }, { 7, 8, 9 }));
    model.node("Add", { "product", "b" }, { "y" });
    model.node("Relu", { "x" }, { "forgotten" });
    model.node("Softmax", { "y" }, { "p" });
    const Result<NetworkImport> imported = read(model);
    ASSERT_TRUE(imported.ok()) << imported.error().text();
    EXPECT_EQ(imported->format, "ONNX");
    EXPECT_EQ(imported->network.network.name, "net");
    EXPECT_EQ(kinds(*imported), std::vector { LayerKind::Linear });
    EXPECT_EQ(imported->network.network.inputShape, Shape { 2 });
    ASSERT_EQ(imported->tensors.size(), 4U); // in the order of the file
    EXPECT_EQ(imported->tensors[0].source, "spare");
    EXPECT_EQ(imported->tensors[0].target, "");
    EXPECT_EQ(imported->tensors[1].note, "int64, no weights");
    EXPECT_EQ(imported->tensors[2].target, "fc.MatMul.weight");
    EXPECT_EQ(imported->tensors[2].sourceShape, (Shape { 2, 3 }));
    EXPECT_EQ(imported->tensors[2].targetShape, (Shape { 3, 2 }));
    EXPECT_EQ(imported->tensors[2].note, "transposed");
    EXPECT_EQ(imported->tensors[3].target, "fc.MatMul.bias");
    EXPECT_EQ(imported->network.weights.find("fc.MatMul.weight")->values,
        (std::vector<float> { 1, 4, 2, 5, 3, 6 }));
    EXPECT_EQ(imported->notes,
        (std::vector<std::string> { "The soft-max at the end was left out: a network gives logits here.",
            "The file takes samples of [1, 2]; here they are [2].",
            "Nodes on which the output does not depend were left out: 1." }));
}

TEST_F(OnnxImporterTest, ReadsOperatorsOfOldAndNewOperatorSets)
{
    const std::vector<float> sample { -3, -1, 0, 1, 2, 9 };
    const auto sumOf
        = [&](std::int64_t opset, const std::function<void(OnnxModel&)>& between, std::int64_t outputs) {
              const std::vector<double> sums = logits(around({ 2, 3 }, opset, between, outputs), sample);
              return sums.empty() ? -1e9 : sums.front();
          };
    const auto clipOld = [](OnnxModel& m) {
        m.node("Clip", { "x" }, { "y" }, { onnxAttribute("min", -2.0F), onnxAttribute("max", 6.0F) });
    };
    const auto clipNew = [](OnnxModel& m) {
        m.initializer(onnxTensor("low", {}, { -2 })).initializer(onnxTensor("high", {}, { 6 }));
        m.node("Clip", { "x", "low", "high" }, { "y" });
    };
    EXPECT_EQ(sumOf(6, clipOld, 6), -2 - 1 + 0 + 1 + 2 + 6);
    EXPECT_EQ(sumOf(11, clipNew, 6), -2 - 1 + 0 + 1 + 2 + 6);
    EXPECT_EQ(sumOf(
                  13,
                  [](OnnxModel& m) {
                      m.initializer(onnxTensor("high", {}, { 1 }));
                      m.node("Clip", { "x", "", "high" }, { "y" });
                  },
                  6),
        -3 - 1 + 0 + 1 + 1 + 1);

    const auto ones = [](OnnxModel& m) {
        m.node("Unsqueeze", { "x" }, { "u" }, { onnxAttribute("axes", List { 1, 3 }) });
    };
    EXPECT_EQ(sumOf(
                  11,
                  [&](OnnxModel& m) {
                      ones(m);
                      m.node("Squeeze", { "u" }, { "y" }, { onnxAttribute("axes", List { -2 }) });
                  },
                  6),
        8);
    EXPECT_EQ(sumOf(
                  13,
                  [](OnnxModel& m) {
                      m.initializer(onnxIntegers("axes", { 1 }, { -1 }, true));
                      m.node("Unsqueeze", { "x", "axes" }, { "u" });
                      m.node("Squeeze", { "u" }, { "y" });
                  },
                  6),
        8);

    EXPECT_EQ(
        sumOf(
            1,
            [](OnnxModel& m) {
                m.node("Pad", { "x" }, { "y" },
                    { onnxAttribute("paddings", List { 0, 0, 1, 0, 0, 2 }), onnxAttribute("value", 0.5F) });
            },
            12),
        8 + 6 * 0.5);
    EXPECT_EQ(sumOf(
                  18,
                  [](OnnxModel& m) {
                      m.initializer(onnxIntegers("pads", { 2 }, { 1, 2 }))
                          .initializer(onnxIntegers("axes", { 1 }, { -1 }));
                      m.initializer(onnxTensor("value", {}, { 0.5F }));
                      m.node("Pad", { "x", "pads", "value", "axes" }, { "y" });
                  },
                  12),
        8 + 6 * 0.5);

    EXPECT_DOUBLE_EQ(
        sumOf(
            11,
            [](OnnxModel& m) {
                m.node("ReduceMean", { "x" }, { "y" },
                    { onnxAttribute("axes", List { 2 }), onnxAttribute("keepdims", std::int64_t { 0 }) });
            },
            2),
        (-4.0 + 12.0) / 3.0);
    EXPECT_DOUBLE_EQ(sumOf(
                         18,
                         [](OnnxModel& m) {
                             m.initializer(onnxIntegers("axes", { 1 }, { -1 }));
                             m.node("ReduceMean", { "x", "axes" }, { "y" });
                         },
                         2),
        (-4.0 + 12.0) / 3.0);
    EXPECT_EQ(sumOf(
                  1,
                  [](OnnxModel& m) {
                      m.node("Reshape", { "x" }, { "y" }, { onnxAttribute("shape", List { 0, -1 }) });
                  },
                  6),
        8);

    // Before operator set 7 the constant begins at a named axis: here one number a channel.
    EXPECT_EQ(sumOf(
                  6,
                  [](OnnxModel& m) {
                      m.initializer(onnxTensor("c", { 2 }, { 10, 100 }));
                      m.node("Add", { "x", "c" }, { "y" },
                          { onnxAttribute("broadcast", std::int64_t { 1 }),
                              onnxAttribute("axis", std::int64_t { 1 }) });
                  },
                  6),
        8 + 30 + 300);
    EXPECT_EQ(sumOf(
                  7,
                  [](OnnxModel& m) {
                      m.initializer(onnxTensor("c", { 2, 1 }, { 10, 100 }));
                      m.node("Mul", { "c", "x" }, { "y" });
                  },
                  6),
        -40 + 1200);
    EXPECT_EQ(sumOf(
                  7,
                  [](OnnxModel& m) {
                      m.initializer(onnxTensor("c", { 1 }, { 4 }));
                      m.node("Div", { "x", "c" }, { "d" }).node("Sub", { "c", "d" }, { "y" });
                  },
                  6),
        6 * 4 - 2);
    EXPECT_EQ(sumOf(
                  12,
                  [](OnnxModel& m) {
                      m.initializer(onnxTensor("ratio", {}, { 0.25F }));
                      m.node("Dropout", { "x", "ratio" }, { "y", "mask" });
                  },
                  6),
        8);
    EXPECT_EQ(sumOf(
                  8,
                  [](OnnxModel& m) {
                      m.node("Sum", { "x", "x", "x" }, { "y" });
                  },
                  6),
        24);
}

TEST_F(OnnxImporterTest, WorksOutShapesThatTheGraphComputes)
{
    // x.view(x.size(0), -1) and x.reshape(-1, x.size(1) * x.size(2)), as exporters that trace write them.
    const auto flattened = [&](const std::function<void(OnnxModel&)>& sizes) {
        return logits(
            around(
                { 2, 2 }, 17,
                [&](OnnxModel& m) {
                    m.node("Shape", { "x" }, { "shape" });
                    m.initializer(onnxIntegers("0", {}, { 0 })).initializer(onnxIntegers("1", { 1 }, { 1 }));
                    m.initializer(onnxIntegers("3", { 1 }, { 3 }))
                        .initializer(onnxIntegers("-1", { 1 }, { -1 }));
                    m.initializer(onnxIntegers("first", { 1 }, { 0 }));
                    sizes(m);
                    m.node("Reshape", { "x", "target" }, { "y" });
                },
                4),
            { 1, 2, 3, 4 });
    };
    EXPECT_EQ(flattened([](OnnxModel& m) {
        m.node("Gather", { "shape", "0" }, { "n" }).node("Unsqueeze", { "n", "first" }, { "list" });
        m.node("Concat", { "list", "-1" }, { "target" }, { onnxAttribute("axis", std::int64_t { 0 }) });
    }),
        std::vector<double> { 10 });
    EXPECT_EQ(flattened([](OnnxModel& m) {
        m.node("Slice", { "shape", "1", "3" }, { "rest" });
        m.node("ReduceProd", { "rest" }, { "count" }, { onnxAttribute("keepdims", std::int64_t { 1 }) });
        m.node("Cast", { "count" }, { "whole" }, { onnxAttribute("to", std::int64_t { 7 }) });
        m.node("Concat", { "-1", "whole" }, { "target" }, { onnxAttribute("axis", std::int64_t { 0 }) });
    }),
        std::vector<double> { 10 });
}

TEST_F(OnnxImporterTest, ReadsPaddingThatDependsOnTheSize)
{
    const auto paddingOf = [&](const char* mode) {
        const Result<NetworkImport> imported = read(around(
            { 1, 6, 5 }, 17,
            [&](OnnxModel& m) {
                m.initializer(onnxTensor("w", { 1, 1, 3, 2 }, { 1, 2, 3, 4, 5, 6 }));
                m.node("Conv", { "x", "w" }, { "y" },
                    { onnxAttribute("auto_pad", mode), onnxAttribute("strides", List { 2, 1 }) });
            },
            15));
        EXPECT_TRUE(imported.ok()) << imported.error().text();
        return imported ? imported->network.network.layers[0].padding : Shape { -1 };
    };
    EXPECT_EQ(paddingOf("SAME_UPPER"),
        (Shape { 0, 0, 1, 1 })); // 3 rows: 2 * 2 + 3 - 6 = 1; 5 columns: 4 + 2 - 5 = 1
    EXPECT_EQ(paddingOf("SAME_LOWER"), (Shape { 1, 1, 0, 0 }));
    EXPECT_NE(problemOf(around(
                            { 1, 6, 5 }, 17,
                            [](OnnxModel& m) {
                                m.initializer(onnxTensor("w", { 1, 1, 3, 2 }, { 1, 2, 3, 4, 5, 6 }));
                                m.node("Conv", { "x", "w" }, { "y" }, { onnxAttribute("auto_pad", "SAME") });
                            },
                            15))
                  .find("its auto_pad is \"SAME\""),
        std::string::npos);
}

TEST_F(OnnxImporterTest, TakesImagesWithTheChannelsLast)
{
    // Height 2, width 1, 3 channels, flattened as they lie in the file.
    OnnxModel model;
    model.input("x", { 0, 6, 5, 3 }).output("y");
    model.node("Flatten", { "x" }, { "flat" });
    std::vector<float> weights(90, 0.0F);
    weights[(2 * 5 + 3) * 3 + 1] = 1.0F; // row 2, column 3, channel 1
    model.initializer(onnxTensor("w", { 90, 1 }, weights)).node("MatMul", { "flat", "w" }, { "y" });
    const Result<NetworkImport> imported = read(model);
    ASSERT_TRUE(imported.ok()) << imported.error().text();
    EXPECT_EQ(imported->network.network.inputShape, (Shape { 3, 6, 5 }));
    std::vector<float> sample(90, 0.0F);
    sample[(1 * 6 + 2) * 5 + 3] = 7.0F;
    EXPECT_EQ(test::PlainForward(imported->network.network, imported->network.weights)(sample),
        std::vector<double> { 7 });
    EXPECT_EQ(imported->notes.back(),
        "The file takes samples of [6, 5, 3]; here they are [3, 6, 5], channels first.");
}

TEST_F(OnnxImporterTest, NamesTheNodeThatIsNotSupported)
{
    EXPECT_EQ(problemOf(around(
                            { 2 }, 17, [](OnnxModel& m) { m.node("Elu", { "x" }, { "y" }); }, 2))
                  .substr(0, 58),
        "node \"n_y\" (Elu): this operator is not supported; supporte");
    EXPECT_EQ(
        problemOf(around(
                      { 2 }, 17, [](OnnxModel& m) { m.node("Relu", { "x" }, { "y" }, {}, "", "my.ops"); }, 2))
            .substr(0, 40),
        "node 0 of the graph (my.ops.Relu): this ");
    EXPECT_EQ(problemOf(around(
                  { 2 }, 17,
                  [](OnnxModel& m) {
                      m.node("Mul", { "x", "x" }, { "y" });
                  },
                  2)),
        "node \"n_y\" (Mul): it multiplies two computed values, which is not supported");
    EXPECT_EQ(problemOf(around(
                  { 2, 3 }, 17,
                  [](OnnxModel& m) {
                      m.node("Flatten", { "x" }, { "y" }, { onnxAttribute("axis", std::int64_t { 0 }) });
                  },
                  6)),
        "node \"n_y\" (Flatten): it flattens from axis 0 on; expected axis 1, so that the samples stay apart "
        "from each other");
    EXPECT_EQ(problemOf(around(
                  { 2, 3 }, 17,
                  [](OnnxModel& m) {
                      m.initializer(onnxIntegers("s", { 2 }, { 3, -1 }))
                          .node("Transpose", { "x" }, { "t" }, { onnxAttribute("perm", List { 1, 0, 2 }) });
                      m.node("Reshape", { "t", "s" }, { "y" });
                  },
                  2)),
        "node \"n_t\" (Transpose): its order of the axes is [1, 0, 2]; expected 3 axes, the samples first");
    EXPECT_EQ(
        problemOf(around(
            { 2, 3 }, 17,
            [](OnnxModel& m) {
                m.initializer(onnxIntegers("s", { 2 }, { -1, 3 })).node("Reshape", { "x", "s" }, { "y" });
            },
            3)),
        "node \"n_y\" (Reshape): it gives [samples, 2, 3] the shape [-1, 3]; expected as many numbers a "
        "sample, behind the axis of samples");
    EXPECT_EQ(problemOf(around(
                  { 2, 3 }, 17,
                  [](OnnxModel& m) {
                      m.node("Concat", { "x", "x" }, { "y" }, { onnxAttribute("axis", std::int64_t { 2 }) });
                  },
                  12)),
        "node \"n_y\" (Concat): it joins along axis 2 of [samples, 2, 3]; expected the channels, axis 1");
    EXPECT_EQ(problemOf(around(
                  { 2, 3 }, 17,
                  [](OnnxModel& m) {
                      m.initializer(onnxTensor("w", { 3, 4 }, std::vector<float>(12, 1.0F)))
                          .node("MatMul", { "x", "w" }, { "y" });
                  },
                  8)),
        "node \"n_y\" (MatMul): it multiplies a matrix with [samples, 2, 3]; expected [samples, features]");
    EXPECT_EQ(problemOf(around(
                  { 1, 4, 4 }, 17,
                  [](OnnxModel& m) {
                      m.initializer(onnxTensor("w", { 2, 3, 1, 1 }, std::vector<float>(6, 1.0F)))
                          .node("Conv", { "x", "w" }, { "y" });
                  },
                  32)),
        "node \"n_y\" (Conv): its tensor \"w\" has the shape [2, 3, 1, 1], but what it reads, [1, 4, 4], "
        "takes [2, 1, 1, 1]");
}

TEST_F(OnnxImporterTest, RefusesGraphsThatDoNotHoldTogether)
{
    const auto base = [] {
        OnnxModel model;
        model.input("x", { 0, 2 }).output("y").initializer(onnxTensor("w", { 2, 2 }, { 1, 2, 3, 4 }));
        return model;
    };
    EXPECT_EQ(problemOf(base()
                            .node("MatMul", { "b", "w" }, { "a" })
                            .node("Relu", { "a" }, { "b" })
                            .node("Relu", { "b" }, { "y" })),
        "node \"n_a\" (MatMul) reads \"b\", which only node \"n_b\" (Relu) gives: the nodes form a circle, "
        "or are not in an "
        "order in which they can run");
    EXPECT_EQ(problemOf(base().node("MatMul", { "nothing", "w" }, { "y" })),
        "node \"n_y\" (MatMul) reads \"nothing\", which nothing gives");
    EXPECT_EQ(
        problemOf(base().node("MatMul", { "x", "w" }, { "y" }).node("Relu", { "x" }, { "y" }, {}, "again")),
        "node \"again\" (Relu) gives a value \"y\", but there is another one of that name");
    EXPECT_EQ(problemOf(base().node("MatMul", { "x", "w" }, { "w" })),
        "node \"n_w\" (MatMul) gives a value \"w\", but there is another one of that name");
    EXPECT_EQ(
        problemOf(base().initializer(onnxTensor("w", { 1 }, { 1 })).node("MatMul", { "x", "w" }, { "y" })),
        "two initializers are called \"w\"");
    EXPECT_EQ(problemOf(base().input("x", { 0, 2 }).node("MatMul", { "x", "w" }, { "y" })),
        "two inputs are called \"x\"");
    EXPECT_EQ(problemOf(base().input("z", { 0, 2 }).node("Add", { "x", "z" }, { "y" })),
        "expected one input of the graph, the samples, got more: x, z");
    EXPECT_EQ(problemOf(base().output("z").node("MatMul", { "x", "w" }, { "y" })),
        "expected one output of the graph, the logits, got 2: y, z");
    EXPECT_EQ(problemOf(base()), "no node gives the output \"y\"");
    EXPECT_EQ(problemOf(base().node("Identity", { "w" }, { "y" })),
        "the output \"y\" depends on no input of the graph");
    EXPECT_EQ(problemOf(base().node("Identity", { "x" }, { "y" })),
        "the output is the input itself: there is no layer between them");
    EXPECT_EQ(problemOf(base().node("Relu", { "x" }, { "y" })),
        "the network has no weights: expected at least one layer that has some");
    EXPECT_EQ(problemOf(base()
                            .node("MatMul", { "x", "w" }, { "m" })
                            .node("Dropout", { "m" }, { "d", "mask" })
                            .node("Relu", { "mask" }, { "y" })),
        "node \"n_y\" (Relu): its input 0 \"mask\" is a further output of another node, and those are not "
        "supported");
    EXPECT_EQ(problemOf(base().graphField(15, "").node("MatMul", { "x", "w" }, { "y" })),
        "the model has sparse weights, which are not read; export it with dense ones");
    // Initializers may be named as inputs too.
    OnnxModel old = base();
    EXPECT_EQ(logits(old.input("w", { 2, 2 }).node("MatMul", { "x", "w" }, { "y" }), { 1, 1 }),
        (std::vector<double> { 4, 6 }));
}

TEST_F(OnnxImporterTest, RefusesInputsThatLeaveTheirSizeOpen)
{
    const auto with = [](const Shape& dims, std::int64_t type) {
        OnnxModel model;
        model.initializer(onnxTensor("w", { 2, 1, 1, 1 }, { 1, 2 }));
        model.input("image", dims, type).output("y").node("Conv", { "image", "w" }, { "c" });
        model.node("GlobalAveragePool", { "c" }, { "g" }).node("Flatten", { "g" }, { "y" });
        return model;
    };
    EXPECT_EQ(problemOf(with({ 0, 1, 0, 8 }, 1)),
        "the input \"image\" leaves the size of axis 2 open; export the model with a fixed one (only the "
        "number of samples may "
        "be open)");
    EXPECT_EQ(problemOf(with({ 0, 1, 8, 8 }, 2)),
        "the input \"image\" takes uint8 numbers; expected floating-point ones");
    EXPECT_EQ(problemOf(with({ 0 }, 1)),
        "the input \"image\" should have an axis of samples and one or more others, with their sizes");
    EXPECT_EQ(problemOf(with({ 0, 65'536, 65'536, 2 }, 1)),
        "the input \"image\" is larger than 2,147,483,647 numbers a sample");
    EXPECT_EQ(problemOf(with({ 0, 1, 8, 8 }, 1)), "no problem");
    EXPECT_EQ(problemOf(with({ 5, 1, 8, 8 }, 10)), "no problem");
}

TEST_F(OnnxImporterTest, ChecksTheSizeOfTensorsBeforeItTakesMemory)
{
    const auto with = [](const std::string& tensor) {
        OnnxModel model;
        model.input("x", { 0, 2 }).output("y").initializer(tensor).node("MatMul", { "x", "w" }, { "y" });
        return model;
    };
    EXPECT_EQ(problemOf(with(onnxTensor("w", { 2, 2 }, { 1, 2, 3 }))),
        "tensor \"w\" [2, 2] takes 16 bytes of float, but there are 12");
    EXPECT_EQ(problemOf(with(onnxTensor("w", { 2, 2 }, { 1, 2, 3, 4, 5 }, OnnxData::Listed))),
        "tensor \"w\" [2, 2] takes 16 bytes of float, but there are 20");
    EXPECT_EQ(problemOf(with(onnxTensor("w", { 2, 1'000'000'000 }, { 1 }))),
        "tensor \"w\" [2, 1000000000] takes 8000000000 bytes of float, but there are 4");
    for (const Shape& dims : { Shape { 2, 2'000'000'000 }, Shape { 2, -2 }, Shape { 2, 0 } })
        EXPECT_NE(problemOf(with(onnxTensor("w", dims, { 1 })))
                      .find("each 1 or more, and 2,147,483,647 numbers at most"),
            std::string::npos)
            << toString(dims);
    EXPECT_EQ(problemOf(with(onnxIntegers("w", { 2, 2 }, { 1, 2, 3, 4 }))),
        "tensor \"w\" [2, 2] holds int64 numbers; expected float, double, float16 or bfloat16");
    EXPECT_NE(problemOf(with(onnxTensor("w", { 2, 2 }, { 1, 2, 3, std::numeric_limits<float>::quiet_NaN() })))
                  .find("holds NaN at index 3"),
        std::string::npos);
}

TEST_F(OnnxImporterTest, ReadsNumbersFromFilesBesideTheModelAlone)
{
    fs::create_directories(folder / "sub");
    std::string numbers(24, '\0');
    const float values[] { 1, 2, 3, 4 };
    std::memcpy(numbers.data() + 8, values, sizeof values);
    ASSERT_TRUE(writeFileAtomically(folder / "net.data", numbers).ok());
    ASSERT_TRUE(writeFileAtomically(folder / "sub/net.data", numbers).ok());
    fs::create_symlink("/etc/passwd", folder / "link");
    const auto with = [](const std::string& location, const std::string& offset, const std::string& length) {
        OnnxModel model;
        model.input("x", { 0, 2 })
            .output("y")
            .initializer(onnxExternal("w", { 2, 2 }, location, offset, length));
        return model.node("Gemm", { "x", "w" }, { "y" });
    };
    EXPECT_EQ(logits(with("net.data", "8", "16"), { 1, 10 }), (std::vector<double> { 31, 42 }));
    EXPECT_EQ(logits(with("sub/net.data", "8", ""), { 1, 10 }), (std::vector<double> { 31, 42 }));
    const auto files = onnxImporter()->files(folder / "net.onnx", {});
    ASSERT_EQ(files.size(), 2U);
    EXPECT_TRUE(fs::equivalent(files[1], folder / "sub/net.data"));

    for (const char* location : { "", "../net.data", "sub/../../x", "/etc/passwd" })
        EXPECT_EQ(problemOf(with(location, "0", "16")),
            "tensor \"w\" has its numbers in the file \"" + std::string(location)
                + "\", which is not taken; expected a file in the folder of the model");
    EXPECT_NE(
        problemOf(with("link", "0", "16")).find("a link that leads out of the folder"), std::string::npos);
    EXPECT_NE(problemOf(with("sub", "0", "16")).find("which is no file"), std::string::npos);
    EXPECT_NE(problemOf(with("missing", "0", "16")).find("put it beside the model"), std::string::npos);
    EXPECT_NE(problemOf(with("net.data", "8", "20")).find("it is cut off"), std::string::npos);
    EXPECT_NE(problemOf(with("net.data", "25", "")).find("has no place within"), std::string::npos);
    EXPECT_NE(problemOf(with("net.data", "x", "16")).find("has no place within"), std::string::npos);
    EXPECT_NE(problemOf(with("net.data", "18446744073709551616", "16")).find("has no place within"),
        std::string::npos);
    EXPECT_NE(problemOf(with("net.data", "4", "8")).find("takes 16 bytes of float, but there are 8"),
        std::string::npos);
}

TEST_F(OnnxImporterTest, SaysWhereADamagedFileBreaksOff)
{
    const std::string whole = gemm({ onnxAttribute("transB", std::int64_t { 1 }) }).bytes();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Result<NetworkImport> imported = read(whole.substr(0, size));
        ASSERT_FALSE(imported.ok()) << size;
        EXPECT_EQ(imported.error().kind, ErrorKind::BadInput) << size;
        EXPECT_EQ(imported.error().where, (folder / "net.onnx").string()) << size;
    }
    EXPECT_EQ(read(whole.substr(0, 30)).error().message.substr(0, 45),
        "the file is damaged or cut off at byte 14 (en");
    EXPECT_EQ(read(std::string("\x08\x08", 2)).error().message,
        "there is no graph in the file; expected an ONNX model");
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string spoilt = whole;
        spoilt[i] = static_cast<char>(spoilt[i] ^ 0x55);
        const Result<NetworkImport> imported = read(spoilt);
        EXPECT_TRUE(imported.ok() || imported.error().kind == ErrorKind::BadInput) << i;
    }
    std::string many;
    for (int i = 0; i < 300'001; ++i) // empty nodes: two bytes each in the file
        many += std::string("\x0a\x00", 2);
    OnnxModel model;
    std::string bytes("\x3a", 1);
    for (std::size_t size = many.size(); size > 0; size >>= 7U)
        bytes += static_cast<char>((size & 0x7FU) | (size > 0x7FU ? 0x80U : 0U));
    EXPECT_NE(read(bytes + many).error().message.find("more than a network can use"), std::string::npos);
}

TEST_F(OnnxImporterTest, IsRecognisedByItsName)
{
    EXPECT_TRUE(onnxImporter()->recognises("a/b.onnx", {}));
    EXPECT_FALSE(onnxImporter()->recognises("a/b.onnx.data", {}));
}

} // namespace
} // namespace palimpsest
