// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pool_fit.h"

namespace palimpsest {

Result<PoolFit> fitPool(
    const WhatIf& whatIf, WhatIfRequest request, std::int64_t bytes, const std::stop_token& stop)
{
    request.budgets = {}; // a target of its own; what they hold is said of the choice that comes of it
    request.pages.poolPages = 1;
    PALIMPSEST_TRY(const WhatIfBytes least, whatIf.bytes(request));
    PoolFit fit;
    fit.leastBytes = least.plan.virtualizedBytes();
    if (fit.leastBytes > bytes)
        return fit;
    fit.poolPages = 1;
    std::int64_t tooMany = least.pageCount + 1;
    while (fit.poolPages + 1 < tooMany) {
        if (stop.stop_requested())
            return canceled();
        request.pages.poolPages = fit.poolPages + (tooMany - fit.poolPages) / 2;
        PALIMPSEST_TRY(const WhatIfBytes tried, whatIf.bytes(request));
        if (tried.plan.virtualizedBytes() <= bytes)
            fit.poolPages = request.pages.poolPages;
        else
            tooMany = request.pages.poolPages;
    }
    return fit;
}

} // namespace palimpsest
