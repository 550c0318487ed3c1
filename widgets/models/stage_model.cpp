// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/stage_model.h"

#include <algorithm>
#include <utility>

namespace palimpsest {

namespace {

/// What a stage does, for its tooltip.
QString stageHelp(const QString& name)
{
    static const std::vector<std::pair<QString, QString>> kHelp {
        { QStringLiteral("import"),
            StageModel::tr("Reads networks and data, cuts the validation split, fits the preprocessing.") },
        { QStringLiteral("train"), StageModel::tr("Trains each network that came without weights.") },
        { QStringLiteral("fisher"),
            StageModel::tr("Measures how much each weight matters to its task: its Fisher information.") },
        { QStringLiteral("pages"), StageModel::tr("Cuts each network into weight-pages.") },
        { QStringLiteral("separate"), StageModel::tr("Decides which pages a task keeps to itself.") },
        { QStringLiteral("match"),
            StageModel::tr("Decides which pages of the tasks share a slot of the pool.") },
        { QStringLiteral("optimise"),
            StageModel::tr("Trains the shared and exclusive pages on all tasks together.") },
        { QStringLiteral("evaluate"),
            StageModel::tr("Measures accuracy on the test split, here and only here.") },
        { QStringLiteral("place"),
            StageModel::tr("Lays the pages out on the two levels of memory and counts every byte.") },
        { QStringLiteral("execute"), StageModel::tr("Measures how long it takes to switch between tasks.") },
        { QStringLiteral("report"), StageModel::tr("Writes the report.") },
    };
    const auto entry
        = std::find_if(kHelp.begin(), kHelp.end(), [&](const auto& help) { return help.first == name; });
    return entry == kHelp.end() ? QString() : entry->second;
}

} // namespace

QString lookText(StageLook look)
{
    switch (look) {
    case StageLook::Waiting:
        return StageModel::tr("waiting");
    case StageLook::Ready:
        return StageModel::tr("ready");
    case StageLook::Stale:
        return StageModel::tr("stale");
    case StageLook::Running:
        return StageModel::tr("running");
    case StageLook::Done:
        return StageModel::tr("done");
    case StageLook::Failed:
        return StageModel::tr("failed");
    }
    return {};
}

QString lookSign(StageLook look)
{
    switch (look) {
    case StageLook::Waiting:
        return QStringLiteral("\u00b7");
    case StageLook::Ready:
        return QStringLiteral("\u25cb");
    case StageLook::Stale:
        return QStringLiteral("\u21bb");
    case StageLook::Running:
        return QStringLiteral("\u25b6");
    case StageLook::Done:
        return QStringLiteral("\u2713");
    case StageLook::Failed:
        return QStringLiteral("\u2717");
    }
    return {};
}

QColor lookColor(StageLook look)
{
    switch (look) {
    case StageLook::Waiting:
        return QColor(0x80, 0x80, 0x80);
    case StageLook::Ready:
        return QColor(0x56, 0xb4, 0xe9);
    case StageLook::Stale:
        return QColor(0xe6, 0x9f, 0x00);
    case StageLook::Running:
        return QColor(0x00, 0x72, 0xb2);
    case StageLook::Done:
        return QColor(0x00, 0x9e, 0x73);
    case StageLook::Failed:
        return QColor(0xd5, 0x5e, 0x00);
    }
    return {};
}

void StageModel::setStages(std::vector<StageRow> stages)
{
    const bool sameStages = std::equal(stages.begin(), stages.end(), m_stages.begin(), m_stages.end(),
        [](const StageRow& a, const StageRow& b) { return a.name == b.name; });
    if (sameStages) {
        m_stages = std::move(stages);
        m_running.clear();
        if (!m_stages.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_stages = std::move(stages);
    m_running.clear();
    endResetModel();
}

void StageModel::setRunning(const QString& name)
{
    if (name == m_running)
        return;
    m_running = name;
    if (!m_stages.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int StageModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stages.size());
}

int StageModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StageModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const StageRow& stage = m_stages[static_cast<std::size_t>(index.row())];
    const StageLook look = lookOf(stage);
    if (role == Qt::ToolTipRole)
        return index.column() == ReasonColumn && !stage.reason.isEmpty() ? stage.reason
                                                                         : stageHelp(stage.name);
    if (role == Qt::DecorationRole && index.column() == StateColumn)
        return lookColor(look);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case NameColumn:
        return stage.name;
    case StateColumn: {
        const QString text = QStringLiteral("%1 %2").arg(lookSign(look), lookText(look));
        const bool inParts = stage.partCount > 1 && stage.partsDone > 0 && stage.partsDone < stage.partCount;
        return inParts ? tr("%1, %2 of %3").arg(text).arg(stage.partsDone).arg(stage.partCount) : text;
    }
    case ReasonColumn:
        return look == StageLook::Running ? QString() : stage.reason;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant StageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Stage");
    case StateColumn:
        return tr("State");
    case ReasonColumn:
        return tr("Why");
    default:
        return {};
    }
}

} // namespace palimpsest
