// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/matching/page_set.h"
#include "core/project/settings.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace palimpsest {

/// Computes what pages would add to the cost in every slot, on the device of a PageSet.
class CostMatrix {
public:
    virtual ~CostMatrix() = default;
    /// @param sums   over the tenants of each slot, [2 or 6, slotCount, pageSize], as Backend's cost kernels read them
    /// @param costs  out, [pageList.size(), slotCount]
    /// @return false if `stop` was requested
    [[nodiscard]] virtual bool compute(std::size_t task, std::span<const std::int32_t> pageList,
        const std::vector<double>& sums, std::span<float> costs, const std::stop_token& stop)
        = 0;
};

/// @param pages  must outlive it. @throws std::runtime_error where the device is not there
[[nodiscard]] std::unique_ptr<CostMatrix> makeCostMatrix(const PageSet& pages, CostKind kind);

} // namespace palimpsest
