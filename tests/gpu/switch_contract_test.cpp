// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_codec.h"
#include "core/pages/page_table.h"
#include "tests/gpu/backend_contract.h"

#include <cstring>

namespace palimpsest {
namespace {

constexpr Storage kForms[] { Storage::Float32, Storage::Float16, Storage::Int8, Storage::Int6, Storage::Int4,
    Storage::Int3, Storage::Ternary, Storage::Binary };
constexpr PageCase kSwitchCases[] { { 0, 64, 4, 0 }, { 1, 1, 1, 0 }, { 1, 512, 0, 1 }, { 31, 3, 5, 2 },
    { 130, 512, 128, 10 }, { 257, 100, 40, 9 }, { 300, 4, 300, 0 }, { 7, 1025, 3, 2 }, { 3, 65536, 2, 1 },
    { 33, 132, 70000, 3 }, { 4099, 64, 50, 3 } };

std::vector<std::uint8_t> narrowTable(const std::vector<std::uint32_t>& codes, int entryBytes)
{
    std::vector<std::uint8_t> table;
    for (const std::uint32_t code : codes)
        for (int byte = 0; byte < entryBytes; ++byte)
            table.push_back(static_cast<std::uint8_t>(code >> (8 * byte)));
    return table;
}

/// The weights that the switch must bring, put together from decoded pages.
std::vector<float> plainSwitch(const StoredPages& pool, const StoredPages& exclusive,
    const std::vector<std::uint32_t>& codes, const std::vector<float>& run, const PageCase& size)
{
    const std::vector<float> shared = decodePages(pool);
    const std::vector<float> own = decodePages(exclusive);
    std::vector<float> image;
    for (const std::uint32_t code : codes) {
        const bool inPool = code < size.slotCount;
        const auto first = (inPool ? shared.begin() : own.begin())
            + (inPool ? code : code - static_cast<std::uint32_t>(size.slotCount)) * size.pageSize;
        image.insert(image.end(), first, first + size.pageSize);
    }
    image.insert(image.end(), run.begin(), run.end());
    return image;
}

TEST_P(BackendContract, SwitchDecodesPagesOfEveryFormFromBothLevels)
{
    for (const PageCase& size : kSwitchCases) {
        for (const Storage form : kForms) {
            for (const std::size_t offset : { 0U, 1U }) { // 1: the image is not aligned for wide stores
                SCOPED_TRACE(std::to_string(size.pageCount) + " pages of " + std::to_string(size.pageSize)
                    + ", form " + std::to_string(static_cast<int>(form)) + ", offset "
                    + std::to_string(offset));
                // Exclusive pages in the next form, so that two forms meet in one switch.
                const Storage other = kForms[(static_cast<std::size_t>(form) + 1) % std::size(kForms)];
                const StoredPages pool = encodePages(
                    randomFloats(m_random, sizeOf(size.slotCount, size.pageSize)), size.pageSize, form);
                const StoredPages exclusive = encodePages(
                    randomFloats(m_random, sizeOf(size.exclusiveCount, size.pageSize)), size.pageSize, other);
                const auto codes
                    = randomCodes(m_random, size.pageCount, size.slotCount + size.exclusiveCount);
                const auto entryBytes
                    = static_cast<int>(tableEntryBytes(size.slotCount, size.exclusiveCount));
                const StoredPages run = encodePages(randomFloats(m_random, 701 * offset), 701,
                    offset == 1 ? Storage::Int8 : Storage::Float16);

                const auto poolBytes = put(pool.bytes);
                const auto poolScales = put(pool.scales);
                const auto exclusiveBytes = put(exclusive.bytes, Level::Pinned);
                const auto exclusiveScales = put(exclusive.scales, Level::Pinned);
                const auto table = put(narrowTable(codes, entryBytes));
                const auto runBytes = put(run.bytes);
                const auto runScales = put(run.scales);
                const std::vector<float> expected
                    = plainSwitch(pool, exclusive, codes, decodePages(run), size);
                const auto image = put(std::vector<float>(expected.size(), kPoison), Level::Device, offset);

                SwitchPlan plan;
                plan.pool = { poolBytes.data(), poolScales.data(), form };
                plan.exclusive = { exclusiveBytes.data(), exclusiveScales.data(), other };
                plan.table = table.data();
                plan.entryBytes = entryBytes;
                plan.privateRun = { runBytes.data(), runScales.data(), run.storage };
                plan.privateSize = static_cast<std::int64_t>(701 * offset);
                plan.image = image.data();
                plan.pageCount = size.pageCount;
                plan.pageSize = size.pageSize;
                plan.slotCount = size.slotCount;
                const auto signal = put(std::vector<std::uint32_t> { 0 }, Level::Pinned);
                const auto blocksDone = put(std::vector<std::uint32_t> { 0 });
                plan.signal = signal.data();
                plan.signalValue = 77;
                plan.blocksDone = blocksDone.data();
                m_backend->switchTo(plan, nullptr);
                EXPECT_EQ(image.values(), expected);
                EXPECT_TRUE(image.guardsAreWhole());
                EXPECT_EQ(signal.values().front(), 77U);
                EXPECT_EQ(blocksDone.values().front(), 0U) << "ready for the next switch";
            }
        }
    }
}

TEST_P(BackendContract, SwitchCopiesAFloatRunBehindThePages)
{
    const std::vector<float> pages = randomFloats(m_random, 3 * 64);
    const std::vector<float> run = randomFloats(m_random, 1500);
    const std::vector<std::uint32_t> codes { 2, 0 };
    const auto pool = put(pages);
    const auto table = put(codes);
    const auto privateRun = put(run);
    const auto image = put(std::vector<float>(2 * 64 + run.size(), kPoison));
    SwitchPlan plan;
    plan.pool.pages = pool.data();
    plan.table = table.data();
    plan.privateRun.pages = privateRun.data();
    plan.privateSize = static_cast<std::int64_t>(run.size());
    plan.image = image.data();
    plan.pageCount = 2;
    plan.pageSize = 64;
    plan.slotCount = 3;
    m_backend->switchTo(plan, nullptr);
    std::vector<float> expected(pages.begin() + 128, pages.end());
    expected.insert(expected.end(), pages.begin(), pages.begin() + 64);
    expected.insert(expected.end(), run.begin(), run.end());
    EXPECT_EQ(image.values(), expected);
    EXPECT_TRUE(image.guardsAreWhole());
}

} // namespace
} // namespace palimpsest
