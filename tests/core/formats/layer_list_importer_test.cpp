// SPDX-License-Identifier: Apache-2.0
#include "core/formats/layer_list_importer.h"

#include "core/base/file.h"
#include "core/network/safetensors.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace palimpsest {
namespace {

class LayerListImporterTest : public testing::Test {
protected:
    void SetUp() override
    {
        network.name = "tiny";
        network.inputShape = { 2 };
        network.layers.resize(1);
        network.layers[0].kind = LayerKind::Linear;
        network.layers[0].name = "fc";
        network.layers[0].outputs = 1;
        ASSERT_TRUE(completeNetwork(network, "test"));
        ASSERT_TRUE(writeFileAtomically(folder / "net.json", toJson(network).dump()));
        weights.tensors = { { "fc.weight", { 1, 2 }, { 1.0F, 2.0F } }, { "fc.bias", { 1 }, { 3.0F } } };
        ASSERT_TRUE(writeSafetensors(folder / "net.safetensors", weights));
    }

    test::TemporaryFolder folder;
    Network network;
    Weights weights;
};

TEST_F(LayerListImporterTest, FindsTheOtherFileBesideEitherOne)
{
    for (const char* name : { "net.json", "net.safetensors" }) {
        const auto importer = name == std::string("net.json") ? layerListImporter() : weightsImporter();
        ASSERT_TRUE(importer->recognises(folder / name, {}));
        const auto result = importer->read(folder / name, {});
        ASSERT_TRUE(result) << result.error().text();
        EXPECT_EQ(result->network.network, network);
        EXPECT_EQ(result->network.weights, weights);
        EXPECT_FALSE(result->network.fisher);
        EXPECT_EQ(importer->files(folder / name, {}).size(), 2U);
        EXPECT_EQ(importer->files(folder / name, {}).front(), folder / name);
    }
}

TEST_F(LayerListImporterTest, TakesTheFilesThatOptionsName)
{
    std::filesystem::rename(folder / "net.safetensors", folder / "other.safetensors");
    EXPECT_FALSE(layerListImporter()->read(folder / "net.json", {}));
    ImportOptions options;
    options.weights = folder / "other.safetensors";
    EXPECT_TRUE(layerListImporter()->read(folder / "net.json", options));

    const auto alone = weightsImporter()->read(folder / "other.safetensors", {});
    ASSERT_FALSE(alone);
    EXPECT_NE(alone.error().text().find("--layers"), std::string::npos);
    options = {};
    options.layers = folder / "net.json";
    EXPECT_TRUE(weightsImporter()->read(folder / "other.safetensors", options));
    options.layers = folder / "gone.json";
    EXPECT_NE(weightsImporter()->read(folder / "other.safetensors", options).error().text().find("gone.json"),
        std::string::npos);
}

TEST_F(LayerListImporterTest, ReadsFisherInformationBesideTheWeights)
{
    ASSERT_TRUE(writeSafetensors(folder / "net.fisher.safetensors", weights));
    const auto result = layerListImporter()->read(folder / "net.json", {});
    ASSERT_TRUE(result) << result.error().text();
    ASSERT_TRUE(result->network.fisher);
    EXPECT_EQ(*result->network.fisher, weights);
    EXPECT_EQ(layerListImporter()->files(folder / "net.json", {}).size(), 3U);

    weights.tensors[0].values[1] = -1.0F;
    ASSERT_TRUE(writeSafetensors(folder / "net.fisher.safetensors", weights));
    EXPECT_FALSE(layerListImporter()->read(folder / "net.json", {}));
}

} // namespace
} // namespace palimpsest
