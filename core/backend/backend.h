// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/page_store.h"
#include "core/backend/rounding.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace palimpsest {

/// What a device must do. Raw pointers, shapes and an opaque stream: no LibTorch and no CUDA type.
///
/// All pointers are device pointers of this backend. Kernels of a device never allocate, synchronise or read back; they are queued on
/// `stream` (the CPU backend runs them at once and ignores it; on CUDA nullptr is LibTorch's current stream). Implementations: CpuBackend, gpu/ (CUDA).
class Backend {
public:
    using Stream = void*;

    virtual ~Backend() = default;
    [[nodiscard]] virtual std::string name() const = 0; ///< "cpu", "cuda:0"

    /// image[i, :] = codes[i] < slotCount ? pool[codes[i], :] : exclusive[codes[i] - slotCount, :]
    /// @param pool       [slotCount, pageSize] float32
    /// @param exclusive  [exclusiveCount, pageSize] float32, may lie on level 2
    /// @param codes      [pageCount] uint32: a page table as encodeTable() stores it
    /// @param image      out, [pageCount, pageSize]
    virtual void gather(const float* pool, const float* exclusive, const std::uint32_t* codes, float* image,
        std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount, Stream stream)
        = 0;

    /// Makes a task current: decodes its pages from both levels and its private run into the scratch network, in one launch.
    ///     image[i, :] = codes[i] < slotCount ? decoded(pool, codes[i]) : decoded(exclusive, codes[i] - slotCount)
    /// then the private run. A weight of an integer form is float32(scale) * q.
    virtual void switchTo(const SwitchPlan& plan, Stream stream) = 0;

    /// Copies bytes within a level or from one to the other.
    virtual void copy(void* to, const void* from, std::int64_t byteCount, Stream stream) = 0;

    /// The transpose of gather: adds each image page to its place. Repeated slots are summed in the order of i, so that
    /// the result is reproducible.
    /// @param poolGradient       in/out, [slotCount, pageSize]
    /// @param exclusiveGradient  in/out, [exclusiveCount, pageSize]
    virtual void scatterAdd(const float* image, const std::uint32_t* codes, float* poolGradient,
        float* exclusiveGradient, std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount,
        Stream stream)
        = 0;

    /// The weights that are read of pages in training. @param rounded  out, [pageCount, pageSize]
    virtual void roundPages(const TrainedPages& pages, float* rounded, Stream stream) = 0;

    /// The way back through roundPages() (Esser et al. 2020; the straight-through estimate):
    ///     dL/dv = dL/dw where |u| <= Q, else 0
    ///     dL/ds = sum over the group of dL/dw (q - u where |u| <= Q, else q)
    /// Nothing changes in the floating-point forms.
    /// @param gradient       in: dL/dw, out: dL/dv; [pageCount, pageSize]
    /// @param scaleGradient  out, as TrainedPages::scales
    virtual void roundGradients(
        const TrainedPages& pages, float* gradient, float* scaleGradient, Stream stream)
        = 0;

    /// Increase of J_bary when page i of the new task joins slot p (ALGORITHMS.md 4.1):
    ///     cost[i, p] = sum_k S0 F/(S0 + F) (w - S1/S0)^2,   a term is 0 where S0 F = 0
    /// @param sum0    [slotCount, pageSize] double: sum of F over the tenants of the slot
    /// @param sum1    [slotCount, pageSize] double: sum of F w
    /// @param weights, fisher  [pageCount, pageSize]; fisher is 0 at padding
    /// @param cost    out, [pageCount, slotCount] float32
    virtual void barycentreCosts(const double* sum0, const double* sum1, const float* weights,
        const float* fisher, float* cost, std::int64_t pageCount, std::int64_t slotCount,
        std::int64_t pageSize, Stream stream)
        = 0;

    /// Increase of J_pair when page i joins slot p, whose tenants have count n, sums of F, w, F w, w^2, F w^2 (masked F > 0):
    ///     cost[i, p] = sum_k [F > 0] sum_u [F_u > 0] (F + F_u)(w - w_u)^2
    ///                = sum_k F (n w^2 - 2 w sum w_u + sum w_u^2) + w^2 sum F_u - 2 w sum F_u w_u + sum F_u w_u^2
    /// @param sums  [6, slotCount, pageSize] double: n, sum w, sum w^2, sum F, sum F w, sum F w^2
    virtual void pairwiseCosts(const double* sums, const float* weights, const float* fisher, float* cost,
        std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize, Stream stream)
        = 0;

    /// Gives every row a column of its own so that the summed cost is at most `tolerance` above the least (the CPU: the least; a
    /// device may need columns x 1e-12 of the span of the costs).
    /// @param cost         [rows, columns] float32, finite; rows <= columns
    /// @param columnOfRow  out, [rows]
    /// @param workspace    assignBytes(columns) bytes, on the device and aligned to 8
    virtual void assign(const float* cost, std::int64_t rows, std::int64_t columns, double tolerance,
        std::int32_t* columnOfRow, void* workspace, Stream stream)
        = 0;
    [[nodiscard]] virtual std::int64_t assignBytes(std::int64_t columns) const = 0;

    /// Does pieces of work that do not depend on each other: on CUDA each on a stream of its own, which waits for what the current
    /// stream holds, and for all of which the current stream waits then; also while recording. The CPU does one after the other.
    virtual void runBranches(std::span<const std::function<void()>> branches) = 0;

    /// A recorded sequence of kernels.
    class Graph {
    public:
        virtual ~Graph() = default;
    };
    /// Records what `work` queues, to be run again by replay(). The CPU backend keeps `work` and runs it.
    [[nodiscard]] virtual std::unique_ptr<Graph> capture(std::function<void()> work) = 0;
    virtual void replay(Graph& graph) = 0;
};

/// The reference implementation, and the only one where there is no CUDA.
[[nodiscard]] std::unique_ptr<Backend> makeCpuBackend();

} // namespace palimpsest
