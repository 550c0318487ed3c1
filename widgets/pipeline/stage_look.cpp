// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/stage_look.h"

#include "widgets/pipeline/pipeline_bar.h"
#include "widgets/style/core_text.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace palimpsest {

QString lookText(StageLook look)
{
    switch (look) {
    case StageLook::Unknown:
        return PipelineBar::tr("not looked up yet");
    case StageLook::Waiting:
        return PipelineBar::tr("waiting");
    case StageLook::Ready:
        return PipelineBar::tr("ready");
    case StageLook::Stale:
        return PipelineBar::tr("stale");
    case StageLook::Running:
        return PipelineBar::tr("running");
    case StageLook::Done:
        return PipelineBar::tr("done");
    case StageLook::Failed:
        return PipelineBar::tr("failed");
    }
    return {};
}

QString lookSign(StageLook look)
{
    switch (look) {
    case StageLook::Unknown:
        return QStringLiteral("?");
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
    case StageLook::Unknown:
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

QString stageTitle(const QString& name)
{
    [[maybe_unused]] constexpr std::array kForTranslators {
        QT_TRANSLATE_NOOP("core", "import"),
        QT_TRANSLATE_NOOP("core", "train"),
        QT_TRANSLATE_NOOP("core", "fisher"),
        QT_TRANSLATE_NOOP("core", "pages"),
        QT_TRANSLATE_NOOP("core", "separate"),
        QT_TRANSLATE_NOOP("core", "match"),
        QT_TRANSLATE_NOOP("core", "optimise"),
        QT_TRANSLATE_NOOP("core", "evaluate"),
        QT_TRANSLATE_NOOP("core", "place"),
        QT_TRANSLATE_NOOP("core", "execute"),
        QT_TRANSLATE_NOOP("core", "report"),
    };
    return coreText(name.toStdString());
}

QString stageHelp(const QString& name)
{
    static const std::vector<std::pair<QString, QString>> kHelp {
        { QStringLiteral("import"),
            PipelineBar::tr("Reads networks and data, cuts the validation split, fits the preprocessing.") },
        { QStringLiteral("train"), PipelineBar::tr("Trains each network that came without weights.") },
        { QStringLiteral("fisher"),
            PipelineBar::tr("Measures how much each weight matters to its task: its Fisher information.") },
        { QStringLiteral("pages"), PipelineBar::tr("Cuts each network into weight-pages.") },
        { QStringLiteral("separate"), PipelineBar::tr("Decides which pages a task keeps to itself.") },
        { QStringLiteral("match"),
            PipelineBar::tr("Decides which pages of the tasks share a slot of the pool.") },
        { QStringLiteral("optimise"),
            PipelineBar::tr("Trains the shared and exclusive pages on all tasks together.") },
        { QStringLiteral("evaluate"),
            PipelineBar::tr("Measures accuracy on the test split, here and only here.") },
        { QStringLiteral("place"),
            PipelineBar::tr("Lays the pages out on the two levels of memory and counts every byte.") },
        { QStringLiteral("execute"), PipelineBar::tr("Measures how long it takes to switch between tasks.") },
        { QStringLiteral("report"), PipelineBar::tr("Writes the report.") },
    };
    const auto entry
        = std::find_if(kHelp.begin(), kHelp.end(), [&](const auto& help) { return help.first == name; });
    return entry == kHelp.end() ? QString() : entry->second;
}

} // namespace palimpsest
