// SPDX-License-Identifier: Apache-2.0
// The page's parts around the results: measurements, pictures, stages, glossary, settings.
#include "core/base/units.h"
#include "core/report/number_format.h"
#include "core/report/report_figures.h"
#include "core/report/report_html_parts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace palimpsest {

namespace {

using ctemplate::TemplateDictionary;

struct Term {
    const char* name;
    const char* text;
};

constexpr std::array kTerms {
    Term { "task", "A network, its data set, its measure of success and its tolerance." },
    Term { "weight-page", "A fixed number of consecutive weights of one network; what is shared and moved." },
    Term { "pool", "The shared pages in level 1, the fast and small memory." },
    Term { "slot",
        "One place of the pool. Pages of several tasks, also several pages of one task, may take the same "
        "slot." },
    Term { "tenant", "One page of one task that reads a slot." },
    Term { "page table", "For each page of a task: its slot, or its exclusive page." },
    Term { "exclusive page", "A page of one task alone, kept in level 2, the slower and larger memory." },
    Term { "separation", "Deciding which pages are exclusive." },
    Term { "matching", "Deciding which slot each shared page takes." },
    Term {
        "private tensors", "Biases, normalisation weights and running statistics: small, and never shared." },
    Term { "Fisher information",
        "How strongly a task's answers depend on a weight; measured on the training data, a number of 0 or "
        "more for each weight." },
    Term { "barycentre",
        "The mean of the tenants' weights, weighed by their Fisher information: the value that costs "
        "least." },
    Term { "cost, barycentre",
        "Sum over all shared weights of Fisher information times the squared distance to the shared value: "
        "the predicted rise of the "
        "tasks' losses, before joint optimisation repairs it." },
    Term { "cost, pairwise",
        "The same idea summed over pairs of tenants, as in the published method; for comparison." },
    Term { "lower bound",
        "A cost that no matching can go below; proven by exact matchings of every two tasks." },
    Term { "joint optimisation", "Training the shared and the exclusive pages on all tasks together." },
    Term { "same steps",
        "The fair baseline: each network alone gets as many further training steps as the virtualized one." },
    Term { "tolerance", "The loss of accuracy against stand-alone that the recipe accepts for a task." },
    Term { "scratch",
        "The one network that is current, assembled from its pages; as large as the largest task." },
    Term { "scales", "Factors of pages that are stored as integers; none for float pages." },
    Term { "switch", "Making another task's weights current: gathering its pages into scratch." },
    Term { "Wilson interval",
        "Range that holds the true accuracy in 95 of 100 test splits of this size; it says how much chance "
        "is in a figure." },
    Term { "fingerprint", "Hash of all that a stage reads; while it stays the same, its result is kept." },
};

std::string stringAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Rows NAME and `place` for all numbers of object[key].
template <class Format>
void fillNumbers(TemplateDictionary& page, const char* section, const Json& object, const char* key,
    const char* place, const Format& format)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_object() || found->empty())
        return;
    TemplateDictionary* const table = page.AddSectionDictionary(section);
    for (const auto& item : found->items()) {
        if (!item.value().is_number())
            continue;
        TemplateDictionary* const row = table->AddSectionDictionary("ROW");
        row->SetValue("NAME", item.key());
        row->SetValue(place, format(item.value().get<double>()));
    }
}

/// Letters, digits and the characters of `others`, nothing else.
bool consistsOf(const std::string& text, std::string_view others)
{
    return std::all_of(text.begin(), text.end(), [others](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
            || others.find(c) != std::string_view::npos;
    });
}

} // namespace

void fillMeasured(TemplateDictionary& page, const ReportModel& model, const ReportSummary& summary)
{
    const Json measured = objectFromText(model.measured);
    if (measured.empty()) {
        page.SetValue("MEASURED_LINE", "Nothing was measured in this run.");
        return;
    }
    std::string line = "Times and memory readings of this one run";
    if (const std::string host = stringAt(measured, "host"); !host.empty())
        line += " on " + host;
    if (const std::string date = stringAt(measured, "date"); !date.empty())
        line += ", " + date;
    page.SetValue("MEASURED_LINE",
        line
            + ". They are not reproducible: another run or machine gives other figures. All other sections "
              "are the same again for "
              "equal recipe, seed, thread count and build.");
    if (!summary.switches.empty()) {
        TemplateDictionary* const switches = page.AddSectionDictionary("SWITCHES");
        switches->SetValue("CHART", switchFigure(summary));
        switches->SetValue("NETWORK_LINE",
            summary.networkBytes > 0.0
                ? " A switched network has " + formatBytes(summary.networkBytes) + " on average."
                : "");
        for (const SwitchFigure& figure : summary.switches) {
            TemplateDictionary* const row = switches->AddSectionDictionary("SWITCH_ROW");
            row->SetValue("LABEL", switchLabel(figure.method));
            row->SetValue("MEANING", switchMeaning(figure.method));
            row->SetValue("MEDIAN", latencyText(figure.medianUs));
            row->SetValue("P95", latencyText(figure.p95Us));
        }
    }
    fillNumbers(
        page, "SECONDS", measured, "seconds", "TIME", [](double value) { return formatSeconds(value); });
    fillNumbers(
        page, "READINGS", measured, "memory", "BYTES", [](double value) { return formatBytes(value); });
}

void fillPictures(TemplateDictionary& page, const std::vector<ReportPicture>& pictures)
{
    if (pictures.empty())
        return;
    page.ShowSection("HAS_VIEWS");
    TemplateDictionary* const section = page.AddSectionDictionary("VIEWS");
    for (const ReportPicture& picture : pictures) {
        // The template does not escape these two: no escape of its own leaves a data URI whole.
        if (!consistsOf(picture.mediaType, "/+-.") || !consistsOf(picture.base64, "/+="))
            throw std::invalid_argument("ReportPicture: expected a media type and base64");
        TemplateDictionary* const item = section->AddSectionDictionary("VIEW");
        item->SetValue("TITLE", picture.title);
        item->SetValue("TYPE", picture.mediaType);
        item->SetValue("DATA", picture.base64);
    }
}

void fillAppendix(TemplateDictionary& page, const ReportModel& model)
{
    for (const ReportStage& stage : model.stages) {
        TemplateDictionary* const row = page.AddSectionDictionary("STAGE");
        row->SetValue("NAME", stage.name);
        row->SetValue("STATE", stage.state);
        row->SetValue("FINGERPRINT", stage.fingerprint);
    }
    for (const Term& term : kTerms) {
        TemplateDictionary* const item = page.AddSectionDictionary("TERM");
        item->SetValue("NAME", term.name);
        item->SetValue("TEXT", term.text);
    }
    page.SetValue("SETTINGS", objectFromText(model.settings).dump(2));
    page.SetValue("FOOTER",
        "Palimpsest " + model.version
            + ". The same figures for scripts: palimpsest report DIR --format json, or --format csv.");
}

} // namespace palimpsest
