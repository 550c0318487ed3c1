// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/project/recipe.h"

#include <QString>

namespace palimpsest {

// How settings are written for people. Source texts are the English of core/project/description.h, translated by coreText(), so
// that a new setting shows up in English before it is translated.

/// "tasks[0].training.learningRate" -> "Learning rate"; "budgets.level1Bytes" -> "Level 1 bytes".
[[nodiscard]] QString settingLabel(const QString& path);
/// What a report calls a baseline: "sameSteps" -> "same steps"; anything else stays as it is.
[[nodiscard]] QString choiceLabel(const QString& choice);
/// What a group of settings is called: "pages" -> "Pages", "data.columns" -> "Data › Columns", "" -> "Project".
[[nodiscard]] QString sectionTitle(const QString& section);
/// "fisher.samples" and "tasks[0].training.batch" without their last part: "fisher", "training"; "seed" -> "".
[[nodiscard]] QString sectionOf(const QString& path);

/// A value as a sentence has it: 65536 -> "65,536", true -> "on", a list by its entries, an empty text as "empty". At most about
/// 40 letters.
[[nodiscard]] QString valueText(const Json& value);
/// Effect, unit, range, default and the name in project.json, for a tool tip.
[[nodiscard]] QString settingToolTip(const SettingInfo& info);
[[nodiscard]] QString unitText(const SettingInfo& info); ///< translated; may be empty
[[nodiscard]] QString rangeText(const SettingInfo& info); ///< "1 to 64"; empty where every number will do

/// "tasks[3].data.path" -> "tasks[].data.path", as SettingInfo names it.
[[nodiscard]] QString schemaPath(const QString& path);
/// The value of a setting in toJson(recipe), by a path such as "pages.pageSize" or "tasks[0].data"; nullptr: there is none.
[[nodiscard]] const Json* findSetting(const Json& recipe, const QString& path);

/// First letter large, a full stop at the end.
[[nodiscard]] QString sentence(const QString& text);

} // namespace palimpsest
