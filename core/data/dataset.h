// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/samples.h"
#include "core/job/job_channel.h"
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

/// Where a long read reports and asks whether to stop. Without a context it does neither.
class ReadControl {
public:
    ReadControl() = default;
    explicit ReadControl(const JobContext& context)
        : m_context(&context)
    {
    }
    /// Readers ask it at least every 100 ms, and then return canceled().
    [[nodiscard]] bool isCanceled() const { return m_context != nullptr && m_context->isCanceled(); }
    /// @param fraction  in [0, 1], of this read
    void setProgress(double fraction) const
    {
        if (m_context != nullptr)
            m_context->setProgress(fraction, "reading data");
    }

private:
    const JobContext* m_context = nullptr;
};

/// Reads one format. Implementations hold no state; add one to standardReaders() (see CONTRIBUTING.md).
class DataReader {
public:
    virtual ~DataReader() = default;
    /// Reads one split. A read of Train never opens a file that holds the test split alone; one of Test may
    /// open both.
    /// @param base  folder that relative paths of `settings` are resolved against
    [[nodiscard]] virtual Result<RawSamples> read(const DataSettings& settings,
        const std::filesystem::path& base, Part part, const ReadControl& control = {}) const = 0;
    /// The files that read() would open for both splits: they are hashed into the fingerprints.
    [[nodiscard]] virtual Result<std::vector<std::filesystem::path>> files(
        const DataSettings& settings, const std::filesystem::path& base) const = 0;
    /// Whether the source brings a test split of its own. Looks at names and settings, and opens no file of
    /// the test split.
    [[nodiscard]] virtual Result<bool> hasTest(
        const DataSettings& settings, const std::filesystem::path& base) const;
};

/// format name -> reader. HDF5 is added by core/io (addHdf5Reader), because only core/io includes HDF5.
using DataReaders = std::map<std::string, std::shared_ptr<const DataReader>>;
/// All formats of DataSettings::format but "hdf5".
[[nodiscard]] DataReaders standardReaders();

/// One task's data: reads a split with the right reader, cuts `split.test` where the source has no test split
/// (stratified and by whole groups as splitTrain() does, with split.testSeed; both parts keep the source's
/// order), moves the channels to the front where settings.channelsLast says so, reshapes each sample to
/// settings.sampleShape and checks the labels: 0..classes-1 where `classes`
/// is set, and two classes or more in train.
[[nodiscard]] Result<RawSamples> readPart(const DataReaders& readers, const DataSettings& settings,
    const SplitSettings& split, const std::filesystem::path& base, Part part,
    const ReadControl& control = {});

/// Number of classes of a task: settings.classes, or where that is 0 what train shows: its class names or its
/// highest label + 1.
[[nodiscard]] std::int64_t classCount(const DataSettings& settings, const RawSamples& train);

/// Which samples of train train, and which validate.
struct TrainSplit {
    std::vector<std::int64_t> train;
    std::vector<std::int64_t> validation;
};

/// What the source itself puts into validation, or else cuts `split.validation` of train: seeded, stratified by class (that of a group's first sample), at least
/// one of each class on both sides, whole groups only: those of RawSamples::group, else `split.block`
/// consecutive samples. Both lists ascend. An empty side or a class with too few samples is BadInput that
/// names the class and how many it has.
[[nodiscard]] Result<TrainSplit> splitTrain(
    const RawSamples& train, const SplitSettings& split, std::uint64_t seed, const std::string& where);

} // namespace palimpsest
