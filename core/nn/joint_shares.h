// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/nn/joint.h"
#include "core/nn/ranks.h"
#include "core/nn/torch_headers.h"

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest::nn {

/// How a joint run is divided among its ranks, and what they tell each other.
///
/// Every rank keeps all parameters, gradients of the others' tasks being zero until they are added up, and takes the same
/// optimiser step. What a task alone has (losses, scores, batch norm statistics, random numbers) only its rank knows: it is
/// shared where it is needed, by sums in which the other ranks put zeros. A process alone shares nothing: all is its own.
class JointShares {
public:
    /// @param ranks  nullptr: this process is alone
    JointShares(std::span<const JointTask> tasks, std::int64_t batch, Ranks* ranks);

    [[nodiscard]] bool isAlone() const { return m_ranks == nullptr; }
    /// Whether this process writes what the job makes.
    [[nodiscard]] bool isFirst() const { return isAlone() || m_ranks->isFirst(); }
    [[nodiscard]] bool isMine(std::size_t task) const
    {
        return isAlone() || m_owners[task] == m_ranks->rank();
    }

    /// What any rank wants all to do after this step.
    struct Wishes {
        bool stop = false;
        bool save = false;
    };
    /// Adds up a step: gradients in place; losses, of which each rank knows those of its tasks; and wishes.
    /// @param gradients  float32, the same on all ranks
    /// @param losses     one a task, 0 for those of other ranks; a float32 each
    [[nodiscard]] Status addUp(
        const std::vector<at::Tensor>& gradients, std::vector<double>& losses, Wishes& wishes);
    /// Gives to all what one rank knows. @param values  0 where this rank knows nothing
    [[nodiscard]] Status share(std::vector<double>& values);
    /// The same of one vector a task: those of other ranks' tasks are overwritten, sizes stay.
    [[nodiscard]] Status shareOwn(std::vector<std::vector<float>>& perTask);
    [[nodiscard]] Status shareOwn(std::vector<std::vector<std::uint8_t>>& perTask);

private:
    template <class T>
    [[nodiscard]] Status shareAll(std::vector<std::vector<T>>& perTask, at::ScalarType type);

    Ranks* m_ranks;
    std::vector<int> m_owners; ///< rank of each task
    at::Tensor m_buffer; ///< float32 on the CPU [gradients, losses, wishes]; made at the first step
};

} // namespace palimpsest::nn
