// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/memory/memory_bars.h"

#include "core/report/report_series.h"
#include "widgets/style/core_text.h"
#include "widgets/style/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <initializer_list>

namespace palimpsest {

namespace {

struct MemoryBarText {
    Q_DECLARE_TR_FUNCTIONS(MemoryBarText)
};

struct Piece {
    MemoryPart part;
    std::int64_t bytes;
};

StackBar barOf(const QString& name, std::initializer_list<Piece> pieces, std::int64_t budget = 0)
{
    StackBar bar { name, {}, {}, static_cast<double>(budget), {} };
    double sum = 0.0;
    for (const Piece& piece : pieces) {
        bar.parts.push_back({ static_cast<int>(piece.part), static_cast<double>(piece.bytes) });
        sum += static_cast<double>(piece.bytes);
    }
    bar.text = bytesText(sum);
    if (budget > 0) {
        bar.text = MemoryBarText::tr("%1 of %2").arg(bar.text, bytesText(bar.limit));
        bar.limitText = sum > bar.limit
            ? MemoryBarText::tr("budget %1, exceeded by %2")
                  .arg(bytesText(bar.limit), bytesText(sum - bar.limit))
            : MemoryBarText::tr("budget %1, %2 left").arg(bytesText(bar.limit), bytesText(bar.limit - sum));
    }
    return bar;
}

} // namespace

QStringList memoryPartNames()
{
    return { MemoryBarText::tr("Page pool"), MemoryBarText::tr("Exclusive pages"),
        MemoryBarText::tr("Private tensors"), MemoryBarText::tr("Page tables"), MemoryBarText::tr("Scales"),
        MemoryBarText::tr("Scratch network"), MemoryBarText::tr("Whole networks") };
}

std::vector<StackBar> memoryBars(const ReportModel& report)
{
    const ReportMemory& memory = report.memory;
    std::vector<StackBar> bars { barOf(
        MemoryBarText::tr("Networks as they were"), { { MemoryPart::Whole, memory.standaloneBytes } }) };

    std::vector<std::pair<std::string, std::int64_t>> baselines(
        report.baselineBytes.begin(), report.baselineBytes.end());
    std::ranges::stable_sort(
        baselines, std::ranges::greater {}, [](const auto& entry) { return entry.second; });
    for (const auto& [name, bytes] : baselines)
        bars.push_back(barOf(MemoryBarText::tr("Private %1").arg(coreText(reportSeries(name).label)),
            { { MemoryPart::Whole, bytes } }));

    bars.push_back(barOf(MemoryBarText::tr("Virtualized"),
        { { MemoryPart::Pool, memory.poolBytes }, { MemoryPart::Exclusive, memory.exclusiveBytes },
            { MemoryPart::Private, memory.privateBytes }, { MemoryPart::Tables, memory.tableBytes },
            { MemoryPart::Scales, memory.scaleBytes } }));
    bars.push_back(
        barOf(MemoryBarText::tr("Scratch, beside it"), { { MemoryPart::Scratch, memory.scratchBytes } }));
    bars.push_back(barOf(MemoryBarText::tr("Level 1, with scratch"),
        { { MemoryPart::Pool, memory.poolBytes }, { MemoryPart::Private, memory.privateBytes },
            { MemoryPart::Tables, memory.tableBytes },
            { MemoryPart::Scales, memory.scaleBytes - memory.exclusiveScaleBytes },
            { MemoryPart::Scratch, memory.scratchBytes } },
        memory.level1Budget));
    if (memory.exclusiveBytes > 0 || memory.level2Budget > 0)
        bars.push_back(barOf(MemoryBarText::tr("Level 2"),
            { { MemoryPart::Exclusive, memory.exclusiveBytes },
                { MemoryPart::Scales, memory.exclusiveScaleBytes } },
            memory.level2Budget));
    return bars;
}

} // namespace palimpsest
