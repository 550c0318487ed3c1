// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pipeline/pipeline.h"
#include "widgets/pipeline/stage_look.h"

#include <QStringList>

#include <vector>

namespace palimpsest {

[[nodiscard]] QString stageName(Stage stage); ///< "train"
[[nodiscard]] QStringList allStageNames();
/// What the pipeline bar shows of the stages' states.
[[nodiscard]] std::vector<StageRow> stageRows(const std::vector<StageStatus>& stages);

} // namespace palimpsest
