// SPDX-License-Identifier: Apache-2.0
#include "core/matching/cost_estimate.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace palimpsest {

namespace {

constexpr double kMostWeights = 3e7; ///< of one block: their copies take 240 MB
constexpr std::int64_t kGoodBlock = 32; ///< slots: in smaller ones costs are far from those among all slots
constexpr std::int64_t kLeastBlock = 4;

using PageLists = std::vector<std::vector<std::int32_t>>; ///< pages of each task

/// Part `part` of `count` things that are shared out as evenly as can be.
std::int64_t shareOf(std::int64_t count, std::int64_t part, std::int64_t parts)
{
    return count * (part + 1) / parts - count * part / parts;
}

/// How a problem is cut.
struct Cut {
    std::int64_t blocks = 1;
    std::int64_t matched = 1;
};

/// Terms that matching needs, as a function of the number of blocks: every one of `blocks` blocks has a part of the pages and of the slots.
class Work {
public:
    Work(const EstimateProblem& problem, const MatchingSettings& settings)
        : m_slots(static_cast<double>(problem.slotCount))
    {
        for (const std::vector<double>& pages : problem.pageFisher) {
            const auto count = static_cast<double>(pages.size());
            m_weights += count * static_cast<double>(problem.pageSize);
            m_assignment += count * std::min(count, m_slots) * m_slots; // ceil(p / M) rounds
        }
        switch (settings.strategy) {
        case MatchingStrategy::Identity:
        case MatchingStrategy::Random:
            m_sweeps = 1.0 / m_slots; // no cost matrix: the cost is computed once
            m_assignment = 0.0;
            break;
        case MatchingStrategy::Reference:
        case MatchingStrategy::Sequential:
            m_sweeps = 1.0;
            break;
        case MatchingStrategy::Descent: // as many as are usual, not as many as are allowed
            m_sweeps = std::min(8.0, 1.0 + static_cast<double>(settings.maxSweeps));
            break;
        }
        if (problem.exclusiveLimit > 0)
            m_sweeps *= 2.5; // the search for the price
    }

    [[nodiscard]] double weightsOfBlock(std::int64_t blocks) const
    {
        return m_weights / static_cast<double>(blocks);
    }
    [[nodiscard]] double ofBlock(std::int64_t blocks) const
    {
        constexpr double kAssignmentShare = 0.15; // of the time of a term, measured
        const auto parts = static_cast<double>(blocks);
        return m_sweeps * (m_weights * m_slots + kAssignmentShare * m_assignment / parts) / (parts * parts);
    }

private:
    double m_slots;
    double m_weights = 0.0;
    double m_assignment = 0.0;
    double m_sweeps = 1.0;
};

/// As few blocks as can all be matched within the limit; where these would be too small, a sample of blocks that are not.
Cut chooseCut(const EstimateProblem& problem, const Work& work, double workLimit)
{
    if (work.ofBlock(1) <= workLimit && work.weightsOfBlock(1) <= kMostWeights)
        return {};
    constexpr double kWithHalves = 1.5; // two halves take half the terms
    const std::int64_t slots = problem.slotCount;
    const std::int64_t mostGood = std::max<std::int64_t>(1, slots / kGoodBlock);
    const std::int64_t most = std::max<std::int64_t>(1, slots / kLeastBlock);
    for (std::int64_t blocks = 2; blocks <= mostGood; blocks += std::max<std::int64_t>(1, blocks / 4)) {
        if (kWithHalves * static_cast<double>(blocks) * work.ofBlock(blocks) <= workLimit
            && work.weightsOfBlock(blocks) <= kMostWeights)
            return { blocks, blocks };
    }
    std::int64_t blocks = mostGood;
    while (blocks < most
        && (2.0 * kWithHalves * work.ofBlock(blocks) > workLimit
            || work.weightsOfBlock(blocks) > kMostWeights))
        blocks = std::min(most, blocks + std::max<std::int64_t>(1, blocks / 4));
    const double fitting = workLimit / (kWithHalves * work.ofBlock(blocks));
    return { blocks, std::clamp(static_cast<std::int64_t>(fitting), std::int64_t { 1 }, blocks) };
}

/// Deals the pages of each task to blocks that all hold the same mixture: of every `parts` pages that follow each other in the order of
/// their Fisher information each block gets one, which one is random.
std::vector<PageLists> deal(
    const PageLists& lists, const EstimateProblem& problem, std::int64_t parts, Random& random)
{
    std::vector<PageLists> blocks(static_cast<std::size_t>(parts), PageLists(lists.size()));
    std::vector<std::size_t> order(static_cast<std::size_t>(parts));
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    for (std::size_t t = 0; t < lists.size(); ++t) {
        const std::vector<double>& fisher = problem.pageFisher[t];
        std::vector<std::int32_t> sorted = lists[t];
        std::stable_sort(sorted.begin(), sorted.end(), [&](std::int32_t a, std::int32_t b) {
            return fisher[static_cast<std::size_t>(a)] > fisher[static_cast<std::size_t>(b)];
        });
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            if (i % order.size() == 0)
                random.shuffle(std::span(order));
            blocks[order[i % order.size()]][t].push_back(sorted[i]);
        }
        for (PageLists& block : blocks)
            std::sort(block[t].begin(), block[t].end());
    }
    return blocks;
}

