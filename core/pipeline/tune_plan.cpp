// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/tune_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace palimpsest {

namespace {

constexpr std::int64_t kLeastSteps = 10; ///< of a try: fewer say nothing
constexpr std::size_t kThinning
    = 3; ///< each round keeps one of so many, and gives them so many times the steps
constexpr std::size_t kFinalists = 2;
constexpr double kFirstRatio = 16.0;
constexpr double kNarrowEnough = 1.15; ///< between the last two sizes of a search for a drop

/// A way to spend bytes; how many pages it has follows from the bytes.
struct Way {
    Storage pool = Storage::Float32;
    Storage exclusive = Storage::Float32;
    double exclusiveShare = 0.0; ///< exclusive pages for each page of the pool
    bool operator==(const Way&) const = default;
};

TuneChoice choiceOf(const Way& way, std::int64_t poolPages)
{
    return { way.pool, way.exclusive, poolPages,
        std::llround(way.exclusiveShare * static_cast<double>(poolPages)), 0 };
}

/// As many pages as `bytes` hold; empty: not even one.
std::optional<TuneChoice> fit(const TuneSpace& space, const Way& way, std::int64_t bytes)
{
    const auto fits = [&](std::int64_t pages) {
        const std::optional<std::int64_t> taken = space.bytes(choiceOf(way, pages));
        return taken && *taken <= bytes;
    };
    std::int64_t low = 0;
    std::int64_t high = space.pageCount;
    while (low < high) {
        const std::int64_t middle = (low + high + 1) / 2;
        if (fits(middle))
            low = middle;
        else
            high = middle - 1;
    }
    if (low == 0)
        return std::nullopt;
    return choiceOf(way, low);
}

/// Goes through the plan from its beginning with the results that are known, up to the first try that is not: `wanted`. The functions that
/// return bool say whether they could go on.
class Replay {
public:
    Replay(const TuneSpace& space, const std::map<TuneChoice, TunePoint>& known,
        const std::set<TuneChoice>& failed)
        : m_space(space)
        , m_known(known)
        , m_failed(failed)
    {
        for (const Storage form : space.forms)
            m_ways.push_back({ form, form, 0.0 });
        if (space.variesExclusive && space.start.exclusivePages > 0 && space.start.poolPages > 0)
            m_ways.push_back({ space.start.poolStorage, space.start.exclusiveStorage,
                static_cast<double>(space.start.exclusivePages)
                    / static_cast<double>(space.start.poolPages) });
    }

    std::optional<TuneChoice> run(const TuneTarget& target)
    {
        if (target.bytes)
            (void)runForBytes(*target.bytes);
        else if (target.maxDrop)
            (void)runForDrop(*target.maxDrop);
        else
            (void)runGrid();
        return m_wanted;
    }

private:
    bool runForBytes(std::int64_t bytes)
    {
        for (const double share : { 1.0, 0.7, 0.5 }) {
            TunePoint best;
            if (!trySize(static_cast<std::int64_t>(share * static_cast<double>(bytes)), best))
                return false;
        }
        return true;
    }

    bool runForDrop(double drop)
    {
        const auto standalone = static_cast<double>(m_space.standaloneBytes);
        const auto smallest = static_cast<double>(smallestBytes(m_space).value_or(m_space.standaloneBytes));
        const auto passesAt = [&](double bytes, bool& passes) {
            TunePoint best;
            if (!trySize(static_cast<std::int64_t>(bytes), best))
                return false;
            passes = best.bytes > 0 && best.accuracy.meanChange >= -drop;
            return true;
        };
        double size = std::clamp(standalone / kFirstRatio, smallest, standalone);
        bool passes = false;
        if (!passesAt(size, passes))
            return false;
        double good = passes ? size : 0.0; // 0: none known
        double bad = passes ? 0.0 : size;
        while (bad == 0.0 && size / 2.0 >= smallest) {
            if (!passesAt(size /= 2.0, passes))
                return false;
            (passes ? good : bad) = size;
        }
        while (good == 0.0 && size * 2.0 <= standalone) {
            if (!passesAt(size *= 2.0, passes))
                return false;
            (passes ? good : bad) = size;
        }
        while (good > 0.0 && bad > 0.0 && good / bad > kNarrowEnough) {
            size = std::sqrt(good * bad);
            if (!passesAt(size, passes))
                return false;
            (passes ? good : bad) = size;
        }
        return true;
    }

    bool runGrid()
    {
        for (const double ratio : { kFirstRatio, 32.0, 64.0, 8.0, 128.0, 4.0 }) {
            TunePoint best;
            if (!trySize(
                    static_cast<std::int64_t>(static_cast<double>(m_space.standaloneBytes) / ratio), best))
                return false;
        }
        return true;
    }

