// SPDX-License-Identifier: Apache-2.0
#include "core/nn/rank_place.h"

#include "core/nn/task_shares.h"

#include <gtest/gtest.h>

#include <map>

namespace palimpsest {
namespace {

using Map = std::map<std::string, std::string>;

Variables of(const Map& variables)
{
    return [variables](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

const Map kTorchrun { { "WORLD_SIZE", "4" }, { "RANK", "3" }, { "LOCAL_RANK", "1" },
    { "LOCAL_WORLD_SIZE", "2" }, { "MASTER_ADDR", "node1" }, { "MASTER_PORT", "29500" } };
const Map kSlurm { { "SLURM_STEP_ID", "2" }, { "SLURM_PROCID", "5" }, { "SLURM_NTASKS", "6" },
    { "SLURM_LOCALID", "1" }, { "SLURM_STEP_TASKS_PER_NODE", "4,2" }, { "SLURM_STEP_NODELIST", "gpu[03,05]" },
    { "SLURM_JOB_ID", "77" } };

Map with(Map map, const std::string& name, const std::string& value)
{
    map[name] = value;
    return map;
}
Map without(Map map, const std::string& name)
{
    map.erase(name);
    return map;
}

TEST(RankPlace, OfAProcessAlone)
{
    for (const Map& alone : { Map {}, with(with({}, "WORLD_SIZE", "1"), "RANK", "0"),
             with(kSlurm, "SLURM_NTASKS", "1"), without(kSlurm, "SLURM_STEP_ID") }) {
        const auto place = rankPlace(of(alone));
        ASSERT_TRUE(place);
        EXPECT_FALSE(place->has_value());
    }
}

TEST(RankPlace, ByTorchrun)
{
    const auto place = rankPlace(of(kTorchrun));
    ASSERT_TRUE(place && *place);
    EXPECT_EQ(**place, (RankPlace { 3, 4, 1, 2, "node1", 29500, false, "restart0", -1 }));
    const auto again = rankPlace(
        of(with(with(kTorchrun, "TORCHELASTIC_USE_AGENT_STORE", "True"), "TORCHELASTIC_RESTART_COUNT", "2")));
    ASSERT_TRUE(again && *again);
    EXPECT_TRUE((*again)->storeIsElsewhere);
    EXPECT_EQ((*again)->session, "restart2");
}

TEST(RankPlace, BySlurm)
{
    const auto place = rankPlace(of(kSlurm));
    ASSERT_TRUE(place && *place);
    EXPECT_EQ((*place)->rank, 5);
    EXPECT_EQ((*place)->size, 6);
    EXPECT_EQ((*place)->localRank, 1);
    EXPECT_EQ((*place)->localSize, 4);
    EXPECT_EQ((*place)->host, "gpu03");
    const auto other = rankPlace(of(with(kSlurm, "SLURM_JOB_ID", "78")));
    EXPECT_NE((*place)->port, (*other)->port);
    const auto told = rankPlace(of(with(with(kSlurm, "MASTER_ADDR", "head"), "MASTER_PORT", "1234")));
    EXPECT_EQ((*told)->host, "head");
    EXPECT_EQ((*told)->port, 1234);
}

TEST(RankPlace, RefusesVariablesThatDoNotFit)
{
    const std::vector<std::pair<Map, std::string>> cases {
        { without(kTorchrun, "WORLD_SIZE"), "WORLD_SIZE is not set, but RANK is" },
        { without(kTorchrun, "RANK"), "RANK is not set, but WORLD_SIZE is 4" },
        { with(kTorchrun, "RANK", "4"), "RANK to be a whole number from 0 to 3, got \"4\"" },
        { with(kTorchrun, "RANK", "-1"), "got \"-1\"" },
        { with(kTorchrun, "WORLD_SIZE", "4x"), "WORLD_SIZE to be a whole number from 1 to 4096, got \"4x\"" },
        { with(kTorchrun, "WORLD_SIZE", "99999999999999"), "got \"99999999999999\"" },
        { without(kTorchrun, "MASTER_ADDR"), "MASTER_ADDR is not set" },
        { with(kTorchrun, "MASTER_PORT", "65536"), "MASTER_PORT to be a whole number from 1 to 65535" },
        { with(kTorchrun, "LOCAL_RANK", "x"), "LOCAL_RANK" },
        { without(kSlurm, "SLURM_PROCID"), "SLURM_PROCID is not set, but SLURM_NTASKS is 6" },
        { without(kSlurm, "SLURM_STEP_NODELIST"), "SLURM_STEP_NODELIST is not set" },
    };
    for (const auto& [variables, expected] : cases) {
        const auto place = rankPlace(of(variables));
        ASSERT_FALSE(place) << expected;
        EXPECT_EQ(place.error().kind, ErrorKind::BadInput);
        EXPECT_NE(place.error().message.find(expected), std::string::npos) << place.error().message;
    }
}

TEST(RankPlace, FirstHostOfAList)
{
    EXPECT_EQ(firstHost("node1"), "node1");
    EXPECT_EQ(firstHost("a,b"), "a");
    EXPECT_EQ(firstHost("gpu[03-05,9],login1"), "gpu03");
    EXPECT_EQ(firstHost("rack[1-2]n[7,8].local"), "rack1n7.local");
    EXPECT_EQ(firstHost("["), "");
}

TEST(TaskShares, GiveTheDearestFirst)
{
    const std::vector<double> costs { 1.0, 8.0, 3.0, 5.0, 3.0 };
    EXPECT_EQ(shareTasks(costs, 1), (std::vector<int> { 0, 0, 0, 0, 0 }));
    EXPECT_EQ(shareTasks(costs, 2), (std::vector<int> { 1, 0, 1, 1, 0 }));
    EXPECT_EQ(shareTasks(std::vector<double> { 1.0, 1.0, 1.0 }, 3), (std::vector<int> { 0, 1, 2 }));
    EXPECT_TRUE(shareTasks({}, 2).empty());
}

TEST(TaskShares, CountMultiplications)
{
    Network network;
    network.inputShape = { 1, 4, 4 };
    Layer convolution;
    convolution.kind = LayerKind::Conv2d;
    convolution.outputs = 2;
    convolution.kernel = { 3, 3 };
    Layer flatten;
    flatten.kind = LayerKind::Flatten;
    Layer linear;
    linear.outputs = 5;
    network.layers = { convolution, flatten, linear };
    ASSERT_TRUE(completeNetwork(network, "test"));
    // 2 channels of 2 x 2 positions, 9 weights each; 8 x 5 weights; outputs 8, 8 and 5.
    EXPECT_EQ(forwardCost(network), 2.0 * 4.0 * 9.0 + 40.0 + 21.0);
}

} // namespace
} // namespace palimpsest
