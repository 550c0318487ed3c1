// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document/data_preview.h"

#include "core/data/catalogue.h"
#include "core/data/dataset.h"
#include "core/data/preprocess.h"
#include "core/io/hdf5_data.h"
#include "core/job/job_channel.h"

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSamples = 24;

/// The first sample of each class, then the second, and so on: many files hold one class after the other.
std::vector<std::int64_t> firstOfEachClass(const RawSamples& train, std::size_t classes)
{
    std::vector<std::vector<std::int64_t>> byClass(classes);
    for (std::size_t i = 0; i < train.count(); ++i)
        if (auto& found = byClass.at(static_cast<std::size_t>(train.y[i])); found.size() < kSamples)
            found.push_back(static_cast<std::int64_t>(i));
    std::vector<std::int64_t> first;
    for (std::size_t round = 0; round < kSamples; ++round)
        for (const std::vector<std::int64_t>& found : byClass)
            if (round < found.size() && first.size() < kSamples)
                first.push_back(found[round]);
    return first;
}

} // namespace

Result<DataPreview> previewOf(const TaskSettings& task, const RawSamples& train)
{
    DataPreview result;
    result.sampleShape = train.sampleShape();
    result.classNames = train.classNames;
    result.sampleRate = train.sampleRate;
    result.classCounts.assign(static_cast<std::size_t>(classCount(task.data, train)), 0);
    for (const std::int32_t label : train.y)
        ++result.classCounts.at(static_cast<std::size_t>(label));

    const std::vector<std::int64_t> first = firstOfEachClass(train, result.classCounts.size());
    const RawSamples shown = select(train, first);
    const auto classes = static_cast<std::int64_t>(result.classCounts.size());
    PALIMPSEST_TRY(const LabelledSamples plain, preprocess({}, shown, classes, task.data.path));
    for (std::size_t i = 0; i < plain.count(); ++i) {
        const auto begin = plain.x.begin() + static_cast<std::ptrdiff_t>(i * plain.sampleSize());
        result.samples.push_back(
            { { begin, begin + static_cast<std::ptrdiff_t>(plain.sampleSize()) }, plain.y[i] });
    }
    PALIMPSEST_TRY(const Preprocessing steps, parsePreprocessing(task.preprocess, "preprocess"));
    PALIMPSEST_TRY(result.inputShape, preprocessedShape(steps, shown, task.data.path));
    return result;
}

namespace {

Result<DataPreview> readData(const TaskSettings& task, const fs::path& base, const std::stop_token& stop)
{
    JobChannel channel;
    const JobContext context(channel, stop);
    PALIMPSEST_TRY(const RawSamples train,
        readPart(allReaders(), task.data, task.split, base, Part::Train, ReadControl(context)));
    return previewOf(task, train);
}

} // namespace

PreviewReaders previewReaders()
{
    return { [](const fs::path& file) { return readNetwork(file); }, readData };
}

QList<KnownData> knownData()
{
    QList<KnownData> known;
    for (const CatalogueEntry& entry : dataCatalogue()) {
        DataSettings data = entry.data;
        for (std::string* path : { &data.path, &data.test })
            if (!path->empty())
                *path = (dataFolder() / *path).string();
        const Result<DataSetCheck> check = findDataSetFiles(entry.name);
        known.append({ QString::fromStdString(entry.title), std::move(data), entry.split,
            check && check->isComplete() });
    }
    return known;
}

} // namespace palimpsest
