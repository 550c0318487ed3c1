// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_importer.h"

#include "core/base/file.h"
#include "core/formats/crc32c.h"
#include "core/formats/tensorflow_bundle.h"
#include "tests/core/formats/tensorflow_fixture.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

std::vector<test::SavedTensor> savedTensors()
{
    return { { "fc/kernel", { 2, 3 }, { 1, 2, 3, 4, 5, 6 } }, { "fc/bias", { 3 }, { 7, 8, 9 } },
        { "fc/kernel/Adam", { 2, 3 }, { 0, 0, 0, 0, 0, 0 } },
        { "fc/kernel/Adam_1", { 2, 3 }, { 0, 0, 0, 0, 0, 0 } }, { "fc/bias/Momentum", { 3 }, { 0, 0, 0 } },
        { "beta1_power", {}, { 0.9F } } };
}

class TensorflowImporterTest : public testing::Test {
protected:
    test::TemporaryFolder folder;

    void writeGraph() const
    {
        test::GraphWriter graph;
        graph.placeholder("x", { -1, 2 });
        graph.variable("fc/kernel", { 2, 3 });
        graph.variable("fc/bias", { 3 });
        graph.add("product", "MatMul", { "x", "fc/kernel/read" });
        graph.add("sum", "BiasAdd", { "product", "fc/bias/read" });
        graph.add("softmax", "Softmax", { "sum" });
        ASSERT_TRUE(writeFileAtomically(folder / "net.meta", graph.bytes()));
    }
    void writeLayers(const char* layout) const
    {
        ASSERT_TRUE(writeFileAtomically(folder / "net.json",
            std::string("{\"format\":\"palimpsest-network\",\"version\":1,\"name\":\"n\",\"inputShape\":[2],"
                        "\"layout\":\"")
                + layout + "\",\"layers\":[{\"type\":\"linear\",\"name\":\"last\",\"outputs\":3}]}"));
    }
    void expectRefused(const std::string& part) const
    {
        const auto result = tensorflowImporter()->read(folder / "net.index", {});
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
        EXPECT_NE(result.error().text().find(part), std::string::npos) << result.error().text();
    }
};

TEST(Crc32c, GivesTheValuesOfTheStandard)
{
    const std::string digits = "123456789"; // RFC 3720 and every catalogue of CRCs
    EXPECT_EQ(crc32c(std::as_bytes(std::span(digits))), 0xE3069283U);
    const std::vector<std::byte> zeros(32);
    EXPECT_EQ(crc32c(zeros), 0x8A9136AAU); // RFC 3720, B.4
}

TEST_F(TensorflowImporterTest, ReadsGraphAndWeightsWhicheverFileIsNamed)
{
    test::writeBundle(folder / "net", savedTensors());
    writeGraph();
    for (const char* name : { "net.index", "net.meta", "net.data-00000-of-00001" }) {
        ASSERT_TRUE(tensorflowImporter()->recognises(folder / name, {}));
        const auto result = tensorflowImporter()->read(folder / name, {});
        ASSERT_TRUE(result) << result.error().text();
        ASSERT_EQ(result->network.weights.tensors.size(), 2U);
        EXPECT_EQ(result->network.weights.tensors[0].name, "fc/kernel");
        EXPECT_EQ(result->network.weights.tensors[0].values, (std::vector<float> { 1, 2, 3, 4, 5, 6 }));
        EXPECT_EQ(result->network.network.layers[0].outputs, 3);
        const auto files = tensorflowImporter()->files(folder / name, {});
        EXPECT_EQ(files.size(), 3U);
        EXPECT_EQ(files.front(), folder / name);
    }
    EXPECT_FALSE(tensorflowImporter()->recognises("net.h5", {}));
}

