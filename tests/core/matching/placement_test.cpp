// SPDX-License-Identifier: Apache-2.0
#include "core/matching/placement.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

TEST(Placement, CountsTheBytesOfAPageInEveryStorageForm)
{
    // DESIGN.md 1: a page of 512 weights takes 2048, 1024, 512, 384, 256, 192, 103, 64 bytes, and its scales 8.
    EXPECT_EQ(packedBytes(Storage::Float32, 512), 2048);
    EXPECT_EQ(packedBytes(Storage::Float16, 512), 1024);
    EXPECT_EQ(packedBytes(Storage::Int8, 512), 512);
    EXPECT_EQ(packedBytes(Storage::Int6, 512), 384);
    EXPECT_EQ(packedBytes(Storage::Int4, 512), 256);
    EXPECT_EQ(packedBytes(Storage::Int3, 512), 192);
    EXPECT_EQ(packedBytes(Storage::Ternary, 512), 103);
    EXPECT_EQ(packedBytes(Storage::Binary, 512), 64);
    for (const Storage storage :
        { Storage::Int8, Storage::Int6, Storage::Int4, Storage::Int3, Storage::Ternary, Storage::Binary })
        EXPECT_EQ(scaleBytes(storage, 512), 8);
    EXPECT_EQ(scaleBytes(Storage::Float32, 512), 0);
    EXPECT_EQ(scaleBytes(Storage::Float16, 512), 0);
}

TEST(Placement, EveryPageStartsOnAByte)
{
    EXPECT_EQ(packedBytes(Storage::Int3, 100), 38); // 37.5
    EXPECT_EQ(packedBytes(Storage::Int6, 3), 3); // 2.25
    EXPECT_EQ(packedBytes(Storage::Binary, 1), 1);
    EXPECT_EQ(packedBytes(Storage::Ternary, 5), 1);
    EXPECT_EQ(packedBytes(Storage::Ternary, 6), 2);
    EXPECT_EQ(scaleBytes(Storage::Int8, 100), 2);
    EXPECT_EQ(scaleBytes(Storage::Int8, 129), 4);
}

/// Two networks of pages of 64: 200 weights on 4 pages and a bias of 10, and 64 weights on 1 page and a bias of 3.
class PlacementOfTwo : public testing::Test {
protected:
    void SetUp() override
    {
        m_networks[0].tensors
            = { { "w", { 10, 20 }, TensorRole::Weight, 0 }, { "b", { 10 }, TensorRole::Bias, 0 } };
        m_networks[1].tensors
            = { { "w", { 8, 8 }, TensorRole::Weight, 0 }, { "b", { 3 }, TensorRole::Bias, 0 } };
        m_pages.pageSize = 64;
        for (std::size_t t = 0; t < 2; ++t) {
            m_layouts[t] = formPages(m_networks[t], m_pages).value();
            m_networkList.push_back(&m_networks[t]);
            m_layoutList.push_back(&m_layouts[t]);
        }
        m_input = { m_networkList, m_layoutList, { &m_tables[0], &m_tables[1] }, 3, 2 };
    }

    Network m_networks[2];
    PageLayout m_layouts[2];
    PageTable m_tables[2] { { { { false, 0 }, { false, 1 }, { false, 2 }, { true, 0 } } },
        { { { true, 1 } } } };
    std::vector<const Network*> m_networkList;
    std::vector<const PageLayout*> m_layoutList;
    PagesSettings m_pages;
    PlacementInput m_input;
};

TEST_F(PlacementOfTwo, AddsUpFloat32Pages)
{
    const MemoryPlan plan = placePages(m_input, m_pages, {}).value();
    EXPECT_EQ(plan.standaloneBytes, (210 + 67) * 4);
    EXPECT_EQ(plan.poolBytes, 3 * 256);
    EXPECT_EQ(plan.exclusiveBytes, 2 * 256);
    EXPECT_EQ(plan.privateBytes, 13 * 4);
    EXPECT_EQ(plan.tableBytes, 5);
    EXPECT_EQ(plan.scaleBytes, 0);
    EXPECT_EQ(plan.scratchBytes, (256 + 10) * 4) << "whole pages are gathered";
    EXPECT_EQ(plan.level2Bytes, 2 * 256);
    EXPECT_EQ(plan.virtualizedBytes(), 768 + 512 + 52 + 5);
    EXPECT_EQ(plan.level1Bytes(), 768 + 52 + 5 + 1064);
    EXPECT_DOUBLE_EQ(plan.ratio(), 1108.0 / 1337.0);
}

