// SPDX-License-Identifier: Apache-2.0
#include "core/matching/placement.h"

#include "core/pages/private_form.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace palimpsest {

namespace {

constexpr std::int64_t kFloatBytes = 4;

std::int64_t networkBytes(const Network& network)
{
    std::int64_t values = 0;
    for (const TensorSpec& tensor : network.tensors)
        values += tensor.size();
    return values * kFloatBytes;
}

/// Level 1 without pool and tables: private runs of all tasks and one scratch network of the largest.
struct FixedBytes {
    std::int64_t privates = 0;
    std::int64_t scratch = 0;
};

FixedBytes fixedBytes(const std::vector<const PageLayout*>& layouts, const PagesSettings& pages)
{
    FixedBytes bytes;
    for (const PageLayout* layout : layouts) {
        bytes.privates += palimpsest::privateBytes(*layout, stateForms(pages));
        bytes.scratch = std::max(bytes.scratch, (layout->imageSize() + layout->privateSize) * kFloatBytes);
    }
    return bytes;
}

std::int64_t tableBytes(
    const std::vector<const PageLayout*>& layouts, std::int64_t slotCount, std::int64_t exclusiveCount)
{
    std::int64_t entries = 0;
    for (const PageLayout* layout : layouts)
        entries += layout->pageCount;
    return entries * tableEntryBytes(slotCount, exclusiveCount);
}

std::string bytesText(std::int64_t bytes)
{
    return std::to_string(bytes) + " bytes";
}

} // namespace

std::int64_t MemoryPlan::level1Bytes() const
{
    return virtualizedBytes() - level2Bytes + scratchBytes;
}

Result<MemoryPlan> placePages(
    const PlacementInput& input, const PagesSettings& pages, const BudgetSettings& budgets)
{
    MemoryPlan plan;
    for (const Network* network : input.networks)
        plan.standaloneBytes += networkBytes(*network);
    const FixedBytes fixed = fixedBytes(input.layouts, pages);
    const std::int64_t exclusiveScales
        = input.exclusiveCount * scaleBytes(pages.exclusiveStorage, pages.pageSize);
    plan.poolBytes = input.slotCount * packedBytes(pages.poolStorage, pages.pageSize);
    plan.exclusiveBytes = input.exclusiveCount * packedBytes(pages.exclusiveStorage, pages.pageSize);
    plan.privateBytes = fixed.privates;
    plan.tableBytes = tableBytes(input.layouts, input.slotCount, input.exclusiveCount);
    plan.scaleBytes = input.slotCount * scaleBytes(pages.poolStorage, pages.pageSize) + exclusiveScales;
    plan.scratchBytes = fixed.scratch;
    plan.level2Bytes = plan.exclusiveBytes + exclusiveScales;
    if (budgets.level1Bytes > 0 && plan.level1Bytes() > budgets.level1Bytes)
        return badInput("budgets.level1Bytes: expected at least " + bytesText(plan.level1Bytes())
            + " (pool, tables, private tensors and scratch), got " + bytesText(budgets.level1Bytes)
            + "; raise it or lower pages.poolPages");
    if (budgets.level2Bytes > 0 && plan.level2Bytes > budgets.level2Bytes)
        return badInput("budgets.level2Bytes: expected at least " + bytesText(plan.level2Bytes)
            + " (exclusive pages), got " + bytesText(budgets.level2Bytes)
            + "; raise it or allow fewer exclusive pages");
    return plan;
}

Result<std::int64_t> poolSlots(const std::vector<const Network*>& /*networks*/,
    const std::vector<const PageLayout*>& layouts, const PagesSettings& pages, const BudgetSettings& budgets,
    std::int64_t exclusiveLimit)
{
    const std::int64_t budget = budgets.level1Bytes;
    if (pages.poolPages <= 0 && budget <= 0)
        return badInput("expected pages.poolPages (pages of the pool) or budgets.level1Bytes, got neither; "
                        "set one of them");
    const FixedBytes fixed = fixedBytes(layouts, pages);
    const std::int64_t slotBytes
        = packedBytes(pages.poolStorage, pages.pageSize) + scaleBytes(pages.poolStorage, pages.pageSize);
    const auto needed = [&](std::int64_t slots) {
        return fixed.privates + fixed.scratch + tableBytes(layouts, slots, exclusiveLimit)
            + slots * slotBytes;
    };
    if (pages.poolPages > 0) {
        if (budget > 0 && needed(pages.poolPages) > budget)
            return badInput("budgets.level1Bytes: expected at least " + bytesText(needed(pages.poolPages))
                + " (scratch, private tensors, tables and a pool of " + std::to_string(pages.poolPages)
                + " pages), got " + bytesText(budget) + "; raise it or lower pages.poolPages");
        return pages.poolPages;
    }
    // More slots than pages would stay empty. Wider entries may be needed for more slots, so the last guess is taken back
    // until it fits.
    std::int64_t pageCount = 0;
    for (const PageLayout* layout : layouts)
        pageCount += layout->pageCount;
    std::int64_t slots = std::min((budget - needed(0)) / slotBytes, std::max(pageCount, std::int64_t { 1 }));
    while (slots > 0 && needed(slots) > budget)
        --slots;
    if (slots < 1)
        return badInput("budgets.level1Bytes: expected at least " + bytesText(needed(1))
            + " (scratch, private tensors, tables and a pool of one page), got " + bytesText(budget));
    return slots;
}

} // namespace palimpsest
