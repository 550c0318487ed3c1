// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/samples.h"
#include "core/project/settings.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace palimpsest {

/// The two splits that sources have. Validation is cut from Train by splitTrain().
/// Test is asked for by `evaluate` alone.
enum class Part : std::uint8_t { Train, Test };

/// Reads one format. Implementations hold no state; add one to standardReaders() (see CONTRIBUTING.md).
class DataReader {
public:
    virtual ~DataReader() = default;
    /// Reads one split. @param base  folder that relative paths of `settings` are resolved against
    [[nodiscard]] virtual Result<RawSamples> read(
        const DataSettings& settings, const std::filesystem::path& base, Part part) const = 0;
    /// The files that read() would open for both splits: they are hashed into the fingerprints.
    [[nodiscard]] virtual Result<std::vector<std::filesystem::path>> files(
        const DataSettings& settings, const std::filesystem::path& base) const = 0;
};

/// format name -> reader. HDF5 is added by core/io (addHdf5Reader), because only core/io includes HDF5.
using DataReaders = std::map<std::string, std::shared_ptr<const DataReader>>;
/// "idx", "csv", "ts"
[[nodiscard]] DataReaders standardReaders();

/// One task's data: reads a split with the right reader, cuts `split.test` where the source has no test split
/// (stratified, with split.testSeed), reshapes and checks the labels.
[[nodiscard]] Result<RawSamples> readPart(const DataReaders& readers, const DataSettings& settings,
    const SplitSettings& split, const std::filesystem::path& base, Part part);

/// Which samples of train train, and which validate.
struct TrainSplit {
    std::vector<std::int64_t> train;
    std::vector<std::int64_t> validation;
};

/// Cuts `split.validation` of train: seeded, stratified by class, at least one of each class on both sides, whole groups (of
/// RawSamples::group or of `split.block` consecutive samples) only. An empty side or a class with too few samples is BadInput.
[[nodiscard]] Result<TrainSplit> splitTrain(
    const RawSamples& train, const SplitSettings& split, std::uint64_t seed, const std::string& where);

} // namespace palimpsest
