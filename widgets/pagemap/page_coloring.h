// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_map.h"

#include <QString>

namespace palimpsest {

/// What the colour of a slot says.
enum class PageQuantity { Tenants, Cost };

/// Maps one quantity of a page map to shades: tenants linearly from 1 to the largest number, cost by its logarithm between
/// the smallest cost that is not 0 and the largest.
class PageColoring {
public:
    PageColoring(const PageMap& map, PageQuantity quantity);

    /// In [0, 1]; negative where the slot has no tenant. A slot of cost 0 gets 0.
    [[nodiscard]] double shade(const PageMap& map, int slot) const;
    [[nodiscard]] QString lowText() const; ///< of shade 0, for the legend
    [[nodiscard]] QString highText() const; ///< of shade 1

private:
    PageQuantity m_quantity;
    double m_low = 0.0;
    double m_high = 0.0;
};

} // namespace palimpsest
