// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_channel.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace palimpsest {
namespace {

using namespace std::chrono_literals;

struct PageMapMade : StageEvent {
    explicit PageMapMade(int pageCount)
        : pages(pageCount)
    {
    }
    int pages;
};

TEST(JobChannel, KeepsOnlyTheNewestProgress)
{
    JobChannel channel;
    channel.beginStage("train");
    channel.setProgress(0.1, "fashion: epoch 1");
    channel.setProgress(0.2, "fashion: epoch 2");
    const JobChannel::Update update = channel.take();
    EXPECT_EQ(update.stage, "train");
    EXPECT_EQ(update.phase, "fashion: epoch 2");
    EXPECT_DOUBLE_EQ(update.fraction, 0.2);
    EXPECT_DOUBLE_EQ(channel.take().fraction, 0.2) << "progress stays until there is newer";
}

TEST(JobChannel, GivesSamplesEventsAndMessagesOnceAndInOrder)
{
    JobChannel channel;
    channel.addSample({ "loss", 1.0, 0.5 });
    channel.addSample({ "loss", 2.0, 0.25 });
    channel.addEvent(std::make_shared<PageMapMade>(12));
    channel.addMessage("first");
    channel.addMessage("second");
    const JobChannel::Update update = channel.take();
    ASSERT_EQ(update.samples.size(), 2U);
    EXPECT_EQ(update.samples[1].series, "loss");
    EXPECT_DOUBLE_EQ(update.samples[1].x, 2.0);
    EXPECT_DOUBLE_EQ(update.samples[1].y, 0.25);
    ASSERT_EQ(update.events.size(), 1U);
    const auto* event = dynamic_cast<const PageMapMade*>(update.events[0].get());
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(event->pages, 12);
    EXPECT_EQ(update.messages, (std::vector<std::string> { "first", "second" }));
    const JobChannel::Update later = channel.take();
    EXPECT_TRUE(later.samples.empty());
    EXPECT_TRUE(later.events.empty());
    EXPECT_TRUE(later.messages.empty());
}

TEST(JobChannel, HoldsTheFractionInItsRange)
{
    JobChannel channel;
    channel.setProgress(1.0000001, "");
    EXPECT_DOUBLE_EQ(channel.take().fraction, 1.0);
    channel.setProgress(-0.5, "");
    EXPECT_DOUBLE_EQ(channel.take().fraction, 0.0);
}

TEST(JobChannel, TellsTheTimeLeftOnlyWhenItCan)
{
    JobChannel channel;
    channel.beginStage("optimise");
    channel.setProgress(0.5, "");
    EXPECT_FALSE(channel.take().secondsLeft.has_value()) << "too early to know";
    std::this_thread::sleep_for(600ms);
    channel.setProgress(0.005, "");
    EXPECT_FALSE(channel.take().secondsLeft.has_value()) << "too little done to know";
    channel.setProgress(0.75, "");
    const auto left = channel.take().secondsLeft;
    ASSERT_TRUE(left.has_value());
    EXPECT_GE(*left, 0.6 / 3.0) << "three quarters took 0.6 s or more";
    channel.setProgress(1.0, "");
    EXPECT_DOUBLE_EQ(channel.take().secondsLeft.value_or(-1.0), 0.0);
}

TEST(JobChannel, ANewStageBeginsAtNothing)
{
    JobChannel channel;
    channel.beginStage("train");
    std::this_thread::sleep_for(510ms);
    channel.setProgress(0.9, "digits");
    channel.addMessage("kept");
    channel.beginStage("fisher");
    const JobChannel::Update update = channel.take();
    EXPECT_EQ(update.stage, "fisher");
    EXPECT_EQ(update.phase, "");
    EXPECT_DOUBLE_EQ(update.fraction, 0.0);
    EXPECT_FALSE(update.secondsLeft.has_value());
    EXPECT_EQ(update.messages.size(), 1U) << "what nobody took yet is not lost";
    channel.setProgress(0.5, "");
    EXPECT_FALSE(channel.take().secondsLeft.has_value()) << "its own clock has just begun";
}

TEST(JobChannel, LosesNothingBetweenThreads)
{
    JobChannel channel;
    constexpr int kCount = 20'000;
    const std::jthread worker([&] {
        for (int i = 0; i < kCount; ++i) {
            channel.setProgress(static_cast<double>(i + 1) / kCount, "working");
            channel.addSample({ "loss", static_cast<double>(i), 0.0 });
        }
    });
    int seen = 0;
    while (seen < kCount) {
        for (const Sample& sample : channel.take().samples) {
            ASSERT_EQ(static_cast<int>(sample.x), seen);
            ++seen;
        }
    }
    EXPECT_EQ(channel.take().samples.size(), 0U);
}

TEST(JobContext, PartsMapTheirProgressIntoTheWhole)
{
    JobChannel channel;
    const JobContext whole(channel, {});
    const JobContext half = whole.part(0.5, 1.0, "digits: ");
    half.setProgress(0.0, "epoch 1");
    EXPECT_DOUBLE_EQ(channel.take().fraction, 0.5);
    half.setProgress(0.5, "epoch 2");
    JobChannel::Update update = channel.take();
    EXPECT_DOUBLE_EQ(update.fraction, 0.75);
    EXPECT_EQ(update.phase, "digits: epoch 2");
    half.part(0.5, 1.0, "validation ").setProgress(1.0, "batch 3"); // a part of a part
    update = channel.take();
    EXPECT_DOUBLE_EQ(update.fraction, 1.0);
    EXPECT_EQ(update.phase, "digits: validation batch 3");
    half.part(0.5, 1.0).setProgress(0.0, "");
    EXPECT_DOUBLE_EQ(channel.take().fraction, 0.75);
    whole.setProgress(0.25, "all");
    EXPECT_EQ(channel.take().phase, "all") << "a part does not change the whole";
}

TEST(JobContext, SeesTheStopRequestInEveryPart)
{
    JobChannel channel;
    std::stop_source source;
    const JobContext whole(channel, source.get_token());
    const JobContext part = whole.part(0.0, 0.5);
    EXPECT_FALSE(part.isCanceled());
    source.request_stop();
    EXPECT_TRUE(whole.isCanceled());
    EXPECT_TRUE(part.isCanceled());
    EXPECT_TRUE(part.part(0.0, 1.0).stopToken().stop_requested());
    EXPECT_EQ(&part.channel(), &channel);
}

TEST(JobContext, WithoutAStopTokenItIsNeverCanceled)
{
    JobChannel channel;
    EXPECT_FALSE(JobContext(channel, {}).isCanceled());
}

} // namespace
} // namespace palimpsest
