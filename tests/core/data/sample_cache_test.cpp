// SPDX-License-Identifier: Apache-2.0
#include "core/data/sample_cache.h"

#include "core/base/file.h"
#include "core/base/random.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

/// `count` samples of two float32 numbers each.
RawSamples samplesOf(std::int64_t count, std::uint64_t seed = 1)
{
    RawSamples samples;
    samples.x = Array(DType::Float32, { count, 1, 2 });
    Random random(seed);
    for (float& value : samples.x.as<float>())
        value = static_cast<float>(random.normal());
    for (std::int64_t i = 0; i < count; ++i)
        samples.y.push_back(static_cast<std::int32_t>(i % 3));
    return samples;
}

void expectEqual(const RawSamples& one, const RawSamples& other)
{
    EXPECT_EQ(one.x, other.x);
    EXPECT_EQ(one.y, other.y);
    EXPECT_EQ(one.group, other.group);
    EXPECT_EQ(one.isValidation, other.isValidation);
    EXPECT_EQ(one.sampleRate, other.sampleRate);
    EXPECT_EQ(one.classNames, other.classNames);
}

class SampleCacheTest : public testing::Test {
protected:
    [[nodiscard]] SampleCache cache(std::int64_t limitBytes = 1 << 20) const
    {
        return SampleCache(folder(), limitBytes, 0);
    }
    [[nodiscard]] fs::path folder() const { return m_root.path() / "not/there/yet"; }
    [[nodiscard]] fs::path entry(const std::string& key) const { return folder() / (key + ".samples"); }

private:
    TemporaryFolder m_root;
};

TEST_F(SampleCacheTest, GivesBackWhatWasStored)
{
    EXPECT_FALSE(cache().find("a").has_value());
    EXPECT_EQ(cache().usage().entries, 0);
    RawSamples full = samplesOf(5);
    full.group = { 0, 0, 1, 1, 2 };
    full.isValidation = { 0, 1, 0, 1, 0 };
    full.sampleRate = 44'100.5;
    full.classNames = { "Grün", "\"quoted\"", "" };
    RawSamples bytes;
    bytes.x = Array::from(std::vector<std::uint8_t> { 1, 2, 255 });
    bytes.y = { 0, 1, 2 };
    cache().store("a", full);
    cache().store("b", bytes);
    for (const auto& [key, stored] : { std::pair { "a", full }, std::pair { "b", bytes } }) {
        const auto found = cache().find(key);
        ASSERT_TRUE(found.has_value()) << key;
        expectEqual(*found, stored);
    }
    EXPECT_EQ(cache().usage().entries, 2);
    EXPECT_EQ(cache().usage().bytes,
        static_cast<std::int64_t>(fs::file_size(entry("a")) + fs::file_size(entry("b"))));
}

TEST_F(SampleCacheTest, KeepsEveryTypeOfNumber)
{
    for (const DType type : { DType::UInt8, DType::Int16, DType::Int32, DType::Float32, DType::Float64 }) {
        RawSamples samples;
        samples.x = Array(type, { 3, 4 });
        std::size_t i = 0;
        for (std::byte& byte : samples.x.bytes())
            byte = static_cast<std::byte>(i++ * 37 % 251);
        samples.y = { 2, 0, 1 };
        cache().store("t", samples);
        const auto found = cache().find("t");
        ASSERT_TRUE(found.has_value()) << toString(type);
        expectEqual(*found, samples);
    }
}

TEST_F(SampleCacheTest, NoticesEveryCutAndEveryChangedByte)
{
    RawSamples samples = samplesOf(3);
    samples.group = { 0, 1, 2 };
    samples.classNames = { "a", "b" };
    cache().store("k", samples);
    const std::string whole = *readFile(entry("k"));
    const auto findIn = [&](const std::string& bytes) {
        std::ofstream(entry("k"), std::ios::binary) << bytes;
        return cache().find("k");
    };
    for (std::size_t length = 0; length < whole.size(); ++length) {
        ASSERT_FALSE(findIn(whole.substr(0, length)).has_value()) << "cut at " << length;
        ASSERT_FALSE(fs::exists(entry("k"))) << "a damaged entry goes, so that it is made anew";
    }
    for (std::size_t place = 0; place < whole.size(); ++place)
        for (const int bit : { 0, 7 }) {
            std::string changed = whole;
            changed[place] = static_cast<char>(changed[place] ^ (1 << bit));
            ASSERT_FALSE(findIn(changed).has_value()) << "bit " << bit << " of byte " << place;
        }
    EXPECT_FALSE(findIn(whole + "x").has_value());
    EXPECT_TRUE(findIn(whole).has_value());
}

