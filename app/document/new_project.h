// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "widgets/project/new_project_dialog.h"

#include <QList>

#include <filesystem>
#include <string>

namespace palimpsest {

/// The samples that a new project can be made from, "empty" last. Reads their recipes: a few small files.
[[nodiscard]] QList<SampleChoice> sampleChoices();
/// ~/Palimpsest, where new projects go unless another folder is chosen.
[[nodiscard]] QString projectsPlace();

/// Makes a project folder from a sample and gives it a name. Copies files: call it on a worker thread.
[[nodiscard]] Status createProject(
    const std::filesystem::path& folder, const std::string& sample, const std::string& name);

} // namespace palimpsest
