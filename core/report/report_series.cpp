// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_series.h"

#include <algorithm>
#include <array>
#include <set>

namespace palimpsest {

namespace {

struct Known {
    const char* key;
    const char* label;
    const char* meaning;
};

/// In the order of tables and charts; the place is the style.
constexpr std::array kKnown {
    Known { "standalone", "stand-alone", "each network alone, as imported or trained, float32" },
    Known { "sameSteps", "same steps",
        "each network alone, trained for as many further steps as the virtualized one" },
    Known { "virtualized", "virtualized", "the networks on shared pages, after joint optimisation" },
    Known { "float16", "float16", "private weights rounded to float16 after training" },
    Known { "int8", "int8", "private weights rounded to 8 bits after training" },
    Known { "int6", "int6", "private weights rounded to 6 bits after training" },
    Known { "int4", "int4", "private weights rounded to 4 bits after training" },
    Known { "sameRecipe", "same recipe", "each network alone, trained with the whole joint recipe" },
    Known { "int4Trained", "trained int4", "private weights of 4 bits, trained through the rounding" },
    Known { "int3Trained", "trained int3", "private weights of 3 bits, trained through the rounding" },
    Known { "ternaryTrained", "trained ternary", "private ternary weights, trained through the rounding" },
    Known {
        "smallTernary", "small ternary", "smaller private ternary networks of the same bytes, distilled" },
};

} // namespace

ReportSeries reportSeries(const std::string& key)
{
    const auto found
        = std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& known) { return key == known.key; });
    const auto style = static_cast<int>(found - kKnown.begin());
    if (found == kKnown.end())
        return { key, key, "a baseline of the recipe", style };
    return { key, found->label, found->meaning, style };
}

bool isWholeNetwork(const ReportSeries& series)
{
    return series.key == "standalone" || series.key == "sameSteps" || series.key == "sameRecipe";
}

std::vector<std::string> reportSeriesKeys()
{
    std::vector<std::string> keys;
    for (const Known& known : kKnown)
        keys.emplace_back(known.key);
    return keys;
}

std::vector<ReportSeries> reportSeries(const ReportModel& model)
{
    std::set<std::string> keys;
    for (const ReportTask& task : model.tasks)
        for (const auto& [key, accuracy] : task.accuracy)
            keys.insert(key);
    std::vector<ReportSeries> series;
    for (const std::string& key : keys)
        series.push_back(reportSeries(key));
    std::stable_sort(series.begin(), series.end(),
        [](const ReportSeries& a, const ReportSeries& b) { return a.style < b.style; });
    return series;
}

} // namespace palimpsest
