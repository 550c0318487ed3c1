// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"

#include <string>

namespace palimpsest::gpu {

/// The kernels of gpu/kernels on one CUDA device.
///
/// Streams: a null `stream` means LibTorch's current stream of this device at the time of the call, so that
/// kernels and tensor operations of one thread stay in order, and both are caught by capture(). Every other
/// value is a cudaStream_t of this device. Calls may come from several threads; each thread has a current
/// stream of its own.
class CudaBackend : public Backend {
public:
    explicit CudaBackend(int device)
        : m_device(device)
    {
    }

    [[nodiscard]] std::string name() const override { return "cuda:" + std::to_string(m_device); }
    void gather(const float* pool, const float* exclusive, const std::uint32_t* codes, float* image,
        std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount, Stream stream) override;
    void switchTo(const SwitchPlan& plan, Stream stream) override;
    void copy(void* to, const void* from, std::int64_t byteCount, Stream stream) override;
    void scatterAdd(const float* image, const std::uint32_t* codes, float* poolGradient,
        float* exclusiveGradient, std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount,
        Stream stream) override;
    void roundPages(const TrainedPages& pages, float* rounded, Stream stream) override;
    void roundGradients(
        const TrainedPages& pages, float* gradient, float* scaleGradient, Stream stream) override;
    void barycentreCosts(const double* sum0, const double* sum1, const float* weights, const float* fisher,
        float* cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize,
        Stream stream) override;
    void pairwiseCosts(const double* sums, const float* weights, const float* fisher, float* cost,
        std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize, Stream stream) override;

    void assign(const float* cost, std::int64_t rows, std::int64_t columns, double tolerance,
        std::int32_t* columnOfRow, void* workspace, Stream stream) override;
    [[nodiscard]] std::int64_t assignBytes(std::int64_t columns) const override;

    void runBranches(std::span<const std::function<void()>> branches) override;

    /// Runs `work` once to record it: its kernels are caught, not run. Work on the current stream (a null
    /// Stream) is caught, and so is LibTorch's: its memory then comes from a pool of the graph, and the
    /// device's default generator goes on from replay to replay. Run `work` once before, outside: libraries
    /// set themselves up at the first call, which cannot be recorded. Whatever changes from step to step must
    /// be read from device memory.
    [[nodiscard]] std::unique_ptr<Graph> capture(std::function<void()> work) override;
    /// Queues the recorded kernels on the current stream. @throws std::bad_cast for a graph of
    /// another backend
    void replay(Graph& graph) override;

private:
    int m_device;
};

} // namespace palimpsest::gpu