TEST_F(TensorflowImporterTest, TakesTheGraphOfAnotherStepWhereOneHasNone)
{
    test::writeBundle(folder / "net-200", savedTensors());
    writeGraph();
    fs::copy_file(folder / "net.meta", folder / "other.meta");
    const auto result = tensorflowImporter()->read(folder / "net-200.index", {});
    ASSERT_TRUE(result) << result.error().text();
    ASSERT_EQ(result->notes.size(), 1U);
    EXPECT_NE(result->notes[0].find("net.meta"), std::string::npos);
    EXPECT_EQ(tensorflowImporter()->files(folder / "net-200.index", {}).back(), folder / "net.meta");
    fs::rename(folder / "net.meta", folder / "net-1x.meta");
    EXPECT_FALSE(tensorflowImporter()->read(folder / "net-200.index", {}));
}

TEST_F(TensorflowImporterTest, ReportsWhatWasSkippedAndWhy)
{
    test::writeBundle(folder / "net", savedTensors());
    writeGraph();
    const auto result = tensorflowImporter()->read(folder / "net.index", {});
    ASSERT_TRUE(result) << result.error().text();
    std::map<std::string, std::string> notes;
    for (const TensorMapping& mapping : result->tensors)
        if (mapping.target.empty())
            notes[mapping.source] = mapping.note;
    EXPECT_EQ(notes.size(), 4U);
    EXPECT_EQ(notes["fc/kernel/Adam_1"], "state of the optimiser");
    EXPECT_EQ(notes["fc/bias/Momentum"], "state of the optimiser");
    EXPECT_NE(notes["beta1_power"].find("single number"), std::string::npos);
}

TEST_F(TensorflowImporterTest, ComputesWhatTheGraphComputesOfVariables)
{
    std::vector<test::SavedTensor> tensors = savedTensors();
    tensors.push_back({ "variance", { 3 }, { 3.75F, 8.75F, 15.75F } });
    test::writeBundle(folder / "net", tensors);
    test::GraphWriter graph;
    graph.placeholder("x", { -1, 2 });
    for (const char* name : { "fc/kernel", "fc/bias", "variance" })
        graph.variable(name, std::string(name) == "fc/kernel" ? Shape { 2, 3 } : Shape { 3 });
    graph.constant("epsilon", 0.25F);
    graph.add("sum", "Add", { "variance/read", "epsilon" });
    graph.add("inverse", "Rsqrt", { "sum" });
    graph.add("product", "MatMul", { "x", "fc/kernel/read" });
    graph.add("scaled", "Mul", { "product", "inverse" });
    graph.add("moved", "Sub", { "scaled", "fc/bias/read" });
    graph.add("act", "Relu", { "moved" });
    graph.add("softmax", "Softmax", { "act" });
    ASSERT_TRUE(writeFileAtomically(folder / "net.meta", graph.bytes()));
    const auto result = tensorflowImporter()->read(folder / "net.index", {});
    ASSERT_TRUE(result) << result.error().text();
    const Weights& weights = result->network.weights;
    ASSERT_NE(weights.find("scale1.weight"), nullptr);
    ASSERT_NE(weights.find("scale2.bias"), nullptr);
    EXPECT_EQ(weights.find("scale1.weight")->values, (std::vector<float> { 0.5F, 1.0F / 3.0F, 0.25F }));
    EXPECT_EQ(weights.find("scale2.bias")->values, (std::vector<float> { -7, -8, -9 }));
}

TEST_F(TensorflowImporterTest, WithoutAGraphTakesTheUsersLayers)
{
    test::writeBundle(folder / "net", savedTensors());
    expectRefused("--layers");
    writeLayers("tensorflow");
    ImportOptions options;
    options.layers = folder / "net.json";
    const auto result = tensorflowImporter()->read(folder / "net.index", options);
    ASSERT_TRUE(result) << result.error().text();
    EXPECT_EQ(result->network.weights.tensors[0].values, (std::vector<float> { 1, 2, 3, 4, 5, 6 }));
    EXPECT_EQ(result->notes.size(), 1U); // no name fits: taken in order
    writeLayers("native"); // [out, in]: the shapes disagree
    EXPECT_FALSE(tensorflowImporter()->read(folder / "net.index", options));
}

