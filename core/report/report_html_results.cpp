// SPDX-License-Identifier: Apache-2.0
// The page's parts with results: header, accuracy, memory, pages, training.
#include "core/base/units.h"
#include "core/report/number_format.h"
#include "core/report/report_figures.h"
#include "core/report/report_html_parts.h"
#include "core/report/report_resources.h"
#include "core/report/svg_chart.h"
#include "core/report/wilson.h"

#include <algorithm>
#include <numeric>

namespace palimpsest {

namespace {

using ctemplate::TemplateDictionary;

constexpr const char* kNone = "\u2013"; // en dash: there is no such value

/// Two or four panels stand two in a row, so that none is left alone in a row.
const char* panelsClass(std::size_t count)
{
    return count == 2 || count == 4 ? "panels two" : "panels";
}

std::string counted(std::size_t number, const std::string& noun)
{
    return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string bytesText(double count)
{
    return nonBreaking(formatBytes(count));
}
std::string bytesText(std::int64_t count)
{
    return bytesText(static_cast<double>(count));
}

/// "4.03 x" with a multiplication sign; "n/a" where nothing is stored.
std::string timesText(double whole, double part)
{
    return part > 0.0 ? nonBreaking(fixedText(whole / part, 2) + " \u00D7") : "n/a";
}

std::string orNone(const std::optional<double>& difference)
{
    return difference ? typographic(formatPoints(*difference)) : kNone;
}

void fillLegend(TemplateDictionary& page, const char* section, const std::vector<LegendEntry>& entries)
{
    for (const LegendEntry& entry : entries) {
        TemplateDictionary* const item = page.AddSectionDictionary(section);
        item->SetValue("LABEL", entry.label);
        item->SetValue("STYLE_INDEX", std::to_string(chartStyle(entry.style)));
        item->ShowSection(entry.style % 2 == 0 ? "ROUND" : "SQUARE");
        if (entry.style % 2 != 0)
            item->ShowSection("DASHED");
    }
}

/// Stands before the changes in the table; the other baselines stand after them.
bool isMain(const ReportSeries& series)
{
    return series.key == "standalone" || series.key == "sameSteps" || series.key == "virtualized";
}

void fillAccuracyTable(TemplateDictionary& page, const ReportModel& model, const ReportSummary& summary,
    const std::vector<ReportSeries>& series)
{
    const bool hasSameSteps = summary.reference == "sameSteps";
    for (const ReportSeries& one : series)
        page.AddSectionDictionary(isMain(one) ? "SERIES" : "OTHER_SERIES")->SetValue("LABEL", one.label);
    if (hasSameSteps)
        page.ShowSection("SAME_STEPS_COLUMN");
    for (const ReportTask& task : model.tasks) {
        TemplateDictionary* const row = page.AddSectionDictionary("TASK_ACCURACY");
        row->SetValue("NAME", task.name);
        row->SetValue("SAMPLES", formatCount(task.testSamples));
        for (const ReportSeries& one : series) {
            TemplateDictionary* const cell = row->AddSectionDictionary(isMain(one) ? "CELL" : "OTHER_CELL");
            const auto found = task.accuracy.find(one.key);
            if (found == task.accuracy.end()) {
                cell->SetValue("VALUE", kNone);
                continue;
            }
            const Interval interval = wilsonInterval(found->second, task.testSamples);
            cell->SetValue("VALUE", formatPercent(found->second));
            TemplateDictionary* const range = cell->AddSectionDictionary("INTERVAL");
            range->SetValue("LOW", fixedText(interval.low * 100.0, 1));
            range->SetValue("HIGH", fixedText(interval.high * 100.0, 1));
        }
        if (hasSameSteps)
            row->AddSectionDictionary("SAME_STEPS_CHANGE")
                ->SetValue("VALUE", orNone(change(task, "sameSteps")));
        const std::optional<double> loss = change(task, "standalone");
        row->SetValue("STANDALONE_CHANGE", orNone(loss));
        row->SetValue("TOLERANCE", fixedText(task.tolerance * 100.0, 2));
        if (loss)
            row->ShowSection(*loss < -task.tolerance ? "BELOW" : "WITHIN");
    }
}

void fillBaselines(TemplateDictionary& page, const ReportModel& model, const ReportSummary& summary,
    const std::vector<ReportSeries>& series)
{
    for (const ReportSeries& one : series) {
        TemplateDictionary* const row = page.AddSectionDictionary("BASELINE");
        row->SetValue("LABEL", one.label);
        row->SetValue("MEANING", one.meaning);
        std::optional<std::int64_t> bytes;
        if (isWholeNetwork(one))
            bytes = model.memory.standaloneBytes;
        else if (one.key == "virtualized")
            bytes = model.memory.virtualizedBytes();
        else if (const auto found = model.baselineBytes.find(one.key); found != model.baselineBytes.end())
            bytes = found->second;
        row->SetValue("BYTES", bytes ? bytesText(*bytes) : kNone);
        row->SetValue("RATIO",
            bytes ? timesText(static_cast<double>(model.memory.standaloneBytes), static_cast<double>(*bytes))
                  : kNone);
        double sum = 0.0;
        std::size_t count = 0;
        std::size_t stated = 0;
        for (const ReportTask& task : model.tasks) {
            stated += task.accuracy.empty() ? 0U : 1U;
            if (const auto found = task.accuracy.find(one.key); found != task.accuracy.end()) {
                sum += found->second;
                ++count;
            }
        }
        row->SetValue(
            "MEAN", count > 0 && count == stated ? formatPercent(sum / static_cast<double>(count)) : kNone);
    }
    if (summary.betterRival)
        page.AddSectionDictionary("ADVICE")->SetValue("TEXT", adviceText(summary));
    std::string notRun;
    for (const std::string& key : model.baselinesNotRun)
        notRun += (notRun.empty() ? "" : ", ") + reportSeries(key).label;
    page.SetValue("NOT_RUN",
        notRun.empty()
            ? "Every baseline that this version knows was run."
            : "Baselines that were not run: " + notRun + ". The recipe's \"baselines\" choose them.");
}

void fillMap(TemplateDictionary& page, const char* section, const PageMapFigure& figure)
{
    TemplateDictionary* const map = page.AddSectionDictionary(section);
    map->SetValue("CHART", figure.svg);
    map->SetValue("BINNING",
        figure.slotsPerCell > 1
            ? "; a cell stands for " + std::to_string(figure.slotsPerCell) + " slots in a row"
            : "");
    for (const PageMapFigure::Key& key : figure.keys) {
        TemplateDictionary* const item = map->AddSectionDictionary("KEY");
        item->SetValue("COLOUR", key.colour);
        item->SetValue("TEXT", key.text);
    }
}

void fillCost(TemplateDictionary& page, const char* name, double cost, const std::optional<double>& bound)
{
    TemplateDictionary* const row = page.AddSectionDictionary("COST_ROW");
    row->SetValue("NAME", name);
    row->SetValue("COST", shortText(cost));
    row->SetValue("BOUND", bound ? shortText(*bound) : kNone);
    row->SetValue(
        "ABOVE", bound && *bound > 0.0 ? fixedText((cost / *bound - 1.0) * 100.0, 1) + " %" : kNone);
}

} // namespace

void fillHeader(TemplateDictionary& page, const ReportModel& model, const ReportSummary& summary)
{
    page.SetValue("PROJECT", model.project);
    page.SetValue("STYLE", kReportStyle);
    page.SetValue("PATTERNS", chartPatterns());
    if (!model.description.empty())
        page.AddSectionDictionary("DESCRIPTION")->SetValue("TEXT", model.description);
    const ReportMemory& memory = model.memory;
    const std::string tasks = counted(model.tasks.size(), "task");
    page.SetValue("RATIO_LABEL", "Less memory");
    page.SetValue("RATIO",
        timesText(
            static_cast<double>(memory.standaloneBytes), static_cast<double>(memory.virtualizedBytes())));
    page.SetValue("RATIO_MORE",
        tasks + ": " + bytesText(memory.standaloneBytes) + " stand-alone, "
            + bytesText(memory.virtualizedBytes()) + " virtualized");
    page.SetValue("CHANGE_LABEL", "Mean change of accuracy");
    page.SetValue("CHANGE",
        summary.meanChange ? nonBreaking(typographic(formatPoints(*summary.meanChange)) + " points") : "n/a");
    page.SetValue("CHANGE_MORE",
        summary.reference == "sameSteps" ? "against the same networks alone, trained for the same steps"
                                         : "against stand-alone; the baseline same steps did not run");
    const bool hasSwitch = !summary.switches.empty() && summary.switches.front().method == "paged";
    page.SetValue(
        "SWITCH", hasSwitch ? nonBreaking(latencyText(summary.switches.front().medianUs)) : "not measured");
    page.SetValue("SWITCH_MORE",
        !hasSwitch ? "the stage execute did not run"
                   : "median, on this machine"
                + (summary.networkBytes > 0.0 ? ", of a network of " + bytesText(summary.networkBytes)
                                              : std::string()));
    page.SetValue("VERDICT",
        summary.tasksBelowTolerance == 0
            ? "No task is below its stand-alone accuracy by more than its tolerance."
            : counted(summary.tasksBelowTolerance, "task") + " of " + std::to_string(model.tasks.size())
                + (summary.tasksBelowTolerance == 1 ? " is" : " are")
                + " below stand-alone accuracy by more than the tolerance.");
    std::string line
        = "Seed " + std::to_string(model.seed) + ", device " + model.device + ", Palimpsest " + model.version;
    if (!model.run.empty())
        line += ", run " + model.run;
    page.SetValue("RUN_LINE", line + ".");
}

void fillAccuracy(TemplateDictionary& page, const ReportModel& model, const ReportSummary& summary,
    const std::vector<ReportSeries>& series)
{
    page.SetValue("PANELS", panelsClass(model.tasks.size()));
    fillAccuracyTable(page, model, summary, series);
    fillBaselines(page, model, summary, series);
    TemplateDictionary* changes = nullptr;
    for (std::size_t i = 0; i < model.tasks.size(); ++i) {
        const ReportTask& task = model.tasks[i];
        if (task.accuracy.empty())
            continue;
        TemplateDictionary* const panel = page.AddSectionDictionary("ACCURACY_PANEL");
        panel->SetValue("NAME", task.name);
        panel->SetValue("CHART", accuracyFigure(task, series, i));
        const std::string chart = changeFigure(model, summary, task, series, i);
        if (chart.empty())
            continue;
        if (changes == nullptr) {
            changes = page.AddSectionDictionary("HAS_CHANGES");
            changes->SetValue("REFERENCE", reportSeries(summary.reference).label);
        }
        TemplateDictionary* const other = changes->AddSectionDictionary("CHANGE_PANEL");
        other->SetValue("NAME", task.name);
        other->SetValue("CHART", chart);
    }
}

void fillMemory(TemplateDictionary& page, const ReportModel& model)
{
    const ReportMemory& memory = model.memory;
    page.SetValue("MEMORY_CHART", memoryFigure(model));
    fillLegend(page, "MEMORY_LEGEND", memoryLegend());
    const auto whole = static_cast<double>(memory.virtualizedBytes());
    const auto add = [&](const char* part, const char* meaning, std::int64_t bytes, bool isCounted) {
        TemplateDictionary* const row = page.AddSectionDictionary("MEMORY_PART");
        row->SetValue("PART", part);
        row->SetValue("MEANING", meaning);
        row->SetValue("BYTES", formatCount(bytes));
        row->SetValue("SHARE",
            isCounted && whole > 0.0 ? fixedText(static_cast<double>(bytes) / whole * 100.0, 1) + " %"
                                     : kNone);
    };
    add("pool", "the shared pages, level 1", memory.poolBytes, true);
    add("exclusive pages", "pages of one task alone, level 2", memory.exclusiveBytes, true);
    add("private tensors", "biases, normalisation and state of each task", memory.privateBytes, true);
    add("page tables", "for each page of each task, where it lies", memory.tableBytes, true);
    add("scales", "of pages stored as integers", memory.scaleBytes, true);
    add("virtualized", "the sum of the above", memory.virtualizedBytes(), true);
    add("scratch", "one network of the largest task, float32; beside the sum", memory.scratchBytes, false);
    add("stand-alone", "all networks, float32, weights and state", memory.standaloneBytes, false);
    if (memory.level1Budget > 0)
        add("budget of level 1", "for all but the exclusive pages, with scratch", memory.level1Budget, false);
    if (memory.level2Budget > 0)
        add("budget of level 2", "for the exclusive pages and their scales", memory.level2Budget, false);
}

void fillPages(TemplateDictionary& page, const ReportModel& model)
{
    const ReportMatching& matching = model.matching;
    const std::int64_t pages = std::accumulate(model.tasks.begin(), model.tasks.end(), std::int64_t { 0 },
        [](std::int64_t sum, const ReportTask& task) { return sum + task.pages; });
    const std::int64_t exclusive = std::accumulate(model.tasks.begin(), model.tasks.end(), std::int64_t { 0 },
        [](std::int64_t sum, const ReportTask& task) { return sum + task.exclusivePages; });
    page.SetValue("PAGES_LINE",
        formatCount(pages) + " pages of " + formatCount(matching.pageSize)
            + " weights: " + formatCount(pages - exclusive) + " take the " + formatCount(matching.slots)
            + " slots of the pool, " + formatCount(exclusive) + " are exclusive.");
    if (!matching.tenants.empty())
        fillMap(page, "TENANTS_MAP", tenantsFigure(matching));
    if (!matching.slotCosts.empty())
        fillMap(page, "COST_MAP", slotCostFigure(matching));
    page.SetValue("STRATEGY", matching.strategy);
    page.SetValue("GAP_LINE",
        matching.gap ? "The strategy is " + fixedText(*matching.gap * 100.0, 1)
                + " % above the lower bound of the cost it minimised."
                     : "There is no lower bound where tasks use slots more than once.");
    fillCost(page, "barycentre", matching.costBarycentre, matching.lowerBoundBarycentre);
    fillCost(page, "pairwise", matching.costPairwise, matching.lowerBoundPairwise);
    for (const ReportTask& task : model.tasks) {
        TemplateDictionary* const row = page.AddSectionDictionary("TASK_PAGES");
        row->SetValue("NAME", task.name);
        row->SetValue("DATA", task.data);
        row->SetValue("WEIGHTS", formatCount(task.weights));
        row->SetValue("PAGES", formatCount(task.pages));
        row->SetValue("EXCLUSIVE", formatCount(task.exclusivePages));
    }
}

void fillTraining(TemplateDictionary& page, const ReportModel& model)
{
    TemplateDictionary* curves = nullptr;
    for (std::size_t i = 0; i < model.tasks.size(); ++i) {
        const std::string chart = curveFigure(model.tasks[i], i);
        if (chart.empty())
            continue;
        if (curves == nullptr) {
            curves = page.AddSectionDictionary("CURVES");
            page.ShowSection("HAS_CURVES");
            fillLegend(*curves, "CURVE_LEGEND", curveLegend(model));
        }
        TemplateDictionary* const panel = curves->AddSectionDictionary("CURVE_PANEL");
        panel->SetValue("NAME", model.tasks[i].name);
        panel->SetValue("CHART", chart);
    }
}

} // namespace palimpsest
