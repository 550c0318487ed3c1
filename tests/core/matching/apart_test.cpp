// SPDX-License-Identifier: Apache-2.0
#include "core/matching/matching.h"
#include "core/pages/page_layout.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace palimpsest {
namespace {

/// One task of four pages of one weight for a pool of three slots: one slot is used twice. Pages 0 and 3 are equal, so that
/// sharing costs least exactly where it is forbidden.
struct TiedTask {
    std::vector<float> weights { 1.0F, 5.0F, 9.0F, 1.0F };
    std::vector<float> fisher { 1.0F, 1.0F, 1.0F, 1.0F };
    MatchProblem problem;

    TiedTask()
    {
        problem.tasks = { { weights, fisher, {}, 4 } };
        problem.pageSize = 1;
        problem.slotCount = 3;
    }
};

class Apart : public testing::TestWithParam<MatchingStrategy> { };

TEST_P(Apart, FlaggedPagesNeverTakeOneSlot)
{
    TiedTask tied;
    MatchingSettings settings;
    settings.strategy = GetParam();
    JobChannel channel;
    const JobContext context(channel, {});

    const auto free = matchPages(tied.problem, settings, 1, context);
    ASSERT_TRUE(free.ok());
    tied.problem.apart = { { 1, 0, 0, 1 } };
    const auto apart = matchPages(tied.problem, settings, 1, context);
    ASSERT_TRUE(apart.ok());
    const auto& entries = apart->tables.at(0).entries;
    EXPECT_NE(entries[0].index, entries[3].index);
    // Worked by hand: 1 with 5, or 5 with 9, costs (4/2)^2 twice.
    EXPECT_DOUBLE_EQ(apart->costBarycentre, 8.0);
    if (GetParam() == MatchingStrategy::Descent) {
        EXPECT_EQ(free->tables.at(0).entries[0].index, free->tables.at(0).entries[3].index)
            << "equal pages share for nothing";
        EXPECT_DOUBLE_EQ(free->costBarycentre, 0.0);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Strategies, Apart, testing::Values(MatchingStrategy::Sequential, MatchingStrategy::Descent));

TEST(Apart, FlagsMustFitTheTask)
{
    TiedTask tied;
    tied.problem.apart = { { 1, 0 } };
    JobChannel channel;
    EXPECT_FALSE(matchPages(tied.problem, {}, 1, JobContext(channel, {})).ok());
}

TEST(OutputLayerPages, AreThoseWithRowsOfTheLastLayer)
{
    Network network;
    network.inputShape = { 10 };
    Layer first;
    first.name = "first";
    first.outputs = 20; // 200 weights: pages 0..3 of 64
    Layer last;
    last.name = "last";
    last.outputs = 7; // 140 weights: a tensor of a page or more starts on a page: 4, 5, 6
    network.layers = { first, last };
    ASSERT_TRUE(completeNetwork(network, "test").ok());
    PagesSettings settings;
    settings.pageSize = 64;
    const auto layout = formPages(network, settings);
    ASSERT_TRUE(layout.ok());
    EXPECT_EQ(outputLayerPages(network, *layout), (std::vector<std::uint8_t> { 0, 0, 0, 0, 1, 1, 1 }));
}

} // namespace
} // namespace palimpsest
