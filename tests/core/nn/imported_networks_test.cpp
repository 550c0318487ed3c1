// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/formats/layer_list_importer.h"
#include "core/formats/onnx_importer.h"
#include "core/formats/tensorflow_importer.h"
#include "core/network/safetensors.h"
#include "core/nn/evaluate.h"
#include "core/nn/torchscript_importer.h"

#include "tests/core/nn/network_fixture.h"
#include "tests/support/temporary_folder.h"

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

/// Those of the tree (make_networks.py, make_keras_networks.py, make_tensorflow_networks.py), and those of the folder that
/// PALIMPSEST_NETWORKS names.
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
                all.push_back({ file.substr(0, end), folder, *read->find("inputs"), *read->find("logits") });
        }
    std::sort(all.begin(), all.end(), [](const Check& a, const Check& b) { return a.name < b.name; });
    return all;
}

Shape withoutOnes(Shape shape)
{
    std::erase(shape, 1);
    return shape;
}

/// The samples of the check as the imported network takes them: the same, or images and sequences with the channels first. A flat sample
/// that the network takes as an image runs through its rows, columns, channels.
std::vector<float> samplesFor(const Network& network, const Tensor& inputs)
{
    const Shape sample(inputs.shape.begin() + 1, inputs.shape.end());
    if (network.inputShape == sample || withoutOnes(network.inputShape) == withoutOnes(sample))
        return inputs.values;
    const std::int64_t channels = sample.size() == 1 ? network.inputShape.front() : sample.back();
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
    if (importer.format() == "TorchScript")
        options.inputShape.assign(check.inputs.shape.begin() + 1, check.inputs.shape.end());
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

/// What is trusted is remembered in a folder of the test's own.
class ConfigFolder {
public:
    ConfigFolder() { ::setenv("XDG_CONFIG_HOME", m_folder.path().c_str(), 1); }
    ~ConfigFolder() { ::unsetenv("XDG_CONFIG_HOME"); }
    ConfigFolder(const ConfigFolder&) = delete;
    ConfigFolder& operator=(const ConfigFolder&) = delete;

private:
    test::TemporaryFolder m_folder;
};

fs::path networkFile(const std::string& name)
{
    return fs::path(PALIMPSEST_SOURCE_DIR) / "tests/core/nn/networks" / name;
}

TEST(TorchScriptImporter, AsksForTrustOnceForEachContent)
{
    const ConfigFolder config;
    const test::TemporaryFolder folder;
    const auto importer = torchScriptImporter();
    const Result<NetworkImport> refused = importer->read(networkFile("mlp.pt"), {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
    EXPECT_NE(refused.error().message.find("--trust"), std::string::npos);
    ImportOptions trusting;
    trusting.trust = true;
    ASSERT_TRUE(importer->read(networkFile("mlp.pt"), trusting).ok());
    EXPECT_TRUE(importer->read(networkFile("mlp.pt"), {}).ok());
    fs::copy_file(networkFile("mlp.pt"), folder / "other-name.pt");
    EXPECT_TRUE(importer->read(folder / "other-name.pt", {}).ok());
    EXPECT_FALSE(importer->read(networkFile("mlp.scripted.pt"), {}).ok());
}

TEST(TorchScriptImporter, SaysWhatItNeedsOrDoesNotKnow)
{
    const ConfigFolder config;
    const test::TemporaryFolder folder;
    const auto importer = torchScriptImporter();
    const auto problemOf = [&](const fs::path& file, const Shape& shape) {
        ImportOptions options;
        options.trust = true;
        options.inputShape = shape;
        const Result<NetworkImport> imported = importer->read(file, options);
        return imported ? std::string("no problem") : imported.error().message;
    };
    EXPECT_EQ(problemOf(networkFile("residual.pt"), {}),
        "the file does not say how large its samples are, and more than one size fits; say it with "
        "--input-shape, as in "
        "--input-shape 3,32,32");
    EXPECT_NE(problemOf(networkFile("cnn.pt"), { 2, 20, 20 })
                  .find("\"aten::linear\": its tensor \"out.weight\" has the shape"),
        std::string::npos);
    EXPECT_NE(problemOf(networkFile("frozen.pt"), { 6 }).find("the module is frozen: it has 0 parameters"),
        std::string::npos);
    EXPECT_NE(problemOf(networkFile("unknown.pt"), { 6 })
                  .find("\"aten::cumsum\": this operator is not among the layers"),
        std::string::npos);
    const Result<std::string> whole = readFile(networkFile("mlp.pt"));
    ASSERT_TRUE(whole.ok());
    for (std::size_t size = 0; size < whole->size(); size += 613) {
        ASSERT_TRUE(writeFileAtomically(folder / "cut.pt", whole->substr(0, size)).ok());
        EXPECT_NE(
            problemOf(folder / "cut.pt", { 6 }).find("this is no TorchScript module"), std::string::npos)
            << size;
    }
}

TEST(ImportedNetworks, GiveTheLogitsOfTheProgramThatTrainedThem)
{
    const auto onnx = onnxImporter();
    const auto layerList = layerListImporter();
    const auto script = torchScriptImporter();
    const auto tensorflow = tensorflowImporter();
    const std::vector<std::pair<const char*, const NetworkImporter*>> forms { { ".onnx", onnx.get() },
        { ".dynamo.onnx", onnx.get() }, { ".json", layerList.get() }, { ".pt", script.get() },
        { ".index", tensorflow.get() }, { ".scripted.pt", script.get() } };
    const ConfigFolder config;
    std::vector<int> compared(forms.size(), 0);
    for (const Check& check : checks())
        for (std::size_t form = 0; form < forms.size(); ++form)
            if (const fs::path file = check.folder / (check.name + forms[form].first); fs::exists(file)) {
                expectLogits(*forms[form].second, file, check);
                ++compared[form];
            }
    for (std::size_t form = 0; form + 1 < forms.size(); ++form) // five networks or more in every form
        EXPECT_GE(compared[form], 5) << forms[form].first;
    EXPECT_GE(compared.back(), 2) << "scripted";
}

} // namespace
} // namespace palimpsest
