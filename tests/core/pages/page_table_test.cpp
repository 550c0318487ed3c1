// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_table.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace palimpsest {
namespace {

TEST(PageTable, CountsExclusivePages)
{
    EXPECT_EQ(PageTable {}.exclusiveCount(), 0);
    const PageTable table { { { false, 3 }, { true, 0 }, { false, 3 }, { true, 1 } } };
    EXPECT_EQ(table.exclusiveCount(), 2);
}

TEST(PageTable, TakesTheNarrowestEntryThatHoldsEveryCode)
{
    EXPECT_EQ(tableEntryBytes(1, 0), 1);
    EXPECT_EQ(tableEntryBytes(256, 0), 1); // codes 0..255
    EXPECT_EQ(tableEntryBytes(250, 6), 1);
    EXPECT_EQ(tableEntryBytes(250, 7), 2);
    EXPECT_EQ(tableEntryBytes(65'536, 0), 2);
    EXPECT_EQ(tableEntryBytes(65'536, 1), 4);
}

TEST(PageTable, CodesExclusivePagesAfterTheSlots)
{
    const PageTable table { { { false, 4 }, { true, 0 }, { false, 0 }, { true, 7 } } };
    const std::vector<std::uint32_t> codes = encodeTable(table, 5);
    EXPECT_EQ(codes, (std::vector<std::uint32_t> { 4, 5, 0, 12 }));
    EXPECT_EQ(decodeTable(codes, 5), table);
}

TEST(PageTable, RefusesASlotOutsideThePool)
{
    EXPECT_THROW((void)encodeTable({ { { false, 5 } } }, 5), std::invalid_argument);
}

} // namespace
} // namespace palimpsest
