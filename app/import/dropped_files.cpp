// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/dropped_files.h"

#include "core/data/npy.h"
#include "core/data/recognise.h"
#include "core/data/text.h"
#include "core/io/hdf5_data.h"
#include "core/pipeline/import_network.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

using Kind = DroppedFiles::Kind;

DroppedFiles unknown(std::string problem)
{
    return { Kind::Unknown, {}, std::move(problem) };
}

std::string endingOf(const fs::path& file)
{
    return toLower(file.extension().string());
}

/// Of the files of a checkpoint, its index.
std::optional<fs::path> checkpointOf(const std::vector<fs::path>& files)
{
    const auto found = std::find_if(
        files.begin(), files.end(), [](const fs::path& file) { return endingOf(file) == ".index"; });
    return found == files.end() ? std::nullopt : std::optional(*found);
}

/// The one checkpoint that lies in a folder.
std::optional<fs::path> checkpointIn(const fs::path& folder)
{
    std::vector<fs::path> found;
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem); !problem && entry != fs::directory_iterator();
         entry.increment(problem))
        if (endingOf(entry->path()) == ".index")
            found.push_back(entry->path());
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

/// npz and HDF5 hold networks or data: whether there are labels tells.
bool holdsLabels(const fs::path& file)
{
    if (endingOf(file) == ".npz") {
        constexpr std::array<std::string_view, 7> kLabels { "y_train", "train_y", "train_labels", "y",
            "labels", "label", "target" };
        const Result<std::vector<std::string>> names = listNpz(file);
        return names && std::any_of(names->begin(), names->end(), [&](const std::string& name) {
            return std::find(kLabels.begin(), kLabels.end(), toLower(name)) != kLabels.end();
        });
    }
    DataSettings settings;
    settings.format = "hdf5";
    settings.path = file.string();
    const Result<bool> hasTest = makeHdf5Reader()->hasTest(settings, {});
    return hasTest && *hasTest;
}

DroppedFiles sortFolder(const fs::path& folder)
{
    if (const auto checkpoint = checkpointIn(folder))
        return { Kind::Network, { *checkpoint }, {} };
    const Result<DataSettings> data = recogniseData(folder);
    if (data)
        return { Kind::Data, { folder }, {} };
    return unknown("this folder is no project (it holds no project.json), no checkpoint of TensorFlow, and "
        + data.error().message);
}

DroppedFiles sortFile(const fs::path& file)
{
    const std::string ending = endingOf(file);
    const std::string name = toLower(file.filename().string());
    if (name.find("idx") != std::string::npos && name.find("-ubyte") != std::string::npos)
        return { Kind::Data, { file.parent_path() }, {} }; // pictures and labels lie beside each other
    if ((ending == ".npz" || ending == ".h5" || ending == ".hdf5") && holdsLabels(file))
        return { Kind::Data, { file }, {} };
    const auto importer = findImporter(file);
    if (importer)
        return { Kind::Network, { file }, {} };
    if (recogniseData(file))
        return { Kind::Data, { file }, {} };
    return unknown(importer.error().message
        + "; data are files such as .csv, .ts, .npz, .mat and .h5, or a folder with a folder of pictures or "
          "sounds for each class");
}

} // namespace

DroppedFiles sortDropped(const std::vector<fs::path>& files)
{
    if (files.size() == 1) {
        std::error_code problem;
        return fs::is_directory(files.front(), problem) ? sortFolder(files.front()) : sortFile(files.front());
    }
    if (const auto checkpoint = checkpointOf(files))
        return { Kind::Network, { *checkpoint }, {} };
    const auto lists = std::count_if(
        files.begin(), files.end(), [](const fs::path& file) { return endingOf(file) == ".json"; });
    if (files.size() == 2 && lists == 1)
        return { Kind::Network, files, {} };
    return unknown("expected one file or folder, or a layer list (.json) and its weights, got "
        + std::to_string(files.size()) + " files");
}

} // namespace palimpsest
