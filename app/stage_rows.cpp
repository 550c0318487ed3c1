// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stage_rows.h"

#include "widgets/style/engine_text.h"

namespace palimpsest {

namespace {

StageLook lookOf(StageState state)
{
    switch (state) {
    case StageState::Waiting:
        return StageLook::Waiting;
    case StageState::Ready:
        return StageLook::Ready;
    case StageState::Stale:
        return StageLook::Stale;
    case StageState::Failed:
        return StageLook::Failed;
    case StageState::Done:
        return StageLook::Done;
    }
    return StageLook::Unknown;
}

} // namespace

QString stageName(Stage stage)
{
    return QString::fromUtf8(toString(stage));
}

QStringList allStageNames()
{
    QStringList names;
    for (const Stage stage : kStages)
        names << stageName(stage);
    return names;
}

std::vector<StageRow> stageRows(const std::vector<StageStatus>& stages)
{
    std::vector<StageRow> rows;
    for (const StageStatus& status : stages)
        rows.push_back({ stageName(status.stage), lookOf(status.state), engineText(status.reason),
            static_cast<int>(status.partsDone), static_cast<int>(status.partCount) });
    return rows;
}

} // namespace palimpsest
