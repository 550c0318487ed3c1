// SPDX-License-Identifier: Apache-2.0
#include "core/data/audio_reader.h"

#include "core/base/units.h"
#include "core/data/byte_stream.h"
#include "core/data/labelled_files.h"
#include "core/data/parallel.h"
#include "core/data/sound.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 4> kSuffixes { ".wav", ".flac", ".ogg", ".oga" };

using Clips = std::vector<std::vector<std::int16_t>>;

/// All clips of a list at one rate, each at its own length (at most data.audio.seconds).
Result<Clips> readClips(const std::vector<LabelledFile>& files, const AudioSettings& settings, double rate,
    const ReadControl& control)
{
    Clips clips(files.size());
    std::atomic<std::uint64_t> bytes { 0 };
    PALIMPSEST_CHECK(forEachParallel(files.size(), control, [&](std::size_t i) -> Status {
        const fs::path& path = files[i].path;
        PALIMPSEST_TRY(Sound sound, readSound(path, settings.seconds));
        if (settings.sampleRate == 0 && sound.sampleRate != rate)
            return badInput("has a rate of " + formatCount(static_cast<std::int64_t>(sound.sampleRate))
                    + " Hz, the first clip of train " + formatCount(static_cast<std::int64_t>(rate))
                    + " Hz; set data.audio.sampleRate, and all are converted",
                path.string());
        PALIMPSEST_TRY(sound, resampled(std::move(sound), rate, path));
        clips[i] = toInt16(sound.samples);
        if ((bytes += clips[i].size() * sizeof(std::int16_t)) > kMaxDecodedBytes)
            return badInput("the sounds are more than is read into memory ("
                    + formatBytes(static_cast<double>(kMaxDecodedBytes))
                    + "); set a smaller data.audio.seconds",
                path.parent_path().string());
        return success();
    }));
    return clips;
}

std::size_t longest(const Clips& clips)
{
    std::size_t length = 0;
    for (const auto& clip : clips)
        length = std::max(length, clip.size());
    return length;
}

class AudioReader : public DataReader {
public:
    Result<RawSamples> read(const DataSettings& settings, const fs::path& base, Part part,
        const ReadControl& control) const override
    {
        const AudioSettings& audio = settings.audio;
        const std::string where = (base / settings.path).string();
        PALIMPSEST_TRY(const LabelledFiles list, LabelledFiles::list(settings, base, part, kSuffixes));
        PALIMPSEST_TRY(const LabelledFiles train,
            part == Part::Train ? Result(list) : LabelledFiles::list(settings, base, Part::Train, kSuffixes));
        auto rate = static_cast<double>(audio.sampleRate);
        if (audio.sampleRate == 0) {
            PALIMPSEST_TRY(const Sound first, readSound(train.files().front().path, audio.seconds));
            rate = first.sampleRate;
        }
        PALIMPSEST_TRY(const Clips clips, readClips(list.files(), audio, rate, control));
        auto length = static_cast<std::size_t>(std::lround(audio.seconds * rate));
        if (audio.seconds == 0.0 && part == Part::Train) {
            length = longest(clips);
        } else if (audio.seconds == 0.0) {
            PALIMPSEST_TRY(const Clips trainClips, readClips(train.files(), audio, rate, control));
            length = longest(trainClips);
        }
        if (length == 0 || clips.size() > kMaxDecodedBytes / sizeof(std::int16_t) / length)
            return badInput(formatCount(static_cast<std::int64_t>(clips.size())) + " clips of "
                    + formatCount(static_cast<std::int64_t>(length))
                    + " samples are none or more than is read into memory; set another data.audio.seconds",
                where);

        RawSamples samples;
        samples.sampleRate = rate;
        samples.x = Array(
            DType::Int16, { static_cast<std::int64_t>(clips.size()), 1, static_cast<std::int64_t>(length) });
        for (std::size_t i = 0; i < clips.size(); ++i)
            std::copy_n(clips[i].begin(), std::min(length, clips[i].size()),
                samples.x.as<std::int16_t>().subspan(i * length, length).begin());
        PALIMPSEST_CHECK(list.describe(samples, where));
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
};

} // namespace

std::shared_ptr<const DataReader> makeAudioReader()
{
    return std::make_shared<AudioReader>();
}

} // namespace palimpsest
