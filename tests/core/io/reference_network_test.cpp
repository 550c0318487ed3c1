// SPDX-License-Identifier: Apache-2.0
#include "core/io/reference_network.h"

#include "core/io/layer_text.h"
#include "core/pages/page_layout.h"
#include "tests/core/io/hdf5_fixture.h"
#include "tests/core/io/shared_folder.h"
#include "tests/core/io/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <numeric>
#include <thread>

namespace palimpsest {
namespace {

/// A file as the references' networks come, small: 6 x 6 x 1 -> 2 channels of 2 x 2 -> 8 -> 3.
class ReferenceFile {
public:
    std::vector<std::string> order { "weight_0", "bias_0", "weight_1", "bias_1" };
    std::vector<std::string> layers { "Conv2D weight_0 (3, 3, 1, 2) stride [1, 1, 1, 1] VALID -> (4, 4, 2)",
        "+ bias_0 (2,)", "LeakyRelu alpha 0.2 (LeakyRelu)",
        "MaxPool [1, 2, 2, 1] stride [1, 2, 2, 1] VALID -> (2, 2, 2) (neuron_1)", "Reshape -> (8,)",
        "dropout", "MatMul weight_1 (8, 3) -> (3,)", "+ bias_1 (3,)" };
    std::vector<long long> input { 6, 6, 1 };
    float firstWeight = 0.0F;
    float firstFisher = 0.0F;
    bool hasFisher = true;

    [[nodiscard]] Result<ImportedNetwork> read() const
    {
        const TemporaryFolder folder;
        return readAt(folder.path() / "small.h5");
    }
    /// The error without the name of the file.
    [[nodiscard]] std::string error() const
    {
        const TemporaryFolder folder;
        const std::string path = (folder.path() / "small.h5").string();
        const Result<ImportedNetwork> result = readAt(path);
        const std::string text = result.ok() ? path : result.error().text();
        EXPECT_TRUE(text.starts_with(path)) << text;
        return text.substr(path.size());
    }

private:
    [[nodiscard]] Result<ImportedNetwork> readAt(const std::filesystem::path& path) const
    {
        {
            Hdf5Writer writer(path);
            writer.texts("order", order);
            writer.texts("layers", layers);
            writer.numbers("input_shape_nhwc", input);
            tensors(writer, "/weights/", firstWeight);
            if (hasFisher)
                tensors(writer, "/fisher/", firstFisher);
        }
        return readReferenceNetwork(path);
    }

