// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace palimpsest::test {

/// A whole project of two small tasks on made-up csv data that a linear rule nearly separates. A run takes about a second.
/// @param steps  of joint optimisation: more make the optimise stage long enough to be interrupted
void writeTinyProject(const std::filesystem::path& folder, int steps = 60);

/// Replaces the first `from` in a text file. Throws where there is none: a test that changes nothing proves nothing.
void replaceInFile(const std::filesystem::path& file, const std::string& from, const std::string& to);

[[nodiscard]] std::string fileText(const std::filesystem::path& file);

} // namespace palimpsest::test
