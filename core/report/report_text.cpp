// SPDX-License-Identifier: Apache-2.0
#include "core/base/units.h"
#include "core/report/number_format.h"
#include "core/report/report_model.h"
#include "core/report/report_series.h"
#include "core/report/report_summary.h"

#include <algorithm>
#include <array>

namespace palimpsest {

namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kLongestName = 28;
constexpr std::size_t kLabelWidth = 10; ///< of "Memory    "

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Letters, not bytes: names are UTF-8.
std::size_t textWidth(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return !isContinuation(byte); }));
}

std::string shortened(const std::string& name)
{
    if (textWidth(name) <= kLongestName)
        return name;
    std::size_t bytes = 0;
    for (std::size_t letters = 0; letters < kLongestName - 2; ++letters)
        do
            ++bytes;
        while (bytes < name.size() && isContinuation(name[bytes]));
    return name.substr(0, bytes) + "..";
}

std::string padLeft(const std::string& text, std::size_t width)
{
    return std::string(width - std::min(width, textWidth(text)), ' ') + text;
}
std::string padRight(const std::string& text, std::size_t width)
{
    return text + std::string(width - std::min(width, textWidth(text)), ' ');
}

/// Words of `text` in lines of kColumns at most, all but the first indented below the label. A longer word is cut.
std::string paragraph(const std::string& label, const std::string& text)
{
    std::string lines;
    std::string line = padRight(label, kLabelWidth);
    bool isEmpty = true;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        std::string word = text.substr(begin, end - begin);
        while (textWidth(line) + (isEmpty ? 0 : 1) + textWidth(word) > kColumns && !isEmpty) {
            lines += line + "\n";
            line = std::string(kLabelWidth, ' ');
            isEmpty = true;
        }
        line += (isEmpty ? "" : " ") + word;
        isEmpty = false;
        begin = end + 1;
    }
    return lines + line + "\n";
}

struct Column {
    const char* title;
    std::size_t width;
};
constexpr std::array kResultColumns { Column { "stand-alone", 13 }, Column { "same steps", 12 },
    Column { "virtualized", 13 }, Column { "change", 9 }, Column { "tolerance", 11 } };
using Cells = std::array<std::string, kResultColumns.size()>;

std::string row(const std::string& name, std::size_t nameWidth, const Cells& cells, const char* mark = "")
{
    std::string line = padRight(name, nameWidth);
    for (std::size_t i = 0; i < cells.size(); ++i)
        line += padLeft(cells[i], kResultColumns[i].width);
    line += mark;
    return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::string accuracyCell(const ReportTask& task, const char* key)
{
    const auto found = task.accuracy.find(key);
    return found == task.accuracy.end() ? "-" : formatPercent(found->second);
}

std::string resultTable(const ReportModel& model, const ReportSummary& summary)
{
    std::size_t nameWidth = 4;
    for (const ReportTask& task : model.tasks)
        nameWidth = std::max(nameWidth, textWidth(shortened(task.name)));
    Cells titles;
    for (std::size_t i = 0; i < titles.size(); ++i)
        titles[i] = kResultColumns[i].title;
    std::string table = row("task", nameWidth, titles);
    for (const ReportTask& task : model.tasks) {
        const std::optional<double> difference = change(task, summary.reference);
        const std::optional<double> loss = change(task, "standalone");
        const bool isBelow = loss && *loss < -task.tolerance;
        table += row(shortened(task.name), nameWidth,
            { accuracyCell(task, "standalone"), accuracyCell(task, "sameSteps"),
                accuracyCell(task, "virtualized"), difference ? formatPoints(*difference) : "-",
                fixedText(task.tolerance * 100.0, 2) },
            isBelow ? " *" : "");
    }
    if (model.tasks.size() > 1 && summary.meanChange)
        table += row("mean", nameWidth, { "", "", "", formatPoints(*summary.meanChange), "" });
    return table;
}

std::string switchText(const ReportSummary& summary)
{
    std::string text;
    for (const SwitchFigure& figure : summary.switches) {
        text += text.empty() ? "" : ", ";
        text += switchLabel(figure.method) + " " + latencyText(figure.medianUs, "u");
        if (figure.method == "paged")
            text += " (p95 " + latencyText(figure.p95Us, "u") + ")";
    }
    if (summary.networkBytes > 0.0)
        text += "; median for a network of " + formatBytes(summary.networkBytes);
    return text;
}

} // namespace

std::string toText(const ReportModel& model)
{
    const ReportSummary summary = summarise(model);
    const ReportMemory& memory = model.memory;
    const auto bytes = [](std::int64_t count) { return formatBytes(static_cast<double>(count)); };

    std::string text = resultTable(model, summary);
    std::string note = "accuracy on the test split; change against " + reportSeries(summary.reference).label
        + " and tolerance in percentage points";
    if (summary.tasksBelowTolerance > 0)
        note += "; * below stand-alone by more than the tolerance";
    text += "\n" + paragraph("Accuracy", note);
    text += paragraph("Memory",
        bytes(memory.standaloneBytes) + " stand-alone, " + bytes(memory.virtualizedBytes()) + " virtualized"
            + (summary.ratio ? " (" + fixedText(*summary.ratio, 2) + " x smaller)" : "") + ": pool "
            + bytes(memory.poolBytes) + ", exclusive " + bytes(memory.exclusiveBytes) + ", private "
            + bytes(memory.privateBytes) + ", tables " + bytes(memory.tableBytes) + ", scales "
            + bytes(memory.scaleBytes) + "; scratch " + bytes(memory.scratchBytes) + " beside");
    std::string rivals;
    for (const RivalFigure& rival : summary.rivals)
        rivals += (rivals.empty() ? "" : ", ") + reportSeries(rival.key).label + " " + bytes(rival.bytes)
            + " " + formatPercent(rival.meanAccuracy);
    if (!rivals.empty() && summary.meanAccuracy)
        text += paragraph("Rivals",
            "private weights, bytes and mean accuracy: " + rivals + "; virtualized "
                + bytes(memory.virtualizedBytes()) + " " + formatPercent(*summary.meanAccuracy)
                + (summary.betterRival ? ". " + adviceText(summary) : ""));
    if (!summary.switches.empty())
        text += paragraph("Switch", switchText(summary));
    return text;
}

} // namespace palimpsest
