// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/project/add_task_dialog.h"
#include "widgets/project/preview_data.h"

#include <QList>

namespace palimpsest {

/// Reads networks and data with the engine's own readers, so that a preview shows what the engine will get. Of data the training
/// split alone is read: no test file is opened.
[[nodiscard]] PreviewReaders previewReaders();

/// The data sets of the catalogue, with absolute paths. Looks whether their files are there.
[[nodiscard]] QList<KnownData> knownData();

} // namespace palimpsest
