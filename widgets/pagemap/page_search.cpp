// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_search.h"

#include "widgets/pagemap/page_items.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace palimpsest {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PageSearch)
};

/// How well a name fits: 0 exact, 1 begins with it, 2 holds it; -1 not.
int fit(const std::string& name, const QString& part)
{
    const QString whole = QString::fromStdString(name);
    if (whole.compare(part, Qt::CaseInsensitive) == 0)
        return 0;
    if (whole.startsWith(part, Qt::CaseInsensitive))
        return 1;
    return whole.contains(part, Qt::CaseInsensitive) ? 2 : -1;
}

class Matches {
public:
    void add(int rank, const SelectedItem& item)
    {
        if (rank >= 0)
            m_items.push_back({ rank, item });
    }
    [[nodiscard]] std::vector<SelectedItem> sorted()
    {
        std::stable_sort(
            m_items.begin(), m_items.end(), [](const Match& a, const Match& b) { return a.rank < b.rank; });
        std::vector<SelectedItem> items;
        for (const Match& match : m_items)
            items.push_back(match.item);
        return items;
    }

private:
    struct Match {
        int rank = 0;
        SelectedItem item;
    };
    std::vector<Match> m_items;
};

SelectedItem slotItem(int slot)
{
    SelectedItem item;
    item.slot = slot;
    return item;
}

SelectedItem layerItem(std::size_t task, std::size_t layer)
{
    SelectedItem item;
    item.task = static_cast<int>(task);
    item.layer = static_cast<int>(layer);
    return item;
}

void addLayers(Matches& matches, const RunResults& results, std::size_t task, const QString& name, int rank)
{
    const std::vector<Layer>& layers = results.tasks[task].network.layers;
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const int how = fit(layers[layer].name, name);
        if (how >= 0 && !results.tasks[task].pagesOf(layer).empty()) // without pages there is nothing to show
            matches.add(rank + 2 * how, layerItem(task, layer));
    }
}

} // namespace

std::vector<SelectedItem> searchPages(const RunResults& results, const QString& text)
{
    const QString wanted = text.simplified();
    Matches matches;
    if (wanted.isEmpty())
        return {};
    static const QRegularExpression kSlot(
        QStringLiteral("^(?:slot\\s*|#)?(\\d{1,9})$"), QRegularExpression::CaseInsensitiveOption);
    if (const QRegularExpressionMatch match = kSlot.match(wanted); match.hasMatch()) {
        const int slot = match.captured(1).toInt();
        if (results.pageMap && slot < results.pageMap->slotCount())
            matches.add(0, slotItem(slot));
    }
    const qsizetype colon = wanted.indexOf(QLatin1Char(':'));
    const QString first = wanted.left(colon).trimmed();
    const QString second = colon < 0 ? QString() : wanted.mid(colon + 1).trimmed();
    bool isNumber = false;
    const int page = second.toInt(&isNumber);
    for (std::size_t task = 0; task < results.tasks.size(); ++task) {
        const TaskResults& owner = results.tasks[task];
        const int how = fit(owner.name, colon < 0 ? wanted : first);
        if (colon < 0) {
            SelectedItem item;
            item.task = static_cast<int>(task);
            matches.add(how < 0 ? how : 2 * how, item);
            addLayers(matches, results, task, wanted, 1);
            continue;
        }
        if (how < 0)
            continue;
        const SelectedItem item = isNumber ? pageItem(results, task, page) : SelectedItem {};
        if (isNumber && !cellOf(results, PageMapMode::Tasks, item).isNone())
            matches.add(how, item);
        else if (!second.isEmpty())
            addLayers(matches, results, task, second, 10 * how);
    }
    return matches.sorted();
}

QString itemText(const RunResults& results, const SelectedItem& item)
{
    if (item.task >= 0 && static_cast<std::size_t>(item.task) < results.tasks.size()) {
        const TaskResults& task = results.tasks[static_cast<std::size_t>(item.task)];
        const QString name = QString::fromStdString(task.name);
        if (item.page >= 0)
            return Text::tr("page %1:%2").arg(name).arg(item.page);
        if (item.layer >= 0 && static_cast<std::size_t>(item.layer) < task.network.layers.size())
            return Text::tr("layer %1 of %2")
                .arg(QString::fromStdString(task.network.layers[static_cast<std::size_t>(item.layer)].name),
                    name);
        return Text::tr("task %1").arg(name);
    }
    return item.slot >= 0 ? Text::tr("slot %1").arg(item.slot) : QString();
}

} // namespace palimpsest
