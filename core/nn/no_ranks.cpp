// SPDX-License-Identifier: Apache-2.0
// Stands for gloo_ranks.cpp in builds without PALIMPSEST_WITH_RANKS.
#include "core/nn/ranks.h"

namespace palimpsest {

Result<std::unique_ptr<Ranks>> meetRanks(const RankPlace& place, RankTimeouts /*timeouts*/)
{
    return badInput("this program was built without several processes, and " + std::to_string(place.size)
        + " were asked for; install libgloo-dev and build it with -DPALIMPSEST_WITH_RANKS=ON, or start one "
          "process");
}

} // namespace palimpsest
