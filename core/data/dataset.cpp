// SPDX-License-Identifier: Apache-2.0
#include "core/data/dataset.h"

#include "core/base/random.h"
#include "core/base/units.h"
#include "core/data/audio_reader.h"
#include "core/data/cifar_reader.h"
#include "core/data/csv_reader.h"
#include "core/data/idx_reader.h"
#include "core/data/images_reader.h"
#include "core/data/mat_reader.h"
#include "core/data/npz_reader.h"
#include "core/data/sensors_reader.h"
#include "core/data/split.h"
#include "core/data/ts_reader.h"

#include <algorithm>
#include <set>
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

/// [count, ..., channels] -> [count, channels, ...]
Status moveChannelsFirst(RawSamples& samples, const std::string& where)
{
    const Shape shape = samples.x.shape();
    if (shape.size() < 3)
        return badInput("data.channelsLast needs samples of at least two sizes, these have shape "
                + toString(samples.sampleShape()),
            where);
    const auto channels = static_cast<std::size_t>(shape.back());
    const auto sampleSize = static_cast<std::size_t>(elementCount(samples.sampleShape()));
    const std::size_t points = sampleSize / channels;
    const std::size_t width = byteSize(samples.x.type());
    Shape changed { shape[0], shape.back() };
    changed.insert(changed.end(), shape.begin() + 1, shape.end() - 1);
    std::vector<std::byte> sample(sampleSize * width);
    for (std::size_t i = 0; i < samples.count(); ++i) {
        const std::span<std::byte> values = samples.x.bytes().subspan(i * sample.size(), sample.size());
        for (std::size_t point = 0; point < points; ++point)
            for (std::size_t channel = 0; channel < channels; ++channel)
                std::copy_n(
                    values.begin() + static_cast<std::ptrdiff_t>((point * channels + channel) * width), width,
                    sample.begin() + static_cast<std::ptrdiff_t>((channel * points + point) * width));
        std::copy(sample.begin(), sample.end(), values.begin());
    }
    samples.x.reshape(std::move(changed));
    return success();
}

/// Settings that some formats alone look at.
struct SpecialSetting {
    const char* name;
    bool isSet;
    std::vector<std::string_view> formats;
};

/// A setting that the format does not look at is a mistake, and must not be passed over in silence.
Status checkSettingsOf(const DataSettings& settings)
{
    const DataSettings unset;
    const std::vector<std::string_view> files { "images", "audio" };
    const std::vector<std::string_view> tables { "images", "audio", "sensors" };
    const ColumnSettings& columns = settings.columns;
    for (const SpecialSetting& special : {
             SpecialSetting { "data.labels", !settings.labels.empty(), files },
             { "data.columns.file", !columns.file.empty(), files },
             { "data.columns.label", !columns.label.empty(), { "images", "audio", "sensors", "cifar" } },
             { "data.columns.values", !columns.values.empty(), { "sensors" } },
             { "data.columns.where", !columns.where.empty(), tables },
             { "data.groups.column", !settings.groups.column.empty(), tables },
             { "data.groups.before", !settings.groups.before.empty(), files },
             { "data.groups.withinClass", settings.groups.withinClass, tables },
             { "data.folds", settings.folds != unset.folds, tables },
             { "data.folds.before", !settings.folds.before.empty(), files },
             { "data.lists", settings.lists != unset.lists, files },
             { "data.images", settings.images != unset.images, { "images" } },
             { "data.audio", settings.audio != unset.audio, { "audio" } },
             { "data.windows", settings.windows != unset.windows, { "sensors" } },
         }) {
        const auto& formats = special.formats;
        if (!special.isSet || std::find(formats.begin(), formats.end(), settings.format) != formats.end())
            continue;
        std::string known;
        for (const std::string_view format : formats)
            known += (known.empty() ? "" : ", ") + std::string(format);
        return badInput("is set, but format \"" + settings.format + "\" does not look at it (only " + known
                + " do); leave it out",
            special.name);
    }
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
    return { { "idx", makeIdxReader() }, { "csv", makeCsvReader() }, { "ts", makeTsReader() },
        { "npz", makeNpzReader() }, { "cifar", makeCifarReader() }, { "mat", makeMatReader() },
        { "images", makeImagesReader() }, { "audio", makeAudioReader() },
        { "sensors", makeSensorsReader() } };
}

Result<RawSamples> readPart(const DataReaders& readers, const DataSettings& settings,
    const SplitSettings& split, const std::filesystem::path& base, Part part, const ReadControl& control)
{
    const auto reader = readers.find(settings.format);
    if (reader == readers.end()) {
        std::string known;
        for (const auto& [name, implementation] : readers)
            known += (known.empty() ? "" : ", ") + name;
        return badInput("unknown data format \"" + settings.format + "\"; known are " + known, "data.format");
    }
    PALIMPSEST_CHECK(checkSettingsOf(settings));
    const std::string where = placeOf(settings, base, part);
    PALIMPSEST_TRY(const bool hasTest, reader->second->hasTest(settings, base));
    const bool isCut = !hasTest && split.test != 0.0;
    if (part == Part::Test && !hasTest && !isCut)
        return badInput(
            "the data have no test split: name its file in data.test, or set split.test, for example to 0.2",
            where);

    PALIMPSEST_TRY(
        RawSamples samples, reader->second->read(settings, base, isCut ? Part::Train : part, control));
    if (samples.x.shape().empty() || samples.x.shape()[0] != static_cast<std::int64_t>(samples.count())
        || (!samples.group.empty() && samples.group.size() != samples.count())
        || (!samples.isValidation.empty() && samples.isValidation.size() != samples.count()))
        throw std::logic_error(
            "data reader \"" + settings.format + "\" gave samples, labels and groups of different numbers");
    if (samples.count() == 0)
        return badInput("holds no samples", where);
    PALIMPSEST_CHECK(checkLabels(samples, settings, part, where));
    if (settings.channelsLast)
        PALIMPSEST_CHECK(moveChannelsFirst(samples, where));
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
    if (!train.isValidation.empty()) {
        TrainSplit told;
        for (std::size_t i = 0; i < train.count(); ++i)
            (train.isValidation[i] != 0 ? told.validation : told.train)
                .push_back(static_cast<std::int64_t>(i));
        if (told.train.empty() || told.validation.empty())
            return badInput("the source puts all samples into "
                    + std::string(told.train.empty() ? "validation" : "train")
                    + "; see data.lists and data.folds",
                where);
        std::set<std::int32_t> learned;
        for (const std::int64_t index : told.train)
            learned.insert(train.y[static_cast<std::size_t>(index)]);
        for (const std::int64_t index : told.validation)
            if (const std::int32_t label = train.y[static_cast<std::size_t>(index)]; !learned.contains(label))
                return badInput("the source puts all samples of class " + std::to_string(label)
                        + " into validation, so that no network can learn it; see data.lists and data.folds, "
                          "or leave "
                          "the class out",
                    where);
        return told;
    }
    PALIMPSEST_TRY(Cut cut,
        cutStratified(train,
            { split.validation, split.block, deriveSeed(seed, "split.validation"), "split.validation" },
            where));
    return TrainSplit { std::move(cut.kept), std::move(cut.off) };
}

} // namespace palimpsest
