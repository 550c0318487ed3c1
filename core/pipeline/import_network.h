// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/reference_network.h"

#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// Reads a network in any form that is known: a layer list (.json) with `weights` (or the .safetensors of the same name
/// beside it), or a reference network (.h5).
[[nodiscard]] Result<ImportedNetwork> readAnyNetwork(
    const std::filesystem::path& network, const std::filesystem::path& weights = {});

/// Brings a network into a project: networks/NAME.json and networks/NAME.safetensors, and, with `task`, the two settings of
/// that task in project.json (saved atomically).
/// @param files   a layer list and its weights, a reference network, or weights alone with `layers`
/// @return the mapping report, one line a tensor
[[nodiscard]] Result<std::vector<std::string>> importNetwork(const std::vector<std::filesystem::path>& files,
    const std::filesystem::path& layers, const std::filesystem::path& project, const std::string& task);

} // namespace palimpsest
