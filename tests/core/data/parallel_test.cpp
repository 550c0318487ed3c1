// SPDX-License-Identifier: Apache-2.0
#include "core/data/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace palimpsest {
namespace {

TEST(Parallel, WorksOnEachIndexOnce)
{
    for (const std::size_t count : { 0U, 1U, 2U, 1000U }) {
        std::vector<std::atomic<int>> seen(count);
        EXPECT_TRUE(forEachParallel(count, {}, [&](std::size_t i) {
            ++seen[i];
            return success();
        }).ok());
        for (const auto& times : seen)
            EXPECT_EQ(times, 1);
    }
}

TEST(Parallel, EndsAtAnError)
{
    std::atomic<int> after { 0 };
    const Status status = forEachParallel(100'000, {}, [&](std::size_t i) -> Status {
        after += i > 50'000 ? 1 : 0;
        return i == 10 ? Status(badInput("the tenth")) : success();
    });
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().message, "the tenth");
    EXPECT_LT(after, 49'999) << "the rest is not worked on";
}

TEST(Parallel, HandsOnWhatIsThrownAndStopsWhenCanceled)
{
    EXPECT_THROW(
        (void)forEachParallel(10, {}, [](std::size_t) -> Status { throw std::runtime_error("machine"); }),
        std::runtime_error);
    JobChannel channel;
    std::stop_source stop;
    std::atomic<int> done { 0 };
    const Status status
        = forEachParallel(1'000'000, ReadControl(JobContext(channel, stop.get_token())), [&](std::size_t) {
              if (++done == 100)
                  stop.request_stop();
              return success();
          });
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, ErrorKind::Canceled);
    EXPECT_LT(done, 1'000'000);
}

} // namespace
} // namespace palimpsest
