// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector_facts.h"

#include "widgets/pagemap/page_items.h"
#include "widgets/style/text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <numeric>
#include <set>

namespace palimpsest {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Inspector)
};

QString plain(const std::string& text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

QString link(const QString& text, const SelectedItem& item)
{
    return QStringLiteral("<a href=\"%1\">%2</a>").arg(itemLink(item), text.toHtmlEscaped());
}

SelectedItem taskItem(int task, int layer = -1)
{
    SelectedItem item;
    item.task = task;
    item.layer = layer;
    return item;
}

SelectedItem slotItem(int slot)
{
    SelectedItem item;
    item.slot = slot;
    return item;
}

QString fisherText(double fisher)
{
    return Text::tr("%1 nats per squared weight").arg(costText(fisher));
}

QString shapeText(const Shape& shape)
{
    QStringList sizes;
    for (const std::int64_t size : shape)
        sizes << QString::number(size);
    return sizes.join(QStringLiteral(" × "));
}

/// What a slot adds to a page's or a slot's facts.
void addSlot(InspectorFacts& facts, const RunResults& results, int slot)
{
    const PageMap& map = *results.pageMap;
    const double cost = static_cast<double>(map.costs[static_cast<std::size_t>(slot)]);
    const double all = std::accumulate(map.costs.begin(), map.costs.end(), 0.0);
    facts.facts.emplace_back(Text::tr("Cost of the slot"),
        all > 0.0 ? Text::tr("%1 nats, %2 of the pool's").arg(costText(cost), percentText(cost / all))
                  : Text::tr("%1 nats").arg(costText(cost)));
}

InspectorFacts slotFacts(const RunResults& results, int slot)
{
    InspectorFacts facts;
    const std::span<const SlotTenant> tenants = results.pageMap->tenantsOf(slot);
    facts.title = Text::tr("Slot %1").arg(slot);
    std::set<std::uint32_t> tasks;
    double fisher = 0.0;
    bool hasFisher = true;
    for (const SlotTenant& tenant : tenants) {
        tasks.insert(tenant.task);
        const std::vector<double>& pages = results.tasks[tenant.task].pageFisher;
        hasFisher = hasFisher && tenant.page < pages.size();
        fisher += hasFisher ? pages[tenant.page] : 0.0;
    }
    facts.facts.emplace_back(Text::tr("Used by"),
        tenants.empty() ? Text::tr("no page")
                        : Text::tr("%1 pages of %2 tasks")
                              .arg(countText(static_cast<std::int64_t>(tenants.size())),
                                  countText(static_cast<std::int64_t>(tasks.size()))));
    addSlot(facts, results, slot);
    if (hasFisher && !tenants.empty())
        facts.facts.emplace_back(Text::tr("Fisher"), fisherText(fisher));
    return facts;
}

InspectorFacts pageFacts(const RunResults& results, const SelectedItem& item)
{
    InspectorFacts facts;
    const auto index = static_cast<std::size_t>(item.task);
    const TaskResults& task = results.tasks[index];
    facts.title = Text::tr("Page %1").arg(pageName(results, index, item.page));
    facts.colorTask = item.task;
    facts.facts.emplace_back(Text::tr("Task"), link(QString::fromStdString(task.name), taskItem(item.task)));
    QStringList layers;
    for (const std::size_t layer : task.layersOf(item.page))
        layers << link(QString::fromStdString(task.network.layers[layer].name),
            taskItem(item.task, static_cast<int>(layer)));
    if (!layers.isEmpty())
        facts.facts.emplace_back(Text::tr("Layer"), layers.join(QStringLiteral(", ")));
    if (const auto page = static_cast<std::size_t>(item.page); page < task.pageFisher.size()) {
        const double all = std::accumulate(task.pageFisher.begin(), task.pageFisher.end(), 0.0);
        facts.facts.emplace_back(Text::tr("Fisher"), fisherText(task.pageFisher[page]));
        if (all > 0.0)
            facts.facts.emplace_back(Text::tr("Density"),
                Text::tr("%1 of the task's Fisher").arg(percentText(task.pageFisher[page] / all)));
    }
    if (task.table.entries.empty() || !results.pageMap)
        return facts;
    if (item.slot < 0) {
        facts.facts.emplace_back(Text::tr("Place"), Text::tr("exclusive, in memory level 2"));
        return facts;
    }
    const auto others = static_cast<std::int64_t>(results.pageMap->tenantsOf(item.slot).size()) - 1;
    facts.facts.emplace_back(Text::tr("Place"),
        Text::tr("%1, with %2 other pages")
            .arg(link(Text::tr("slot %1").arg(item.slot), slotItem(item.slot)), countText(others)));
    addSlot(facts, results, item.slot);
    return facts;
}

InspectorFacts layerFacts(const RunResults& results, const SelectedItem& item)
{
    InspectorFacts facts;
    const TaskResults& task = results.tasks[static_cast<std::size_t>(item.task)];
    const auto index = static_cast<std::size_t>(item.layer);
    const Layer& layer = task.network.layers[index];
    facts.title = Text::tr("Layer %1").arg(QString::fromStdString(layer.name));
    facts.colorTask = item.task;
    facts.facts.emplace_back(Text::tr("Task"), link(QString::fromStdString(task.name), taskItem(item.task)));
    facts.facts.emplace_back(Text::tr("Kind"), plain(std::string(toString(layer.kind))));
    if (index < task.network.outputShapes.size())
        facts.facts.emplace_back(Text::tr("Output"), shapeText(task.network.outputShapes[index]));
    std::int64_t weights = 0;
    QStringList shapes;
    for (const TensorSpec& tensor : task.network.tensors) {
        if (tensor.layer != index)
            continue;
        weights += tensor.size();
        shapes << shapeText(tensor.shape);
    }
    if (weights > 0)
        facts.facts.emplace_back(Text::tr("Weights"),
            Text::tr("%1 (%2)").arg(countText(weights), shapes.join(QStringLiteral(", "))));
    const std::vector<std::int64_t> pages = task.pagesOf(index);
    const auto exclusive = std::count_if(pages.begin(), pages.end(), [&](std::int64_t page) {
        const auto place = static_cast<std::size_t>(page);
        return place < task.table.entries.size() && task.table.entries[place].exclusive;
    });
    facts.facts.emplace_back(Text::tr("Pages"),
        pages.empty() ? Text::tr("none: the layer has no weights on pages")
                      : Text::tr("%1, %2 of them exclusive")
                            .arg(countText(static_cast<std::int64_t>(pages.size())), countText(exclusive)));
    return facts;
}

const ReportTask* reportOf(const RunResults& results, const std::string& task)
{
    if (!results.report)
        return nullptr;
    for (const ReportTask& report : results.report->tasks)
        if (report.name == task)
            return &report;
    return nullptr;
}

InspectorFacts taskFacts(const RunResults& results, int index)
{
    InspectorFacts facts;
    const TaskResults& task = results.tasks[static_cast<std::size_t>(index)];
    facts.title = Text::tr("Task %1").arg(QString::fromStdString(task.name));
    facts.colorTask = index;
    if (!task.network.layers.empty())
        facts.facts.emplace_back(Text::tr("Network"),
            Text::tr("%1 weights in %2 layers")
                .arg(countText(task.network.trainableCount()),
                    countText(static_cast<std::int64_t>(task.network.layers.size()))));
    if (task.layout.pageCount > 0)
        facts.facts.emplace_back(Text::tr("Pages"),
            Text::tr("%1 of %2 weights")
                .arg(countText(task.layout.pageCount), countText(task.layout.pageSize)));
    if (task.layout.privateSize > 0)
        facts.facts.emplace_back(
            Text::tr("Private"), Text::tr("%1 values").arg(countText(task.layout.privateSize)));
    if (!task.table.entries.empty()) {
        const std::int64_t exclusive = task.table.exclusiveCount();
        facts.facts.emplace_back(
            Text::tr("Shared"), countText(static_cast<std::int64_t>(task.table.entries.size()) - exclusive));
        facts.facts.emplace_back(Text::tr("Exclusive"), countText(exclusive));
    }
    if (!task.pageFisher.empty())
        facts.facts.emplace_back(Text::tr("Fisher"),
            fisherText(std::accumulate(task.pageFisher.begin(), task.pageFisher.end(), 0.0)));
    if (const ReportTask* report = reportOf(results, task.name)) {
        const auto alone = report->accuracy.find("standalone");
        const auto packed = report->accuracy.find("virtualized");
        if (alone != report->accuracy.end() && packed != report->accuracy.end())
            facts.facts.emplace_back(Text::tr("Accuracy"),
                Text::tr("%1 alone, %2 packed").arg(percentText(alone->second), percentText(packed->second)));
    }
    return facts;
}

} // namespace

