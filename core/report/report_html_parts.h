// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of core/report alone: this header names ctemplate.

#include "core/report/report_model.h"
#include "core/report/report_series.h"
#include "core/report/report_summary.h"

#include <ctemplate/template.h>

#include <string>
#include <vector>

namespace palimpsest {

// Each fills the places of report_page.html that belong to one part of the page. The template escapes what it is given.

void fillHeader(ctemplate::TemplateDictionary& page, const ReportModel& model, const ReportSummary& summary);
void fillAccuracy(ctemplate::TemplateDictionary& page, const ReportModel& model, const ReportSummary& summary,
    const std::vector<ReportSeries>& series);
void fillMemory(ctemplate::TemplateDictionary& page, const ReportModel& model);
void fillPages(ctemplate::TemplateDictionary& page, const ReportModel& model);
void fillTraining(ctemplate::TemplateDictionary& page, const ReportModel& model);
void fillMeasured(
    ctemplate::TemplateDictionary& page, const ReportModel& model, const ReportSummary& summary);
/// @throws std::invalid_argument as toHtml
void fillPictures(ctemplate::TemplateDictionary& page, const std::vector<ReportPicture>& pictures);
/// Stages, glossary, settings, footer.
void fillAppendix(ctemplate::TemplateDictionary& page, const ReportModel& model);

} // namespace palimpsest
