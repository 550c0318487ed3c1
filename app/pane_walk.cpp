// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pane_walk.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>
#include <cstddef>

namespace palimpsest {

namespace {

/// Gives the keyboard to the first thing inside that takes it by Tab.
bool focusInside(const QWidget* pane)
{
    if (!pane->isVisible() || pane->visibleRegion().isEmpty())
        return false;
    for (QWidget* inside : pane->findChildren<QWidget*>()) {
        if (inside->isVisible() && inside->isEnabled() && (inside->focusPolicy() & Qt::TabFocus) != 0) {
            inside->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return false;
}

} // namespace

void moveToPane(const std::vector<QWidget*>& panes, int step)
{
    const QWidget* const focus = QApplication::focusWidget();
    const auto current = std::find_if(panes.begin(), panes.end(), [&](const QWidget* pane) {
        return focus != nullptr && (pane == focus || pane->isAncestorOf(focus));
    });
    const auto count = static_cast<std::ptrdiff_t>(panes.size());
    std::ptrdiff_t place = current == panes.end() ? (step > 0 ? -1 : 0) : current - panes.begin();
    for (std::ptrdiff_t tried = 0; tried < count; ++tried) {
        place = (place + step + count) % count;
        if (focusInside(panes[static_cast<std::size_t>(place)]))
            return;
    }
}

} // namespace palimpsest