InspectorFacts inspectorFacts(const RunResults& results, const SelectedItem& item)
{
    if (item.task >= 0 && std::cmp_less(item.task, results.tasks.size())) {
        const TaskResults& task = results.tasks[static_cast<std::size_t>(item.task)];
        if (item.page >= 0)
            return cellOf(results, PageMapMode::Tasks, item).isNone() ? InspectorFacts {}
                                                                      : pageFacts(results, item);
        if (item.layer >= 0)
            return std::cmp_less(item.layer, task.network.layers.size()) ? layerFacts(results, item)
                                                                         : InspectorFacts {};
        return taskFacts(results, item.task);
    }
    if (!cellOf(results, PageMapMode::Pool, item).isNone())
        return slotFacts(results, item.slot);
    return {};
}

QString itemLink(const SelectedItem& item)
{
    return QStringLiteral("%1/%2/%3/%4").arg(item.task).arg(item.layer).arg(item.page).arg(item.slot);
}

std::optional<SelectedItem> itemOfLink(const QString& link)
{
    const QStringList parts = link.split(QLatin1Char('/'));
    if (parts.size() != 4)
        return std::nullopt;
    SelectedItem item;
    int* const fields[] = { &item.task, &item.layer, &item.page, &item.slot };
    for (int i = 0; i < 4; ++i) {
        bool isNumber = false;
        *fields[i] = parts[i].toInt(&isNumber);
        if (!isNumber)
            return std::nullopt;
    }
    return item;
}

} // namespace palimpsest
