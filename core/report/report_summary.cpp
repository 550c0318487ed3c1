// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_summary.h"

#include "core/base/units.h"
#include "core/report/number_format.h"
#include "core/report/report_series.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace palimpsest {

namespace {

double numberAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<double>() : 0.0;
}

std::vector<SwitchFigure> switchFigures(const Json& times)
{
    std::vector<SwitchFigure> figures;
    for (const auto& item : times.items()) {
        const Json& value = item.value();
        if (!value.is_object() || !value.contains("medianUs"))
            continue;
        SwitchFigure figure { item.key(), numberAt(value, "medianUs"), numberAt(value, "p95Us"), {} };
        if (const auto samples = value.find("samplesUs"); samples != value.end() && samples->is_array())
            for (const Json& sample : *samples)
                if (sample.is_number())
                    figure.samplesUs.push_back(sample.get<double>());
        figures.push_back(std::move(figure));
    }
    std::stable_partition(
        figures.begin(), figures.end(), [](const SwitchFigure& figure) { return figure.method == "paged"; });
    return figures;
}

struct KnownSwitch {
    std::string_view method;
    const char* label;
    const char* meaning;
};

constexpr std::array kSwitches {
    KnownSwitch { "paged", "paged", "one gather of the task's pages into scratch" },
    KnownSwitch { "wholeCopy", "whole copy", "one copy of the whole float32 network from memory" },
    KnownSwitch { "fileReload", "file reload", "reading the network's weight file again" },
    KnownSwitch { "allResident", "all resident", "nothing: every network has memory of its own" },
    KnownSwitch { "launch", "launch", "the floor of the device: four weights, launched and waited for" },
    KnownSwitch { "gather", "bare gather", "one gather of as many float32 pages, all of them on level 1" },
    KnownSwitch { "tensorCopies", "tensor by tensor", "copies from page-locked memory, one for each tensor" },
    KnownSwitch { "int8Resident", "int8 resident", "every network stays as private int8 and is decoded" },
    KnownSwitch { "forward", "forward", "no switch: one sample through the current network" },
    KnownSwitch {
        "switchForward", "switch and forward", "a paged switch and one sample through the network, as one" },
};

} // namespace

std::vector<std::string> switchMethods()
{
    std::vector<std::string> methods;
    for (const KnownSwitch& known : kSwitches)
        methods.emplace_back(known.method);
    return methods;
}

std::string switchLabel(const std::string& method)
{
    const auto known = std::ranges::find(kSwitches, method, &KnownSwitch::method);
    return known == kSwitches.end() ? method : known->label;
}

std::string switchMeaning(const std::string& method)
{
    const auto known = std::ranges::find(kSwitches, method, &KnownSwitch::method);
    return known == kSwitches.end() ? "another way" : known->meaning;
}

Json objectFromText(const std::string& text)
{
    if (text.empty())
        return Json::object();
    Result<Json> parsed = parseJson(text, "report");
    if (!parsed.ok() || !parsed->is_object())
        throw std::invalid_argument("ReportModel: settings and measured must be JSON objects");
    return std::move(parsed).value();
}

std::optional<double> change(const ReportTask& task, const std::string& reference)
{
    const auto virtualized = task.accuracy.find("virtualized");
    const auto from = task.accuracy.find(reference);
    if (virtualized == task.accuracy.end() || from == task.accuracy.end())
        return std::nullopt;
    return virtualized->second - from->second;
}

namespace {

/// Mean over the tasks; empty where one was not scored in this form.
std::optional<double> meanAccuracy(const ReportModel& model, const std::string& key)
{
    double sum = 0.0;
    for (const ReportTask& task : model.tasks) {
        const auto found = task.accuracy.find(key);
        if (found == task.accuracy.end())
            return std::nullopt;
        sum += found->second;
    }
    if (model.tasks.empty())
        return std::nullopt;
    return sum / static_cast<double>(model.tasks.size());
}

void addRivals(ReportSummary& summary, const ReportModel& model)
{
    summary.meanAccuracy = meanAccuracy(model, "virtualized");
    for (const auto& [key, bytes] : model.baselineBytes)
        if (const auto mean = meanAccuracy(model, key); mean && bytes != model.memory.standaloneBytes)
            summary.rivals.push_back({ key, bytes, *mean });
    std::stable_sort(summary.rivals.begin(), summary.rivals.end(),
        [](const RivalFigure& a, const RivalFigure& b) { return a.bytes > b.bytes; });
    for (const RivalFigure& rival : summary.rivals)
        if (summary.meanAccuracy && rival.bytes <= model.memory.virtualizedBytes()
            && rival.meanAccuracy >= *summary.meanAccuracy
            && (!summary.betterRival || rival.meanAccuracy > summary.betterRival->meanAccuracy))
            summary.betterRival = rival;
}

} // namespace

std::string adviceText(const ReportSummary& summary)
{
    const RivalFigure& rival = summary.betterRival.value();
    return "Private weights as " + reportSeries(rival.key).label + " take no more bytes ("
        + formatBytes(static_cast<double>(rival.bytes)) + ") at no lower mean accuracy ("
        + formatPercent(rival.meanAccuracy) + " against " + formatPercent(summary.meanAccuracy.value())
        + "): at this size sharing is not needed.";
}

ReportSummary summarise(const ReportModel& model)
{
    ReportSummary summary;
    if (model.memory.virtualizedBytes() > 0)
        summary.ratio = static_cast<double>(model.memory.standaloneBytes)
            / static_cast<double>(model.memory.virtualizedBytes());

    std::size_t stated = 0;
    std::size_t withSameSteps = 0;
    for (const ReportTask& task : model.tasks) {
        stated += task.accuracy.empty() ? 0U : 1U;
        withSameSteps += task.accuracy.count("sameSteps");
    }
    const bool hasSameSteps = withSameSteps > 0 && withSameSteps == stated;
    summary.reference = hasSameSteps ? "sameSteps" : "standalone";
    double sum = 0.0;
    std::size_t count = 0;
    for (const ReportTask& task : model.tasks) {
        if (const std::optional<double> difference = change(task, summary.reference)) {
            sum += *difference;
            ++count;
        }
        if (const std::optional<double> loss = change(task, "standalone"); loss && *loss < -task.tolerance)
            ++summary.tasksBelowTolerance;
    }
    if (count > 0)
        summary.meanChange = sum / static_cast<double>(count);
    addRivals(summary, model);

    const Json measured = objectFromText(model.measured);
    if (const auto times = measured.find("switch"); times != measured.end() && times->is_object()) {
        summary.switches = switchFigures(*times);
        summary.networkBytes = numberAt(*times, "networkBytes");
        if (const auto sequence = times->find("sequence"); sequence != times->end() && sequence->is_array())
            for (const Json& task : *sequence)
                if (task.is_number_unsigned())
                    summary.switchSequence.push_back(task.get<std::size_t>());
    }
    return summary;
}

} // namespace palimpsest
