// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/rank_processes.h"
#include "core/nn/ranks.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest::test {

/// Makes the test that constructs it one of several processes: rank 0 starts this program again for the same test, in which this
/// object then is another rank. So the body of the test is run by every rank. What a child's test says is on standard error.
class RankGroup {
public:
    explicit RankGroup(int size, RankTimeouts timeouts = {})
    {
        Result<std::optional<RankPlace>> mine = rankPlace();
        if (!mine)
            throw std::runtime_error(mine.error().text());
        RankPlace place;
        if (*mine) {
            place = **mine;
        } else {
            Result<RankPlace> first = openLoopback(size);
            if (!first)
                throw std::runtime_error(first.error().text());
            place = *first;
            const testing::TestInfo* const test = testing::UnitTest::GetInstance()->current_test_info();
            Result<RankProcesses> started = RankProcesses::start(place, "/proc/self/exe",
                { "--gtest_filter=" + std::string(test->test_suite_name()) + "." + test->name(),
                    "--gtest_brief=1" });
            if (!started)
                throw std::runtime_error(started.error().text());
            m_children = std::make_unique<RankProcesses>(std::move(*started));
        }
        Result<std::unique_ptr<Ranks>> met = meetRanks(place, timeouts);
        if (!met)
            throw std::runtime_error(met.error().text());
        m_ranks = std::move(*met);
    }
    ~RankGroup()
    {
        if (m_ranks)
            m_ranks->leave(nullptr);
        m_ranks.reset();
        if (m_children) {
            EXPECT_EQ(m_children->wait(std::chrono::seconds(20)), m_expected);
        }
    }
    RankGroup(const RankGroup&) = delete;
    RankGroup& operator=(const RankGroup&) = delete;

    [[nodiscard]] Ranks& ranks() { return *m_ranks; }
    /// This rank's connections break, as if it were killed.
    void vanish() { m_ranks.reset(); }
    [[nodiscard]] RankProcesses& children() { return *m_children; }
    /// How the children end: an exit code, or minus a signal. 0 unless said.
    void expectEnds(std::vector<int> ends) { m_expected = std::move(ends); }

private:
    std::unique_ptr<RankProcesses> m_children; ///< of rank 0
    std::unique_ptr<Ranks> m_ranks;
    std::vector<int> m_expected { 0 };
};

} // namespace palimpsest::test
