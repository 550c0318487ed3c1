// SPDX-License-Identifier: Apache-2.0
#include "core/io/hdf5_data_writer.h"

#include "core/base/file.h"
#include "core/base/random.h"
#include "core/io/hdf5_data.h"

#include "tests/core/io/temporary_folder.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace palimpsest {
namespace {

template <class T> RawSamples samplesOf(std::int64_t count, std::uint64_t seed)
{
    Random random(seed);
    RawSamples samples;
    samples.x = Array(DTypeOf<T>::kValue, { count, 1, 700 });
    for (T& value : samples.x.as<T>())
        value = static_cast<T>(random.below(200));
    for (std::int64_t i = 0; i < count; ++i)
        samples.y.push_back(static_cast<std::int32_t>(i % 3));
    return samples;
}

DataSettings settings()
{
    DataSettings settings;
    settings.format = "hdf5";
    settings.path = "set.h5";
    return settings;
}

TEST(Hdf5DataWriter, WhatIsWrittenIsRead)
{
    const TemporaryFolder folder;
    RawSamples train = samplesOf<std::int16_t>(2000, 1); // several blocks
    train.classNames = { "no", "yes", "may be" };
    train.sampleRate = 8000.0;
    for (std::int32_t i = 0; i < 2000; ++i) {
        train.group.push_back(i / 4);
        train.isValidation.push_back(i % 7 == 0 ? 1 : 0);
    }
    const RawSamples test = samplesOf<std::int16_t>(1, 2);
    const Status status = writeHdf5Data(folder.path() / "set.h5", train, test, { { "license", "CC0" } });
    ASSERT_TRUE(status.ok()) << status.error().text();
    const auto got = makeHdf5Reader()->read(settings(), folder.path(), Part::Train);
    ASSERT_TRUE(got.ok()) << got.error().text();
    EXPECT_EQ(got->x, train.x);
    EXPECT_EQ(got->y, train.y);
    EXPECT_EQ(got->group, train.group);
    EXPECT_EQ(got->isValidation, train.isValidation);
    EXPECT_EQ(got->classNames, train.classNames);
    EXPECT_EQ(got->sampleRate, 8000.0);
    const auto gotTest = makeHdf5Reader()->read(settings(), folder.path(), Part::Test);
    ASSERT_TRUE(gotTest.ok()) << gotTest.error().text();
    EXPECT_EQ(gotTest->x, test.x);
    EXPECT_TRUE(gotTest->group.empty());
    EXPECT_TRUE(gotTest->isValidation.empty());
}

TEST(Hdf5DataWriter, EqualContentGivesEqualBytes)
{
    const TemporaryFolder folder;
    const RawSamples train = samplesOf<std::uint8_t>(50, 1);
    ASSERT_TRUE(writeHdf5Data(folder.path() / "a.h5", train, train, { { "name", "x" } }).ok());
    ASSERT_TRUE(writeHdf5Data(folder.path() / "b.h5", train, train, { { "name", "x" } }).ok());
    const auto first = readFile(folder.path() / "a.h5");
    const auto second = readFile(folder.path() / "b.h5");
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(*first, *second);
}

TEST(Hdf5DataWriter, NothingIsLeftWhereItFails)
{
    const TemporaryFolder folder;
    const RawSamples train = samplesOf<std::uint8_t>(5, 1);
    EXPECT_FALSE(writeHdf5Data(folder.path() / "no" / "such" / "set.h5", train, train, {}).ok());
    RawSamples wrong = train;
    wrong.y.pop_back();
    EXPECT_THROW((void)writeHdf5Data(folder.path() / "set.h5", train, wrong, {}), std::invalid_argument);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "set.h5"));
}

} // namespace
} // namespace palimpsest
