// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/compare_rows.h"

#include "core/project/recipe.h"
#include "core/report/number_format.h"
#include "widgets/execution/switch_stats.h"
#include "widgets/pagemap/page_difference.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/text.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace palimpsest {

namespace {

struct CompareText {
    Q_DECLARE_TR_FUNCTIONS(CompareText)
};
using Rows = std::vector<CompareRow>;
using Verdict = CompareRow::Verdict;

Verdict verdictOf(double difference, bool isLessBetter)
{
    if (difference == 0.0 || !std::isfinite(difference))
        return Verdict::None;
    return (difference < 0.0) == isLessBetter ? Verdict::Better : Verdict::Worse;
}

QString withSign(double difference, const QString& size)
{
    if (difference == 0.0)
        return QStringLiteral("0");
    return (difference < 0.0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + size;
}

/// "+12.5 %"; empty where A is 0.
QString shareText(double a, double difference)
{
    return a == 0.0 || difference == 0.0 ? QString()
                                         : QStringLiteral(" (%1 %)").arg(withSign(difference,
                                             QString::number(std::abs(100.0 * difference / a), 'f', 1)));
}

void addTitle(Rows& rows, const QString& name)
{
    CompareRow row;
    row.isTitle = true;
    row.name = name;
    rows.push_back(row);
}

void addAccuracy(Rows& rows, const QString& name, const std::optional<double>& a,
    const std::optional<double>& b, bool isSum)
{
    CompareRow row;
    row.name = name;
    row.isSum = isSum;
    row.a = a ? percentText(*a) : QString();
    row.b = b ? percentText(*b) : QString();
    if (a && b) {
        row.difference = pointsText(*b - *a);
        row.verdict = verdictOf(*b - *a, false);
    }
    rows.push_back(row);
}

/// A quantity of which less is better.
void addCost(Rows& rows, const QString& name, double a, double b, QString (*text)(double), bool isSum = false)
{
    CompareRow row;
    row.name = name;
    row.isSum = isSum;
    row.a = text(a);
    row.b = text(b);
    row.difference = withSign(b - a, text(std::abs(b - a))) + shareText(a, b - a);
    row.verdict = verdictOf(b - a, true);
    rows.push_back(row);
}

/// A count of which neither more nor less is better by itself.
void addCount(Rows& rows, const QString& name, std::int64_t a, std::int64_t b)
{
    CompareRow row;
    row.name = name;
    row.a = countText(a);
    row.b = countText(b);
    row.difference = withSign(static_cast<double>(b - a), countText(std::abs(b - a)));
    rows.push_back(row);
}

void addSettings(Rows& rows, const Json& a, const Json& b, const QString& path, const QString& prefix)
{
    if (a == b)
        return;
    if (a.is_object() && b.is_object()) {
        for (const auto& item : a.items()) {
            const QString key = QString::fromStdString(item.key());
            if ((path.isEmpty() && key == QStringLiteral("tasks")) || !b.contains(item.key()))
                continue;
            const QString section = prefix.isEmpty() && item.value().is_object() ? sectionTitle(key) : prefix;
            addSettings(rows, item.value(), b.at(item.key()),
                path.isEmpty() ? key : path + QLatin1Char('.') + key, section);
        }
        return;
    }
    CompareRow row;
    row.name
        = prefix.isEmpty() ? settingLabel(path) : CompareText::tr("%1: %2").arg(prefix, settingLabel(path));
    row.a = valueText(a);
    row.b = valueText(b);
    rows.push_back(row);
}

std::map<std::string, const Json*> tasksByName(const Json& recipe)
{
    std::map<std::string, const Json*> tasks;
    for (const Json& task : recipe.at("tasks"))
        tasks[task.at("name").get<std::string>()] = &task;
    return tasks;
}

void addSettings(Rows& rows, const Recipe& a, const Recipe& b)
{
    addTitle(rows, CompareText::tr("Settings that differ"));
    const Json first = toJson(a);
    const Json second = toJson(b);
    const std::size_t before = rows.size();
    addSettings(rows, first, second, {}, {});
    const auto firstTasks = tasksByName(first);
    const auto secondTasks = tasksByName(second);
    for (const auto& [name, task] : firstTasks) {
        const QString shown = QString::fromStdString(name);
        if (const auto other = secondTasks.find(name); other != secondTasks.end())
            addSettings(rows, *task, *other->second, QStringLiteral("task"), shown);
        else
            rows.push_back({ false, false, CompareText::tr("Task %1").arg(shown), CompareText::tr("there"),
                CompareText::tr("not there"), {}, Verdict::None });
    }
    for (const auto& [name, task] : secondTasks)
        if (!firstTasks.contains(name))
            rows.push_back({ false, false, CompareText::tr("Task %1").arg(QString::fromStdString(name)),
                CompareText::tr("not there"), CompareText::tr("there"), {}, Verdict::None });
    if (rows.size() == before)
        rows.push_back({ false, false, CompareText::tr("None: both runs have the same settings"), {}, {}, {},
            Verdict::None });
}

std::optional<double> accuracyOf(const ReportModel& report, const std::string& task)
{
    for (const ReportTask& candidate : report.tasks)
        if (candidate.name == task)
            if (const auto found = candidate.accuracy.find("virtualized"); found != candidate.accuracy.end())
                return found->second;
    return std::nullopt;
}

void addAccuracies(Rows& rows, const ReportModel& a, const ReportModel& b)
{
    addTitle(rows, CompareText::tr("Accuracy of the virtualized tasks, on the test samples"));
    std::vector<std::string> names;
    for (const ReportModel* report : { &a, &b })
        for (const ReportTask& task : report->tasks)
            if (std::ranges::find(names, task.name) == names.end())
                names.push_back(task.name);
    double first = 0.0;
    double second = 0.0;
    std::size_t common = 0;
    for (const std::string& name : names) {
        const auto one = accuracyOf(a, name);
        const auto other = accuracyOf(b, name);
        addAccuracy(rows, QString::fromStdString(name), one, other, false);
        if (one && other) {
            first += *one;
            second += *other;
            ++common;
        }
    }
    if (common > 0)
        addAccuracy(rows, CompareText::tr("Mean of the tasks that both have"),
            first / static_cast<double>(common), second / static_cast<double>(common), true);
}

void addMemory(Rows& rows, const ReportMemory& a, const ReportMemory& b)
{
    addTitle(rows, CompareText::tr("Memory"));
    const auto add = [&](const QString& name, std::int64_t ReportMemory::*part) {
        addCost(rows, name, static_cast<double>(a.*part), static_cast<double>(b.*part), bytesText);
    };
    add(CompareText::tr("Page pool"), &ReportMemory::poolBytes);
    add(CompareText::tr("Exclusive pages"), &ReportMemory::exclusiveBytes);
    add(CompareText::tr("Private tensors"), &ReportMemory::privateBytes);
    add(CompareText::tr("Page tables"), &ReportMemory::tableBytes);
    add(CompareText::tr("Scales"), &ReportMemory::scaleBytes);
    addCost(rows, CompareText::tr("Virtualized, all of these"), static_cast<double>(a.virtualizedBytes()),
        static_cast<double>(b.virtualizedBytes()), bytesText, true);
    add(CompareText::tr("Scratch network"), &ReportMemory::scratchBytes);
    add(CompareText::tr("Networks as they were"), &ReportMemory::standaloneBytes);
    rows.back().verdict = Verdict::None; // it is given, not achieved
}

std::int64_t exclusivePages(const ReportModel& report)
{
    std::int64_t pages = 0;
    for (const ReportTask& task : report.tasks)
        pages += task.exclusivePages;
    return pages;
}

void addMatching(Rows& rows, const ReportModel& a, const ReportModel& b)
{
    addTitle(rows, CompareText::tr("Matching"));
    addCost(rows, CompareText::tr("Barycentre cost"), a.matching.costBarycentre, b.matching.costBarycentre,
        costText);
    addCost(
        rows, CompareText::tr("Pairwise cost"), a.matching.costPairwise, b.matching.costPairwise, costText);
    if (a.matching.gap && b.matching.gap)
        addCost(
            rows, CompareText::tr("Gap to the lower bound"), *a.matching.gap, *b.matching.gap, percentText);
    addCount(rows, CompareText::tr("Slots of the pool"), a.matching.slots, b.matching.slots);
    addCount(rows, CompareText::tr("Exclusive pages"), exclusivePages(a), exclusivePages(b));
}

void addPages(Rows& rows, const RunResults& a, const RunResults& b)
{
    const PageDifference difference(b, a);
    if (difference.comparablePages() == 0)
        return;
    addTitle(rows, CompareText::tr("Page map"));
    CompareRow row;
    row.name = CompareText::tr("Pages with other neighbours, or another level");
    row.difference = CompareText::tr("%1 of %2")
                         .arg(countText(difference.changedPages()), countText(difference.comparablePages()));
    rows.push_back(row);
}

void addSwitches(Rows& rows, const ReportModel& a, const ReportModel& b)
{
    const SwitchResults first = switchResults(a);
    const SwitchResults second = switchResults(b);
    if (first.ways.empty() || second.ways.empty())
        return;
    const auto time = [](double microseconds) { return QString::fromStdString(latencyText(microseconds)); };
    addTitle(rows, CompareText::tr("Execution"));
    addCost(rows, CompareText::tr("Paged switch, median"), first.ways.front().medianUs,
        second.ways.front().medianUs, time);
    addCost(rows, CompareText::tr("Paged switch, 95 %"), first.ways.front().p95Us, second.ways.front().p95Us,
        time);
}

} // namespace

std::vector<CompareRow> compareRuns(const RunResults& a, const RunResults& b)
{
    Rows rows;
    addSettings(rows, a.recipe, b.recipe);
    if (a.report && b.report) {
        addAccuracies(rows, *a.report, *b.report);
        addMemory(rows, a.report->memory, b.report->memory);
        addMatching(rows, *a.report, *b.report);
    }
    addPages(rows, a, b);
    if (a.report && b.report)
        addSwitches(rows, *a.report, *b.report);
    return rows;
}

} // namespace palimpsest
