// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace palimpsest {

/// Files that are programs are read only if the user trusts them: asked once for each content, by its SHA-256, and remembered in
/// ${XDG_CONFIG_HOME:-~/.config}/palimpsest/trusted, one hash a line.
/// @param trustNow  the user says so now; it is remembered
/// @return BadInput that says what to do where the file is not trusted
[[nodiscard]] Status checkTrust(const std::filesystem::path& file, bool trustNow);

} // namespace palimpsest
