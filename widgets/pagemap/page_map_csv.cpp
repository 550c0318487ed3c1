// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_csv.h"

#include "widgets/pagemap/page_items.h"

namespace palimpsest {

namespace {

QString quoted(QString text)
{
    static const QString kSpecial = QStringLiteral(",\"\r\n");
    const bool isPlain
        = std::none_of(text.cbegin(), text.cend(), [](QChar c) { return kSpecial.contains(c); });
    return isPlain
        ? text
        : QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString numberText(double value)
{
    return QString::number(value, 'g', 9);
}

} // namespace

QString pageMapCsv(const RunResults& results)
{
    QString text;
    for (std::size_t t = 0; t < results.tasks.size(); ++t) {
        const TaskResults& task = results.tasks[t];
        const auto pageCount
            = std::max(task.layout.pageCount, static_cast<std::int64_t>(task.table.entries.size()));
        const QString name = quoted(QString::fromStdString(task.name));
        for (std::int64_t page = 0; page < pageCount; ++page) {
            const bool hasPlace = static_cast<std::size_t>(page) < task.table.entries.size();
            const SelectedItem item = pageItem(results, t, page);
            text += name + QLatin1Char(',') + QString::number(page) + QLatin1Char(',')
                + quoted(layersText(task, page)) + QLatin1Char(',');
            if (hasPlace)
                text += QLatin1Char(item.slot >= 0 ? '1' : '2');
            text += QLatin1Char(',');
            if (item.slot >= 0 && results.pageMap)
                text += QStringLiteral("%1,%2,%3")
                            .arg(item.slot)
                            .arg(results.pageMap->tenantsOf(item.slot).size())
                            .arg(numberText(static_cast<double>(
                                results.pageMap->costs[static_cast<std::size_t>(item.slot)])));
            else
                text += QStringLiteral(",,");
            text += QLatin1Char(',');
            if (static_cast<std::size_t>(page) < task.pageFisher.size())
                text += numberText(task.pageFisher[static_cast<std::size_t>(page)]);
            text += QStringLiteral("\r\n");
        }
    }
    return text.isEmpty()
        ? text
        : QStringLiteral("task,page,layers,level,slot,tenants,slot_cost_nats,page_fisher\r\n") + text;
}

} // namespace palimpsest
