// SPDX-License-Identifier: Apache-2.0
#include "core/formats/weights_file.h"

#include "core/formats/numpy_weights.h"
#include "core/formats/tensorflow_bundle.h"
#include "core/formats/tensorflow_importer.h"
#include "core/network/safetensors.h"

#include <array>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

Result<WeightsFile> readSafetensorsFile(const fs::path& file)
{
    WeightsFile result;
    result.format = "safetensors";
    std::vector<SkippedTensor> skipped;
    PALIMPSEST_TRY(result.weights, readSafetensors(file, &skipped));
    for (SkippedTensor& tensor : skipped)
        result.skipped.push_back({ std::move(tensor.name), std::move(tensor.shape), {}, {},
            std::move(tensor.type) + ", no floating-point numbers" });
    return result;
}

Result<WeightsFile> readCheckpoint(const fs::path& file)
{
    return readTensorflowWeights(tensorflow::bundleIndexFile(file));
}

struct Form {
    std::string_view suffix;
    std::string_view name;
    Result<WeightsFile> (*read)(const fs::path& file);
};
constexpr std::array kForms {
    Form { ".safetensors", "safetensors", readSafetensorsFile }, Form { ".npz", "npz", readNpzWeights },
    Form { ".npy", "npy", readNpyWeights },
    Form { "", "TensorFlow 1 checkpoint", readCheckpoint }, // known by more than its suffix
};

const Form* formOf(const fs::path& file)
{
    for (const Form& form : kForms)
        if (form.suffix.empty() ? !tensorflow::bundleIndexFile(file).empty()
                                : file.extension() == form.suffix)
            return &form;
    return nullptr;
}

} // namespace

bool isWeightsFile(const fs::path& file)
{
    return formOf(file) != nullptr;
}

std::vector<fs::path> filesOfWeights(const fs::path& file)
{
    const fs::path index = tensorflow::bundleIndexFile(file);
    if (index.empty())
        return { file };
    std::vector<fs::path> files = tensorflow::bundleDataFiles(index);
    files.insert(files.begin(), index);
    return files;
}

Result<WeightsFile> readWeightsFile(const fs::path& file)
{
    const Form* const form = formOf(file);
    if (form == nullptr)
        return badInput(
            "expected a file of weights (.safetensors, .npz, .npy or the .index of a TensorFlow checkpoint)",
            file.string());
    return form->read(file);
}

} // namespace palimpsest
