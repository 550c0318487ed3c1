// SPDX-License-Identifier: Apache-2.0
#include "core/io/hdf5_data.h"

#include "tests/core/io/hdf5_fixture.h"
#include "tests/core/io/shared_folder.h"
#include "tests/core/io/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

class Hdf5Data : public testing::Test {
protected:
    [[nodiscard]] fs::path file() const { return m_folder.path() / "set.h5"; }

    Result<RawSamples> read(Part part = Part::Train)
    {
        DataSettings settings;
        settings.format = "hdf5";
        settings.path = "set.h5";
        return makeHdf5Reader()->read(settings, m_folder.path(), part);
    }
    std::string error(Part part = Part::Train)
    {
        const Result<RawSamples> samples = read(part);
        return samples.ok() ? std::string() : samples.error().text();
    }
    std::string at(const std::string& rest) { return file().string() + ": " + rest; }

private:
    TemporaryFolder m_folder;
};

TEST_F(Hdf5Data, ReadsThePartThatIsAskedFor)
{
    {
        Hdf5Writer writer(file());
        writer.dataset<int>(
            "/train/x", H5T_NATIVE_INT, H5T_STD_U8LE, { 3, 1, 2 }, { 1, 2, 3, 4, 5, 255 }, true);
        writer.dataset<int>("/train/y", H5T_NATIVE_INT, H5T_STD_U8LE, { 3 }, { 0, 1, 1 }, true);
        writer.dataset<int>("/train/group", H5T_NATIVE_INT, H5T_STD_I16BE, { 3 }, { 7, 7, 8 });
        writer.dataset<int>("/test/x", H5T_NATIVE_INT, H5T_STD_U8LE, { 1, 1, 2 }, { 9, 9 });
        writer.dataset<int>("/test/y", H5T_NATIVE_INT, H5T_STD_I64LE, { 1 }, { 1 });
        writer.texts("classes", { "a", "b" });
        writer.numbers("sample_rate", { 8000 });
    }
    const Result<RawSamples> train = read();
    ASSERT_TRUE(train.ok()) << train.error().text();
    EXPECT_EQ(
        train->x, Array::from<std::uint8_t>(std::vector<std::uint8_t> { 1, 2, 3, 4, 5, 255 }, { 3, 1, 2 }));
    EXPECT_EQ(train->y, (std::vector<std::int32_t> { 0, 1, 1 }));
    EXPECT_EQ(train->group, (std::vector<std::int32_t> { 7, 7, 8 }));
    EXPECT_EQ(train->classNames, (std::vector<std::string> { "a", "b" }));
    EXPECT_EQ(train->sampleRate, 8000.0);
    const Result<RawSamples> test = read(Part::Test);
    ASSERT_TRUE(test.ok()) << test.error().text();
    EXPECT_EQ(test->y, (std::vector<std::int32_t> { 1 }));
    EXPECT_TRUE(test->group.empty());
}

TEST_F(Hdf5Data, ReadsTrainThoughTestIsMissing)
{
    {
        Hdf5Writer writer(file());
        writer.dataset<float>("/train/x", H5T_NATIVE_FLOAT, H5T_IEEE_F32LE, { 2, 1 }, { 0.5F, 1.5F });
        writer.dataset<int>("/train/y", H5T_NATIVE_INT, H5T_STD_I32LE, { 2 }, { 0, 1 });
    }
    EXPECT_EQ(error(), "");
    EXPECT_EQ(error(Part::Test), at("expected the dataset /test/x, found none"));
    DataSettings settings;
    settings.path = "set.h5";
    EXPECT_FALSE(makeHdf5Reader()->hasTest(settings, file().parent_path()).value());
    EXPECT_EQ(
        makeHdf5Reader()->files(settings, file().parent_path()).value(), (std::vector<fs::path> { file() }));
}

TEST_F(Hdf5Data, KeepsEveryTypeOfSampleInOneThatHoldsIt)
{
    const auto typeOf = [this](hid_t stored) {
        {
            Hdf5Writer writer(file());
            writer.dataset<int>("/train/x", H5T_NATIVE_INT, stored, { 2, 1 }, { 1, 100 });
            writer.dataset<int>("/train/y", H5T_NATIVE_INT, H5T_STD_U64BE, { 2 }, { 0, 1 });
        }
        const Result<RawSamples> samples = read();
        return samples.ok() ? std::string(toString(samples->x.type())) : samples.error().text();
    };
    EXPECT_EQ(typeOf(H5T_STD_U8LE), "uint8");
    EXPECT_EQ(typeOf(H5T_STD_I8LE), "int16");
    EXPECT_EQ(typeOf(H5T_STD_I16BE), "int16");
    EXPECT_EQ(typeOf(H5T_STD_U16LE), "int32");
    EXPECT_EQ(typeOf(H5T_STD_I32LE), "int32");
    EXPECT_EQ(typeOf(H5T_IEEE_F32BE), "float32");
    EXPECT_EQ(typeOf(H5T_IEEE_F64LE), "float64");
    EXPECT_EQ(typeOf(H5T_STD_I64LE),
        at("/train/x: expected samples of 8, 16 or 32 bit integers or of 16, 32 or 64 bit floats, got "
           "another type"));
}