TEST_F(TensorflowImporterTest, RefusesDamagedData)
{
    writeGraph();
    test::BundleFaults faults;
    faults.wrongCrc = true;
    test::writeBundle(folder / "net", savedTensors(), faults);
    expectRefused("tensor \"fc/kernel\": the CRC");
    faults = {};
    faults.overlap = true;
    test::writeBundle(folder / "net", savedTensors(), faults);
    expectRefused("overlap");
    faults = {};
    faults.extraSize = 1;
    test::writeBundle(folder / "net", savedTensors(), faults);
    expectRefused("takes 36 bytes, but 24 are stored");
    faults.extraSize = std::int64_t { 1 } << 40U;
    test::writeBundle(folder / "net", savedTensors(), faults);
    expectRefused("more than 2,147,483,647 elements");
    faults = {};
    faults.shards = 2;
    test::writeBundle(folder / "net", savedTensors(), faults);
    expectRefused("net.data-00000-of-00002");
    test::writeBundle(folder / "net", savedTensors());
    fs::resize_file(folder / "net.data-00000-of-00001", 90);
    expectRefused("cut off");
}

TEST_F(TensorflowImporterTest, RefusesAnIndexCutAnywhereOrSpoiltAnywhere)
{
    std::string data;
    std::string index = test::bundleIndexBytes(savedTensors(), data);
    const auto parse = [](const std::string& bytes) {
        return tensorflow::parseBundleIndex(std::as_bytes(std::span(bytes)), "net.index");
    };
    ASSERT_TRUE(parse(index));
    for (std::size_t length = 0; length < index.size(); ++length)
        EXPECT_FALSE(parse(index.substr(0, length))) << length;
    // Every byte of a block is under its CRC; the footer's padding is not, and the meta index is not read.
    int accepted = 0;
    for (char& byte : index) {
        byte = static_cast<char>(byte ^ 0x40);
        accepted += parse(index) ? 1 : 0;
        byte = static_cast<char>(byte ^ 0x40);
    }
    EXPECT_LT(accepted, 60) << "of " << index.size();
}

TEST_F(TensorflowImporterTest, RefusesAMetaFileCutAnywhere)
{
    test::writeBundle(folder / "net", savedTensors());
    writeGraph();
    const Result<std::string> whole = readFile(folder / "net.meta");
    ASSERT_TRUE(whole);
    for (std::size_t length = 0; length < whole->size(); length += 3) {
        ASSERT_TRUE(writeFileAtomically(folder / "net.meta", whole->substr(0, length)));
        const auto result = tensorflowImporter()->read(folder / "net.index", {});
        EXPECT_FALSE(result) << length;
        EXPECT_NE(result.error().text().find("net.meta"), std::string::npos);
    }
}

/// The references' own files: the same tensors as their HDF5 form has, which other code reads.
TEST(TensorflowReference, FindsTheArchitectureOfEachCheckpoint)
{
    const char* const set = std::getenv("PALIMPSEST_SHARED");
    const fs::path folder = (set != nullptr ? fs::path(set) : fs::path(PALIMPSEST_SOURCE_DIR) / "../shared")
        / "reference/onelevel/tf";
    if (!fs::exists(folder))
        GTEST_SKIP() << folder.string()
                     << " is not there; set PALIMPSEST_SHARED to the folder of the references' files";
    struct Expected {
        const char* name;
        std::int64_t weights;
        Shape input;
        std::int64_t classes;
    };
    for (const Expected& expected :
        { Expected { "mnist", 45706, { 1, 28, 28 }, 10 }, Expected { "gsc", 65531, { 1, 61, 13 }, 35 },
            Expected { "gtsrb", 66475, { 1, 32, 32 }, 43 }, Expected { "cifar10", 45490, { 3, 32, 32 }, 10 },
            Expected { "svhn", 45490, { 3, 32, 32 }, 10 } }) {
        const auto result = tensorflowImporter()->read(
            folder / expected.name / (std::string(expected.name) + ".index"), {});
        ASSERT_TRUE(result) << result.error().text();
        const Network& network = result->network.network;
        EXPECT_EQ(network.trainableCount(), expected.weights) << expected.name;
        EXPECT_EQ(network.inputShape, expected.input) << expected.name;
        EXPECT_EQ(network.classes(), expected.classes) << expected.name;
    }
}

} // namespace
} // namespace palimpsest
