// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class QWidget;

namespace palimpsest {

class Selection;
class View;

/// The views of the window in the order of their tabs; `parent` owns them.
[[nodiscard]] std::vector<View*> makeViews(Selection& selection, QWidget* parent);

} // namespace palimpsest
