// SPDX-License-Identifier: Apache-2.0
#include "core/formats/weights_file.h"

#include "core/formats/tensorflow_bundle.h"
#include "core/formats/tensorflow_importer.h"
#include "core/network/safetensors.h"

#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

bool isWeightsFile(const fs::path& file)
{
    return !weightsFormat(file).empty();
}

std::string_view weightsFormat(const fs::path& file)
{
    if (file.extension() == ".safetensors")
        return "safetensors";
    if (!tensorflow::bundleIndexFile(file).empty())
        return "TensorFlow 1 checkpoint";
    return {};
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
    if (const fs::path index = tensorflow::bundleIndexFile(file); !index.empty())
        return readTensorflowWeights(index);
    WeightsFile result;
    result.format = weightsFormat(file);
    if (result.format.empty())
        return badInput("expected a file of weights (.safetensors, .index)", file.string());
    PALIMPSEST_TRY(result.weights, readSafetensors(file));
    return result;
}

} // namespace palimpsest
