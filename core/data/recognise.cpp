// SPDX-License-Identifier: Apache-2.0
#include "core/data/recognise.h"

#include "core/data/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

using Suffix = std::pair<std::string_view, std::string_view>; // of a file's name -> format

constexpr std::array<Suffix, 8> kFiles { { { ".csv", "csv" }, { ".csv.gz", "csv" }, { ".ts", "ts" },
    { ".ts.gz", "ts" }, { ".npz", "npz" }, { ".mat", "mat" }, { ".h5", "hdf5" }, { ".hdf5", "hdf5" } } };
constexpr std::array<Suffix, 10> kInFolders { { { ".png", "images" }, { ".jpg", "images" },
    { ".jpeg", "images" }, { ".ppm", "images" }, { ".pgm", "images" }, { ".pnm", "images" },
    { ".wav", "audio" }, { ".flac", "audio" }, { ".ogg", "audio" }, { ".oga", "audio" } } };
constexpr int kMaxLooks = 100'000; // files of a folder that are looked at

std::optional<std::string> formatBySuffix(std::span<const Suffix> suffixes, const fs::path& path)
{
    const std::string name = toLower(path.filename().string());
    for (const auto& [suffix, format] : suffixes)
        if (name.ends_with(suffix))
            return std::string(format);
    return std::nullopt;
}

std::optional<std::string> formatOfFolder(const fs::path& folder)
{
    std::error_code error;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        const std::string name = toLower(entry->path().filename().string());
        if (name.find("idx") != std::string::npos && name.find("-ubyte") != std::string::npos)
            return "idx";
        if (name.starts_with("data_batch_1.bin") || name.starts_with("train.bin"))
            return "cifar";
        if (name.ends_with(".npy"))
            return "npz";
    }
    int looks = 0;
    for (fs::recursive_directory_iterator entry(folder, error);
         !error && entry != fs::recursive_directory_iterator() && looks < kMaxLooks;
         entry.increment(error), ++looks)
        if (const auto format = formatBySuffix(kInFolders, entry->path()); format && entry.depth() > 0)
            return format;
    return std::nullopt;
}

} // namespace

Result<DataSettings> recogniseData(const fs::path& path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status))
        return badInput("there is no such file or folder", path.string());
    const std::optional<std::string> format
        = fs::is_directory(status) ? formatOfFolder(path) : formatBySuffix(kFiles, path);
    if (!format)
        return badInput(fs::is_directory(status)
                ? "is no folder of data that is known: expected idx files, CIFAR's batches, .npy files, or a "
                  "folder for "
                  "each class with pictures or sounds in it"
                : "is no file of data that is known by its name: expected .csv, .ts, .npz, .mat or .h5",
            path.string());
    DataSettings settings;
    settings.format = *format;
    settings.path = fs::absolute(path).string();
    return settings;
}

} // namespace palimpsest
