// SPDX-License-Identifier: Apache-2.0
#include "core/data/cifar_reader.h"

#include "fixtures.h"

namespace palimpsest {
namespace {

using test::badInputText;
using test::dataSettings;
using test::gzip;
using test::require;
using test::TempFolder;

/// One record: labels, then planes of 1, 2 and 3 with `mark` as the very first pixel.
std::string record(const std::string& labels, char mark)
{
    std::string text = labels + std::string(1024, '\1') + std::string(1024, '\2') + std::string(1024, '\3');
    text[labels.size()] = mark;
    return text;
}

class CifarReaderTest : public testing::Test {
protected:
    Result<RawSamples> read(Part part = Part::Train)
    {
        return makeCifarReader()->read(m_settings, m_folder.path(), part);
    }

    TempFolder m_folder;
    DataSettings m_settings = dataSettings("cifar", "set");
};

TEST_F(CifarReaderTest, ReadsTheBatchesOfCifar10InOrder)
{
    m_folder.write("set/data_batch_1.bin", record("\x03", 'a') + record("\x09", 'b'));
    m_folder.write("set/data_batch_2.bin.gz", gzip(record(std::string(1, '\0'), 'c')));
    m_folder.write("set/test_batch.bin", "damaged");
    m_folder.write("set/batches.meta.txt", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    const RawSamples samples = require(read());
    EXPECT_EQ(samples.x.shape(), (Shape { 3, 3, 32, 32 }));
    EXPECT_EQ(samples.y, (std::vector<std::int32_t> { 3, 9, 0 }));
    const auto x = samples.x.as<std::uint8_t>();
    EXPECT_EQ(x[0], 'a');
    EXPECT_EQ(x[3072], 'b');
    EXPECT_EQ(x[6144], 'c');
    EXPECT_EQ(x[1], 1);
    EXPECT_EQ(x[1024], 2);
    EXPECT_EQ(x[3071], 3);
    EXPECT_EQ(samples.classNames.at(9), "j");
    EXPECT_CONTAINS(badInputText(read(Part::Test)), "no whole number of records of 3,073");
    EXPECT_TRUE(require(makeCifarReader()->hasTest(m_settings, m_folder.path())));
    EXPECT_EQ(require(makeCifarReader()->files(m_settings, m_folder.path())).size(), 4U);
}

TEST_F(CifarReaderTest, ReadsEitherLabelOfCifar100)
{
    m_folder.write("set/train.bin", record("\x13\x63", 'a') + record("\x01\x02", 'b'));
    m_folder.write("set/test.bin", record("\x02\x03", 'c'));
    EXPECT_EQ(require(read()).y, (std::vector<std::int32_t> { 99, 2 }));
    m_settings.columns.label = "coarse";
    EXPECT_EQ(require(read()).y, (std::vector<std::int32_t> { 19, 1 }));
    EXPECT_EQ(require(read(Part::Test)).y, (std::vector<std::int32_t> { 2 }));
    m_settings.columns.label = "other";
    EXPECT_CONTAINS(badInputText(read()), "expected fine or coarse");
}

TEST_F(CifarReaderTest, NamesWhatIsWrong)
{
    EXPECT_CONTAINS(badInputText(read()), "found neither");
    m_folder.write("set/data_batch_1.bin", record("\x03", 'a') + record("\x0A", 'b'));
    EXPECT_CONTAINS(badInputText(read()), "record 2 has label 10; labels go from 0 to 9");
    m_folder.write("set/data_batch_1.bin", "");
    EXPECT_CONTAINS(badInputText(read()), "holds 0 bytes");
    m_folder.write("set/data_batch_1.bin", record("\x03", 'a'));
    EXPECT_CONTAINS(badInputText(read(Part::Test)), "holds no test split");
    m_folder.write("set/batches.meta.txt", "one\ntwo\n");
    EXPECT_CONTAINS(badInputText(read()), "expected 10 names of classes, one a line, found 2");
    m_settings.columns.label = "fine";
    EXPECT_CONTAINS(badInputText(read()), "CIFAR-10 has one label");
}

} // namespace
} // namespace palimpsest
