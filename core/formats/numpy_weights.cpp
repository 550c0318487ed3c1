// SPDX-License-Identifier: Apache-2.0
#include "core/formats/numpy_weights.h"

#include "core/base/number_convert.h"
#include "core/data/npy.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace palimpsest {

namespace {

constexpr std::uint64_t kFreeBytes = 64'000'000;
constexpr std::uint64_t kMaxRatio = 50; ///< of contents to archive

std::optional<NumberFormat> floatFormat(DType type)
{
    switch (type) {
    case DType::Float16:
        return NumberFormat::Float16;
    case DType::Float32:
        return NumberFormat::Float32;
    case DType::Float64:
        return NumberFormat::Float64;
    default:
        return std::nullopt;
    }
}

/// Whether a path stays inside the folder that it is read from: tensors may be called "block/kernel".
bool staysInside(std::string_view path)
{
    if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos)
        return false;
    while (!path.empty()) {
        const std::string_view part = path.substr(0, path.find('/'));
        if (part.empty() || part == "." || part == "..")
            return false;
        path.remove_prefix(std::min(part.size() + 1, path.size()));
    }
    return true;
}

Status add(const std::string& name, const Array& array, const std::string& where, WeightsFile& file)
{
    const std::optional<NumberFormat> format = floatFormat(array.type());
    if (!format) {
        file.skipped.push_back({ name, array.shape(), {}, {},
            std::string(toString(array.type())) + ", no floating-point numbers" });
        return success();
    }
    PALIMPSEST_TRY(
        std::vector<float> values, toFloats(array.bytes(), *format, "tensor \"" + name + "\"", where));
    file.weights.tensors.push_back({ name, array.shape(), std::move(values) });
    return success();
}

} // namespace

Result<WeightsFile> readNpyWeights(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(const Array array, readNpy(path));
    WeightsFile file;
    file.format = "npy";
    PALIMPSEST_CHECK(add(path.stem().string(), array, path.string(), file));
    return file;
}

Result<WeightsFile> readNpzWeights(const std::filesystem::path& path)
{
    std::error_code problem;
    const std::uint64_t bytes = std::filesystem::file_size(path, problem);
    const std::uint64_t limit
        = problem ? kFreeBytes : std::max(kFreeBytes, std::min(bytes, kMaxDecodedBytes) * kMaxRatio);
    PALIMPSEST_TRY(auto arrays, readNpz(path, {}, std::min(limit, kMaxDecodedBytes)));
    WeightsFile file;
    file.format = "npz";
    for (auto& [name, array] : arrays) {
        if (!staysInside(name))
            return badInput("member \"" + name.substr(0, 200) + "\" has a name that leads out of the archive",
                path.string());
        PALIMPSEST_CHECK(add(name, array, path.string(), file));
        array = {}; // its memory, before the next one is converted
    }
    return file;
}

} // namespace palimpsest
