// SPDX-License-Identifier: Apache-2.0
#include "core/nn/ranks.h"

#include "core/nn/torch_headers.h"
#include "tests/core/nn/rank_group.h"

#include <gtest/gtest.h>

#include <csignal>
#include <stop_token>

namespace palimpsest {
namespace {

using namespace std::chrono_literals;
using test::RankGroup;

at::Tensor numbers(int rank)
{
    return at::arange(1000, at::kFloat).div_(7.0).add_(0.1 * rank).sin_();
}

TEST(Ranks, AddUpNumbersOfEveryType)
{
    RankGroup group(2);
    const int rank = group.ranks().rank();
    const at::Tensor values = numbers(rank);
    ASSERT_TRUE(group.ranks().sum(values));
    EXPECT_TRUE(at::equal(values, numbers(0) + numbers(1)));

    const at::Tensor wide = at::full({ 3 }, 1e-12 + rank, at::kDouble);
    ASSERT_TRUE(group.ranks().sum(wide));
    EXPECT_TRUE(at::equal(wide, at::full({ 3 }, 1e-12 + (1e-12 + 1), at::kDouble)));

    // A rank that has nothing to say puts zeros there: what another has comes through bit for bit.
    const at::Tensor bytes = rank == 1 ? at::arange(256, at::kByte) : at::zeros({ 256 }, at::kByte);
    ASSERT_TRUE(group.ranks().sum(bytes));
    EXPECT_TRUE(at::equal(bytes, at::arange(256, at::kByte)));
}

TEST(Ranks, OfThreeGetTheSameBits)
{
    RankGroup group(3);
    group.expectEnds({ 0, 0 });
    const at::Tensor values = numbers(group.ranks().rank());
    ASSERT_TRUE(group.ranks().sum(values));
    // The others' results come to rank 0 by sums with zeros.
    for (int other = 1; other < 3; ++other) {
        const at::Tensor theirs = group.ranks().rank() == other ? values.clone() : at::zeros_like(values);
        ASSERT_TRUE(group.ranks().sum(theirs));
        EXPECT_TRUE(at::equal(theirs, values));
    }
    EXPECT_TRUE(at::allclose(values, numbers(0) + numbers(1) + numbers(2)));
}

TEST(Ranks, TakeOrdersInTurn)
{
    RankGroup group(2);
    if (group.ranks().isFirst()) {
        ASSERT_TRUE(group.ranks().give("first"));
        ASSERT_TRUE(group.ranks().give("second"));
        return;
    }
    const std::stop_source stop;
    EXPECT_EQ(group.ranks().nextOrder(stop.get_token()).value(), "first");
    EXPECT_EQ(group.ranks().nextOrder(stop.get_token()).value(), "second");
    EXPECT_EQ(group.ranks().nextOrder(stop.get_token()).value(), std::nullopt); // rank 0 has left
}

TEST(Ranks, StopWaitingForAnOrderWhenAsked)
{
    RankGroup group(2);
    if (!group.ranks().isFirst()) {
        std::stop_source stop;
        stop.request_stop();
        const auto order = group.ranks().nextOrder(stop.get_token());
        ASSERT_FALSE(order);
        EXPECT_EQ(order.error().kind, ErrorKind::Canceled);
    }
    ASSERT_TRUE(group.ranks().barrier()); // rank 0 does not leave before
}

TEST(Ranks, NameTheOneThatWasKilled)
{
    RankGroup group(3);
    const int victim = 1;
    if (group.ranks().rank() == victim)
        ::raise(SIGKILL);
    const Status sum = group.ranks().sum(at::zeros({ 100 }));
    ASSERT_FALSE(sum);
    EXPECT_EQ(sum.error().kind, ErrorKind::Failed);
    EXPECT_NE(sum.error().message.find("rank 1 of 3 has ended"), std::string::npos) << sum.error().message;
    EXPECT_EQ(group.ranks().isSpeaker(), group.ranks().isFirst());
    group.expectEnds({ -SIGKILL, 0 });
}

TEST(Ranks, PassOnWhyOneFailed)
{
    RankGroup group(2);
    if (!group.ranks().isFirst()) {
        const Error error = badInput("the file is not here", "a.bin");
        group.ranks().leave(&error);
        EXPECT_FALSE(group.ranks().isSpeaker());
        ::_exit(testing::Test::HasFailure() ? 1 : 0);
    }
    const Status sum = group.ranks().sum(at::zeros({ 100 }));
    ASSERT_FALSE(sum);
    EXPECT_EQ(sum.error().message, "rank 1 failed: a.bin: the file is not here");
    EXPECT_TRUE(group.ranks().isSpeaker());
}

TEST(Ranks, NameTheOneThatDoesNotAnswer)
{
    RankGroup group(2, { .meeting = 20s, .answer = 1s });
    if (!group.ranks().isFirst())
        ::raise(SIGSTOP);
    const Status sum = group.ranks().sum(at::zeros({ 100 }));
    ASSERT_FALSE(sum);
    EXPECT_NE(sum.error().message.find("rank 1 of 2 has not answered for 1 s"), std::string::npos)
        << sum.error().message;
    ::kill(group.children().children().at(0), SIGKILL);
    group.expectEnds({ -SIGKILL });
}

TEST(Ranks, SayThatTheFirstIsGone)
{
    RankGroup group(2);
    ASSERT_TRUE(group.ranks().sum(at::zeros({ 1 })));
    if (group.ranks().isFirst()) {
        group.vanish();
        return;
    }
    const std::stop_source stop;
    const auto order = group.ranks().nextOrder(stop.get_token());
    ASSERT_FALSE(order);
    EXPECT_NE(order.error().message.find("rank 0 of 2 has ended"), std::string::npos)
        << order.error().message;
    EXPECT_TRUE(group.ranks().isSpeaker());
}

TEST(Ranks, WhoWaitForAnOrderLearnWhyTheFirstFailed)
{
    RankGroup group(2);
    if (group.ranks().isFirst()) {
        const Error error = failure("the disk is full");
        group.ranks().leave(&error);
        EXPECT_TRUE(group.ranks().isSpeaker());
        return;
    }
    const std::stop_source stop;
    const auto order = group.ranks().nextOrder(stop.get_token());
    ASSERT_FALSE(order);
    EXPECT_EQ(order.error().message, "rank 0 failed: the disk is full");
    EXPECT_FALSE(group.ranks().isSpeaker());
}

TEST(Ranks, SayWhoDidNotCome)
{
    auto place = openLoopback(3);
    ASSERT_TRUE(place);
    const auto met = meetRanks(*place, { .meeting = 300ms, .answer = 1s });
    ASSERT_FALSE(met);
    EXPECT_NE(met.error().message.find("1, 2"), std::string::npos) << met.error().message;
}

TEST(Ranks, SayThatRankZeroIsNotThere)
{
    RankPlace place;
    place.rank = 1;
    place.size = 2;
    place.port = 1; // nothing listens there
    const auto met = meetRanks(place, { .meeting = 1s, .answer = 1s });
    ASSERT_FALSE(met);
    EXPECT_NE(met.error().message.find("rank 1 does not reach rank 0 at 127.0.0.1:1"), std::string::npos)
        << met.error().message;
}

} // namespace
} // namespace palimpsest
