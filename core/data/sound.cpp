// SPDX-License-Identifier: Apache-2.0
#include "core/data/sound.h"

#include "core/base/units.h"

#include <samplerate.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <memory>
#include <mutex>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr int kMaxChannels = 64;
constexpr int kMaxSampleRate = 768'000; // Hz
constexpr std::size_t kBlockFrames = 16'384;

struct CloseSound {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
using SoundFile = std::unique_ptr<SNDFILE, CloseSound>;

Result<SoundFile> openSound(const fs::path& path, SF_INFO& info)
{
    static std::mutex mutex; // the reason why a file cannot be opened is kept in one place for all threads
    const std::scoped_lock lock(mutex);
    SoundFile file(sf_open(path.c_str(), SFM_READ, &info));
    if (!file)
        return badInput("could not be read as sound: " + std::string(sf_strerror(nullptr))
                + " (wav, flac and ogg are read)",
            path.string());
    return file;
}

/// Whether a RIFF file (wav) is shorter than its header says: libsndfile would give what is there.
bool isCutShort(const fs::path& path)
{
    std::array<char, 8> head {};
    std::ifstream(path, std::ios::binary).read(head.data(), head.size());
    if (std::string_view(head.data(), 4) != "RIFF")
        return false;
    std::uint64_t declared = 0;
    for (std::size_t i = 8; i-- > 4;)
        declared = declared << 8U | static_cast<unsigned char>(head[i]);
    const bool isStream
        = declared == 0 || declared >= 0x7FFF'FFFFU; // written to a pipe: the length was not known
    std::error_code error;
    const std::uint64_t bytes = fs::file_size(path, error);
    return !isStream && !error && bytes < declared + head.size();
}

} // namespace

Result<Sound> readSound(const fs::path& path, double maxSeconds)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::is_regular_file(status))
        return badInput(
            fs::exists(status) ? "expected a sound, found no file" : "there is no such file", path.string());
    const Error cutShort
        = badInput("is shorter than its header says: it is cut short, get it again", path.string());
    if (isCutShort(path))
        return cutShort;
    SF_INFO info {};
    PALIMPSEST_TRY(const SoundFile file, openSound(path, info));
    if (info.channels < 1 || info.channels > kMaxChannels || info.samplerate < 1
        || info.samplerate > kMaxSampleRate)
        return badInput("declares " + std::to_string(info.channels) + " channels at "
                + std::to_string(info.samplerate) + " Hz: the file is damaged",
            path.string());
    const double limitSeconds = maxSeconds > 0.0 ? maxSeconds : kMaxClipSeconds;
    const auto limit = static_cast<std::size_t>(std::ceil(limitSeconds * info.samplerate));

    Sound sound;
    sound.sampleRate = info.samplerate;
    const auto channels = static_cast<std::size_t>(info.channels);
    std::vector<float> block(kBlockFrames * channels);
    bool isAtEnd = false;
    while (sound.samples.size() < limit && !isAtEnd) {
        const std::size_t wanted = std::min(kBlockFrames, limit - sound.samples.size());
        const auto got = static_cast<std::size_t>(std::max<sf_count_t>(
            0, sf_readf_float(file.get(), block.data(), static_cast<sf_count_t>(wanted))));
        for (std::size_t i = 0; i < got; ++i) {
            float sum = 0.0F;
            for (std::size_t channel = 0; channel < channels; ++channel)
                sum += block[i * channels + channel];
            sound.samples.push_back(sum / static_cast<float>(channels));
        }
        isAtEnd = got < wanted;
    }
    if (sf_error(file.get()) != SF_ERR_NO_ERROR)
        return badInput(
            "is damaged: " + std::string(sf_strerror(file.get())) + "; get it again", path.string());
    if (isAtEnd && static_cast<sf_count_t>(sound.samples.size()) < info.frames)
        return cutShort;
    if (sound.samples.empty())
        return badInput("holds no sound", path.string());
    if (maxSeconds <= 0.0 && !isAtEnd && static_cast<sf_count_t>(limit) < info.frames)
        return badInput("is longer than " + formatSeconds(kMaxClipSeconds)
                + "; set data.audio.seconds, and clips are cut to it",
            path.string());
    for (const float value : sound.samples)
        if (!std::isfinite(value))
            return badInput("holds a value that is NaN or infinite", path.string());
    return sound;
}

Result<Sound> resampled(Sound sound, double sampleRate, const fs::path& path)
{
    if (sound.sampleRate == sampleRate)
        return sound;
    const double ratio = sampleRate / sound.sampleRate;
    if (src_is_valid_ratio(ratio) == 0)
        return badInput("has a rate of " + formatCount(static_cast<std::int64_t>(sound.sampleRate))
                + " Hz, which cannot be converted to " + formatCount(static_cast<std::int64_t>(sampleRate))
                + " Hz",
            path.string());
    Sound changed;
    changed.sampleRate = sampleRate;
    changed.samples.resize(
        static_cast<std::size_t>(std::ceil(static_cast<double>(sound.samples.size()) * ratio)));
    SRC_DATA data {};
    data.data_in = sound.samples.data();
    data.data_out = changed.samples.data();
    data.input_frames = static_cast<long>(sound.samples.size());
    data.output_frames = static_cast<long>(changed.samples.size());
    data.src_ratio = ratio;
    const int status = src_simple(&data, SRC_SINC_MEDIUM_QUALITY, 1);
    if (status != 0)
        throw std::runtime_error(std::string("libsamplerate: ") + src_strerror(status));
    return changed; // what the filter leaves unset at the end is silence
}

std::vector<std::int16_t> toInt16(const std::vector<float>& samples)
{
    std::vector<std::int16_t> values;
    values.reserve(samples.size());
    for (const float sample : samples)
        values.push_back(
            static_cast<std::int16_t>(std::clamp(std::lround(sample * 32768.0F), -32768L, 32767L)));
    return values;
}

} // namespace palimpsest
