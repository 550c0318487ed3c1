// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/random.h"
#include "core/job/job_channel.h"
#include "core/matching/matching.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace palimpsest {

/// A matching problem with random weights, and Fisher values that span eight decades. Owns what the problem views.
class RandomProblem {
public:
    RandomProblem(const std::vector<std::int64_t>& pageCounts, std::int64_t pageSize, std::int64_t slotCount,
        std::uint64_t seed)
    {
        Random random(seed);
        for (const std::int64_t pageCount : pageCounts) {
            auto& weights = m_weights.emplace_back();
            auto& fisher = m_fisher.emplace_back();
            for (std::int64_t k = 0; k < pageCount * pageSize; ++k) {
                weights.push_back(static_cast<float>(0.1 * random.normal()));
                fisher.push_back(static_cast<float>(std::pow(10.0, -6.0 + 8.0 * random.uniform())));
            }
        }
        for (std::size_t t = 0; t < pageCounts.size(); ++t)
            problem.tasks.push_back({ m_weights[t], m_fisher[t], {}, pageCounts[t] });
        problem.pageSize = pageSize;
        problem.slotCount = slotCount;
    }
    RandomProblem(const RandomProblem&) = delete;
    RandomProblem& operator=(const RandomProblem&) = delete;

    MatchProblem problem;

private:
    std::vector<std::vector<float>> m_weights;
    std::vector<std::vector<float>> m_fisher;
};

/// A context that nobody watches.
class Unwatched {
public:
    [[nodiscard]] JobContext context() { return { m_channel, m_stop.get_token() }; }
    void cancel() { m_stop.request_stop(); }
    [[nodiscard]] JobChannel& channel() { return m_channel; }

private:
    JobChannel m_channel;
    std::stop_source m_stop;
};

inline MatchingSettings matchingSettings(MatchingStrategy strategy, CostKind cost = CostKind::Barycentre)
{
    MatchingSettings settings;
    settings.strategy = strategy;
    settings.cost = cost;
    return settings;
}

inline double costOf(const MatchResult& result, CostKind kind)
{
    return kind == CostKind::Barycentre ? result.costBarycentre : result.costPairwise;
}

/// Whether every page has a place, slots are in range, exclusive pages are numbered in order, and no task repeats a slot (unless it
/// has more pages than slots).
inline bool isLegal(const MatchProblem& problem, const MatchResult& result)
{
    std::uint32_t nextExclusive = 0;
    if (result.tables.size() != problem.tasks.size())
        return false;
    for (std::size_t t = 0; t < result.tables.size(); ++t) {
        const PageTable& table = result.tables[t];
        if (static_cast<std::int64_t>(table.entries.size()) != problem.tasks[t].pageCount)
            return false;
        std::vector<int> used(static_cast<std::size_t>(problem.slotCount), 0);
        for (const PageRef& entry : table.entries) {
            if (entry.exclusive ? entry.index != nextExclusive++ : entry.index >= used.size())
                return false;
            if (!entry.exclusive)
                ++used[entry.index];
        }
        for (const int count : used) {
            if (count > 1 && problem.tasks[t].pageCount <= problem.slotCount)
                return false;
        }
    }
    return result.exclusiveCount == nextExclusive;
}

} // namespace palimpsest
