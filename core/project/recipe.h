// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/project/settings.h"

#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

inline constexpr int kRecipeVersion = 1;

/// Whether a recipe without tasks will do. A new, empty project has none; nothing can be run in it.
enum class NoTasks { Refuse, Allow };

/// Reads and checks a recipe: unknown key (with the nearest known one), wrong type, value out of range, wrong
/// version, two tasks of one name, no task. An older version is migrated. Errors name the path
/// ("tasks[1].training.batch"). Rules that need more than the recipe (files, budgets against the networks'
/// sizes) are left to the stages.
[[nodiscard]] Result<Recipe> parseRecipe(
    const Json& json, const std::string& where, NoTasks noTasks = NoTasks::Refuse);
/// All settings, also those at their defaults, in schema order. parseRecipe(toJson(r)) == r.
[[nodiscard]] Json toJson(const Recipe& recipe);

/// Applies "matching.strategy=reference", "tasks.fashion.training.epochs=3" or "tasks[0].weight=2". Values
/// are JSON, bare text for texts and choices, or a comma list for lists ("baselines=int8,int4",
/// "tasks.fashion.preprocess=scale=255,l2").
[[nodiscard]] Result<Recipe> applyOverride(const Recipe& recipe, const std::string& assignment);

/// What a form, a help page or the JSON Schema says of one setting.
struct SettingInfo {
    std::string path; ///< "pages.pageSize", "tasks[].training.batch"
    std::string type; ///< "integer", "number", "string", "boolean", "choice", "list"
    std::string unit; ///< "weights", "bytes", "steps", ...; may be empty
    std::string help; ///< its effect, one sentence or two
    std::string defaultJson; ///< the default as JSON text
    std::vector<std::string> choices; ///< of type choice
    std::optional<double> minimum, maximum;
    bool minimumExclusive = false;
    bool required = false; ///< has no default that would do
    PathKind pathKind = PathKind::None;
};
[[nodiscard]] std::vector<SettingInfo> recipeSettings();
/// JSON Schema (draft 2020-12) of project.json; core/project/recipe.schema.json is this text, and a test
/// keeps them equal.
[[nodiscard]] Json recipeSchema();

// Names of the choices, as they stand in project.json.
[[nodiscard]] std::string toString(Storage value);
[[nodiscard]] std::string toString(FisherSource value);
[[nodiscard]] std::string toString(FisherLabels value);
[[nodiscard]] std::string toString(Formation value);
[[nodiscard]] std::string toString(SmallTensors value);
[[nodiscard]] std::string toString(PrivateStorage value);
[[nodiscard]] std::string toString(SeparationStrategy value);
[[nodiscard]] std::string toString(MatchingStrategy value);
[[nodiscard]] std::string toString(CostKind value);
[[nodiscard]] std::string toString(PageValue value);
[[nodiscard]] std::string toString(Schedule value);
[[nodiscard]] std::string toString(Optimiser value);
/// The inverse for one enum, by its names; empty where there is none.
template <class E> [[nodiscard]] std::optional<E> fromString(const std::string& name);

} // namespace palimpsest
