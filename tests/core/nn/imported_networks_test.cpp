// SPDX-License-Identifier: Apache-2.0
#include "core/formats/layer_list_importer.h"
#include "core/formats/onnx_importer.h"
#include "core/network/safetensors.h"
#include "core/nn/evaluate.h"

#include "tests/core/nn/network_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

/// What another program says a network gives: samples and logits in NAME.check.safetensors, beside NAME.onnx and so on.
struct Check {
    std::string name;
    fs::path folder;
    Tensor inputs, logits;
};

/// Those of the tree (make_networks.py, make_keras_networks.py), and those of the folder that PALIMPSEST_NETWORKS names.
std::vector<Check> checks()
{
    std::vector<fs::path> folders;
    folders.push_back(fs::path(PALIMPSEST_SOURCE_DIR) / "tests/core/nn/networks");
    if (const char* more = std::getenv("PALIMPSEST_NETWORKS"); more != nullptr)
        folders.emplace_back(more);
    std::vector<Check> all;
    for (const fs::path& folder : folders)
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            const std::string file = entry.path().filename().string();
            const std::size_t end = file.find(".check.safetensors");
            if (end == std::string::npos)
                continue;
            Result<Weights> read = readSafetensors(entry.path());
            EXPECT_TRUE(read.ok()) << read.error().text();
            if (read && read->find("inputs") != nullptr && read->find("logits") != nullptr)
                all.push_back(
                    { file.substr(0, end), folder, *read->find("inputs"), *read->find("logits") });
        }
    std::sort(all.begin(), all.end(), [](const Check& a, const Check& b) { return a.name < b.name; });
    return all;
}

Shape withoutOnes(Shape shape)
{
    std::erase(shape, 1);
    return shape;
}

/// The samples of the check as the imported network takes them: the same, or images and sequences with the channels first.
std::vector<float> samplesFor(const Network& network, const Tensor& inputs)
{
    const Shape sample(inputs.shape.begin() + 1, inputs.shape.end());
    if (network.inputShape == sample || withoutOnes(network.inputShape) == withoutOnes(sample))
        return inputs.values;
    const std::int64_t channels = sample.back();
    const std::int64_t positions = elementCount(sample) / channels;
    std::vector<float> turned(inputs.values.size());
    for (std::int64_t n = 0; n < inputs.shape.front(); ++n)
        for (std::int64_t p = 0; p < positions; ++p)
            for (std::int64_t c = 0; c < channels; ++c)
                turned[static_cast<std::size_t>((n * channels + c) * positions + p)]
                    = inputs.values[static_cast<std::size_t>((n * positions + p) * channels + c)];
    return turned;
}

void expectLogits(const NetworkImporter& importer, const fs::path& file, const Check& check)
{
    SCOPED_TRACE(file.string());
    ImportOptions options;
    options.trust = true;
    const Result<NetworkImport> imported = importer.read(file, options);
    ASSERT_TRUE(imported.ok()) << imported.error().text();
    const Network& network = imported->network.network;
    LabelledSamples samples;
    samples.sampleShape = network.inputShape;
    samples.x = samplesFor(network, check.inputs);
    samples.classes = check.logits.shape.back();
    samples.y.assign(static_cast<std::size_t>(check.inputs.shape.front()), 0);
    test::Job job;
    const auto logits = networkLogits(network, imported->network.weights, samples, job.context);
    ASSERT_TRUE(logits.ok()) << logits.error().text();
    ASSERT_EQ(logits->size(), check.logits.values.size());
    for (std::size_t i = 0; i < logits->size(); ++i)
        ASSERT_NEAR((*logits)[i], check.logits.values[i], 1e-5) << "logit " << i;
}

TEST(ImportedNetworks, GiveTheLogitsOfTheProgramThatTrainedThem)
{
    const auto onnx = onnxImporter();
    const auto layerList = layerListImporter();
    const std::vector<std::pair<const char*, const NetworkImporter*>> forms { { ".onnx", onnx.get() },
        { ".dynamo.onnx", onnx.get() }, { ".json", layerList.get() } };
    std::vector<int> compared(forms.size(), 0);
    for (const Check& check : checks())
        for (std::size_t form = 0; form < forms.size(); ++form)
            if (const fs::path file = check.folder / (check.name + forms[form].first); fs::exists(file)) {
                expectLogits(*forms[form].second, file, check);
                ++compared[form];
            }
    for (const int count : compared) // five networks of PyTorch in every form
        EXPECT_GE(count, 5);
}

} // namespace
} // namespace palimpsest
