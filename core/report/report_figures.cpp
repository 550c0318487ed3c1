// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_figures.h"

#include "core/base/units.h"
#include "core/report/number_format.h"
#include "core/report/svg_chart.h"
#include "core/report/wilson.h"

#include <algorithm>

namespace palimpsest {

namespace {

constexpr int kPoolStyle = 2, kExclusiveStyle = 6, kPrivateStyle = 5, kTableStyle = 3, kScaleStyle = 7;

std::string bytesText(std::int64_t count)
{
    return formatBytes(static_cast<double>(count));
}

std::optional<double> find(const std::map<std::string, double>& values, const std::string& key)
{
    const auto found = values.find(key);
    return found == values.end() ? std::nullopt : std::optional(found->second);
}

StackPart part(const char* label, std::int64_t bytes, int style, bool isOutline = false)
{
    return { label, static_cast<double>(bytes), style, isOutline };
}

} // namespace

std::string accuracyFigure(const ReportTask& task, const std::vector<ReportSeries>& series, std::size_t index)
{
    std::vector<BarRow> rows;
    std::string description = "Test accuracy of task " + task.name + ":";
    for (const ReportSeries& one : series) {
        const std::optional<double> accuracy = find(task.accuracy, one.key);
        if (!accuracy)
            continue;
        const Interval interval = wilsonInterval(*accuracy, task.testSamples);
        rows.push_back({ one.label, *accuracy * 100.0, formatPercent(*accuracy),
            Interval { interval.low * 100.0, interval.high * 100.0 }, one.style });
        description += (rows.size() > 1 ? ", " : " ") + one.label + " " + formatPercent(*accuracy);
    }
    return barPanel({ "accuracy-" + std::to_string(index), "Accuracy of " + task.name, description + "." },
        rows, 0.0, 100.0);
}

std::string changeFigure(const ReportModel& model, const ReportSummary& summary, const ReportTask& task,
    const std::vector<ReportSeries>& series, std::size_t index)
{
    double low = 0.0;
    double high = 0.0;
    for (const ReportTask& other : model.tasks)
        if (const std::optional<double> reference = find(other.accuracy, summary.reference))
            for (const auto& [key, accuracy] : other.accuracy) {
                low = std::min(low, (accuracy - *reference) * 100.0);
                high = std::max(high, (accuracy - *reference) * 100.0);
            }
    const std::optional<double> reference = find(task.accuracy, summary.reference);
    if (!reference)
        return {};
    std::vector<BarRow> rows;
    const std::string against = reportSeries(summary.reference).label;
    std::string description
        = "Difference of task " + task.name + " from " + against + " in percentage points:";
    for (const ReportSeries& one : series) {
        const std::optional<double> accuracy = find(task.accuracy, one.key);
        if (!accuracy || one.key == summary.reference)
            continue;
        const std::string text = typographic(formatPoints(*accuracy - *reference));
        rows.push_back({ one.label, (*accuracy - *reference) * 100.0, text, std::nullopt, one.style });
        description += (rows.size() > 1 ? ", " : " ") + one.label + " " + text;
    }
    return barPanel({ "change-" + std::to_string(index), "Change of " + task.name + " against " + against,
                        description + "." },
        rows, low, high);
}

std::string curveFigure(const ReportTask& task, std::size_t index)
{
    std::vector<Curve> curves;
    const auto add = [&](const ReportCurve& curve, const char* key, bool isDashed) {
        if (curve.steps.empty())
            return;
        const ReportSeries series = reportSeries(key);
        std::vector<double> percent;
        for (const double accuracy : curve.accuracy)
            percent.push_back(accuracy * 100.0);
        curves.push_back({ series.label, curve.steps, std::move(percent), series.style, isDashed });
    };
    add(task.sameStepsCurve, "sameSteps", true);
    add(task.jointCurve, "virtualized", false);
    if (curves.empty())
        return {};
    std::optional<double> baseline = find(task.validation, "standalone");
    std::string description = "Validation accuracy of task " + task.name + " over the joint steps";
    if (baseline) {
        description += "; the dotted line is stand-alone, " + formatPercent(*baseline);
        *baseline *= 100.0;
    }
    for (const Curve& curve : curves)
        description
            += "; " + curve.label + " ends at " + fixedText(curve.y.empty() ? 0.0 : curve.y.back(), 2) + " %";
    return curvePanel({ "curve-" + std::to_string(index), "Training of " + task.name, description + "." },
        curves, baseline, "minibatches of this task");
}

std::vector<LegendEntry> curveLegend(const ReportModel& model)
{
    std::vector<LegendEntry> legend;
    const auto add = [&](const char* key, const ReportCurve ReportTask::*curve) {
        const bool isThere = std::any_of(model.tasks.begin(), model.tasks.end(),
            [&](const ReportTask& task) { return !(task.*curve).steps.empty(); });
        if (isThere)
            legend.push_back({ reportSeries(key).label, reportSeries(key).style });
    };
    add("virtualized", &ReportTask::jointCurve);
    add("sameSteps", &ReportTask::sameStepsCurve);
    return legend;
}

std::string memoryFigure(const ReportModel& model)
{
    const ReportMemory& memory = model.memory;
    std::vector<StackRow> rows;
    std::string description;
    const auto add = [&](StackRow row) {
        description += row.label + ": " + row.text + ". ";
        rows.push_back(std::move(row));
    };
    add({ "stand-alone, float32", bytesText(memory.standaloneBytes),
        { part("stand-alone", memory.standaloneBytes, 0) }, {} });
    for (const ReportSeries& one : reportSeries(model)) {
        const auto found = model.baselineBytes.find(one.key);
        if (found == model.baselineBytes.end() || found->second == memory.standaloneBytes)
            continue; // the float32 baselines take what stand-alone takes
        add({ "private, " + one.label, bytesText(found->second),
            { part("private weights", found->second, one.style) }, {} });
    }
    const std::vector<StackPart> shared { part("pool", memory.poolBytes, kPoolStyle),
        part("exclusive pages", memory.exclusiveBytes, kExclusiveStyle),
        part("private tensors", memory.privateBytes, kPrivateStyle),
        part("page tables", memory.tableBytes, kTableStyle), part("scales", memory.scaleBytes, kScaleStyle) };
    StackRow virtualized { "virtualized, and scratch beside it",
        bytesText(memory.virtualizedBytes()) + " + " + bytesText(memory.scratchBytes), shared, {} };
    virtualized.parts.push_back(part("scratch, beside what counts", memory.scratchBytes, 0, true));
    add(std::move(virtualized));
    if (memory.level1Budget > 0) {
        const std::int64_t level2 = memory.exclusiveBytes + memory.exclusiveScaleBytes;
        const std::int64_t level1 = memory.virtualizedBytes() - level2 + memory.scratchBytes;
        add({ "level 1 with scratch, and its budget",
            bytesText(level1) + " of " + bytesText(memory.level1Budget),
            { part("pool", memory.poolBytes, kPoolStyle),
                part("private tensors", memory.privateBytes, kPrivateStyle),
                part("page tables", memory.tableBytes, kTableStyle),
                part("scales", memory.scaleBytes - memory.exclusiveScaleBytes, kScaleStyle),
                part("scratch", memory.scratchBytes, 0, true) },
            static_cast<double>(memory.level1Budget) });
    }
    if (memory.level2Budget > 0)
        add({ "level 2, and its budget",
            bytesText(memory.exclusiveBytes + memory.exclusiveScaleBytes) + " of "
                + bytesText(memory.level2Budget),
            { part("exclusive pages", memory.exclusiveBytes, kExclusiveStyle),
                part("scales", memory.exclusiveScaleBytes, kScaleStyle) },
            static_cast<double>(memory.level2Budget) });
    return memoryChart({ "memory-chart", "Bytes of all networks together", description }, rows);
}

std::vector<LegendEntry> memoryLegend()
{
    return { { "pool", kPoolStyle }, { "exclusive pages", kExclusiveStyle },
        { "private tensors", kPrivateStyle }, { "page tables", kTableStyle }, { "scales", kScaleStyle } };
}

std::string switchFigure(const ReportSummary& summary)
{
    std::vector<LatencyRow> rows;
    std::string description = "Median time of a switch, on a logarithmic axis:";
    for (const SwitchFigure& figure : summary.switches) {
        const std::string label = switchLabel(figure.method);
        const std::string median = latencyText(figure.medianUs);
        const int style = figure.method == "paged" ? 2
            : figure.method == "wholeCopy"         ? 4
            : figure.method == "fileReload"        ? 6
                                                   : 0;
        description += (rows.empty() ? " " : ", ") + label + " " + median;
        rows.push_back({ label, median + ", 95th percentile " + latencyText(figure.p95Us), figure.medianUs,
            figure.p95Us, figure.samplesUs, style });
    }
    return latencyChart({ "switch-chart", "Switch times", description + "." }, rows);
}

} // namespace palimpsest
