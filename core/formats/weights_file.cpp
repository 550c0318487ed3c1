// SPDX-License-Identifier: Apache-2.0
#include "core/formats/weights_file.h"

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
    return {};
}

std::vector<fs::path> filesOfWeights(const fs::path& file)
{
    return { file };
}

Result<WeightsFile> readWeightsFile(const fs::path& file)
{
    WeightsFile result;
    result.format = weightsFormat(file);
    if (result.format.empty())
        return badInput("expected a file of weights (.safetensors)", file.string());
    PALIMPSEST_TRY(result.weights, readSafetensors(file));
    return result;
}

} // namespace palimpsest
