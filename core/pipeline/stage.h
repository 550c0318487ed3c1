// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/settings.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest {

/// The stages in their order (DESIGN.md 2). Each reads the recipe and results of earlier stages, and writes its own.
enum class Stage : std::uint8_t {
    Import,
    Train,
    Fisher,
    Pages,
    Separate,
    Match,
    Optimise,
    Evaluate,
    Place,
    Execute,
    Report
};

inline constexpr std::array kStages { Stage::Import, Stage::Train, Stage::Fisher, Stage::Pages,
    Stage::Separate, Stage::Match, Stage::Optimise, Stage::Evaluate, Stage::Place, Stage::Execute,
    Stage::Report };

/// "import", "train", ...
[[nodiscard]] std::string_view toString(Stage stage);
[[nodiscard]] std::optional<Stage> stageFromString(std::string_view name);
/// "import|train|..." for messages and help.
[[nodiscard]] std::string stageNames();

/// A part is what one result file holds. Stages that treat tasks one by one have a part a task, so that a change of one
/// task leaves the results of the others as they are: "train/fashion". Optimise has "optimise" and, for each trained baseline
/// that the recipe asks for, "<baseline>/<task>".
struct StagePart {
    Stage stage = Stage::Import;
    std::string name; ///< "train/fashion", "match"
    std::string task; ///< "fashion"; empty for a part of the whole project
    bool operator==(const StagePart&) const = default;
};

[[nodiscard]] std::vector<StagePart> partsOf(Stage stage, const Recipe& recipe);
/// Of all stages, in order.
[[nodiscard]] std::vector<StagePart> allParts(const Recipe& recipe);
/// How much of its stage a part is, roughly: 1 for a part of one task, the number of tasks for one that works on all of them.
[[nodiscard]] double workOf(const StagePart& part, const Recipe& recipe);
/// Names that a recipe's `baselines` may hold: what a user would do without this program.
[[nodiscard]] const std::vector<std::string>& knownBaselines();
/// Whether a known baseline is made by training, and so has parts in the optimise stage.
[[nodiscard]] bool isTrainedBaseline(std::string_view name);
[[nodiscard]] bool hasBaseline(const Recipe& recipe, std::string_view name);

} // namespace palimpsest
