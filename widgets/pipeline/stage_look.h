// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>

namespace palimpsest {

/// What a stage of the pipeline shows of its state.
enum class StageLook {
    Unknown, ///< not looked up yet
    Waiting,
    Ready,
    Stale,
    Running,
    Done,
    Failed
};

[[nodiscard]] QString lookText(StageLook look); ///< "done"
/// A sign for each look, the second cue beside its colour.
[[nodiscard]] QString lookSign(StageLook look);
/// Ground of the sign; readableOn() gives the sign's own colour.
[[nodiscard]] QColor lookColor(StageLook look);

[[nodiscard]] QString stageTitle(const QString& name); ///< "train" in the language of the window
/// What a stage does, one sentence; empty for a name that is none.
[[nodiscard]] QString stageHelp(const QString& name);

/// One stage of the pipeline as the bar shows it.
struct StageRow {
    QString name; ///< "train"
    StageLook look = StageLook::Unknown;
    QString reason; ///< one clause; may be empty
    int partsDone = 0;
    int partCount = 0;
    bool operator==(const StageRow&) const = default;
};

} // namespace palimpsest
