// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/project/add_task_dialog.h"
#include "widgets/project/preview_data.h"

#include <QList>

namespace palimpsest {

struct RawSamples;

/// The first samples of a training split with their shape, and the shape that the network gets after the task's preprocessing.
[[nodiscard]] Result<DataPreview> previewOf(const TaskSettings& task, const RawSamples& train);

/// Reads networks and data with the engine's own readers, so that a preview shows what the engine will get. Of data the training
/// split alone is read: no test file is opened.
[[nodiscard]] PreviewReaders previewReaders();

/// The data sets of the catalogue, with absolute paths. Looks whether their files are there.
[[nodiscard]] QList<KnownData> knownData();

} // namespace palimpsest
