// SPDX-License-Identifier: Apache-2.0
#include "core/backend/assignment.h"
#include "core/backend/backend.h"
#include "core/backend/cpu_kernels.h"
#include "core/backend/cpu_rounding.h"
#include "core/backend/cpu_switch.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace palimpsest {
namespace {

class CpuGraph final : public Backend::Graph {
public:
    explicit CpuGraph(std::function<void()> work)
        : m_work(std::move(work))
    {
    }
    void run() const { m_work(); }

private:
    std::function<void()> m_work;
};

class CpuBackend final : public Backend {
public:
    [[nodiscard]] std::string name() const override { return "cpu"; }

    void gather(const float* pool, const float* exclusive, const std::uint32_t* codes, float* image,
        std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount, Stream /*stream*/) override
    {
        const auto pageBytes = static_cast<std::size_t>(pageSize) * sizeof(float);
        for (std::int64_t page = 0; page < pageCount; ++page) {
            const auto code = static_cast<std::int64_t>(codes[page]);
            const float* source
                = code < slotCount ? pool + code * pageSize : exclusive + (code - slotCount) * pageSize;
            std::memcpy(image + page * pageSize, source, pageBytes);
        }
    }

    void switchTo(const SwitchPlan& plan, Stream /*stream*/) override { switchOnCpu(plan); }

    void copy(void* to, const void* from, std::int64_t byteCount, Stream /*stream*/) override
    {
        if (byteCount > 0)
            std::memcpy(to, from, static_cast<std::size_t>(byteCount));
    }

    void scatterAdd(const float* image, const std::uint32_t* codes, float* poolGradient,
        float* exclusiveGradient, std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount,
        Stream /*stream*/) override
    {
        for (std::int64_t page = 0; page < pageCount; ++page) {
            const auto code = static_cast<std::int64_t>(codes[page]);
            float* target = code < slotCount ? poolGradient + code * pageSize
                                             : exclusiveGradient + (code - slotCount) * pageSize;
            const float* source = image + page * pageSize;
            for (std::int64_t k = 0; k < pageSize; ++k)
                target[k] += source[k];
        }
    }

    void roundPages(const TrainedPages& pages, float* rounded, Stream /*stream*/) override
    {
        roundPagesOnCpu(pages, rounded);
    }
    void roundGradients(
        const TrainedPages& pages, float* gradient, float* scaleGradient, Stream /*stream*/) override
    {
        roundGradientsOnCpu(pages, gradient, scaleGradient);
    }

    void barycentreCosts(const double* sum0, const double* sum1, const float* weights, const float* fisher,
        float* cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize,
        Stream /*stream*/) override
    {
        m_kernels.barycentreCosts(sum0, sum1, weights, fisher, cost, pageCount, slotCount, pageSize);
    }

    void pairwiseCosts(const double* sums, const float* weights, const float* fisher, float* cost,
        std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize, Stream /*stream*/) override
    {
        m_kernels.pairwiseCosts(sums, weights, fisher, cost, pageCount, slotCount, pageSize);
    }

    void assign(const float* cost, std::int64_t rows, std::int64_t columns, double /*tolerance*/,
        std::int32_t* columnOfRow, void* /*workspace*/, Stream /*stream*/) override
    {
        const auto size = static_cast<std::size_t>(rows * columns);
        const std::vector<std::int32_t> assigned = palimpsest::assign(std::span(cost, size), rows, columns);
        std::copy(assigned.begin(), assigned.end(), columnOfRow);
    }
    [[nodiscard]] std::int64_t assignBytes(std::int64_t /*columns*/) const override { return 0; }

    void runBranches(std::span<const std::function<void()>> branches) override
    {
        for (const std::function<void()>& branch : branches)
            branch();
    }

    [[nodiscard]] std::unique_ptr<Graph> capture(std::function<void()> work) override
    {
        return std::make_unique<CpuGraph>(std::move(work));
    }

    /// @throws std::bad_cast for a graph of another backend
    void replay(Graph& graph) override { dynamic_cast<CpuGraph&>(graph).run(); }

private:
    const CpuKernels& m_kernels = cpuKernels().front();
};

} // namespace

std::unique_ptr<Backend> makeCpuBackend()
{
    return std::make_unique<CpuBackend>();
}

} // namespace palimpsest
