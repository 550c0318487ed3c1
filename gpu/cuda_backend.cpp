// SPDX-License-Identifier: Apache-2.0
#include "gpu/cuda_backend.h"

#include "gpu/cuda_check.h"
#include "gpu/kernels/auction_kernel.h"
#include "gpu/kernels/cost_kernel.h"
#include "gpu/kernels/gather_kernel.h"
#include "gpu/kernels/rounding_kernel.h"
#include "gpu/kernels/switch_kernel.h"

#include <ATen/cuda/CUDAEvent.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <exception>
#include <map>
#include <vector>

namespace palimpsest::gpu {
namespace {

class CudaGraph : public Backend::Graph {
public:
    at::cuda::CUDAGraph graph;
};

cudaStream_t streamOf(Backend::Stream stream, int device)
{
    return stream != nullptr
        ? static_cast<cudaStream_t>(stream)
        : c10::cuda::getCurrentCUDAStream(static_cast<c10::DeviceIndex>(device)).stream();
}

c10::cuda::CUDAGuard onDevice(int device)
{
    return c10::cuda::CUDAGuard(static_cast<c10::DeviceIndex>(device));
}

} // namespace

void CudaBackend::gather(const float* pool, const float* exclusive, const std::uint32_t* codes, float* image,
    std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount, Stream stream)
{
    const auto guard = onDevice(m_device);
    launchGather(pool, exclusive, codes, image, pageCount, pageSize, slotCount, streamOf(stream, m_device));
}

void CudaBackend::switchTo(const SwitchPlan& plan, Stream stream)
{
    const auto guard = onDevice(m_device);
    launchSwitch(plan, streamOf(stream, m_device));
}

void CudaBackend::copy(void* to, const void* from, std::int64_t byteCount, Stream stream)
{
    const auto guard = onDevice(m_device);
    if (byteCount > 0)
        PALIMPSEST_CUDA(cudaMemcpyAsync(
            to, from, static_cast<std::size_t>(byteCount), cudaMemcpyDefault, streamOf(stream, m_device)));
}

void CudaBackend::scatterAdd(const float* image, const std::uint32_t* codes, float* poolGradient,
    float* exclusiveGradient, std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount,
    Stream stream)
{
    const auto guard = onDevice(m_device);
    launchScatterAdd(image, codes, poolGradient, exclusiveGradient, pageCount, pageSize, slotCount,
        streamOf(stream, m_device));
}

void CudaBackend::roundPages(const TrainedPages& pages, float* rounded, Stream stream)
{
    const auto guard = onDevice(m_device);
    launchRoundPages(pages, rounded, streamOf(stream, m_device));
}

void CudaBackend::roundGradients(
    const TrainedPages& pages, float* gradient, float* scaleGradient, Stream stream)
{
    const auto guard = onDevice(m_device);
    launchRoundGradients(pages, gradient, scaleGradient, streamOf(stream, m_device));
}

void CudaBackend::barycentreCosts(const double* sum0, const double* sum1, const float* weights,
    const float* fisher, float* cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize,
    Stream stream)
{
    const auto guard = onDevice(m_device);
    launchBarycentreCosts(
        sum0, sum1, weights, fisher, cost, pageCount, slotCount, pageSize, streamOf(stream, m_device));
}

void CudaBackend::pairwiseCosts(const double* sums, const float* weights, const float* fisher, float* cost,
    std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize, Stream stream)
{
    const auto guard = onDevice(m_device);
    launchPairwiseCosts(
        sums, weights, fisher, cost, pageCount, slotCount, pageSize, streamOf(stream, m_device));
}

void CudaBackend::assign(const float* cost, std::int64_t rows, std::int64_t columns, double tolerance,
    std::int32_t* columnOfRow, void* workspace, Stream stream)
{
    const auto guard = onDevice(m_device);
    launchAuction(cost, rows, columns, tolerance, columnOfRow, workspace, streamOf(stream, m_device));
}

std::int64_t CudaBackend::assignBytes(std::int64_t columns) const
{
    return auctionBytes(columns);
}

void CudaBackend::runBranches(std::span<const std::function<void()>> branches)
{
    const auto guard = onDevice(m_device);
    const auto index = static_cast<c10::DeviceIndex>(m_device);
    const c10::cuda::CUDAStream main = c10::cuda::getCurrentCUDAStream(index);
    // Kept: memory in LibTorch's cache serves the stream that it was made for.
    static thread_local std::map<int, std::vector<c10::cuda::CUDAStream>> kept;
    std::vector<c10::cuda::CUDAStream>& streams = kept[m_device];
    while (streams.size() < branches.size())
        streams.push_back(c10::cuda::getStreamFromPool(/*isHighPriority=*/false, index));
    at::cuda::CUDAEvent fork;
    fork.record(main);
    std::exception_ptr problem;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const c10::cuda::CUDAStream stream = streams[i];
        fork.block(stream);
        if (!problem) {
            const c10::cuda::CUDAStreamGuard onBranch(stream);
            try {
                branches[i]();
            } catch (
                ...) { // the streams are joined all the same: a recording must not be left with open ends
                problem = std::current_exception();
            }
        }
        at::cuda::CUDAEvent join;
        join.record(stream);
        join.block(main);
    }
    if (problem)
        std::rethrow_exception(problem);
}

std::unique_ptr<Backend::Graph> CudaBackend::capture(std::function<void()> work)
{
    const auto guard = onDevice(m_device);
    // CUDA records no legacy default stream, which is the current one of a thread that chose none.
    const c10::cuda::CUDAStream side
        = c10::cuda::getStreamFromPool(/*isHighPriority=*/false, static_cast<c10::DeviceIndex>(m_device));
    const c10::cuda::CUDAStreamGuard onSide(side);
    auto result = std::make_unique<CudaGraph>();
    // Other threads may go on with calls that a recording must not make (another job allocates), hence
    // ThreadLocal.
    result->graph.capture_begin({ 0, 0 }, cudaStreamCaptureModeThreadLocal);
    try {
        work();
    } catch (...) {
        try {
            result->graph
                .capture_end(); // leaves the recording; a second error would hide the first, which tells more
        } catch (const std::exception&) { // NOLINT(bugprone-empty-catch)
        }
        throw;
    }
    result->graph.capture_end();
    return result;
}

void CudaBackend::replay(Graph& graph)
{
    auto& recorded = dynamic_cast<CudaGraph&>(graph);
    const auto guard = onDevice(m_device);
    recorded.graph.replay();
}

} // namespace palimpsest::gpu
