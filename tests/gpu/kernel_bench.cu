// SPDX-License-Identifier: Apache-2.0
// Times of the bare kernels beside a copy of as many bytes: one JSON object a line, for the notebook in
// gpu/README.md.
#include "gpu/cuda_check.h"
#include "gpu/kernels/auction_kernel.h"
#include "gpu/kernels/cost_kernel.h"
#include "gpu/kernels/gather_kernel.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <functional>
#include <random>
#include <vector>

namespace palimpsest::gpu {
namespace {

constexpr int kRounds = 200;

/// Device memory that is freed with its owner.
template <class T> class Buffer {
public:
    explicit Buffer(std::size_t count)
    {
        PALIMPSEST_CUDA(cudaMalloc(&m_data, std::max<std::size_t>(count, 1) * sizeof(T)));
        PALIMPSEST_CUDA(cudaMemset(m_data, 0, count * sizeof(T)));
    }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() { static_cast<void>(cudaFree(m_data)); }
    [[nodiscard]] T* data() const { return m_data; }

private:
    T* m_data = nullptr;
};

/// Median over kRounds of launch and synchronisation, timed by the host, in microseconds.
double medianMicroseconds(cudaStream_t stream, const std::function<void()>& launch)
{
    std::vector<double> times;
    for (int round = -10; round < kRounds; ++round) { // ten rounds to warm up
        const auto start = std::chrono::steady_clock::now();
        launch();
        PALIMPSEST_CUDA(cudaStreamSynchronize(stream));
        const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - start;
        if (round >= 0)
            times.push_back(spent.count());
    }
    std::nth_element(times.begin(), times.begin() + kRounds / 2, times.end());
    return times[kRounds / 2];
}

void print(const char* kernel, std::int64_t pages, std::int64_t slots, std::int64_t pageSize,
    double microseconds, double copyMicroseconds)
{
    std::printf("{\"kernel\":\"%s\",\"pages\":%lld,\"slots\":%lld,\"pageSize\":%lld,\"medianUs\":%.2f,"
                "\"copyUs\":%.2f}\n",
        kernel, static_cast<long long>(pages), static_cast<long long>(slots),
        static_cast<long long>(pageSize), microseconds, copyMicroseconds);
}

/// Gather and scatter-add of one network; the copy moves as many bytes as the gather reads and writes.
void measurePages(cudaStream_t stream, std::int64_t pages, std::int64_t slots, std::int64_t pageSize)
{
    const auto imageSize = static_cast<std::size_t>(pages * pageSize);
    const Buffer<float> pool(static_cast<std::size_t>(slots * pageSize));
    const Buffer<float> exclusive(1);
    const Buffer<float> image(imageSize);
    const Buffer<float> copy(imageSize);
    const Buffer<std::uint32_t> codes(static_cast<std::size_t>(pages));
    std::mt19937 random(1);
    std::vector<std::uint32_t> drawn(static_cast<std::size_t>(pages));
    for (std::uint32_t& code : drawn)
        code = random() % static_cast<std::uint32_t>(slots);
    PALIMPSEST_CUDA(
        cudaMemcpy(codes.data(), drawn.data(), drawn.size() * sizeof(std::uint32_t), cudaMemcpyHostToDevice));

    const double copyTime = medianMicroseconds(stream, [&] {
        PALIMPSEST_CUDA(cudaMemcpyAsync(
            copy.data(), image.data(), imageSize * sizeof(float), cudaMemcpyDeviceToDevice, stream));
    });
    const double gatherTime = medianMicroseconds(stream, [&] {
        launchGather(
            pool.data(), exclusive.data(), codes.data(), image.data(), pages, pageSize, slots, stream);
    });
    print("gather", pages, slots, pageSize, gatherTime, copyTime);
    const double scatterTime = medianMicroseconds(stream, [&] {
        launchScatterAdd(
            image.data(), codes.data(), pool.data(), exclusive.data(), pages, pageSize, slots, stream);
    });
    print("scatterAdd", pages, slots, pageSize, scatterTime, copyTime);
}

void measureCosts(cudaStream_t stream, std::int64_t pages, std::int64_t slots, std::int64_t pageSize)
{
    const Buffer<double> sums(static_cast<std::size_t>(6 * slots * pageSize));
    const Buffer<float> weights(static_cast<std::size_t>(pages * pageSize));
    const Buffer<float> fisher(static_cast<std::size_t>(pages * pageSize));
    const Buffer<float> cost(static_cast<std::size_t>(pages * slots));
    // Positive values: with zeros, whole terms would be left out.
    const std::vector<double> ones(static_cast<std::size_t>(6 * slots * pageSize), 1.0);
    const std::vector<float> halves(static_cast<std::size_t>(pages * pageSize), 0.5F);
    PALIMPSEST_CUDA(
        cudaMemcpy(sums.data(), ones.data(), ones.size() * sizeof(double), cudaMemcpyHostToDevice));
    PALIMPSEST_CUDA(
        cudaMemcpy(weights.data(), halves.data(), halves.size() * sizeof(float), cudaMemcpyHostToDevice));
    PALIMPSEST_CUDA(
        cudaMemcpy(fisher.data(), halves.data(), halves.size() * sizeof(float), cudaMemcpyHostToDevice));
    print("barycentreCosts", pages, slots, pageSize,
        medianMicroseconds(stream,
            [&] {
                launchBarycentreCosts(sums.data(), sums.data() + slots * pageSize, weights.data(),
                    fisher.data(), cost.data(), pages, slots, pageSize, stream);
            }),
        0.0);
    print("pairwiseCosts", pages, slots, pageSize,
        medianMicroseconds(stream,
            [&] {
                launchPairwiseCosts(
                    sums.data(), weights.data(), fisher.data(), cost.data(), pages, slots, pageSize, stream);
            }),
        0.0);
}

/// Costs over many orders of magnitude, as those of pages are; to a millionth of the largest.
void measureAssignment(cudaStream_t stream, std::int64_t size)
{
    std::mt19937 random(1);
    std::uniform_real_distribution<float> draw(0.0F, 12.0F);
    std::vector<float> values(static_cast<std::size_t>(size * size));
    for (float& value : values)
        value = std::exp(-draw(random));
    const Buffer<float> cost(values.size());
    const Buffer<std::int32_t> columns(static_cast<std::size_t>(size));
    const Buffer<double> workspace(static_cast<std::size_t>(auctionBytes(size)) / sizeof(double) + 1);
    PALIMPSEST_CUDA(
        cudaMemcpy(cost.data(), values.data(), values.size() * sizeof(float), cudaMemcpyHostToDevice));
    print("assign", size, size, 1,
        medianMicroseconds(stream,
            [&] { launchAuction(cost.data(), size, size, 1e-6, columns.data(), workspace.data(), stream); }),
        0.0);
}

void measureAll()
{
    cudaDeviceProp properties {};
    PALIMPSEST_CUDA(cudaGetDeviceProperties(&properties, 0));
    std::printf("{\"device\":\"%s\"}\n", properties.name);
    cudaStream_t stream = nullptr;
    PALIMPSEST_CUDA(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    measurePages(stream, 128, 32, 512); // 256 KB
    measurePages(stream, 665, 665, 100);
    measurePages(stream, 5000, 1000, 512); // 10 MB
    measurePages(stream, 50000, 10000, 512); // 100 MB
    measureCosts(stream, 665, 665, 100);
    measureCosts(stream, 1280, 128, 512);
    for (const std::int64_t size : { 128, 665, 1500 })
        measureAssignment(stream, size);
    PALIMPSEST_CUDA(cudaStreamDestroy(stream));
}

} // namespace
} // namespace palimpsest::gpu

int main()
{
    try {
        palimpsest::gpu::measureAll();
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
}
