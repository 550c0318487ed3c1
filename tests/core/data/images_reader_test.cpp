// SPDX-License-Identifier: Apache-2.0
#include "core/data/images_reader.h"

#include "fixtures.h"
#include "media_fixtures.h"

namespace palimpsest {
namespace {

using test::badInputText;
using test::dataSettings;
using test::pngFile;
using test::require;
using test::TempFolder;

using Values = std::vector<std::uint8_t>;

class ImagesReaderTest : public testing::Test {
protected:
    Result<RawSamples> read(Part part = Part::Train)
    {
        return makeImagesReader()->read(m_settings, m_folder.path(), part);
    }
    static Values values(const RawSamples& samples)
    {
        const auto x = samples.x.as<std::uint8_t>();
        return { x.begin(), x.end() };
    }

    TempFolder m_folder;
    DataSettings m_settings = dataSettings("images", "set");
};

TEST_F(ImagesReaderTest, GivesPlanesOfChannels)
{
    m_folder.write("set/cat/a.png", pngFile(1, 2, 3, { 1, 2, 3, 4, 5, 6 }));
    m_folder.write("set/dog/b.ppm", "P6 2 1 255\n\x07\x08\x09\x0A\x0B\x0C");
    const RawSamples samples = require(read());
    EXPECT_EQ(samples.x.shape(), (Shape { 2, 3, 1, 2 }));
    EXPECT_EQ(values(samples), (Values { 1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12 }));
    EXPECT_EQ(samples.y, (std::vector<std::int32_t> { 0, 1 }));
    EXPECT_EQ(samples.classNames, (std::vector<std::string> { "cat", "dog" }));
}

TEST_F(ImagesReaderTest, BringsPicturesToOneForm)
{
    m_folder.write("set/cat/a.png", pngFile(1, 2, 1, { 0, 8 }));
    m_folder.write("set/dog/b.png", pngFile(2, 4, 3, Values(24, 50)));
    EXPECT_CONTAINS(badInputText(read()), "b.png: is coloured, the first picture of train is not");
    m_settings.images.channels = 1;
    EXPECT_CONTAINS(badInputText(read()), "b.png: is 2 x 4 pixels, the first picture of train 1 x 2");
    m_settings.images.size = { 1, 4 };
    const RawSamples samples = require(read());
    EXPECT_EQ(samples.x.shape(), (Shape { 2, 1, 1, 4 }));
    EXPECT_EQ(values(samples), (Values { 0, 2, 6, 8, 50, 50, 50, 50 }));
    m_settings.images.size = { 4 };
    EXPECT_CONTAINS(badInputText(read()), "expected [height, width]");
    m_settings.images.size = { 16384, 16384 };
    m_settings.images.channels = 2;
    EXPECT_CONTAINS(badInputText(read()), "expected 1 (grey), 3 (colour) or 0");
}

TEST_F(ImagesReaderTest, CutsToTheRegionsOfTheTable)
{
    m_folder.write("set/a.png", pngFile(2, 3, 1, { 0, 1, 2, 10, 11, 12 }));
    m_folder.write("set/b.png", pngFile(3, 2, 1, { 0, 1, 10, 11, 20, 21 }));
    m_folder.write(
        "set/all.csv", "Filename;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\na.png;1;1;2;1;0\nb.png;0;2;1;2;1\n");
    m_settings.labels = "all.csv";
    EXPECT_EQ(values(require(read())), (Values { 11, 12, 20, 21 }));
    m_folder.write(
        "set/all.csv", "Filename;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\na.png;1;1;3;1;0\nb.png;0;2;1;2;1\n");
    EXPECT_CONTAINS(badInputText(read()), "a.png: the region");
}

TEST_F(ImagesReaderTest, TestPicturesHaveTheFormOfTrain)
{
    m_folder.write("set/cat/a.png", pngFile(1, 2, 1, { 0, 8 }));
    m_folder.write("held/cat/b.png", pngFile(1, 2, 1, { 3, 4 }));
    m_settings.test = "held";
    EXPECT_EQ(values(require(read(Part::Test))), (Values { 3, 4 }));
    m_folder.write("held/cat/b.png", pngFile(1, 3, 1, { 3, 4, 5 }));
    EXPECT_CONTAINS(badInputText(read(Part::Test)), "held/cat/b.png: is 1 x 3 pixels");
    EXPECT_EQ(values(require(read())), (Values { 0, 8 })) << "train does not open it";
    m_folder.write("held/cat/b.png", "damaged");
    EXPECT_TRUE(read().ok());
    EXPECT_EQ(require(makeImagesReader()->files(m_settings, m_folder.path())).size(), 2U);
}

TEST_F(ImagesReaderTest, TakesNoMemoryForMoreThanCanBeHeld)
{
    for (int i = 0; i < 40; ++i)
        m_folder.write("set/cat/" + std::to_string(i) + ".png", pngFile(1, 1, 1, { 0 }));
    m_settings.images.size = { 16384, 16384 };
    EXPECT_CONTAINS(badInputText(read()), "set a smaller data.images.size");
}

TEST_F(ImagesReaderTest, StopsWhenItIsCanceled)
{
    m_folder.write("set/cat/a.png", pngFile(1, 2, 1, { 0, 8 }));
    JobChannel channel;
    std::stop_source stop;
    stop.request_stop();
    const Result<RawSamples> result = makeImagesReader()->read(
        m_settings, m_folder.path(), Part::Train, ReadControl(JobContext(channel, stop.get_token())));
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::Canceled);
}

} // namespace
} // namespace palimpsest
