// SPDX-License-Identifier: Apache-2.0
#include "core/data/images_reader.h"

#include "core/base/units.h"
#include "core/data/byte_stream.h"
#include "core/data/labelled_files.h"
#include "core/data/parallel.h"
#include "core/data/picture.h"

#include <array>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 6> kSuffixes { ".png", ".jpg", ".jpeg", ".ppm", ".pgm", ".pnm" };

/// What every sample looks like.
struct SampleForm {
    std::size_t channels = 0;
    std::size_t height = 0;
    std::size_t width = 0;
};

Result<Picture> readSample(const LabelledFile& file)
{
    PALIMPSEST_TRY(Picture picture, readPicture(file.path));
    if (!file.region)
        return picture;
    return cropped(picture, *file.region, file.path.string());
}

/// The form that settings and train's first picture give.
Result<SampleForm> formOf(const ImageSettings& settings, const LabelledFile& first)
{
    if (settings.channels == 2)
        return badInput(
            "expected 1 (grey), 3 (colour) or 0 (as the first picture), got 2", "data.images.channels");
    if (settings.size.size() == 1)
        return badInput("expected [height, width], got " + toString(settings.size), "data.images.size");
    SampleForm form { static_cast<std::size_t>(settings.channels), 0, 0 };
    if (settings.size.size() == 2) {
        form.height = static_cast<std::size_t>(settings.size[0]);
        form.width = static_cast<std::size_t>(settings.size[1]);
    }
    if (form.channels == 0 || form.height == 0) {
        PALIMPSEST_TRY(const Picture picture, readSample(first));
        form.channels = form.channels == 0 ? picture.channels : form.channels;
        form.height = form.height == 0 ? picture.height : form.height;
        form.width = form.width == 0 ? picture.width : form.width;
    }
    return form;
}

Status checkForm(
    const Picture& picture, const SampleForm& form, const DataSettings& settings, const fs::path& path)
{
    if (settings.images.channels == 0 && picture.channels != form.channels)
        return badInput("is " + std::string(picture.channels == 1 ? "grey" : "coloured")
                + ", the first picture of train is not; set data.images.channels to 1 or 3, and all are "
                  "converted",
            path.string());
    if (settings.images.size.empty() && (picture.height != form.height || picture.width != form.width))
        return badInput("is " + std::to_string(picture.height) + " x " + std::to_string(picture.width)
                + " pixels, the first picture of train " + std::to_string(form.height) + " x "
                + std::to_string(form.width)
                + " (height x width); set data.images.size, such as to [32, 32], and all are brought to it",
            path.string());
    return success();
}

/// [height, width, channels] -> [channels, height, width]
void putPlanes(const Picture& picture, std::span<std::uint8_t> into)
{
    const std::size_t plane = picture.height * picture.width;
    for (std::size_t i = 0; i < plane; ++i)
        for (std::size_t channel = 0; channel < picture.channels; ++channel)
            into[channel * plane + i] = picture.values[i * picture.channels + channel];
}

class ImagesReader : public DataReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& control) const override
    {
        PALIMPSEST_TRY(const LabelledFiles list, LabelledFiles::list(settings, base, part, kSuffixes));
        PALIMPSEST_TRY(const LabelledFile first, firstOfTrain(settings, base, part, list));
        PALIMPSEST_TRY(const SampleForm form, formOf(settings.images, first));
        const std::size_t sampleSize = form.channels * form.height * form.width;
        const std::vector<LabelledFile>& files = list.files();
        if (files.size() > kMaxDecodedBytes / sampleSize)
            return badInput(formatCount(static_cast<std::int64_t>(files.size())) + " pictures of "
                    + std::to_string(form.height) + " x " + std::to_string(form.width)
                    + " pixels are more than is read into memory; set a smaller data.images.size",
                (base / settings.path).string());

        RawSamples samples;
        samples.x = Array(DType::UInt8,
            { static_cast<std::int64_t>(files.size()), static_cast<std::int64_t>(form.channels),
                static_cast<std::int64_t>(form.height), static_cast<std::int64_t>(form.width) });
        const std::span<std::uint8_t> values = samples.x.as<std::uint8_t>();
        const Status all = forEachParallel(files.size(), control, [&](std::size_t i) -> Status {
            PALIMPSEST_TRY(Picture picture, readSample(files[i]));
            PALIMPSEST_CHECK(checkForm(picture, form, settings, files[i].path));
            picture = resized(withChannels(std::move(picture), form.channels), form.height, form.width);
            putPlanes(picture, values.subspan(i * sampleSize, sampleSize));
            return success();
        });
        PALIMPSEST_CHECK(all);
        PALIMPSEST_CHECK(list.describe(samples, (base / settings.path).string()));
        return samples;
    }

    Result<std::vector<fs::path>> files(const DataSettings& settings, const fs::path& base) const override
    {
        return LabelledFiles::allPaths(settings, base, kSuffixes);
    }

    Result<bool> hasTest(const DataSettings& settings, const fs::path& /*base*/) const override
    {
        return LabelledFiles::hasTest(settings);
    }

private:
    static Result<LabelledFile> firstOfTrain(
        const DataSettings& settings, const fs::path& base, Part part, const LabelledFiles& list)
    {
        if (part == Part::Train)
            return list.files().front();
        PALIMPSEST_TRY(
            const LabelledFiles train, LabelledFiles::list(settings, base, Part::Train, kSuffixes));
        return train.files().front();
    }
};

} // namespace

std::shared_ptr<const DataReader> makeImagesReader()
{
    return std::make_shared<ImagesReader>();
}

} // namespace palimpsest
