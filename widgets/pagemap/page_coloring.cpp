// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_coloring.h"

#include "widgets/style/text.h"

#include <algorithm>
#include <cmath>

namespace palimpsest {

PageColoring::PageColoring(const PageMap& map, PageQuantity quantity)
    : m_quantity(quantity)
{
    if (quantity == PageQuantity::Tenants) {
        m_low = 1.0;
        m_high = 1.0;
        for (int slot = 0; slot < map.slotCount(); ++slot)
            m_high = std::max(m_high, static_cast<double>(map.tenantsOf(slot).size()));
        return;
    }
    for (const float cost : map.costs) {
        if (!(cost > 0.0F))
            continue;
        m_high = std::max(m_high, static_cast<double>(cost));
        m_low = m_low == 0.0 ? static_cast<double>(cost) : std::min(m_low, static_cast<double>(cost));
    }
}

double PageColoring::shade(const PageMap& map, int slot) const
{
    const std::size_t tenants = map.tenantsOf(slot).size();
    if (tenants == 0)
        return -1.0;
    if (m_quantity == PageQuantity::Tenants)
        return m_high > m_low ? (static_cast<double>(tenants) - m_low) / (m_high - m_low) : 0.0;
    const auto cost = static_cast<double>(map.costs[static_cast<std::size_t>(slot)]);
    if (!(cost > 0.0) || m_high <= m_low)
        return 0.0;
    return std::log(cost / m_low) / std::log(m_high / m_low);
}

QString PageColoring::lowText() const
{
    return m_quantity == PageQuantity::Tenants ? countText(static_cast<std::int64_t>(m_low))
                                               : costText(m_low);
}

QString PageColoring::highText() const
{
    return m_quantity == PageQuantity::Tenants ? countText(static_cast<std::int64_t>(m_high))
                                               : costText(m_high);
}

} // namespace palimpsest
