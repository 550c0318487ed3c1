// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/job/job_channel.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// How much an archive may become. Few bytes of an archive can claim to hold any amount.
struct UnpackLimits {
    std::uint64_t bytes = 0; ///< of all files; 0: a hundred times the archive and 100 MB
    std::uint64_t files = 2'000'000;
};

/// Unpacks the regular files of an archive (zip, tar and its compressed forms) below a folder, which is made where it is
/// missing; files that are there are replaced. Files alone: no links, devices, owners, rights or dates.
///
/// @param wanted  patterns of whole member names ("*.ppm"; '*' also stands for '/'); empty: all
/// @return number of files. BadInput: damage; a member that would leave the folder (absolute, "..") or that is a link; two
/// members of one name; more than the limits. What was unpacked until then stays: unpack into a folder of its own.
[[nodiscard]] Result<std::uint64_t> unpackArchive(const std::filesystem::path& archive,
    const std::filesystem::path& folder, const std::vector<std::string>& wanted, const UnpackLimits& limits,
    const JobContext& context);

} // namespace palimpsest
