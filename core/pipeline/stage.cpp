// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/stage.h"

#include <algorithm>
#include <stdexcept>

namespace palimpsest {

std::string_view toString(Stage stage)
{
    switch (stage) {
    case Stage::Import:
        return "import";
    case Stage::Train:
        return "train";
    case Stage::Fisher:
        return "fisher";
    case Stage::Pages:
        return "pages";
    case Stage::Separate:
        return "separate";
    case Stage::Match:
        return "match";
    case Stage::Optimise:
        return "optimise";
    case Stage::Evaluate:
        return "evaluate";
    case Stage::Place:
        return "place";
    case Stage::Execute:
        return "execute";
    case Stage::Report:
        return "report";
    }
    throw std::invalid_argument("unknown Stage");
}

std::optional<Stage> stageFromString(std::string_view name)
{
    const auto found
        = std::find_if(kStages.begin(), kStages.end(), [&](Stage stage) { return toString(stage) == name; });
    return found == kStages.end() ? std::nullopt : std::optional(*found);
}

std::string stageNames()
{
    std::string text;
    for (const Stage stage : kStages)
        text += (text.empty() ? "" : "|") + std::string(toString(stage));
    return text;
}

const std::vector<std::string>& knownBaselines()
{
    static const std::vector<std::string> kNames { "sameSteps", "sameRecipe", "float16", "int8", "int6",
        "int4", "int4Trained", "int3Trained", "ternaryTrained", "smallTernary" };
    return kNames;
}

bool isTrainedBaseline(std::string_view name)
{
    static constexpr std::array<std::string_view, 6> kTrained { "sameSteps", "sameRecipe", "int4Trained",
        "int3Trained", "ternaryTrained", "smallTernary" };
    return std::find(kTrained.begin(), kTrained.end(), name) != kTrained.end();
}

bool hasBaseline(const Recipe& recipe, std::string_view name)
{
    return std::find(recipe.baselines.begin(), recipe.baselines.end(), name) != recipe.baselines.end();
}

std::vector<StagePart> partsOf(Stage stage, const Recipe& recipe)
{
    std::vector<StagePart> parts;
    const auto addTasks = [&](const std::string& prefix) {
        for (const TaskSettings& task : recipe.tasks)
            parts.push_back({ stage, prefix + "/" + task.name, task.name });
    };
    if (stage == Stage::Import || stage == Stage::Train || stage == Stage::Fisher)
        addTasks(std::string(toString(stage)));
    else
        parts.push_back({ stage, std::string(toString(stage)), {} });
    if (stage == Stage::Optimise)
        for (const std::string& baseline : knownBaselines())
            if (isTrainedBaseline(baseline) && hasBaseline(recipe, baseline))
                addTasks(baseline);
    return parts;
}

double workOf(const StagePart& part, const Recipe& recipe)
{
    return part.task.empty() ? std::max(1.0, static_cast<double>(recipe.tasks.size())) : 1.0;
}

std::vector<StagePart> allParts(const Recipe& recipe)
{
    std::vector<StagePart> all;
    for (const Stage stage : kStages) {
        const std::vector<StagePart> parts = partsOf(stage, recipe);
        all.insert(all.end(), parts.begin(), parts.end());
    }
    return all;
}

} // namespace palimpsest