TEST_F(PlacementOfTwo, AddsUpNarrowPagesWithTheirScales)
{
    m_pages.poolStorage = Storage::Ternary;
    m_pages.exclusiveStorage = Storage::Int8;
    const MemoryPlan plan = placePages(m_input, m_pages, {}).value();
    EXPECT_EQ(plan.poolBytes, 3 * 13);
    EXPECT_EQ(plan.exclusiveBytes, 2 * 64);
    EXPECT_EQ(plan.privateBytes, 13 * 2) << "float16 beside narrow pages";
    EXPECT_EQ(plan.scaleBytes, 3 * 2 + 2 * 2);
    EXPECT_EQ(plan.level2Bytes, 2 * 64 + 2 * 2);
    EXPECT_EQ(plan.level1Bytes(), 39 + 26 + 5 + 6 + plan.scratchBytes);
}

TEST_F(PlacementOfTwo, SaysTheSmallestBudgetThatWouldDo)
{
    const MemoryPlan plan = placePages(m_input, m_pages, {}).value();
    EXPECT_TRUE(placePages(m_input, m_pages, { plan.level1Bytes(), plan.level2Bytes }).ok());
    auto result = placePages(m_input, m_pages, { plan.level1Bytes() - 1, 0 });
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
    EXPECT_NE(result.error().text().find(std::to_string(plan.level1Bytes()) + " bytes"), std::string::npos);
    result = placePages(m_input, m_pages, { 0, plan.level2Bytes - 1 });
    ASSERT_FALSE(result.ok());
    EXPECT_NE(result.error().text().find("512 bytes"), std::string::npos) << result.error().text();
}

TEST_F(PlacementOfTwo, PoolTakesWhatTheBudgetLeaves)
{
    // Private 52, scratch 1064, tables 5: 1121 beside the pool.
    const auto slots = [&](std::int64_t level1Bytes) {
        return poolSlots(m_networkList, m_layoutList, m_pages, { level1Bytes, 0 }, 0);
    };
    EXPECT_EQ(slots(1121 + 256).value(), 1);
    EXPECT_EQ(slots(1121 + 3 * 256 - 1).value(), 2);
    EXPECT_EQ(slots(1121 + 3 * 256).value(), 3);
    EXPECT_EQ(slots(1'000'000'000).value(), 5) << "there are no more pages";
    const auto tooSmall = slots(1121 + 255);
    ASSERT_FALSE(tooSmall.ok());
    EXPECT_NE(tooSmall.error().text().find("1377 bytes"), std::string::npos) << tooSmall.error().text();
    EXPECT_FALSE(poolSlots(m_networkList, m_layoutList, m_pages, {}, 0).ok())
        << "neither pages nor bytes given";
}

TEST_F(PlacementOfTwo, AGivenPoolMustFitTheBudget)
{
    m_pages.poolPages = 4;
    EXPECT_EQ(poolSlots(m_networkList, m_layoutList, m_pages, {}, 0).value(), 4);
    EXPECT_EQ(poolSlots(m_networkList, m_layoutList, m_pages, { 1121 + 4 * 256, 0 }, 0).value(), 4);
    const auto tooSmall = poolSlots(m_networkList, m_layoutList, m_pages, { 1121 + 4 * 256 - 1, 0 }, 0);
    ASSERT_FALSE(tooSmall.ok());
    EXPECT_EQ(tooSmall.error().kind, ErrorKind::BadInput);
    EXPECT_NE(tooSmall.error().text().find("2145 bytes"), std::string::npos) << tooSmall.error().text();
}

TEST(Placement, SlotsMakeRoomForWiderTableEntries)
{
    // 1,000 pages of 64 weights: entries take 1 byte up to 256 slots, then 2.
    Network network;
    network.tensors = { { "w", { 1000, 64 }, TensorRole::Weight, 0 } };
    PagesSettings pages;
    pages.pageSize = 64;
    const PageLayout layout = formPages(network, pages).value();
    const std::vector<const Network*> networks { &network };
    const std::vector<const PageLayout*> layouts { &layout };
    const std::int64_t scratch = 64'000 * 4;
    const auto slots = [&](std::int64_t bytes) {
        return poolSlots(networks, layouts, pages, { bytes, 0 }, 0).value();
    };
    EXPECT_EQ(slots(scratch + 1000 + 256 * 256), 256);
    EXPECT_EQ(slots(scratch + 1000 + 258 * 256), 256) << "257 slots would need 2,000 bytes of table";
    EXPECT_EQ(slots(scratch + 2000 + 257 * 256), 257);
    EXPECT_EQ(poolSlots(networks, layouts, pages, { scratch + 1000 + 256 * 256, 0 }, 10).value(), 252)
        << "exclusive pages need codes too: 252 slots at 2 bytes an entry beat 246 at 1";
}

} // namespace
} // namespace palimpsest
