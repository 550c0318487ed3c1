// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/selection.h"

namespace palimpsest {

void Selection::set(const SelectedItem& item)
{
    if (item == m_item)
        return; // ends the round of views that answer each other
    m_item = item;
    Q_EMIT changed(m_item);
}

} // namespace palimpsest
