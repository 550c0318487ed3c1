// SPDX-License-Identifier: Apache-2.0
#include "core/backend/page_decoders.h"

#include "core/backend/cpu_switch.h"
#include "core/base/float_formats.h"
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <limits>
#include <vector>

namespace palimpsest {
namespace {

constexpr Storage kForms[] { Storage::Float32, Storage::Float16, Storage::Int8, Storage::Int6, Storage::Int4,
    Storage::Int3, Storage::Ternary, Storage::Binary };

/// A page of any bytes, also of those that no encoder writes.
struct Page {
    std::vector<std::uint8_t> bytes;
    std::vector<std::uint16_t> scales;
};

Page randomPage(Random& random, Storage storage, std::int64_t count)
{
    Page page;
    page.bytes.resize(static_cast<std::size_t>(packedBytes(storage, count)));
    for (std::uint8_t& byte : page.bytes)
        byte = static_cast<std::uint8_t>(random.below(256));
    page.scales.resize(static_cast<std::size_t>(scaleCount(storage, count)));
    for (std::uint16_t& scale : page.scales)
        scale = static_cast<std::uint16_t>(random.below(65536)); // subnormal, infinite and NaN too
    return page;
}

/// Weight by weight, as core/base/storage.h says it.
std::vector<float> plainly(const Page& page, Storage storage, std::int64_t count)
{
    std::vector<float> values(static_cast<std::size_t>(count));
    for (std::int64_t k = 0; k < count; ++k) {
        float& value = values[static_cast<std::size_t>(k)];
        if (storage == Storage::Float32) {
            std::memcpy(&value, page.bytes.data() + 4 * k, 4);
        } else if (storage == Storage::Float16) {
            std::uint16_t half = 0;
            std::memcpy(&half, page.bytes.data() + 2 * k, 2);
            value = floatFromHalf(half);
        } else {
            value = static_cast<float>(storedCode(storage, page.bytes.data(), k))
                * floatFromHalf(page.scales[static_cast<std::size_t>(k / kScaleGroup)]);
        }
    }
    return values;
}

std::vector<std::uint32_t> bitsOf(const std::vector<float>& values)
{
    std::vector<std::uint32_t> bits;
    for (const float value : values)
        bits.push_back(std::bit_cast<std::uint32_t>(value));
    return bits;
}

/// @return the decoded values; what lies behind them must stay as it was
std::vector<float> decoded(
    const PageDecoders& decoders, const Page& page, Storage storage, std::int64_t count)
{
    constexpr float kGuard = 12345.0F;
    std::vector<float> values(static_cast<std::size_t>(count) + 16, kGuard);
    decoders.of(storage)(page.bytes.data(), page.scales.data(), count, values.data());
    for (std::size_t i = static_cast<std::size_t>(count); i < values.size(); ++i)
        EXPECT_EQ(values[i], kGuard) << "written beyond the page";
    values.resize(static_cast<std::size_t>(count));
    return values;
}

TEST(PageDecoders, EndWithTheBaseline)
{
    ASSERT_FALSE(pageDecoders().empty());
    EXPECT_STREQ(pageDecoders().back().name, "baseline");
}

TEST(PageDecoders, GiveTheBitsOfThePlainLoopAtEveryLength)
{
    Random random(17);
    std::vector<std::int64_t> counts { 512, 639, 640, 641, 1000, 1280, 1283, 4096, 5003 };
    for (std::int64_t count = 0; count <= 300; ++count)
        counts.push_back(count);
    for (const PageDecoders& decoders : pageDecoders())
        for (const Storage storage : kForms)
            for (const std::int64_t count : counts) {
                const Page page = randomPage(random, storage, count);
                ASSERT_EQ(
                    bitsOf(decoded(decoders, page, storage, count)), bitsOf(plainly(page, storage, count)))
                    << decoders.name << ", form " << static_cast<int>(storage) << ", " << count << " weights";
            }
}

TEST(PageDecoders, KnowEveryTernaryByteAtEveryPlace)
{
    for (const PageDecoders& decoders : pageDecoders())
        for (int byte = 0; byte < 256; ++byte) {
            const Page page { std::vector<std::uint8_t>(8, static_cast<std::uint8_t>(byte)), { 0x3C00 } };
            ASSERT_EQ(decoded(decoders, page, Storage::Ternary, 40), plainly(page, Storage::Ternary, 40))
                << decoders.name << ", byte " << byte;
        }
}

TEST(PageDecoders, KnowEveryHalf)
{
    Page page;
    for (std::uint32_t half = 0; half < 65536; ++half) {
        page.bytes.push_back(static_cast<std::uint8_t>(half & 0xFFU));
        page.bytes.push_back(static_cast<std::uint8_t>(half >> 8U));
    }
    for (const PageDecoders& decoders : pageDecoders())
        EXPECT_EQ(bitsOf(decoded(decoders, page, Storage::Float16, 65536)),
            bitsOf(plainly(page, Storage::Float16, 65536)))
            << decoders.name;
}

TEST(PageDecoders, ASwitchTakesEachPageFromItsLevel)
{
    Random random(18);
    constexpr std::int64_t kSize = 130;
    for (const Storage shared : kForms)
        for (const Storage own : { Storage::Float32, Storage::Ternary, Storage::Int6 }) {
            // Three slots, two exclusive pages, one after the other.
            std::vector<Page> pages;
            Page pool, exclusive;
            for (int i = 0; i < 5; ++i) {
                Page page = randomPage(random, i < 3 ? shared : own, kSize);
                Page& level = i < 3 ? pool : exclusive;
                level.bytes.insert(level.bytes.end(), page.bytes.begin(), page.bytes.end());
                level.scales.insert(level.scales.end(), page.scales.begin(), page.scales.end());
                pages.push_back(std::move(page));
            }
            const Page run = randomPage(random, Storage::Int8, 7);
            const std::vector<std::uint8_t> table { 4, 0, 2, 2, 3 };
            std::vector<float> image(5 * kSize + 7), expected;
            SwitchPlan plan;
            plan.pool = { pool.bytes.data(), pool.scales.data(), shared };
            plan.exclusive = { exclusive.bytes.data(), exclusive.scales.data(), own };
            plan.table = table.data();
            plan.entryBytes = 1;
            plan.privateRun = { run.bytes.data(), run.scales.data(), Storage::Int8 };
            plan.privateSize = 7;
            plan.image = image.data();
            plan.pageCount = 5;
            plan.pageSize = kSize;
            plan.slotCount = 3;
            switchOnCpu(plan);
            for (const std::uint8_t code : table) {
                const std::vector<float> page = plainly(pages[code], code < 3 ? shared : own, kSize);
                expected.insert(expected.end(), page.begin(), page.end());
            }
            const std::vector<float> last = plainly(run, Storage::Int8, 7);
            expected.insert(expected.end(), last.begin(), last.end());
            EXPECT_EQ(bitsOf(image), bitsOf(expected)) << static_cast<int>(shared) << static_cast<int>(own);
        }
}

} // namespace
} // namespace palimpsest
