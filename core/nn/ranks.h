// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/nn/rank_place.h"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace at {
class Tensor;
}

namespace palimpsest {

/// The processes of one job, as one of them sees the others.
///
/// Every rank makes the same calls of sum() in the same order. Where a rank is gone or does not answer, they fail on all others
/// with one sentence that says which rank it was, and the job is over: what is done next is leave(). Of several ranks that
/// see the same failure one has to tell the user: isSpeaker(). Not thread-safe.
class Ranks {
public:
    explicit Ranks(const RankPlace& place)
        : m_rank(place.rank)
        , m_size(place.size)
        , m_localSize(place.localSize)
    {
    }
    virtual ~Ranks() = default;
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    [[nodiscard]] int rank() const { return m_rank; }
    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] int localSize() const { return m_localSize; } ///< ranks on this machine
    [[nodiscard]] bool isFirst() const { return m_rank == 0; }

    /// Puts the sum over all ranks into `values` of every rank: the same bits everywhere, and again in another run with as many
    /// ranks. @param values  on the CPU, contiguous, of the same type and size on all ranks
    [[nodiscard]] virtual Status sum(const at::Tensor& values) = 0;

    /// Returns once all ranks have come to it.
    [[nodiscard]] virtual Status barrier() = 0;

    /// Rank 0 says to the others what to do next.
    [[nodiscard]] virtual Status give(const std::string& order) = 0;
    /// The others wait for it, as long as it takes. @return nothing once rank 0 has left; Canceled when the stop token is set
    [[nodiscard]] virtual Result<std::optional<std::string>> nextOrder(const std::stop_token& stop) = 0;

    /// The last call: says why this rank ends, so that the others need not guess. On rank 0 it waits a moment for the others.
    /// @param error  nullptr: all is well
    virtual void leave(const Error* error) = 0;
    /// Whether this is the rank that tells the user of a failure.
    [[nodiscard]] virtual bool isSpeaker() const = 0;

private:
    int m_rank;
    int m_size;
    int m_localSize;
};

struct RankTimeouts {
    std::chrono::milliseconds meeting { 60'000 }; ///< until all ranks have come
    std::chrono::milliseconds answer {
        300'000
    }; ///< of a rank that is there but silent; one that is gone is seen at once
};

/// Meets the other ranks: LibTorch's c10d with Gloo over TCP.
/// @return BadInput where the program was built without; Failed where the others do not come (who waits for whom is said)
[[nodiscard]] Result<std::unique_ptr<Ranks>> meetRanks(const RankPlace& place, RankTimeouts timeouts = {});

/// A socket that listens on a free port of the loopback device, for the rank 0 of ranks that it starts itself.
/// @return the place of rank 0 among `size`
[[nodiscard]] Result<RankPlace> openLoopback(int size);

} // namespace palimpsest
