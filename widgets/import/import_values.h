// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/formats/network_importer.h"
#include "core/project/settings.h"
#include "widgets/project/preview_data.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace palimpsest {

/// What can be said of a network's file before it is read.
struct ImportFile {
    std::string format; ///< "ONNX"
    std::uint64_t bytes = 0;
    // What the form of file leaves open, so that the user may have to say it:
    bool isProgram = false; ///< it is run when it is read: it must be trusted first
    bool isTrusted = false; ///< the user has said so once, of this very content
    std::string sha256; ///< of programs
    bool takesShape = false; ///< the file does not say how large its samples are
    bool takesLayers = false; ///< a layer list can say which layers its weights belong to
    bool needsLayers = false; ///< nothing else does
    bool takesWeights = false; ///< it is a layer list
    std::filesystem::path layers; ///< found beside it; empty: none
    std::filesystem::path weights; ///< found beside it; empty: none
    [[nodiscard]] bool canBeRead() const
    {
        return (!isProgram || isTrusted) && (!needsLayers || !layers.empty());
    }
};

/// One of the files that a network was read from.
struct ImportedPart {
    std::filesystem::path path;
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// A network that was read. Immutable; shared by the window and its workers.
struct ReadNetwork {
    NetworkImport content;
    std::vector<ImportedPart> files; ///< the one that was named first
    bool hasWeights = true; ///< false: a layer list alone, to be trained
};
using SharedNetwork = std::shared_ptr<const ReadNetwork>;

/// How a network did with one way to prepare the samples.
struct ImportTrial {
    std::vector<std::string> steps; ///< preprocessing
    std::int64_t samples = 0; ///< 0: it has no weights yet, and just shapes and classes were compared
    std::int64_t correct = 0;
    std::vector<PreviewSample> shown; ///< a few, with what the network takes them for
};

/// A network on samples of the data.
struct ImportTrials {
    DataSettings data; ///< as asked, with what the shape of the samples needed
    std::string adapted; ///< what was added, a sentence; empty: nothing
    bool isValidation
        = true; ///< false: of the training split, because there are too few samples to cut a validation split
    Shape sampleShape; ///< of ImportTrial::shown
    std::vector<std::string> classNames; ///< may be empty
    std::vector<ImportTrial> trials; ///< the best first; at least one
};

/// What the assistant has done for it; all run on its worker thread, one at a time. They are copied into the jobs.
struct ImportEngine {
    std::function<Result<ImportFile>(const std::filesystem::path& file)> look;
    /// Remembers that the user trusts the file. @param sha256  that was shown: other content is refused
    std::function<Status(const std::filesystem::path& file, const std::string& sha256)> trust;
    std::function<Result<SharedNetwork>(const std::filesystem::path& file, const ImportOptions& options)>
        read;
    /// Of the training split alone.
    std::function<Result<DataPreview>(const TaskSettings& task, const std::stop_token& stop)> data;
    /// @param steps  how to prepare the samples; none: each of the common ways is tried
    std::function<Result<ImportTrials>(const ReadNetwork& network, const TaskSettings& task,
        const std::optional<std::vector<std::string>>& steps, const std::stop_token& stop)>
        tryOut;
    /// Puts the network into the project folder, under names that are free. @return the task with the names of the files
    std::function<Result<TaskSettings>(const ReadNetwork& network, const TaskSettings& task)> store;
};

} // namespace palimpsest
