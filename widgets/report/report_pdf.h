// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_model.h"
#include "widgets/report/recorded_picture.h"

#include <QByteArray>
#include <QPageSize>

#include <vector>

namespace palimpsest {

class PageFlow;

/// The report as a PDF file, dark on white: title, results as tables, `pictures` as vectors, stages and settings. May run in any
/// thread of a program that has a QGuiApplication.
[[nodiscard]] QByteArray reportPdf(const ReportModel& model, const std::vector<RecordedPicture>& pictures,
    QPageSize::PageSizeId paper = QPageSize::A4);

/// What reportPdf() puts on its pages.
void flowReport(PageFlow& flow, const ReportModel& model, const std::vector<RecordedPicture>& pictures);

} // namespace palimpsest