/// Matches some of the pages by themselves.
class PartMatcher {
public:
    PartMatcher(const EstimateProblem& problem, const MatchingSettings& settings, std::uint64_t seed)
        : m_problem(problem)
        , m_settings(settings)
        , m_seed(seed)
    {
    }

    [[nodiscard]] Result<MatchResult> match(
        const PageLists& lists, std::int64_t slots, std::int64_t exclusiveLimit, const JobContext& context)
    {
        MatchProblem part;
        part.pageSize = m_problem.pageSize;
        part.slotCount = slots;
        part.exclusiveLimit = exclusiveLimit;
        part.names = m_problem.names;
        const auto size = static_cast<std::size_t>(m_problem.pageSize);
        m_weights.resize(lists.size());
        m_fisher.resize(lists.size());
        for (std::size_t t = 0; t < lists.size(); ++t) {
            const std::vector<std::int32_t>& pages = lists[t];
            m_weights[t].resize(pages.size() * size);
            m_fisher[t].resize(pages.size() * size);
            for (std::size_t i = 0; i < pages.size(); ++i) {
                if (context.isCanceled())
                    return canceled();
                m_problem.readPage(t, pages[i], std::span(m_weights[t]).subspan(i * size, size),
                    std::span(m_fisher[t]).subspan(i * size, size));
            }
            part.tasks.push_back({ m_weights[t], m_fisher[t], {}, static_cast<std::int64_t>(pages.size()) });
            pick(m_problem.exclusive, t, pages, part.exclusive);
            pick(m_problem.apart, t, pages, part.apart);
        }
        return matchPages(part, m_settings, m_seed, context);
    }

    [[nodiscard]] double costOf(const MatchResult& match) const
    {
        return m_settings.cost == CostKind::Barycentre ? match.costBarycentre : match.costPairwise;
    }

private:
    static void pick(const std::vector<std::vector<std::uint8_t>>& flags, std::size_t task,
        const std::vector<std::int32_t>& pages, std::vector<std::vector<std::uint8_t>>& picked)
    {
        if (flags.empty())
            return;
        std::vector<std::uint8_t>& mine = picked.emplace_back();
        for (const std::int32_t page : pages)
            mine.push_back(flags[task][static_cast<std::size_t>(page)]);
    }

    const EstimateProblem& m_problem;
    const MatchingSettings& m_settings;
    std::uint64_t m_seed;
    std::vector<std::vector<float>> m_weights;
    std::vector<std::vector<float>> m_fisher;
};

