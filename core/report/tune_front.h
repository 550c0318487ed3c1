// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/storage.h"
#include "core/job/job_channel.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// The settings that the search for a packing varies.
struct TuneChoice {
    Storage poolStorage = Storage::Float32;
    Storage exclusiveStorage = Storage::Float32;
    std::int64_t poolPages = 0;
    std::int64_t exclusivePages = 0; ///< of all tasks together
    std::int64_t steps = 0; ///< of joint optimisation, minibatches of each task
    auto operator<=>(const TuneChoice&) const = default;
};

/// What it changes in a recipe: "pages.poolStorage=ternary", ...
[[nodiscard]] std::vector<std::string> overridesOf(const TuneChoice& choice);
/// "336 ternary pages, 1,200 steps", "320 ternary and 8 exclusive int8 pages, 1,200 steps"
[[nodiscard]] std::string describe(const TuneChoice& choice);

/// Accuracies of one way to store the networks, on validation samples alone, against the reference of its front.
struct TuneAccuracy {
    std::vector<double> tasks; ///< fractions, in the order of TuneFront::tasks
    double meanChange = 0.0; ///< mean over the tasks of accuracy - reference, a fraction
    double worstChange = 0.0; ///< the least of them
    std::size_t worstTask = 0;
};

/// A packing that was tried.
struct TunePoint {
    TuneChoice choice;
    std::int64_t bytes = 0; ///< of all tasks together: pool, exclusive pages, private tensors, tables, scales
    double ratio = 0.0; ///< float32 bytes of the networks / bytes
    TuneAccuracy accuracy;
    std::vector<std::string> files; ///< its result files, names in the project's folder results
};

/// The networks kept apart, each stored in a form.
struct TuneRival {
    std::string name; ///< of the baseline: "int8"
    std::int64_t bytes = 0;
    TuneAccuracy accuracy;
};

/// What a search looks for: at most one of the two.
struct TuneTarget {
    std::optional<std::int64_t> bytes; ///< the best accuracy within so many bytes
    std::optional<double> maxDrop; ///< the fewest bytes with a mean loss of accuracy of at most this fraction
    bool operator==(const TuneTarget&) const = default;
};

/// Where a search stands, or how it ended: all that was tried, and what it is compared with. Immutable once shared.
struct TuneFront {
    std::string project;
    std::vector<std::string> tasks;
    /// The networks alone: as they are ("standalone"), or after `steps` more steps ("sameSteps", "sameRecipe").
    std::string reference;
    std::int64_t steps = 0; ///< the most that a try is given
    std::vector<double> referenceAccuracy; ///< fractions, one a task
    std::int64_t standaloneBytes = 0; ///< of all networks, float32
    TuneTarget target;
    std::vector<TunePoint> points; ///< in the order in which they were tried
    std::vector<TuneRival> rivals;
};

/// Computes the changes of `accuracy.tasks` against `reference`.
/// @throws std::invalid_argument where they have different sizes, or none
[[nodiscard]] TuneAccuracy accuracyAgainst(std::vector<double> tasks, const std::vector<double>& reference);

/// Whether `a` is at least as good as `b` in bytes, mean and worst change, and better in one.
[[nodiscard]] bool dominates(const TunePoint& a, const TunePoint& b);
/// The points that none dominates, by bytes, the smallest first: indices into `points`. Of points that are equal in all three the one that came
/// first is kept.
[[nodiscard]] std::vector<std::size_t> paretoFront(const std::vector<TunePoint>& points);

/// The order of a search: a greater mean change is better, then a greater worst change, then fewer bytes.
[[nodiscard]] bool isBetter(const TunePoint& a, const TunePoint& b);
[[nodiscard]] bool reaches(const TunePoint& point, const TuneTarget& target);
/// Of the points that reach the target: within bytes the most accurate, for a drop the smallest. Empty: none does, or there is no target.
[[nodiscard]] std::optional<std::size_t> bestPoint(const TuneFront& front);
/// How the search ended, one sentence: what was found, or why the target is not reached and the best that was found.
[[nodiscard]] std::string verdict(const TuneFront& front);
/// The front, the rivals and the verdict for a terminal.
[[nodiscard]] std::string toText(const TuneFront& front);
/// One line a point and a rival, with a line of column names (RFC 4180).
[[nodiscard]] std::string toCsv(const TuneFront& front);
/// All of it; what is computed from it (changes, front, best) is written too, for scripts.
[[nodiscard]] Json toJson(const TuneFront& front);
/// The inverse. @return BadInput where something is missing or of another form
[[nodiscard]] Result<TuneFront> tuneFrontFromJson(const Json& json, const std::string& where);

/// A search tells of itself: once when it begins, with what it knows from earlier, and after every try.
struct TuneEvent : StageEvent {
    explicit TuneEvent(TuneFront known)
        : front(std::move(known))
    {
    }
    TuneFront front;
};

} // namespace palimpsest