    /// Finds what is best within so many bytes. @param best  its bytes are 0 where there is none
    bool trySize(std::int64_t bytes, TunePoint& best)
    {
        const bool isFirst = m_ranking.empty();
        std::vector<Way> ways = isFirst ? m_ways : m_ranking;
        if (!isFirst) {
            // Ways that have a page for every page already gain nothing from more bytes.
            std::stable_partition(
                ways.begin(), ways.end(), [&](const Way& way) { return spends(way, bytes); });
            ways.resize(std::min(ways.size(), kThinning));
        }
        std::vector<std::int64_t> rounds;
        for (const std::int64_t divisor : { 9, 3, 1 })
            if (m_space.start.steps / divisor >= kLeastSteps || divisor == 1)
                rounds.push_back(std::max<std::int64_t>(1, m_space.start.steps / divisor));
        if (!isFirst && rounds.size() > 2)
            rounds.erase(rounds.begin());
        std::vector<Way> passedOver; // in the order of their last round, the last one first
        for (std::size_t i = 0; i < rounds.size(); ++i) {
            if (isFirst && i == (rounds.size() > 1 ? 1U : 0U) && !ways.empty())
                addExclusiveWays(ways);
            if (!tryRound(ways, bytes, rounds[i], best))
                return false;
            std::size_t keep = std::max(kFinalists, (ways.size() + kThinning - 1) / kThinning);
            if (i + 2 == rounds.size())
                keep = isFirst ? kFinalists : 1;
            if (i + 1 < rounds.size() && ways.size() > keep) {
                passedOver.insert(
                    passedOver.begin(), ways.begin() + static_cast<std::ptrdiff_t>(keep), ways.end());
                ways.resize(keep);
            }
        }
        if (isFirst) {
            m_ranking = ways;
            m_ranking.insert(m_ranking.end(), passedOver.begin(), passedOver.end());
            for (const Way& way : m_ways) // those that did not fit may fit in more
                if (!m_ranking.empty()
                    && std::find(m_ranking.begin(), m_ranking.end(), way) == m_ranking.end())
                    m_ranking.push_back(way);
        }
        return true;
    }

    [[nodiscard]] bool spends(const Way& way, std::int64_t bytes) const
    {
        const std::optional<TuneChoice> choice = fit(m_space, way, bytes);
        return choice && choice->poolPages < m_space.pageCount;
    }

    void addExclusiveWays(std::vector<Way>& ways) const
    {
        const Way best = ways.front();
        if (!m_space.variesExclusive || best.exclusiveShare > 0.0)
            return;
        ways.push_back({ best.pool, best.pool, 1.0 / 8.0 });
        ways.push_back({ best.pool, Storage::Int8, 1.0 / 16.0 });
    }

    /// Tries each way within so many bytes, and puts the best one first; ways that do not fit or cannot be run are taken out.
    bool tryRound(std::vector<Way>& ways, std::int64_t bytes, std::int64_t steps, TunePoint& best)
    {
        std::vector<std::pair<Way, TunePoint>> results;
        std::set<TuneChoice> seen;
        for (const Way& way : ways) {
            std::optional<TuneChoice> choice = fit(m_space, way, bytes);
            if (!choice)
                continue;
            choice->steps = steps;
            if (choice->exclusivePages == 0)
                choice->exclusiveStorage = choice->poolStorage; // two names of one thing
            if (!seen.insert(*choice).second || m_failed.contains(*choice))
                continue;
            const auto found = m_known.find(*choice);
            if (found == m_known.end()) {
                m_wanted = choice;
                return false;
            }
            results.emplace_back(way, found->second);
        }
        std::stable_sort(results.begin(), results.end(),
            [](const auto& a, const auto& b) { return isBetter(a.second, b.second); });
        ways.clear();
        for (const auto& [way, point] : results)
            ways.push_back(way);
        best = results.empty() ? TunePoint {} : results.front().second;
        return true;
    }

    const TuneSpace& m_space;
    const std::map<TuneChoice, TunePoint>& m_known;
    const std::set<TuneChoice>& m_failed;
    std::vector<Way> m_ways;
    std::vector<Way> m_ranking; ///< of the first size, the best first; empty: it is not done
    std::optional<TuneChoice> m_wanted;
};

std::map<TuneChoice, TunePoint> byChoice(const std::vector<TunePoint>& points)
{
    std::map<TuneChoice, TunePoint> found;
    for (const TunePoint& point : points)
        found.emplace(point.choice, point);
    return found;
}

} // namespace

std::vector<Storage> formsToTry()
{
    return { Storage::Ternary, Storage::Int3, Storage::Int4, Storage::Int6, Storage::Int8, Storage::Float16,
        Storage::Float32, Storage::Binary };
}

std::optional<std::int64_t> smallestBytes(const TuneSpace& space)
{
    std::optional<std::int64_t> smallest;
    for (const Storage form : space.forms) {
        const std::optional<std::int64_t> bytes = space.bytes({ form, form, 1, 0, 0 });
        if (bytes && (!smallest || *bytes < *smallest))
            smallest = bytes;
    }
    return smallest;
}

std::optional<TuneChoice> TunePlan::next(
    const std::vector<TunePoint>& known, const std::set<TuneChoice>& failed) const
{
    const std::map<TuneChoice, TunePoint> found = byChoice(known);
    return Replay(m_space, found, failed).run(m_target);
}

std::int64_t TunePlan::stepsLeft(
    const std::vector<TunePoint>& known, const std::set<TuneChoice>& failed) const
{
    std::map<TuneChoice, TunePoint> found = byChoice(known);
    std::int64_t steps = 0;
    while (const auto choice = Replay(m_space, found, failed).run(m_target)) {
        steps += choice->steps;
        // As if nothing were lost; the order in which ways are tried then stays what it is.
        TunePoint& point = found[*choice];
        point.choice = *choice;
        point.bytes = m_space.bytes(*choice).value_or(1);
    }
    return steps;
}

} // namespace palimpsest
