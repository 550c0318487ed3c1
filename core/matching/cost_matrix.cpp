// SPDX-License-Identifier: Apache-2.0
#include "core/matching/cost_matrix.h"

#include "core/backend/gpu_module.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace palimpsest {
namespace {

void queueCosts(Backend& backend, CostKind kind, const double* sums, const float* weights,
    const float* fisher, float* costs, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize)
{
    if (kind == CostKind::Barycentre)
        backend.barycentreCosts(sums, sums + slotCount * pageSize, weights, fisher, costs, pageCount,
            slotCount, pageSize, nullptr);
    else
        backend.pairwiseCosts(sums, weights, fisher, costs, pageCount, slotCount, pageSize, nullptr);
}

class CpuCostMatrix final : public CostMatrix {
public:
    CpuCostMatrix(const PageSet& pages, CostKind kind)
        : m_pages(pages)
        , m_kind(kind)
        , m_backend(makeCpuBackend())
    {
    }

    [[nodiscard]] bool compute(std::size_t task, std::span<const std::int32_t> pageList,
        const std::vector<double>& sums, std::span<float> costs, const std::stop_token& stop) override
    {
        const std::int64_t slotCount = m_pages.slotCount();
        const std::int64_t pageSize = m_pages.pageSize();
        return m_pages.visitBlocks(task, pageList, slotCount * pageSize, stop,
            [&](std::int64_t first, std::int64_t count, const float* weights, const float* fisher) {
                queueCosts(*m_backend, m_kind, sums.data(), weights, fisher, costs.data() + first * slotCount,
                    count, slotCount, pageSize);
            });
    }

private:
    const PageSet& m_pages;
    CostKind m_kind;
    std::unique_ptr<Backend> m_backend;
};

/// Numbers in a device's memory, which grows as needed.
template <class T> class DeviceArray {
public:
    explicit DeviceArray(DeviceMemory& memory)
        : m_memory(&memory)
    {
    }
    DeviceArray(DeviceArray&& other) noexcept
        : m_memory(other.m_memory)
        , m_data(std::exchange(other.m_data, nullptr))
        , m_capacity(std::exchange(other.m_capacity, 0))
    {
    }
    DeviceArray& operator=(DeviceArray&&) = delete;
    ~DeviceArray() { release(); }

    /// What it held is lost where it grows.
    [[nodiscard]] T* reserve(std::size_t count)
    {
        if (count > m_capacity) {
            release();
            m_data = static_cast<T*>(m_memory->allocate(count * sizeof(T)));
            m_capacity = count;
        }
        return m_data;
    }
    void put(std::span<const T> values)
    {
        if (!values.empty())
            m_memory->copy(reserve(values.size()), values.data(), values.size_bytes());
    }
    [[nodiscard]] T* data() const { return m_data; }

private:
    void release() noexcept
    {
        try {
            if (m_data != nullptr)
                m_memory->release(m_data);
        } catch (
            const std::exception&) { // NOLINT(bugprone-empty-catch): a lost device has no memory to give back
        }
        m_data = nullptr;
        m_capacity = 0;
    }

    DeviceMemory* m_memory;
    T* m_data = nullptr;
    std::size_t m_capacity = 0;
};

class DeviceCostMatrix final : public CostMatrix {
public:
    DeviceCostMatrix(const PageSet& pages, CostKind kind, std::unique_ptr<Backend> backend,
        std::unique_ptr<DeviceMemory> memory)
        : m_pages(pages)
        , m_kind(kind)
        , m_backend(std::move(backend))
        , m_memory(std::move(memory))
    {
        for (std::size_t task = 0; task < pages.taskCount(); ++task) {
            const TaskPages images = pages.taskPages(task);
            m_weights.emplace_back(*m_memory).put(images.weights);
            m_fisher.emplace_back(*m_memory).put(images.fisher);
        }
    }

    [[nodiscard]] bool compute(std::size_t task, std::span<const std::int32_t> pageList,
        const std::vector<double>& sums, std::span<float> costs, const std::stop_token& stop) override
    {
        const std::int64_t slotCount = m_pages.slotCount();
        const std::int64_t pageSize = m_pages.pageSize();
        const auto rowSize = static_cast<std::size_t>(pageSize);
        m_sums.put(sums);
        // So many rows at a time that neither the matrix nor the wait for it grows without bound.
        const auto block
            = static_cast<std::size_t>(std::max<std::int64_t>(kTermsPerBlock / (slotCount * pageSize), 1));
        for (std::size_t first = 0; first < pageList.size(); first += block) {
            if (stop.stop_requested())
                return false;
            const std::span<const std::int32_t> rows
                = pageList.subspan(first, std::min(block, pageList.size() - first));
            const std::vector<std::uint32_t> codes(rows.begin(), rows.end());
            m_codes.put(codes);
            const auto count = static_cast<std::int64_t>(rows.size());
            float* const weights = m_rowWeights.reserve(rows.size() * rowSize);
            float* const fisher = m_rowFisher.reserve(rows.size() * rowSize);
            float* const matrix = m_costs.reserve(rows.size() * static_cast<std::size_t>(slotCount));
            const std::int64_t pages = m_pages.pageCount(task);
            m_backend->gather(
                m_weights[task].data(), nullptr, m_codes.data(), weights, count, pageSize, pages, nullptr);
            m_backend->gather(
                m_fisher[task].data(), nullptr, m_codes.data(), fisher, count, pageSize, pages, nullptr);
            queueCosts(
                *m_backend, m_kind, m_sums.data(), weights, fisher, matrix, count, slotCount, pageSize);
            const std::span<float> target = costs.subspan(first * static_cast<std::size_t>(slotCount),
                rows.size() * static_cast<std::size_t>(slotCount));
            m_memory->copy(target.data(), matrix, target.size_bytes());
        }
        return true;
    }

private:
    static constexpr std::int64_t kTermsPerBlock = 4'000'000'000; // about 10 ms on an H100

    const PageSet& m_pages;
    CostKind m_kind;
    std::unique_ptr<Backend> m_backend;
    std::unique_ptr<DeviceMemory> m_memory;
    std::vector<DeviceArray<float>> m_weights, m_fisher; ///< one a task, [pageCount, pageSize]
    DeviceArray<double> m_sums { *m_memory };
    DeviceArray<std::uint32_t> m_codes { *m_memory };
    DeviceArray<float> m_rowWeights { *m_memory }, m_rowFisher { *m_memory }, m_costs { *m_memory };
};

} // namespace

std::unique_ptr<CostMatrix> makeCostMatrix(const PageSet& pages, CostKind kind)
{
    if (pages.device() == "cpu")
        return std::make_unique<CpuCostMatrix>(pages, kind);
    auto backend = makeBackend(pages.device());
    if (!backend)
        throw std::runtime_error(backend.error().text());
    auto memory = makeDeviceMemory(pages.device());
    if (!memory)
        throw std::runtime_error(memory.error().text());
    return std::make_unique<DeviceCostMatrix>(pages, kind, std::move(*backend), std::move(*memory));
}

} // namespace palimpsest
