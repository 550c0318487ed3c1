// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/job/job_channel.h"
#include "core/pipeline/import_network.h"
#include "core/pipeline/project.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

// The measurements of `palimpsest bench`. Each returns lines (JSON objects) with what was measured, beside the floor or
// rival that it is compared with. Times are of this machine and this moment.

/// N random switches on the project's results: paged, whole copy, file reload, all resident.
[[nodiscard]] Result<std::vector<Json>> benchSwitch(
    const Project& project, std::int64_t switches, const JobContext& context);
/// One simultaneous step of all tasks against their separate training steps.
[[nodiscard]] Result<std::vector<Json>> benchStep(
    const Project& project, std::int64_t repetitions, const JobContext& context);
/// Fisher information against one forward and backward pass over the same samples, task by task.
[[nodiscard]] Result<std::vector<Json>> benchFisher(
    const Project& project, std::int64_t samples, const JobContext& context);
/// Every matching strategy on the project's own pages: both costs, bounds, seconds.
[[nodiscard]] Result<std::vector<Json>> benchMatch(const Project& project, const JobContext& context);

/// The same for a folder of networks with Fisher information (references' HDF5 files).
struct MatchBenchRequest {
    std::filesystem::path networks; ///< folder of NAME.h5
    std::vector<std::string> order; ///< names; empty: all files by name
    std::int64_t pageSize = 512;
    std::int64_t slots = 0;
    std::string formation = "aligned";
    std::int64_t seeds = 10; ///< of the random and the reference strategy: the mean is reported
};
[[nodiscard]] Result<std::vector<Json>> benchMatch(
    const MatchBenchRequest& request, const JobContext& context);

/// The training split of each task: decoded from its files, kept in a cache, and found there again. The least of so many times each.
[[nodiscard]] Result<std::vector<Json>> benchRead(
    const Project& project, std::int64_t repetitions, const JobContext& context);
/// The import of a network, its hash included, beside the SHA-256 of the same files alone, and the most memory that it takes more
/// than before. The least of so many times each.
[[nodiscard]] Result<std::vector<Json>> benchImport(
    const ImportRequest& request, std::int64_t repetitions, const JobContext& context);

/// A network of so many weights made of packed pages in random order, in every storage form and with every instruction set of this
/// processor, beside a copy of as many float32 weights. The least of so many times; all of it stays in the processor's caches if
/// they are large enough.
struct DecodeBenchRequest {
    std::int64_t weights = 65'536;
    std::int64_t pageSize = 512;
    std::int64_t repetitions = 2'000;
};
[[nodiscard]] Result<std::vector<Json>> benchDecode(
    const DecodeBenchRequest& request, const JobContext& context);

} // namespace palimpsest