TEST_F(Hdf5Data, SaysWhatIsWrong)
{
    EXPECT_EQ(error(), at("cannot be opened: No such file or directory"));
    std::ofstream(file()) << "no HDF5 at all";
    EXPECT_EQ(error().substr(0, at("").size() + 20), at("expected an HDF5 fil"));

    const auto with = [this](std::vector<hsize_t> xShape, std::vector<int> labels) {
        {
            Hdf5Writer writer(file());
            const std::vector<int> zeros(64, 0);
            writer.dataset<int>("/train/x", H5T_NATIVE_INT, H5T_STD_U8LE, xShape, zeros);
            writer.dataset<int>("/train/y", H5T_NATIVE_INT, H5T_STD_I32LE, { labels.size() }, labels);
        }
        return error();
    };
    EXPECT_EQ(with({ 4 }, { 0, 1, 0, 1 }),
        at("/train/x: expected samples of shape [N, ...] with no size 0, got [4]"));
    EXPECT_EQ(
        with({ 0, 4 }, {}), at("/train/x: expected samples of shape [N, ...] with no size 0, got [0, 4]"));
    EXPECT_EQ(with({ 2, 2 }, { 0, 1, 1 }),
        at("/train/y: expected one number for each of the 2 samples, got an array of shape [3]"));
    EXPECT_EQ(with({ 2, 2 }, { 0, -1 }),
        at("/train/y: expected numbers from 0 to 2,147,483,647, got -1 for sample 1"));
}

TEST_F(Hdf5Data, RefusesASizeThatIsDeclaredButNotStored)
{
    {
        Hdf5Writer writer(file());
        const std::vector<hsize_t> huge { hsize_t { 1 } << 30U, 1024 }; // 1 TiB in a file of a few KiB
        const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
        const std::vector<hsize_t> chunk { 1024, 1 };
        H5Pset_chunk(properties, 2, chunk.data());
        H5Pset_deflate(properties, 1);
        const hid_t space = H5Screate_simple(2, huge.data(), nullptr);
        const hid_t links = H5Pcreate(H5P_LINK_CREATE);
        H5Pset_create_intermediate_group(links, 1);
        H5Dclose(H5Dcreate2(writer.file(), "/train/x", H5T_STD_U8LE, space, links, properties, H5P_DEFAULT));
        H5Pclose(links);
        H5Sclose(space);
        H5Pclose(properties);
    }
    EXPECT_EQ(error(),
        at("/train/x: declares 1099511627776 bytes, but the file holds only 0 of them; it is damaged or was "
           "not written to its end"));
}

TEST_F(Hdf5Data, RefusesALinkIntoAnotherFile)
{
    {
        Hdf5Writer writer(file());
        H5Gclose(H5Gcreate2(writer.file(), "/train", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        H5Lcreate_external("other.h5", "/x", writer.file(), "/train/x", H5P_DEFAULT, H5P_DEFAULT);
    }
    EXPECT_EQ(error(), at("expected the dataset /train/x, found none"));
}

TEST_F(Hdf5Data, EveryTruncationIsAnError)
{
    {
        Hdf5Writer writer(file());
        writer.dataset<int>(
            "/train/x", H5T_NATIVE_INT, H5T_STD_U8LE, { 3, 1, 2 }, { 1, 2, 3, 4, 5, 255 }, true);
        writer.dataset<int>("/train/y", H5T_NATIVE_INT, H5T_STD_U8LE, { 3 }, { 0, 1, 1 }, true);
        writer.texts("classes", { "a", "b" });
    }
    ASSERT_EQ(error(), "");
    for (std::uintmax_t length = fs::file_size(file()); length-- > 0;) {
        fs::resize_file(file(), length);
        ASSERT_NE(error(), "") << length;
    }
}

TEST_F(Hdf5Data, DoesNotTakeAFileOfTheTestSplit)
{
    DataSettings settings;
    settings.path = "set.h5";
    settings.test = "test.h5";
    EXPECT_FALSE(makeHdf5Reader()->read(settings, "/", Part::Train).ok());
}

TEST_F(Hdf5Data, IsAmongAllReaders)
{
    EXPECT_EQ(allReaders().count("hdf5"), 1U);
    EXPECT_EQ(allReaders().size(), standardReaders().size() + 1);
}

TEST_F(Hdf5Data, ReadsRealSound)
{
    if (sharedFolder().empty())
        GTEST_SKIP() << "needs the folder of shared data (PALIMPSEST_SHARED)";
    DataSettings settings;
    settings.path = "gsc.h5";
    const Result<RawSamples> samples = makeHdf5Reader()->read(settings, sharedFolder() / "data", Part::Test);
    ASSERT_TRUE(samples.ok()) << samples.error().text();
    EXPECT_EQ(samples->x.shape(), (Shape { 658, 1, 8000 }));
    EXPECT_EQ(samples->x.type(), DType::Int16);
    EXPECT_EQ(samples->sampleRate, 8000.0);
    EXPECT_EQ(samples->classNames.size(), 35U);
}

} // namespace
} // namespace palimpsest
