// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QMimeData;

namespace palimpsest {

/// The project folder that a drop on a window names: the one dropped folder that holds a project.json, or the one
/// that holds the dropped project.json.
/// Empty where it names none.
[[nodiscard]] QString droppedProject(const QMimeData* data);

} // namespace palimpsest
