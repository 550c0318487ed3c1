// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/matching/exclusive_choice.h"
#include "core/matching/rematch.h"
#include "core/matching/strategy.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <optional>

namespace palimpsest {
namespace {

/// Block coordinate descent over the tasks (ALGORITHMS.md 4.2, steps 1 to 4).
class Descent {
public:
    Descent(const StrategyInput& input, SlotTables start, const JobContext& context)
        : m_input(input)
        , m_context(context)
        , m_state(input.pages, input.settings.cost, std::move(start))
        , m_random(input.seed)
        , m_order(input.pages.taskCount())
    {
        std::iota(m_order.begin(), m_order.end(), std::size_t { 0 });
    }

    /// Sweeps until one gains less than the tolerance.
    [[nodiscard]] bool converge(double first, double last)
    {
        double cost = m_state.cost();
        double fraction = 0.0;
        for (std::int64_t n = 0; n < m_input.settings.maxSweeps; ++n) {
            const double part = first + (last - first) * fraction;
            m_context.setProgress(
                part, "sweep " + std::to_string(m_sweeps + 1) + ", cost " + shortNumber(cost));
            if (!sweep(kNoPrice))
                return false;
            const double before = cost;
            cost = m_state.cost();
            const double gain = before > 0.0 ? (before - cost) / before : 0.0;
            if (gain <= m_input.settings.tolerance)
                return true;
            // Sweeps gain ever less: the way from 1 to the tolerance, on a logarithmic scale.
            const double done = std::log(gain) / std::log(std::min(m_input.settings.tolerance, 0.1));
            fraction = std::clamp(done, fraction, 0.95);
        }
        return true;
    }

    /// Finds the price of an exclusive page at which at most `limit` more pages go exclusive, by bisection on its logarithm with one
    /// sweep a step, each from the tables of the last; then spends what is left of the limit on the pages that gain most, and
    /// sweeps on with the exclusive pages fixed.
    [[nodiscard]] bool chooseExclusivePages(std::int64_t limit, double first, double last)
    {
        const std::int64_t fixed = m_state.exclusiveCount();
        double high = std::numeric_limits<double>::infinity(); // at most the limit goes exclusive
        double low = 0.0; // more than the limit would
        double price = priceGuess(m_state, limit);
        SlotTables best = m_state.tables();
        double bestCost = m_state.cost();
        for (int step = 0; step < kPriceSteps && price > 0.0; ++step) {
            const double part = first + (last - first) * 0.7 * step / kPriceSteps;
            m_context.setProgress(part, "price " + shortNumber(price) + " of an exclusive page");
            if (!sweep(price))
                return false;
            const std::int64_t count = m_state.exclusiveCount() - fixed;
            if (count > limit) {
                low = price;
            } else {
                high = price;
                const double cost = m_state.cost();
                if (cost < bestCost) {
                    best = m_state.tables();
                    bestCost = cost;
                }
                if (count >= limit - limit / 50)
                    break;
            }
            price = nextPrice(low, high);
        }
        m_state = SlotState(m_input.pages, m_input.settings.cost, std::move(best));
        const std::int64_t left = limit - (m_state.exclusiveCount() - fixed);
        return makeExclusiveByGain(m_state, left, m_context.stopToken())
            && converge(first + (last - first) * 0.7, last);
    }

    [[nodiscard]] StrategyResult result() const { return { m_state.tables(), m_sweeps }; }

private:
    static constexpr int kPriceSteps = 10;

    [[nodiscard]] static double nextPrice(double low, double high)
    {
        if (low == 0.0)
            return high / 4.0;
        return std::isfinite(high) ? std::sqrt(low * high) : low * 4.0;
    }

    [[nodiscard]] static std::string shortNumber(double value)
    {
        char text[32];
        std::snprintf(text, sizeof text, "%.4g", value);
        return text;
    }

    [[nodiscard]] bool sweep(double price)
    {
        m_random.shuffle(std::span(m_order));
        for (const std::size_t t : m_order) {
            if (!rematchTask(m_state, t, price, m_context.stopToken()))
                return false;
        }
        ++m_sweeps;
        return true;
    }

    const StrategyInput& m_input;
    JobContext m_context;
    SlotState m_state;
    Random m_random;
    std::vector<std::size_t> m_order;
    int m_sweeps = 0;
};

class DescentStrategy final : public Strategy {
public:
    [[nodiscard]] Result<StrategyResult> match(const StrategyInput& input) const override
    {
        constexpr double kStartShare = 0.15;
        const JobContext startContext = input.context.part(0.0, kStartShare, "start: ");
        const StrategyInput startInput { input.problem, input.pages, input.settings, input.seed,
            startContext };
        PALIMPSEST_TRY(const StrategyResult start, makeSequentialStrategy()->match(startInput));
        Descent descent(input, start.tables, input.context.part(kStartShare, 1.0));
        const std::int64_t limit = input.problem.exclusiveLimit;
        const double split = limit > 0 ? 0.4 : 1.0;
        if (!descent.converge(0.0, split))
            return canceled();
        if (limit > 0 && !descent.chooseExclusivePages(limit, split, 1.0))
            return canceled();
        return descent.result();
    }

    [[nodiscard]] bool choosesExclusivePages() const override { return true; }
};

} // namespace

std::unique_ptr<Strategy> makeDescentStrategy()
{
    return std::make_unique<DescentStrategy>();
}

} // namespace palimpsest
