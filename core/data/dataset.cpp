// SPDX-License-Identifier: Apache-2.0
#include "core/data/dataset.h"

#include "core/base/random.h"
#include "core/base/units.h"
#include "core/data/csv_reader.h"
#include "core/data/idx_reader.h"
#include "core/data/split.h"
#include "core/data/ts_reader.h"

#include <algorithm>
#include <stdexcept>

namespace palimpsest {

namespace {

/// Higher labels are taken for values that are no classes: a network would get an output for each number
/// below them.
constexpr std::int32_t kMaxLabel = 65'535;

std::string placeOf(const DataSettings& settings, const std::filesystem::path& base, Part part)
{
    return (base / (part == Part::Test && !settings.test.empty() ? settings.test : settings.path)).string();
}

Status checkLabels(
    const RawSamples& samples, const DataSettings& settings, Part part, const std::string& where)
{
    const std::int64_t limit = settings.classes > 0 ? settings.classes : kMaxLabel + 1;
    for (std::size_t i = 0; i < samples.count(); ++i)
        if (samples.y[i] < 0 || samples.y[i] >= limit)
            return badInput("sample " + std::to_string(i + 1) + " has label " + std::to_string(samples.y[i])
                    + "; labels must be class numbers from 0 to " + std::to_string(limit - 1)
                    + (settings.classes > 0 ? " (data.classes is " + std::to_string(settings.classes) + ")"
                                            : ""),
                where);
    const auto [least, most] = std::minmax_element(samples.y.begin(), samples.y.end());
    if (part == Part::Train && *least == *most)
        return badInput("all " + formatCount(static_cast<std::int64_t>(samples.count()))
                + " samples are of class " + std::to_string(*least)
                + "; two classes or more are needed to train",
            where);
    return success();
}

Status reshape(RawSamples& samples, const Shape& sampleShape, const std::string& where)
{
    if (sampleShape.empty())
        return success();
    const Shape own = samples.sampleShape();
    std::int64_t left = elementCount(own); // divided, not multiplied: sizes from outside may overflow
    bool fits = true;
    for (const std::int64_t size : sampleShape) {
        fits = fits && size > 0 && left % size == 0;
        left = fits ? left / size : 0;
    }
    if (!fits || left != 1)
        return badInput("data.sampleShape " + toString(sampleShape) + " does not hold the "
                + formatCount(elementCount(own)) + " values of a sample, which has shape " + toString(own),
            where);
    Shape shape { static_cast<std::int64_t>(samples.count()) };
    shape.insert(shape.end(), sampleShape.begin(), sampleShape.end());
    samples.x.reshape(std::move(shape));
    return success();
}

} // namespace

Result<bool> DataReader::hasTest(
    const DataSettings& /*settings*/, const std::filesystem::path& /*base*/) const
{
    return true;
}

DataReaders standardReaders()
{
    return { { "idx", makeIdxReader() }, { "csv", makeCsvReader() }, { "ts", makeTsReader() } };
}

Result<RawSamples> readPart(const DataReaders& readers, const DataSettings& settings,
    const SplitSettings& split, const std::filesystem::path& base, Part part)
{
    const auto reader = readers.find(settings.format);
    if (reader == readers.end()) {
        std::string known;
        for (const auto& [name, implementation] : readers)
            known += (known.empty() ? "" : ", ") + name;
        return badInput("unknown data format \"" + settings.format + "\"; known are " + known, "data.format");
    }
    const std::string where = placeOf(settings, base, part);
    PALIMPSEST_TRY(const bool hasTest, reader->second->hasTest(settings, base));
    const bool isCut = !hasTest && split.test != 0.0;
    if (part == Part::Test && !hasTest && !isCut)
        return badInput(
            "the data have no test split: name its file in data.test, or set split.test, for example to 0.2",
            where);

    PALIMPSEST_TRY(RawSamples samples, reader->second->read(settings, base, isCut ? Part::Train : part));
    if (samples.x.shape().empty() || samples.x.shape()[0] != static_cast<std::int64_t>(samples.count())
        || (!samples.group.empty() && samples.group.size() != samples.count()))
        throw std::logic_error(
            "data reader \"" + settings.format + "\" gave samples, labels and groups of different numbers");
    if (samples.count() == 0)
        return badInput("holds no samples", where);
    PALIMPSEST_CHECK(checkLabels(samples, settings, part, where));
    PALIMPSEST_CHECK(reshape(samples, settings.sampleShape, where));
    if (!isCut)
        return samples;
    PALIMPSEST_TRY(const Cut cut,
        cutStratified(samples,
            { split.test, split.block, deriveSeed(split.testSeed, "split.test"), "split.test" }, where));
    return select(samples, part == Part::Test ? cut.off : cut.kept);
}

std::int64_t classCount(const DataSettings& settings, const RawSamples& train)
{
    if (settings.classes > 0)
        return settings.classes;
    const auto highest = std::max_element(train.y.begin(), train.y.end());
    const std::int64_t seen = highest == train.y.end() ? 0 : std::int64_t { *highest } + 1;
    return std::max(seen, static_cast<std::int64_t>(train.classNames.size()));
}

Result<TrainSplit> splitTrain(
    const RawSamples& train, const SplitSettings& split, std::uint64_t seed, const std::string& where)
{
    PALIMPSEST_TRY(Cut cut,
        cutStratified(train,
            { split.validation, split.block, deriveSeed(seed, "split.validation"), "split.validation" },
            where));
    return TrainSplit { std::move(cut.kept), std::move(cut.off) };
}

} // namespace palimpsest
