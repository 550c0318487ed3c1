// SPDX-License-Identifier: Apache-2.0
#include "core/data/split.h"

#include "core/base/random.h"

#include <map>
#include <unordered_map>

namespace palimpsest {

namespace {

/// Samples that stay together.
struct Group {
    std::int64_t samples = 0;
    std::int32_t label = 0; // of the first one
    bool isOff = false;
};

struct Grouping {
    std::vector<Group> groups; // in order of their first samples
    std::vector<std::size_t> groupOf; // [count]
};

Grouping groupSamples(const RawSamples& samples, std::int64_t block)
{
    Grouping grouping;
    grouping.groupOf.reserve(samples.count());
    std::unordered_map<std::int64_t, std::size_t> places; // group id -> index in groups
    for (std::size_t i = 0; i < samples.count(); ++i) {
        const std::int64_t id
            = samples.group.empty() ? static_cast<std::int64_t>(i) / block : samples.group[i];
        const auto [place, isNew] = places.try_emplace(id, grouping.groups.size());
        if (isNew)
            grouping.groups.push_back({ 0, samples.y[i], false });
        ++grouping.groups[place->second].samples;
        grouping.groupOf.push_back(place->second);
    }
    return grouping;
}

std::string className(const RawSamples& samples, std::int32_t label)
{
    const auto index = static_cast<std::size_t>(label);
    const std::string name = index < samples.classNames.size() ? samples.classNames[index] : "";
    return "class " + std::to_string(label)
        + (name.empty() || name == std::to_string(label) ? "" : " (" + name + ")");
}

std::string countOf(std::int64_t count, const std::string& what)
{
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// Marks the groups of one class that are cut off; `members` has two or more, shuffled.
void cutClass(std::vector<Group>& groups, const std::vector<std::size_t>& members, double share)
{
    std::int64_t total = 0;
    for (const std::size_t member : members)
        total += groups[member].samples;
    const double target = share * static_cast<double>(total);
    std::int64_t taken = 0;
    for (std::size_t i = 0; i + 1 < members.size(); ++i) { // the last one is kept
        Group& group = groups[members[i]];
        const bool isNearer = static_cast<double>(taken) + static_cast<double>(group.samples) / 2 < target;
        group.isOff = i == 0 || isNearer;
        taken += group.isOff ? group.samples : 0;
    }
}

} // namespace

Result<Cut> cutStratified(const RawSamples& samples, const CutSettings& settings, const std::string& where)
{
    if (!(settings.share > 0.0 && settings.share < 1.0))
        return badInput(settings.setting + " must be more than 0 and less than 1, got "
                + std::to_string(settings.share) + ": one side of the split would be empty",
            where);
    if (settings.block < 1)
        return badInput("split.block must be 1 or more, got " + std::to_string(settings.block), where);

    Grouping grouping = groupSamples(samples, settings.block);
    std::map<std::int32_t, std::vector<std::size_t>> groupsOfClass;
    for (std::size_t g = 0; g < grouping.groups.size(); ++g)
        groupsOfClass[grouping.groups[g].label].push_back(g);
    Random random(settings.seed);
    for (auto& [label, members] : groupsOfClass) {
        random.shuffle(std::span(members));
        if (members.size() > 1)
            cutClass(grouping.groups, members, settings.share);
    }

    Cut cut;
    std::map<std::int32_t, std::pair<std::int64_t, std::int64_t>>
        counts; // class -> samples kept, samples off
    for (std::size_t i = 0; i < samples.count(); ++i) {
        const bool isOff = grouping.groups[grouping.groupOf[i]].isOff;
        (isOff ? cut.off : cut.kept).push_back(static_cast<std::int64_t>(i));
        ++(isOff ? counts[samples.y[i]].second : counts[samples.y[i]].first);
    }
    for (const auto& [label, count] : counts) {
        if (count.first > 0 && count.second > 0)
            continue;
        const bool isGrouped = grouping.groups.size() < samples.count();
        const auto groups = static_cast<std::int64_t>(groupsOfClass[label].size());
        return badInput(className(samples, label) + " has " + countOf(count.first + count.second, "sample")
                + (isGrouped ? " and begins " + countOf(groups, "group") + " of samples that stay together"
                             : "")
                + ", too few for both sides of " + settings.setting
                + ": add samples of it or leave the class out" + (isGrouped ? ", or use smaller groups" : ""),
            where);
    }
    if (cut.kept.empty() || cut.off.empty())
        return badInput("there are no samples to split", where);
    return cut;
}

} // namespace palimpsest