    static void tensors(Hdf5Writer& writer, const std::string& group, float first)
    {
        float next = first;
        const auto tensor = [&](const std::string& name, const std::vector<hsize_t>& shape) {
            hsize_t size = 1;
            for (const hsize_t axis : shape)
                size *= axis;
            std::vector<float> values(size);
            for (float& value : values)
                value = std::exchange(next, std::isfinite(next) ? std::abs(next) + 1 : 0.0F);
            writer.dataset<float>(group + name, H5T_NATIVE_FLOAT, H5T_IEEE_F32LE, shape, values);
        };
        tensor("weight_0", { 3, 3, 1, 2 });
        tensor("bias_0", { 2 });
        tensor("weight_1", { 8, 3 });
        tensor("bias_1", { 3 });
    }
};

TEST(ReferenceNetwork, KeepsLayersTensorsAndOrderOfTheFile)
{
    ReferenceFile file;
    const Result<ImportedNetwork> imported = file.read();
    ASSERT_TRUE(imported.ok()) << imported.error().text();
    const Network& network = imported->network;
    EXPECT_EQ(network.name, "small");
    EXPECT_EQ(network.inputShape, (Shape { 1, 6, 6 }));
    EXPECT_EQ(network.layout, TensorLayout::TensorFlow);
    EXPECT_EQ(network.classes(), 3);
    EXPECT_EQ(network.trainableCount(), 18 + 2 + 24 + 3);
    std::vector<LayerKind> kinds;
    for (const Layer& layer : network.layers)
        kinds.push_back(layer.kind);
    EXPECT_EQ(kinds,
        (std::vector<LayerKind> { LayerKind::Conv2d, LayerKind::LeakyRelu, LayerKind::MaxPool,
            LayerKind::Flatten, LayerKind::Dropout, LayerKind::Linear }));
    EXPECT_EQ(network.layers[1].slope, 0.2);
    ASSERT_EQ(network.tensors.size(), 4U);
    ASSERT_EQ(imported->weights.tensors.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(network.tensors[i].name, file.order[i]);
        EXPECT_EQ(imported->weights.tensors[i].name, file.order[i]);
    }
    EXPECT_EQ(imported->weights.tensors[2].shape, (Shape { 8, 3 }));
    EXPECT_EQ(imported->weights.tensors[2].values.front(), 20.0F);
    ASSERT_TRUE(imported->fisher.has_value());
    EXPECT_EQ(imported->fisher->tensors[3].values.back(), 46.0F);
}

TEST(ReferenceNetwork, DoesWithoutFisher)
{
    ReferenceFile file;
    file.hasFisher = false;
    const Result<ImportedNetwork> imported = file.read();
    ASSERT_TRUE(imported.ok()) << imported.error().text();
    EXPECT_FALSE(imported->fisher.has_value());
}

TEST(ReferenceNetwork, SaysWhatIsWrongWithTheTensors)
{
    ReferenceFile file;
    file.firstWeight = std::numeric_limits<float>::quiet_NaN();
    EXPECT_NE(file.error().find("weight_0"), std::string::npos) << file.error();
    file = {};
    file.firstFisher = -1.0F;
    EXPECT_EQ(file.error(),
        ": /fisher/weight_0: expected Fisher information that is finite and not negative, got -1.000000");
    file = {};
    std::swap(file.order[0], file.order[1]);
    EXPECT_EQ(file.error(),
        ", attribute order: expected the tensors in the order in which the layers use them, got another "
        "order or other names");
    file = {};
    file.layers[6] = "MatMul weight_2 (8, 3) -> (3,)";
    file.order[2] = "weight_2";
    EXPECT_EQ(file.error(), ": expected the dataset /weights/weight_2, found none");
    file = {};
    file.layers[6] = "MatMul weight_1 (8, 5) -> (5,)";
    file.layers[7] = "+ bias_1 (5,)";
    EXPECT_EQ(file.error(), ": /weights/weight_1: expected shape [8, 5] as its layer says, got [8, 3]");
    file = {};
    file.input = { 6, 6 };
    EXPECT_EQ(file.error(),
        ", attribute input_shape_nhwc: expected [height, width, channels] or [features], got [6, 6]");
    file.input = { 6, -6, 1 };
    EXPECT_EQ(file.error(), ", attribute input_shape_nhwc: expected sizes from 1 to 1,000,000");
}

std::string textError(const std::vector<std::string>& texts, const Shape& input = { 6, 6, 1 })
{
    const Result<LayerTexts> result = parseLayerTexts(texts, input, "a.h5");
    return result.ok() ? std::string() : result.error().text();
}

/// HDF5 keeps what went wrong for each thread, and complains at the end of the program where nobody cleared it.
TEST(ReferenceNetwork, RefusesADamagedFileInAThreadWithoutAnotherWord)
{
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "cut.h5";
    std::ofstream(file) << "this is no HDF5 file";
    const auto readInThread = [&] {
        std::thread([&] { EXPECT_FALSE(readReferenceNetwork(file).ok()); }).join();
        std::exit(testing::Test::HasFailure() ? 1 : 0);
    };
    EXPECT_EXIT(readInThread(), testing::ExitedWithCode(0), "^$");
}

TEST(LayerText, TakesTheNamesOfAllActivations)
{
    const Result<LayerTexts> texts = parseLayerTexts({ "MatMul w (4, 2) -> (2,)", "Relu (a)", "Sigmoid",
                                                         "tanh (b)", "LeakyRelu alpha 0.01", "dropout (c)" },
        { 4 }, "a.h5");
    ASSERT_TRUE(texts.ok()) << texts.error().text();
    ASSERT_EQ(texts->layers.size(), 6U);
    EXPECT_FALSE(texts->layers[0].bias);
    EXPECT_EQ(texts->layers[1].kind, LayerKind::Relu);
    EXPECT_EQ(texts->layers[2].kind, LayerKind::Sigmoid);
    EXPECT_EQ(texts->layers[3].kind, LayerKind::Tanh);
    EXPECT_EQ(texts->layers[4].slope, 0.01);
    EXPECT_EQ(texts->layers[5].kind, LayerKind::Dropout);
}

TEST(LayerText, TakesSamePaddingWhereItIsSymmetric)
{
    const Result<LayerTexts> odd = parseLayerTexts(
        { "Conv2D w (3, 5, 1, 2) stride [1, 1, 1, 1] SAME -> (6, 6, 2)" }, { 6, 6, 1 }, "a.h5");
    ASSERT_TRUE(odd.ok()) << odd.error().text();
    EXPECT_EQ(odd->layers[0].padding, (Shape { 1, 2 }));
    // 6 wide, stride 2: three windows reach 2 * 2 + 3 = 7, one zero too many for two sides.
    EXPECT_EQ(textError({ "Conv2D w (3, 3, 1, 2) stride [1, 2, 2, 1] SAME -> (3, 3, 2)" }),
        "a.h5: layers[0]: padding SAME puts 1 zeros on two sides here, one more at the end than at the "
        "start; only equal sides can be "
        "described: use an odd kernel with stride 1, or VALID; the text is \"Conv2D w (3, 3, 1, 2) stride "
        "[1, 2, 2, 1] SAME -> (3, 3, "
        "2)\"");
    // 6 wide in windows of 2: SAME adds nothing.
    const Result<LayerTexts> pool = parseLayerTexts(
        { "MaxPool [1, 2, 2, 1] stride [1, 2, 2, 1] SAME -> (3, 3, 1)" }, { 6, 6, 1 }, "a.h5");
    ASSERT_TRUE(pool.ok()) << pool.error().text();
    EXPECT_EQ(pool->layers[0].padding, (Shape { 0, 0 }));
}

TEST(LayerText, NamesTheTextThatIsWrong)
{
    const auto ends = [](const std::string& text) { return "; the text is \"" + text + "\""; };
    for (const auto& [text, message] : std::vector<std::pair<std::string, std::string>> {
             { "Softmax",
                 "unknown layer; known are Conv2D, MatMul, + (bias), MaxPool, Reshape, LeakyRelu, Relu, "
                 "Sigmoid, Tanh, dropout" },
             { "",
                 "unknown layer; known are Conv2D, MatMul, + (bias), MaxPool, Reshape, LeakyRelu, Relu, "
                 "Sigmoid, Tanh, dropout" },
             { "Conv2D w (3, 3, 1)",
                 "expected \"Conv2D NAME (height, width, in, out) stride [...] VALID -> (...)\"" },
             { "Conv2D w (3, 3, 2, 8) stride [1, 1, 1, 1] VALID -> (4, 4, 8)",
                 "the kernel takes 2 channels, and what comes in has shape [6, 6, 1] (height, width, "
                 "channels)" },
             { "Conv2D w (3, 3, 1, 8) stride [2, 1, 1, 1] VALID -> (4, 4, 8)",
                 "expected \"stride [1, height, width, 1]\"" },
             { "Conv2D w (3, 3, 1, 8) stride [1, 1, 1, 1] FULL -> (4, 4, 8)",
                 "expected padding VALID or SAME" },
             { "Conv2D w (3, 3, 1, 8) stride [1, 1, 1, 1] VALID -> (5, 4, 8)",
                 "the shape that comes out is [4, 4, 8], not [5, 4, 8]" },
             { "Conv2D w (3, 3, 1, 8) stride [1, 1, 1, 1] VALID",
                 "expected \"-> (...)\" with the shape that comes out" },
             { "Conv2D w (9, 3, 1, 8) stride [1, 1, 1, 1] VALID -> (1, 4, 8)",
                 "the window of [9, 3] is larger than what comes in, [6, 6, 1]" },
             { "Conv2D w (3, 3, 1, 99999999999999999999) stride [1, 1, 1, 1] VALID -> (4, 4, 8)",
                 "expected \"Conv2D NAME (height, width, in, out) stride [...] VALID -> (...)\"" },
             { "MatMul w (6, 3) -> (3,)",
                 "the matrix takes 6 features, and what comes in has shape [6, 6, 1]" },
             { "+ bias_0 (8,)", "expected a bias right after its Conv2D or MatMul" },
             { "LeakyRelu", "expected \"LeakyRelu alpha NUMBER\" with a number from 0 to 1" },
             { "LeakyRelu alpha x", "expected \"LeakyRelu alpha NUMBER\" with a number from 0 to 1" },
             { "Reshape -> (7,)", "the shape that comes out is [36], not [7]" },
             { "Relu and more", "expected the end of the text after the layer" },
         }) {
        EXPECT_EQ(textError({ text }), "a.h5: layers[0]: " + message + ends(text));
    }
    EXPECT_EQ(textError({ "MatMul w (4, 2) -> (2,)", "+ b (3,)" }, { 4 }),
        "a.h5: layers[1]: the layer has 2 outputs, and the bias 3; the text is \"+ b (3,)\"");
    EXPECT_EQ(textError({ "MatMul w (4, 2) -> (2,)", "+ b (2,)", "+ c (2,)" }, { 4 }),
        "a.h5: layers[2]: expected a bias right after its Conv2D or MatMul; the text is \"+ c (2,)\"");
    EXPECT_LT(textError({ std::string(100000, 'x') }).size(), 500U);
}

struct Known {
    const char* name;
    std::int64_t weights;
    std::int64_t pages; ///< of 100, as the list beside the files states
};

TEST(ReferenceNetwork, ReadsTheReferencesOwnNetworks)
{
    if (sharedFolder().empty())
        GTEST_SKIP() << "needs the folder of shared data (PALIMPSEST_SHARED)";
    for (const Known& known : { Known { "mnist", 45706, 458 }, Known { "gsc", 65531, 656 },
             Known { "gtsrb", 66475, 665 }, Known { "cifar10", 45490, 455 }, Known { "svhn", 45490, 455 } }) {
        const Result<ImportedNetwork> imported = readReferenceNetwork(
            sharedFolder() / "reference" / "onelevel" / (std::string(known.name) + ".h5"));
        ASSERT_TRUE(imported.ok()) << imported.error().text();
        EXPECT_EQ(imported->network.trainableCount(), known.weights) << known.name;
        EXPECT_TRUE(imported->fisher.has_value()) << known.name;
        PagesSettings settings;
        settings.pageSize = 100;
        settings.formation = Formation::Reference;
        settings.smallTensors = SmallTensors::Paged;
        const Result<PageLayout> layout = formPages(imported->network, settings);
        ASSERT_TRUE(layout.ok()) << layout.error().text();
        EXPECT_EQ(layout->pageCount, known.pages) << known.name;
    }
}

} // namespace
} // namespace palimpsest
