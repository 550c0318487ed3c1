// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/pipeline/run_session.h"

namespace palimpsest {

/// While it lives, a stage that is divided among ranks runs, and the ranks of one machine share its cores; after it, this rank
/// has all of them again.
class SharedThreads {
public:
    explicit SharedThreads(const RunSession& session);
    ~SharedThreads();
    SharedThreads(const SharedThreads&) = delete;
    SharedThreads& operator=(const SharedThreads&) = delete;

private:
    const RunSession& m_session;
};

/// Whether joint optimisation is divided: with other ranks, and not where one task is trained at a time.
[[nodiscard]] bool isOptimiseShared(const RunSession& session);

/// Rank 0 calls the others to joint optimisation. @param resume  they read the checkpoint too
[[nodiscard]] Status orderOptimise(RunSession& session, bool resume);

} // namespace palimpsest
