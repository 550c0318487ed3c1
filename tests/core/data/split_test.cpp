// SPDX-License-Identifier: Apache-2.0
#include "core/data/split.h"

#include "core/data/dataset.h"
#include "fixtures.h"

#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <set>

namespace palimpsest {
namespace {

using test::badInputText;
using test::require;

RawSamples labelled(std::vector<std::int32_t> labels, std::vector<std::int32_t> groups = {})
{
    RawSamples samples;
    samples.x = Array(DType::UInt8, { static_cast<std::int64_t>(labels.size()), 1 });
    samples.y = std::move(labels);
    samples.group = std::move(groups);
    return samples;
}

SplitSettings validationShare(double share, std::int64_t block = 1)
{
    SplitSettings split;
    split.validation = share;
    split.block = block;
    return split;
}

/// Every sample is on one side, ascending.
void requirePartition(const TrainSplit& split, std::size_t count)
{
    RC_ASSERT(std::is_sorted(split.train.begin(), split.train.end()));
    RC_ASSERT(std::is_sorted(split.validation.begin(), split.validation.end()));
    std::vector<std::int64_t> all;
    std::merge(split.train.begin(), split.train.end(), split.validation.begin(), split.validation.end(),
        std::back_inserter(all));
    RC_ASSERT(all.size() == count);
    for (std::size_t i = 0; i < count; ++i)
        RC_ASSERT(all[i] == static_cast<std::int64_t>(i));
}

TEST(SplitTrain, KeepsTheShareOfEachClass)
{
    EXPECT_TRUE(rc::check([] {
        const int classes = *rc::gen::inRange(2, 6);
        std::vector<std::int32_t> labels;
        for (std::int32_t label = 0; label < classes; ++label)
            labels.insert(labels.end(), static_cast<std::size_t>(*rc::gen::inRange(2, 40)), label);
        const auto order = *rc::gen::arbitrary<std::uint64_t>();
        std::shuffle(labels.begin(), labels.end(), std::mt19937_64(order));
        const double share = *rc::gen::inRange(1, 100) / 100.0;
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();

        const RawSamples train = labelled(labels);
        const TrainSplit split = require(splitTrain(train, validationShare(share), seed, "x"));
        requirePartition(split, labels.size());
        for (std::int32_t label = 0; label < classes; ++label) {
            const auto total = std::count(labels.begin(), labels.end(), label);
            const auto off = std::count_if(split.validation.begin(), split.validation.end(),
                [&](std::int64_t i) { return labels[static_cast<std::size_t>(i)] == label; });
            RC_ASSERT(off >= 1 && off < total);
            const double target
                = std::clamp(share * static_cast<double>(total), 1.0, static_cast<double>(total - 1));
            RC_ASSERT(std::abs(static_cast<double>(off) - target) <= 0.5 + 1e-9);
        }
        const TrainSplit again = require(splitTrain(train, validationShare(share), seed, "x"));
        RC_ASSERT(again.train == split.train && again.validation == split.validation);
    }));
}

TEST(SplitTrain, NeverPartsAGroup)
{
    EXPECT_TRUE(rc::check([] {
        // Groups of one class each, of any size, scattered over the samples.
        const int classes = *rc::gen::inRange(2, 5);
        std::vector<std::pair<std::int32_t, std::int32_t>> samples; // label, group
        std::vector<double> largest(static_cast<std::size_t>(classes));
        std::int32_t group = *rc::gen::inRange(-5, 5);
        for (std::int32_t label = 0; label < classes; ++label)
            for (int i = *rc::gen::inRange(2, 8); i > 0; --i, group += 3) {
                const int size = *rc::gen::inRange(1, 7);
                samples.insert(samples.end(), static_cast<std::size_t>(size), { label, group });
                double& most = largest[static_cast<std::size_t>(label)];
                most = std::max(most, static_cast<double>(size));
            }
        std::shuffle(samples.begin(), samples.end(), std::mt19937_64(*rc::gen::arbitrary<std::uint64_t>()));
        std::vector<std::int32_t> labels;
        std::vector<std::int32_t> groups;
        for (const auto& [label, id] : samples) {
            labels.push_back(label);
            groups.push_back(id);
        }
        const double share = *rc::gen::inRange(10, 90) / 100.0;
        const TrainSplit split = require(splitTrain(
            labelled(labels, groups), validationShare(share), *rc::gen::arbitrary<std::uint64_t>(), "x"));
        requirePartition(split, labels.size());

        std::set<std::int32_t> groupsOff;
        std::map<std::int32_t, double> off;
        for (const std::int64_t i : split.validation) {
            groupsOff.insert(groups[static_cast<std::size_t>(i)]);
            ++off[labels[static_cast<std::size_t>(i)]];
        }
        std::map<std::int32_t, double> total;
        for (const std::int32_t label : labels)
            ++total[label];
        for (const std::int64_t i : split.train) {
            RC_ASSERT(groupsOff.count(groups[static_cast<std::size_t>(i)]) == 0U);
        }
        for (const auto& [label, count] : total) {
            RC_ASSERT(off[label] > 0 && off[label] < count);
            RC_ASSERT(std::abs(off[label] - share * count) <= largest[static_cast<std::size_t>(label)]);
        }
    }));
}

TEST(SplitTrain, KeepsBlocksOfConsecutiveSamplesWhole)
{
    EXPECT_TRUE(rc::check([] {
        const std::int64_t block = *rc::gen::inRange(2, 9);
        const int blocks = *rc::gen::inRange(4, 30);
        std::vector<std::int32_t> labels;
        for (int i = 0; i < blocks; ++i)
            labels.insert(labels.end(), static_cast<std::size_t>(block), i % 2);
        labels.resize(labels.size()
            - static_cast<std::size_t>(*rc::gen::inRange<std::int64_t>(0, block))); // a shorter last one
        const TrainSplit split = require(splitTrain(
            labelled(labels), validationShare(0.25, block), *rc::gen::arbitrary<std::uint64_t>(), "x"));
        requirePartition(split, labels.size());
        std::set<std::int64_t> off;
        for (const std::int64_t i : split.validation)
            off.insert(i / block);
        for (const std::int64_t i : split.train)
            RC_ASSERT(off.count(i / block) == 0U);
    }));
}

TEST(SplitTrain, DependsOnTheSeed)
{
    const RawSamples train
        = labelled(std::vector<std::int32_t> { 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 });
    std::set<std::vector<std::int64_t>> seen;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        seen.insert(require(splitTrain(train, validationShare(0.5), seed, "x")).validation);
    EXPECT_GT(seen.size(), 10U);
}

TEST(SplitTrain, IsTheSameOnEveryMachine)
{
    const RawSamples train = labelled({ 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 });
    const TrainSplit split = require(splitTrain(train, validationShare(0.3), 7, "x"));
    EXPECT_EQ(
        split.validation, (std::vector<std::int64_t> { 6, 8, 9, 11 })); // stored results were made with it
}

TEST(SplitTrain, NamesTheClassThatIsTooSmall)
{
    EXPECT_CONTAINS(badInputText(splitTrain(labelled({ 0, 0, 1 }), validationShare(0.5), 1, "tasks.a")),
        "tasks.a: class 1 has 1 sample, too few for both sides of split.validation");
    EXPECT_CONTAINS(badInputText(splitTrain(
                        labelled({ 0, 0, 1, 1, 1 }, { 1, 2, 3, 3, 3 }), validationShare(0.5), 1, "x")),
        "class 1 has 3 samples and begins 1 group of samples that stay together");
    // Class 1 never begins a group: both of its samples follow one of class 0.
    EXPECT_CONTAINS(
        badInputText(splitTrain(labelled({ 0, 1, 1, 0 }, { 1, 1, 1, 2 }), validationShare(0.5), 1, "x")),
        "class 1 has 2 samples and begins 0 groups");
}

TEST(SplitTrain, RefusesAnEmptySide)
{
    const RawSamples train = labelled({ 0, 0, 1, 1 });
    for (const double share : { 0.0, 1.0, -0.1, 1.5, std::numeric_limits<double>::quiet_NaN() })
        EXPECT_CONTAINS(badInputText(splitTrain(train, validationShare(share), 1, "x")),
            "split.validation must be more than 0 and less than 1");
    EXPECT_CONTAINS(
        badInputText(splitTrain(train, validationShare(0.5, 0), 1, "x")), "split.block must be 1 or more");
    EXPECT_CONTAINS(badInputText(splitTrain(labelled({}), validationShare(0.5), 1, "x")), "no samples");
}

} // namespace
} // namespace palimpsest