TEST_F(SampleCacheTest, BelievesNoHeaderThatClaimsMoreThanTheFileHolds)
{
    // A header of its own making with a right CRC: only its sizes are wrong.
    cache().store("k", samplesOf(3));
    const std::string whole = *readFile(entry("k"));
    for (const char* shape :
        { "[1000000000000,1,2]", "[3,4611686018427387904,4]", "[3,-1,2]", "[]", "[3,1,1]", "[0]" }) {
        SCOPED_TRACE(shape);
        std::string text = R"({"type":"float32","shape":)" + std::string(shape)
            + R"(,"count":3,"group":false,"validation":false,"sampleRate":0.0,"classNames":[],"crc":0})";
        // CRC-32 (IEEE 802.3), bit by bit.
        std::uint32_t crc = 0xFFFF'FFFFU;
        for (const char c : text) {
            crc ^= static_cast<unsigned char>(c);
            for (int i = 0; i < 8; ++i)
                crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB8'8320U : 0U);
        }
        crc = ~crc;
        const std::uint64_t length = text.size();
        std::ofstream file(entry("k"), std::ios::binary);
        file << whole.substr(0, 8);
        file.write(reinterpret_cast<const char*>(&length), sizeof length);
        file.write(reinterpret_cast<const char*>(&crc), sizeof crc);
        file << text << std::string(36, '\0');
        file.close();
        EXPECT_FALSE(cache().find("k").has_value());
    }
}

TEST_F(SampleCacheTest, StaysWithinItsLimitAndDropsWhatWasUsedLongestAgo)
{
    const auto small = cache(2000); // three entries of about 600 bytes
    for (const char* key : { "a", "b", "c" })
        small.store(key, samplesOf(40));
    ASSERT_EQ(small.usage().entries, 3) << small.usage().bytes;
    const auto hours = [](int count) { return fs::file_time_type::clock::now() - std::chrono::hours(count); };
    fs::last_write_time(entry("a"), hours(3));
    fs::last_write_time(entry("b"), hours(2));
    fs::last_write_time(entry("c"), hours(1));
    ASSERT_TRUE(small.find("a").has_value()); // used now
    small.store("d", samplesOf(40));
    EXPECT_TRUE(fs::exists(entry("a")));
    EXPECT_FALSE(fs::exists(entry("b")));
    EXPECT_TRUE(fs::exists(entry("c")));
    EXPECT_TRUE(fs::exists(entry("d")));
    EXPECT_LE(small.usage().bytes, 2000);
    small.store("e", samplesOf(200)); // more than half of it all
    EXPECT_FALSE(fs::exists(entry("e")));
}

TEST_F(SampleCacheTest, KeepsNothingSmallAndNothingThatWasStopped)
{
    SampleCache(folder(), 1 << 20, 1000).store("a", samplesOf(10));
    EXPECT_FALSE(fs::exists(entry("a")));
    std::stop_source stop;
    stop.request_stop();
    JobChannel channel;
    const JobContext context(channel, stop.get_token());
    cache().store("a", samplesOf(10), ReadControl(context));
    EXPECT_EQ(cache().usage().entries, 0);
    for (const fs::directory_entry& left : fs::directory_iterator(folder()))
        ADD_FAILURE() << left.path();
    RawSamples samples = samplesOf(10);
    samples.classNames = { "\xFF" }; // no UTF-8: it could not come back as it is
    cache().store("a", samples);
    EXPECT_FALSE(fs::exists(entry("a")));
}

TEST_F(SampleCacheTest, IsOnlyLostTimeWhereItCannotBeWritten)
{
    std::ofstream(folder().parent_path().parent_path().parent_path() / "file") << "x";
    const SampleCache blocked(
        folder().parent_path().parent_path().parent_path() / "file" / "cache", 1 << 20, 0);
    blocked.store("a", samplesOf(10));
    EXPECT_FALSE(blocked.find("a").has_value());
    EXPECT_EQ(blocked.clear().entries, 0);
}

TEST_F(SampleCacheTest, ClearsItsEntriesAndAbandonedFilesAlone)
{
    cache().store("a", samplesOf(10));
    cache().store("b", samplesOf(10));
    std::ofstream(folder() / "notes.txt") << "the user's";
    std::ofstream(folder() / "c.samples.tmp1-0") << "half";
    std::ofstream(folder() / "d.samples.tmp2-0") << "at work";
    fs::last_write_time(
        folder() / "c.samples.tmp1-0", fs::file_time_type::clock::now() - std::chrono::hours(25));
    const SampleCache::Usage cleared = cache().clear();
    EXPECT_EQ(cleared.entries, 2);
    EXPECT_GT(cleared.bytes, 0);
    EXPECT_EQ(cache().usage().entries, 0);
    EXPECT_TRUE(fs::exists(folder() / "notes.txt"));
    EXPECT_FALSE(fs::exists(folder() / "c.samples.tmp1-0")) << "its process is gone";
    EXPECT_TRUE(fs::exists(folder() / "d.samples.tmp2-0")) << "its process may still write";
}

TEST_F(SampleCacheTest, ServesSeveralAtATime)
{
    // Writers of two keys, readers, and one that clears: whatever is found is whole.
    const RawSamples even = samplesOf(50, 2);
    const RawSamples odd = samplesOf(50, 3);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int round = 0; round < 30; ++round) {
                const bool isEven = (t + round) % 2 == 0;
                const std::string key = isEven ? "even" : "odd";
                cache().store(key, isEven ? even : odd);
                if (const auto found = cache().find(key)) {
                    EXPECT_EQ(found->x, (isEven ? even : odd).x);
                }
                if (t == 3 && round % 10 == 0)
                    cache().clear();
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    cache().store("even", even);
    EXPECT_TRUE(cache().find("even").has_value());
}

} // namespace
} // namespace palimpsest
