// SPDX-License-Identifier: Apache-2.0
#include "core/report/report_figures.h"
#include "core/report/report_html_parts.h"
#include "core/report/report_model.h"
#include "core/report/report_resources.h"

#include <ctemplate/template.h>

#include <memory>
#include <stdexcept>

namespace palimpsest {

std::string toHtml(const ReportModel& model, const std::vector<ReportPicture>& pictures)
{
    static const std::unique_ptr<ctemplate::Template> page(
        ctemplate::Template::StringToTemplate(kReportPage, ctemplate::DO_NOT_STRIP));
    if (!page)
        throw std::logic_error("report_page.html is no valid template");

    const ReportSummary summary = summarise(model);
    const std::vector<ReportSeries> series = reportSeries(model);
    ctemplate::TemplateDictionary dictionary("report");
    fillHeader(dictionary, model, summary);
    fillAccuracy(dictionary, model, summary, series);
    fillMemory(dictionary, model);
    fillPages(dictionary, model);
    fillTraining(dictionary, model);
    fillMeasured(dictionary, model, summary);
    fillPictures(dictionary, pictures);
    fillAppendix(dictionary, model);
    std::string html;
    if (!page->Expand(&html, &dictionary))
        throw std::logic_error("report_page.html cannot be expanded");
    return html;
}

} // namespace palimpsest
