// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// A sample project that `new` can copy.
struct SampleProject {
    std::string name; ///< "quickstart"
    std::string description;
    std::filesystem::path folder;
};

/// Samples of the folder `projects`: $PALIMPSEST_PROJECTS, or the installed or built program's own.
[[nodiscard]] std::vector<SampleProject> sampleProjects();

/// Copies a sample ("empty": a recipe without tasks) into `folder`, which must not exist or be empty. Its dataRoot becomes the
/// folder where packaging/setup puts data sets. @return BadInput for an unknown sample, with the known ones
[[nodiscard]] Status newProject(const std::filesystem::path& folder, const std::string& sample);

} // namespace palimpsest
