// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/tune_front.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <vector>

namespace palimpsest {

/// What a search may choose from.
struct TuneSpace {
    /// What a choice takes, counted before it is run; it does not depend on the steps. Empty: it cannot be, as a budget is too small for it.
    std::function<std::optional<std::int64_t>(const TuneChoice&)> bytes;
    std::vector<Storage> forms; ///< of the pool, in the order in which they are tried
    TuneChoice start; ///< what the recipe says
    std::int64_t pageCount = 0; ///< of all tasks: a pool of more pages is of no use
    std::int64_t standaloneBytes = 0;
    bool variesExclusive = true; ///< off where the exclusive pages are not chosen by their number
};

/// Storage forms in the order in which a search tries them: fewer bits for more pages first (ALGORITHMS.md 3.7), and the forms that were not
/// measured there last.
[[nodiscard]] std::vector<Storage> formsToTry();

/// The fewest bytes that any form takes: a pool of one page. Empty: no choice can be.
[[nodiscard]] std::optional<std::int64_t> smallestBytes(const TuneSpace& space);

/// Which packing to try next: successive halving (Jamieson and Talwalkar 2016) over ways to spend a number of bytes. All ways are tried with a
/// ninth of the steps, the better third of them, and some with exclusive pages, with a third, and the best two with all.
///
/// With a target of bytes this is done at that size; what was best is then tried at 0.7 and 0.5 of it. For a largest drop, sizes are
/// halved or doubled from a sixteenth of float32 on and then narrowed down to 15 %; without a target they are a 4th to a 128th. From the second size on only
/// the best three ways of the first are tried.
///
/// The next try follows from those that are known alone: a search that was interrupted goes on where it was.
class TunePlan {
public:
    TunePlan(TuneSpace space, TuneTarget target)
        : m_space(std::move(space))
        , m_target(target)
    {
    }

    /// @param known  what has been tried, by this search or an earlier one of the same project
    /// @param failed  what could not be run; it is passed over
    /// @return empty: the search is at its end
    [[nodiscard]] std::optional<TuneChoice> next(
        const std::vector<TunePoint>& known, const std::set<TuneChoice>& failed) const;

    /// Steps of all tries that are still to come, as far as can be told.
    [[nodiscard]] std::int64_t stepsLeft(
        const std::vector<TunePoint>& known, const std::set<TuneChoice>& failed) const;

private:
    TuneSpace m_space;
    TuneTarget m_target;
};

} // namespace palimpsest
