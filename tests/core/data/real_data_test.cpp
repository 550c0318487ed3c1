// SPDX-License-Identifier: Apache-2.0
// The data sets of the quickstart, as packaging/setup leaves them. Skipped where they are not.
#include "core/data/catalogue.h"
#include "core/data/dataset.h"
#include "core/data/preprocess.h"

#include "fixtures.h"

#include <algorithm>
#include <numeric>

namespace palimpsest {
namespace {

using test::require;

std::vector<std::int64_t> countsOf(const RawSamples& samples, std::size_t classes)
{
    std::vector<std::int64_t> counts(classes);
    for (const std::int32_t label : samples.y)
        ++counts.at(static_cast<std::size_t>(label));
    return counts;
}

class RealDataTest : public testing::Test {
protected:
    /// Whether the set is there; the test must skip where it is not.
    bool find(const std::string& name)
    {
        m_entry = require(findDataSet(name));
        return require(findDataSetFiles(name)).isComplete();
    }
    RawSamples read(Part part)
    {
        return require(readPart(standardReaders(), m_entry.data, m_entry.split, dataFolder(), part));
    }

    CatalogueEntry m_entry;
};

#define SKIP_WITHOUT(name)                                                                                   \
    if (!find(name))                                                                                         \
    GTEST_SKIP() << require(findDataSetFiles(name)).advice

TEST_F(RealDataTest, Fashion)
{
    SKIP_WITHOUT("fashion");
    const RawSamples train = read(Part::Train);
    EXPECT_EQ(train.x.shape(), (Shape { 60'000, 1, 28, 28 }));
    EXPECT_EQ(train.x.type(), DType::UInt8);
    EXPECT_EQ(countsOf(train, 10), std::vector<std::int64_t>(10, 6000));
    const RawSamples test = read(Part::Test);
    EXPECT_EQ(test.x.shape(), (Shape { 10'000, 1, 28, 28 }));
    EXPECT_EQ(countsOf(test, 10), std::vector<std::int64_t>(10, 1000));
    EXPECT_EQ(std::vector<std::int32_t>(train.y.begin(), train.y.begin() + 6),
        (std::vector<std::int32_t> { 9, 0, 0, 3, 0, 2 }));
    const auto pixels = train.x.as<std::uint8_t>();
    const double mean
        = std::accumulate(pixels.begin(), pixels.end(), 0.0) / static_cast<double>(pixels.size());
    EXPECT_NEAR(mean / 255.0, 0.2860, 5e-5); // the mean that is published for this set
}

TEST_F(RealDataTest, Digits)
{
    SKIP_WITHOUT("digits");
    const RawSamples train = read(Part::Train);
    const RawSamples test = read(Part::Test);
    EXPECT_EQ(train.count() + test.count(), 1797U);
    EXPECT_NEAR(static_cast<double>(test.count()), 0.2 * 1797, 5.0);
    EXPECT_EQ(train.sampleShape(), (Shape { 1, 8, 8 }));
    std::vector<std::int64_t> counts = countsOf(train, 10);
    const std::vector<std::int64_t> testCounts = countsOf(test, 10);
    std::transform(counts.begin(), counts.end(), testCounts.begin(), counts.begin(), std::plus<>());
    EXPECT_EQ(counts, (std::vector<std::int64_t> { 178, 182, 177, 183, 181, 182, 181, 179, 174, 180 }));
    const auto values = train.x.as<float>();
    EXPECT_EQ(*std::max_element(values.begin(), values.end()), 16.0F);
}

TEST_F(RealDataTest, Vowels)
{
    SKIP_WITHOUT("vowels");
    const RawSamples train = read(Part::Train);
    EXPECT_EQ(train.x.shape(), (Shape { 270, 12, 26 })); // the longest of train
    EXPECT_EQ(countsOf(train, 9), std::vector<std::int64_t>(9, 30));
    EXPECT_EQ(train.x.as<float>()[0], 1.860936F);
    EXPECT_EQ(train.x.as<float>()[20], 0.0F); // the first series has 20 frames
    EXPECT_EQ(train.x.as<float>()[26], -0.207383F);
    const RawSamples test = read(Part::Test);
    EXPECT_EQ(test.x.shape(), (Shape { 370, 12, 26 }));
    EXPECT_EQ(countsOf(test, 9), (std::vector<std::int64_t> { 31, 35, 88, 44, 29, 24, 40, 50, 29 }));
}

TEST_F(RealDataTest, Motions)
{
    SKIP_WITHOUT("motions");
    for (const Part part : { Part::Train, Part::Test }) {
        const RawSamples samples = read(part);
        EXPECT_EQ(samples.x.shape(), (Shape { 40, 6, 100 }));
        EXPECT_EQ(countsOf(samples, 4), std::vector<std::int64_t>(4, 10));
        EXPECT_EQ(
            samples.classNames, (std::vector<std::string> { "Standing", "Running", "Walking", "Badminton" }));
    }
    EXPECT_EQ(read(Part::Train).x.as<float>()[0], 0.079106F);
}

TEST_F(RealDataTest, HashesAreThoseOfTheCatalogue)
{
    for (const CatalogueEntry& entry : dataCatalogue()) {
        if (!find(entry.name))
            continue;
        const DataSetCheck check = require(checkDataSet(entry.name));
        EXPECT_TRUE(check.isComplete()) << check.advice;
    }
    if (!find("digits") && !find("fashion"))
        GTEST_SKIP() << "no data set of the quickstart is here";
}

} // namespace
} // namespace palimpsest
