// SPDX-License-Identifier: Apache-2.0
#include "core/backend/cpu_switch.h"

#include "core/backend/page_decoders.h"

namespace palimpsest {
namespace {

/// The pages of one level, with all that is the same for each of them.
class Level {
public:
    Level(const PageStore& store, std::int64_t pageSize)
        : m_decode(pageDecoders().front().of(store.storage))
        , m_pages(static_cast<const std::uint8_t*>(store.pages))
        , m_scales(store.scales)
        , m_pageBytes(packedBytes(store.storage, pageSize))
        , m_pageScales(scaleCount(store.storage, pageSize))
        , m_pageSize(pageSize)
    {
    }
    void decode(std::int64_t page, float* values) const
    {
        m_decode(m_pages + page * m_pageBytes, m_scales + page * m_pageScales, m_pageSize, values);
    }

private:
    PageDecoders::Decode m_decode;
    const std::uint8_t* m_pages;
    const std::uint16_t* m_scales;
    std::int64_t m_pageBytes, m_pageScales, m_pageSize;
};

} // namespace

void decodePage(const PageStore& store, std::int64_t page, std::int64_t pageSize, float* values)
{
    Level(store, pageSize).decode(page, values);
}

void switchOnCpu(const SwitchPlan& plan)
{
    const Level pool(plan.pool, plan.pageSize);
    const Level exclusive(plan.exclusive, plan.pageSize);
    for (std::int64_t i = 0; i < plan.pageCount; ++i) {
        const auto code = static_cast<std::int64_t>(tableEntry(plan.table, plan.entryBytes, i));
        float* const values = plan.image + i * plan.pageSize;
        if (code < plan.slotCount)
            pool.decode(code, values);
        else
            exclusive.decode(code - plan.slotCount, values);
    }
    float* const run = plan.image + plan.pageCount * plan.pageSize;
    if (plan.signal != nullptr)
        *plan.signal = plan.signalValue; // the caller's own thread reads it, after this call
    if (plan.privateSize > 0)
        decodePage(plan.privateRun, 0, plan.privateSize, run);
}

} // namespace palimpsest
