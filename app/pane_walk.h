// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class QWidget;

namespace palimpsest {

/// Moves the keyboard from the pane that has it to the next (step 1) or previous one (step -1) that can take it, in the order of
/// `panes`. Panes that are hidden, or lie behind others, are passed over.
void moveToPane(const std::vector<QWidget*>& panes, int step);

} // namespace palimpsest
