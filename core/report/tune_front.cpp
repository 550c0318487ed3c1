// SPDX-License-Identifier: Apache-2.0
#include "core/report/tune_front.h"

#include "core/base/units.h"
#include "core/project/recipe.h"
#include "core/report/number_format.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace palimpsest {

namespace {

/// "46.2 KB (56.8 x): mean change -0.31 points, worst -1.20 (esc10), with 336 ternary pages, 1,200 steps"
std::string found(const TuneFront& front, const TunePoint& point)
{
    return formatBytes(static_cast<double>(point.bytes)) + " (" + fixedText(point.ratio, 1)
        + " x): mean change " + formatPoints(point.accuracy.meanChange) + " points, worst "
        + formatPoints(point.accuracy.worstChange) + " (" + front.tasks.at(point.accuracy.worstTask)
        + "), with " + describe(point.choice);
}

} // namespace

std::vector<std::string> overridesOf(const TuneChoice& choice)
{
    return { "pages.poolStorage=" + toString(choice.poolStorage),
        "pages.exclusiveStorage=" + toString(choice.exclusiveStorage),
        "pages.poolPages=" + std::to_string(choice.poolPages),
        "separation.exclusivePages=" + std::to_string(choice.exclusivePages),
        "optimisation.steps=" + std::to_string(choice.steps) };
}

std::string describe(const TuneChoice& choice)
{
    std::string text = formatCount(choice.poolPages) + " " + toString(choice.poolStorage);
    if (choice.exclusivePages > 0)
        text += " and " + formatCount(choice.exclusivePages) + " exclusive "
            + toString(choice.exclusiveStorage);
    return text + (choice.poolPages + choice.exclusivePages == 1 ? " page, " : " pages, ")
        + formatCount(choice.steps) + (choice.steps == 1 ? " step" : " steps");
}

TuneAccuracy accuracyAgainst(std::vector<double> tasks, const std::vector<double>& reference)
{
    if (tasks.empty() || tasks.size() != reference.size())
        throw std::invalid_argument("expected an accuracy and a reference for each task");
    TuneAccuracy accuracy;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const double change = tasks[i] - reference[i];
        accuracy.meanChange += change / static_cast<double>(tasks.size());
        if (i == 0 || change < accuracy.worstChange) {
            accuracy.worstChange = change;
            accuracy.worstTask = i;
        }
    }
    accuracy.tasks = std::move(tasks);
    return accuracy;
}

bool dominates(const TunePoint& a, const TunePoint& b)
{
    const bool noWorse = a.bytes <= b.bytes && a.accuracy.meanChange >= b.accuracy.meanChange
        && a.accuracy.worstChange >= b.accuracy.worstChange;
    const bool better = a.bytes < b.bytes || a.accuracy.meanChange > b.accuracy.meanChange
        || a.accuracy.worstChange > b.accuracy.worstChange;
    return noWorse && better;
}

std::vector<std::size_t> paretoFront(const std::vector<TunePoint>& points)
{
    const auto isTwin = [](const TunePoint& a, const TunePoint& b) {
        return a.bytes == b.bytes && a.accuracy.meanChange == b.accuracy.meanChange
            && a.accuracy.worstChange == b.accuracy.worstChange;
    };
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < points.size(); ++i) {
        bool isBeaten = false;
        for (std::size_t k = 0; k < points.size() && !isBeaten; ++k)
            isBeaten = dominates(points[k], points[i]) || (k < i && isTwin(points[k], points[i]));
        if (!isBeaten)
            front.push_back(i);
    }
    std::stable_sort(front.begin(), front.end(),
        [&](std::size_t a, std::size_t b) { return points[a].bytes < points[b].bytes; });
    return front;
}

bool isBetter(const TunePoint& a, const TunePoint& b)
{
    if (a.accuracy.meanChange != b.accuracy.meanChange)
        return a.accuracy.meanChange > b.accuracy.meanChange;
    if (a.accuracy.worstChange != b.accuracy.worstChange)
        return a.accuracy.worstChange > b.accuracy.worstChange;
    return a.bytes < b.bytes;
}

bool reaches(const TunePoint& point, const TuneTarget& target)
{
    return (!target.bytes || point.bytes <= *target.bytes)
        && (!target.maxDrop || point.accuracy.meanChange >= -*target.maxDrop);
}

std::optional<std::size_t> bestPoint(const TuneFront& front)
{
    std::optional<std::size_t> best;
    if (!front.target.bytes && !front.target.maxDrop)
        return best;
    for (std::size_t i = 0; i < front.points.size(); ++i) {
        const TunePoint& point = front.points[i];
        if (!reaches(point, front.target))
            continue;
        const bool isFirst = !best;
        if (isFirst
            || (front.target.maxDrop && point.bytes != front.points[*best].bytes
                    ? point.bytes < front.points[*best].bytes
                    : isBetter(point, front.points[*best])))
            best = i;
    }
    return best;
}

std::string verdict(const TuneFront& front)
{
    if (front.points.empty())
        return "nothing was tried to its end yet";
    if (const auto best = bestPoint(front))
        return "best found: " + found(front, front.points[*best]);
    if (front.target.maxDrop) {
        const TunePoint& nearest = *std::min_element(front.points.begin(), front.points.end(), isBetter);
        return "no packing that was tried loses at most " + fixedText(100.0 * *front.target.maxDrop, 2)
            + " points; the best found is " + found(front, nearest);
    }
    if (front.target.bytes) {
        const TunePoint& nearest = *std::min_element(
            front.points.begin(), front.points.end(), [](const TunePoint& a, const TunePoint& b) {
                return a.bytes != b.bytes ? a.bytes < b.bytes : isBetter(a, b);
            });
        return "nothing that was tried fits in " + formatBytes(static_cast<double>(*front.target.bytes))
            + "; the smallest found is " + found(front, nearest);
    }
    const std::vector<std::size_t> best = paretoFront(front.points);
    return "the front has " + std::to_string(best.size())
        + (best.size() == 1 ? " point, of " : " points, from ")
        + formatBytes(static_cast<double>(front.points[best.front()].bytes))
        + (best.size() == 1 ? std::string()
                            : " to " + formatBytes(static_cast<double>(front.points[best.back()].bytes)));
}

} // namespace palimpsest
