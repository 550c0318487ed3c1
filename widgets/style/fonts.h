// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace palimpsest {

/// The same font in bold. Without one: for Qt::FontRole, where the view's own font gives the rest.
[[nodiscard]] inline QFont boldFont(QFont font = {})
{
    font.setBold(true);
    return font;
}

} // namespace palimpsest
