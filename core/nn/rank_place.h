// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace palimpsest {

/// Which of a job's processes this one is, and where they all meet.
struct RankPlace {
    int rank = 0; ///< 0 to size - 1
    int size = 1;
    int localRank = 0; ///< the same among the ranks of this machine
    int localSize = 1;
    std::string host = "127.0.0.1"; ///< of rank 0, as every rank can reach it
    std::uint16_t port = 0;
    bool storeIsElsewhere = false; ///< torchrun itself answers at host:port; else rank 0 does
    std::string session; ///< sets apart what is started one after another at the same place
    int listener = -1; ///< rank 0: a listening socket for `port`, which is taken over; -1: it is made

    bool operator==(const RankPlace&) const = default;
};

/// What the environment has under a name. Empty: nothing.
using Variables = std::function<std::optional<std::string>(const std::string& name)>;
[[nodiscard]] std::optional<std::string> environmentVariable(const std::string& name);

/// Reads what torchrun sets (RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT, LOCAL_RANK, LOCAL_WORLD_SIZE), or what Slurm's srun
/// sets (SLURM_STEP_ID, SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID, SLURM_STEP_TASKS_PER_NODE, SLURM_STEP_NODELIST,
/// SLURM_JOB_ID), where MASTER_ADDR and MASTER_PORT may say more. WORLD_SIZE wins.
/// @return nothing where neither started this process, or it is the only one; BadInput for variables that do not fit each other
[[nodiscard]] Result<std::optional<RankPlace>> rankPlace(const Variables& variables = environmentVariable);

/// The first machine of Slurm's short form of a list: "gpu[03-05,9],login1" -> "gpu03".
[[nodiscard]] std::string firstHost(const std::string& nodeList);

} // namespace palimpsest
