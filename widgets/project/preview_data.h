// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/network/network.h"
#include "core/project/settings.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace palimpsest {

/// One sample as the files have it, before preprocessing.
struct PreviewSample {
    std::vector<float> values; ///< row-major, DataPreview::sampleShape
    std::int32_t label = 0;
    std::optional<std::int32_t> predicted = {}; ///< the class that a network takes it for; none: it was not asked
};

/// What can be seen of a task's data before anything is run. Of the training split alone: the test split is not read for it.
struct DataPreview {
    Shape sampleShape; ///< as the files have it
    Shape inputShape; ///< after preprocessing: what the network gets
    std::vector<PreviewSample> samples; ///< the first of each class, then the second, ...: a few in all
    std::vector<std::int64_t> classCounts; ///< samples of each class, validation included
    std::vector<std::string> classNames; ///< empty where the files give none
    double sampleRate = 0.0; ///< Hz, sound; else 0
};

/// How previews are read; called on worker threads, several at once. The window brings them, because only the engine knows the
/// formats.
struct PreviewReaders {
    std::function<Result<Network>(const std::filesystem::path& file)> network;
    /// @param base  folder that data paths are relative to
    std::function<Result<DataPreview>(
        const TaskSettings& task, const std::filesystem::path& base, const std::stop_token& stop)>
        data;
};

/// Why the data do not fit the network, as a sentence; empty where they do.
[[nodiscard]] std::string previewMismatch(const Network& network, const DataPreview& data);

} // namespace palimpsest