/// How many of the pages were exclusive before matching.
std::int64_t fixedExclusive(const EstimateProblem& problem, const PageLists& lists)
{
    std::int64_t count = 0;
    for (std::size_t t = 0; t < problem.exclusive.size(); ++t)
        count += std::count_if(lists[t].begin(), lists[t].end(),
            [&](std::int32_t page) { return problem.exclusive[t][static_cast<std::size_t>(page)] != 0; });
    return count;
}

/// Whether a strategy's choice is the poorer the fewer slots it has.
bool choosesSlots(MatchingStrategy strategy)
{
    return strategy != MatchingStrategy::Identity && strategy != MatchingStrategy::Random;
}

/// The cost among all slots from that in blocks and that in the blocks' halves. Each halving of the blocks raised the logarithm of the cost
/// by about as much as the last one in all problems that were looked at, the first ones by a little less.
double takeBackHalvings(double inBlocks, double inHalves, std::int64_t blocks)
{
    constexpr double kShare = 0.8;
    if (!(inBlocks > 0.0) || !(inHalves > inBlocks))
        return inBlocks;
    return inBlocks
        * std::exp(-kShare * std::log(inHalves / inBlocks) * std::log2(static_cast<double>(blocks)));
}

} // namespace

Result<CostEstimate> estimateCost(const EstimateProblem& problem, const MatchingSettings& settings,
    std::uint64_t seed, double workLimit, const JobContext& context)
{
    PageLists all;
    for (const std::vector<double>& pages : problem.pageFisher) {
        std::vector<std::int32_t>& list = all.emplace_back(pages.size());
        std::iota(list.begin(), list.end(), 0);
    }
    PartMatcher matcher(problem, settings, seed);
    const Cut cut = chooseCut(problem, Work(problem, settings), workLimit);
    if (cut.blocks == 1) {
        PALIMPSEST_TRY(
            const MatchResult match, matcher.match(all, problem.slotCount, problem.exclusiveLimit, context));
        return CostEstimate { matcher.costOf(match), match.exclusiveCount, true, 1, 1 };
    }
    Random random(seed);
    const std::vector<PageLists> blocks = deal(all, problem, cut.blocks, random);
    const bool withHalves = choosesSlots(settings.strategy);
    double inBlocks = 0.0;
    double inHalves = 0.0;
    std::int64_t chosen = 0; // exclusive pages that matching chose
    for (std::int64_t block = 0; block < cut.matched; ++block) {
        const auto step = [&](double done) {
            const double first = (static_cast<double>(block) + done) / static_cast<double>(cut.matched);
            return context.part(first, first, "block " + std::to_string(block + 1) + ": ");
        };
        const auto share = [&](std::int64_t count) { return shareOf(count, block, cut.blocks); };
        const PageLists& pages = blocks[static_cast<std::size_t>(block)];
        const std::int64_t slots = share(problem.slotCount);
        const std::int64_t limit = share(problem.exclusiveLimit);
        PALIMPSEST_TRY(const MatchResult whole, matcher.match(pages, slots, limit, step(0.0)));
        inBlocks += matcher.costOf(whole);
        chosen += whole.exclusiveCount - fixedExclusive(problem, pages);
        if (!withHalves || slots < 2)
            continue;
        const std::vector<PageLists> halves = deal(pages, problem, 2, random);
        for (std::int64_t half = 0; half < 2; ++half) {
            PALIMPSEST_TRY(const MatchResult part,
                matcher.match(halves[static_cast<std::size_t>(half)], shareOf(slots, half, 2),
                    shareOf(limit, half, 2), step(0.6 + 0.2 * static_cast<double>(half))));
            inHalves += matcher.costOf(part);
        }
    }
    const double scale = static_cast<double>(cut.blocks) / static_cast<double>(cut.matched);
    CostEstimate estimate;
    estimate.cost = takeBackHalvings(inBlocks, inHalves, cut.blocks) * scale;
    estimate.exclusiveCount
        = fixedExclusive(problem, all) + std::llround(static_cast<double>(chosen) * scale);
    estimate.blocks = cut.blocks;
    estimate.matchedBlocks = cut.matched;
    return estimate;
}

} // namespace palimpsest
