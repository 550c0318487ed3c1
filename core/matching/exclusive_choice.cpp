// SPDX-License-Identifier: Apache-2.0
#include "core/matching/exclusive_choice.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <vector>

namespace palimpsest {
namespace {

struct Candidate {
    double gain = 0.0;
    Tenant tenant;
    /// Largest gain first; of equal ones the first page.
    bool operator<(const Candidate& other) const
    {
        return gain != other.gain ? gain < other.gain : other.tenant < tenant;
    }
};

double gainOf(SlotState& state, const Tenant& tenant)
{
    return state.removalGain(tenant.task, static_cast<std::int32_t>(tenant.page));
}

} // namespace

bool makeExclusiveByGain(SlotState& state, std::int64_t count, const std::stop_token& stop)
{
    if (count <= 0)
        return true;
    std::priority_queue<Candidate> queue;
    for (std::int32_t slot = 0; slot < state.pages().slotCount(); ++slot) {
        if (stop.stop_requested())
            return false;
        for (const Tenant& tenant : state.tenants(slot))
            queue.push({ gainOf(state, tenant), tenant });
    }
    while (count > 0 && !queue.empty()) {
        if (stop.stop_requested())
            return false;
        const Candidate best = queue.top();
        queue.pop();
        const auto page = static_cast<std::int32_t>(best.tenant.page);
        const std::int32_t slot = state.slotOf(best.tenant.task, page);
        if (slot < 0)
            continue; // an older entry of a page that has left
        // The gains of a slot change when one of its tenants leaves; an entry that is out of date goes back with its new gain.
        const double gain = gainOf(state, best.tenant);
        if (gain != best.gain) {
            queue.push({ gain, best.tenant });
            continue;
        }
        if (gain <= 0.0)
            return true;
        state.move(best.tenant.task, page, kExclusive);
        --count;
    }
    return true;
}

double priceGuess(SlotState& state, std::int64_t count)
{
    std::vector<double> gains;
    for (std::int32_t slot = 0; slot < state.pages().slotCount(); ++slot) {
        for (const Tenant& tenant : state.tenants(slot))
            gains.push_back(gainOf(state, tenant));
    }
    if (count <= 0 || count >= static_cast<std::int64_t>(gains.size()))
        return 0.0;
    const auto nth = gains.begin() + static_cast<std::ptrdiff_t>(count - 1);
    std::nth_element(gains.begin(), nth, gains.end(), std::greater<> {});
    return *nth;
}

} // namespace palimpsest
