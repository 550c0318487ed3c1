// SPDX-License-Identifier: Apache-2.0
#include "core/data/audio_reader.h"

#include "core/data/sound.h"
#include "fixtures.h"
#include "media_fixtures.h"

#include <algorithm>
#include <cmath>
#include <fstream>

namespace palimpsest {
namespace {

using test::badInputText;
using test::dataSettings;
using test::require;
using test::sine;
using test::SoundKind;
using test::TempFolder;
using test::writeSound;

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return { std::istreambuf_iterator<char>(file), {} };
}

TEST(Sound, ReadsWhatWasWritten)
{
    const TempFolder folder;
    const std::vector<float> wave { 0.0F, 0.5F, -0.5F, 0.25F, -0.75F };
    for (const SoundKind kind : { SoundKind::Wav16, SoundKind::WavFloat, SoundKind::Flac }) {
        const auto path = folder.path() / "a.sound";
        writeSound(path, kind, 8000, 1, wave);
        const Sound sound = require(readSound(path, 0.0));
        EXPECT_EQ(sound.sampleRate, 8000.0);
        ASSERT_EQ(sound.samples.size(), wave.size());
        for (std::size_t i = 0; i < wave.size(); ++i)
            EXPECT_NEAR(sound.samples[i], wave[i], 1.0F / 16384.0F) << "16 bits hold no more";
    }
    writeSound(folder.path() / "a.ogg", SoundKind::Ogg, 16000, 1, sine(440, 16000, 4000));
    const Sound ogg = require(readSound(folder.path() / "a.ogg", 0.0));
    ASSERT_EQ(ogg.samples.size(), 4000U);
    const std::vector<float> original = sine(440, 16000, 4000);
    for (std::size_t i = 1000; i < 3000; ++i)
        EXPECT_NEAR(ogg.samples[i], original[i], 0.05F) << "lossy, but the same tone";
}

TEST(Sound, MixesChannelsAndStopsAtTheLength)
{
    const TempFolder folder;
    const auto path = folder.path() / "a.wav";
    writeSound(path, SoundKind::WavFloat, 1000, 2, { 0.5F, -0.5F, 0.25F, 0.75F, 1.0F, 0.0F });
    EXPECT_EQ(require(readSound(path, 0.0)).samples, (std::vector<float> { 0.0F, 0.5F, 0.5F }));
    EXPECT_EQ(require(readSound(path, 0.002)).samples.size(), 2U);
}

TEST(Sound, ChangesTheRateAndKeepsTheTone)
{
    const TempFolder folder;
    for (const double rate : { 8000.0, 22050.0 }) {
        const Sound sound = require(resampled({ sine(500, 16000, 16000), 16000.0 }, rate, "x"));
        ASSERT_EQ(sound.samples.size(), static_cast<std::size_t>(rate));
        const std::vector<float> same = sine(500, rate, sound.samples.size());
        for (std::size_t i = 500; i + 500 < same.size(); ++i)
            ASSERT_NEAR(sound.samples[i], same[i], 0.01F) << rate << " Hz, sample " << i;
    }
    // A tone above half the new rate is gone, and does not come back as another one.
    const Sound quiet = require(resampled({ sine(6000, 16000, 16000), 16000.0 }, 8000.0, "x"));
    for (std::size_t i = 500; i + 500 < quiet.samples.size(); ++i)
        ASSERT_NEAR(quiet.samples[i], 0.0F, 0.01F) << i;
    EXPECT_CONTAINS(
        badInputText(resampled({ { 0.0F }, 384000.0 }, 100.0, "x")), "cannot be converted to 100 Hz");
}

TEST(Sound, RoundsTo16Bits)
{
    EXPECT_EQ(toInt16({ 0.0F, 0.5F, -1.0F, 1.0F, 7.0F, -7.0F, 1.6F / 32768.0F }),
        (std::vector<std::int16_t> { 0, 16384, -32768, 32767, 32767, -32768, 2 }));
}

TEST(Sound, RefusesCutFilesOfEveryLength)
{
    const TempFolder folder;
    for (const SoundKind kind : { SoundKind::Wav16, SoundKind::Flac }) {
        const auto path = folder.path() / "a.sound";
        writeSound(path, kind, 8000, 1, sine(300, 8000, 100));
        const std::string whole = contentOf(path);
        ASSERT_TRUE(readSound(path, 0.0).ok());
        for (std::size_t length = 0; length < whole.size(); ++length) {
            folder.write("a.sound", whole.substr(0, length));
            EXPECT_FALSE(readSound(path, 0.0).ok()) << length << " of " << whole.size();
        }
    }
    EXPECT_CONTAINS(
        badInputText(readSound(folder.write("a.wav", "hello"), 0.0)), "could not be read as sound");
    EXPECT_CONTAINS(badInputText(readSound(folder.path() / "none.wav", 0.0)), "there is no such file");
    writeSound(folder.path() / "empty.wav", SoundKind::Wav16, 8000, 1, {});
    EXPECT_CONTAINS(badInputText(readSound(folder.path() / "empty.wav", 0.0)), "holds no sound");
}

TEST(Sound, RefusesWhatIsTooLongAndWhatIsNoNumber)
{
    const TempFolder folder;
    const auto path = folder.path() / "long.flac";
    writeSound(path, SoundKind::Flac, 100, 1, std::vector<float>(70'000, 0.0F)); // 700 s in some bytes
    EXPECT_CONTAINS(badInputText(readSound(path, 0.0)), "set data.audio.seconds");
    EXPECT_EQ(require(readSound(path, 1.0)).samples.size(), 100U);
    writeSound(folder.path() / "nan.wav", SoundKind::WavFloat, 100, 1, { 0.0F, NAN });
    EXPECT_CONTAINS(badInputText(readSound(folder.path() / "nan.wav", 0.0)), "NaN");
}

class AudioReaderTest : public testing::Test {
protected:
    Result<RawSamples> read(Part part = Part::Train)
    {
        return makeAudioReader()->read(m_settings, m_folder.path(), part);
    }
    void write(const std::string& name, int rate, const std::vector<float>& samples)
    {
        writeSound(m_folder.path() / name, SoundKind::Wav16, rate, 1, samples);
    }
    static std::vector<int> values(const RawSamples& samples)
    {
        const auto x = samples.x.as<std::int16_t>();
        return { x.begin(), x.end() };
    }

    TempFolder m_folder;
    DataSettings m_settings = dataSettings("audio", "set");
};

TEST_F(AudioReaderTest, FillsAndCutsToOneLength)
{
    write("set/no/a.wav", 1000, { 0.5F, 0.25F });
    write("set/yes/b.wav", 1000, { -0.5F, -0.25F, 0.125F, 0.0F });
    const RawSamples samples = require(read());
    EXPECT_EQ(samples.x.shape(), (Shape { 2, 1, 4 })) << "the longest of train";
    EXPECT_EQ(samples.sampleRate, 1000.0);
    EXPECT_EQ(values(samples), (std::vector<int> { 16384, 8192, 0, 0, -16384, -8192, 4096, 0 }));
    EXPECT_EQ(samples.y, (std::vector<std::int32_t> { 0, 1 }));
    m_settings.audio.seconds = 0.003;
    EXPECT_EQ(values(require(read())), (std::vector<int> { 16384, 8192, 0, -16384, -8192, 4096 }));
}

TEST_F(AudioReaderTest, TestClipsHaveTheLengthAndTheRateOfTrain)
{
    write("set/no/a.wav", 1000, { 0.5F, 0.25F });
    write("set/yes/b.wav", 1000, { 0.5F });
    write("held/no/c.wav", 1000, { 0.5F, 0.5F, 0.5F });
    m_settings.test = "held";
    EXPECT_EQ(values(require(read(Part::Test))), (std::vector<int> { 16384, 16384 }));
    write("held/no/c.wav", 2000, { 0.5F, 0.5F, 0.5F });
    EXPECT_CONTAINS(
        badInputText(read(Part::Test)), "c.wav: has a rate of 2,000 Hz, the first clip of train 1,000 Hz");
    m_settings.audio.sampleRate = 1000;
    EXPECT_EQ(require(read(Part::Test)).x.shape(), (Shape { 1, 1, 2 }));
}

TEST_F(AudioReaderTest, ConvertsToTheRateThatIsSet)
{
    write("set/no/a.wav", 16000, sine(500, 16000, 16000));
    write("set/yes/b.wav", 8000, sine(500, 8000, 8000));
    EXPECT_CONTAINS(badInputText(read()), "set data.audio.sampleRate");
    m_settings.audio.sampleRate = 8000;
    m_settings.audio.seconds = 1.0;
    const RawSamples samples = require(read());
    EXPECT_EQ(samples.x.shape(), (Shape { 2, 1, 8000 }));
    EXPECT_EQ(samples.sampleRate, 8000.0);
    const auto x = samples.x.as<std::int16_t>();
    for (std::size_t i = 500; i < 7500; ++i)
        ASSERT_NEAR(x[i], x[8000 + i], 400) << i;
}

TEST_F(AudioReaderTest, ReadsTheLayoutOfUrbanSound8K)
{
    write("set/audio/fold1/100-0-0-0.wav", 1000, { 0.5F });
    write("set/audio/fold2/101-1-0-0.wav", 1000, { 0.25F });
    write("set/audio/fold10/102-0-0-0.wav", 1000, { 0.125F });
    m_folder.write("set/metadata/UrbanSound8K.csv",
        "slice_file_name,fsID,start,end,salience,fold,classID,class\n100-0-0-0.wav,100,0,1,1,1,0,air_"
        "conditioner\n"
        "101-1-0-0.wav,101,0,1,1,2,1,car_horn\n102-0-0-0.wav,102,0,1,1,10,0,air_conditioner\n");
    m_settings.labels = "metadata/UrbanSound8K.csv";
    m_settings.columns.label = "class";
    m_settings.groups.column = "fsID";
    m_settings.folds = { "fold", "", { "10" }, { "2" } };
    const RawSamples train = require(read());
    EXPECT_EQ(values(train), (std::vector<int> { 16384, 8192 }));
    EXPECT_EQ(train.isValidation, (std::vector<std::uint8_t> { 0, 1 }));
    EXPECT_EQ(train.group, (std::vector<std::int32_t> { 0, 1 }));
    EXPECT_EQ(values(require(read(Part::Test))), (std::vector<int> { 4096 }));
    EXPECT_EQ(require(makeAudioReader()->files(m_settings, m_folder.path())).size(), 4U);
}

} // namespace
} // namespace palimpsest
