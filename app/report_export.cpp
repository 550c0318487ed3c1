// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report_export.h"

#include "core/base/file.h"
#include "widgets/report/report_pdf.h"
#include "widgets/style/palette.h"
#include "widgets/view/view.h"

#include <string_view>

namespace palimpsest {

namespace {

/// Of every picture, whatever the window is: a curve, its legend and a table have room below each other.
constexpr QSizeF kPicture { 800.0, 640.0 };

std::string html(const ReportExport& report)
{
    std::vector<ReportPicture> pictures;
    for (const RecordedPicture& picture : report.pictures)
        pictures.push_back(
            { picture.title.toStdString(), "image/svg+xml", svgOf(picture).toBase64().toStdString() });
    return toHtml(*report.model, pictures);
}

} // namespace

std::vector<RecordedPicture> recordViews(const std::vector<View*>& views)
{
    std::vector<RecordedPicture> pictures;
    for (View* view : views) {
        const QPalette shown = view->palette();
        const bool isOwn = view->testAttribute(Qt::WA_SetPalette);
        view->setPalette(paperPalette());
        auto picture = recordPicture(view->title(), kPicture,
            [view](QPainter& painter, const QRectF& target) { return view->paintTo(painter, target); });
        view->setPalette(isOwn ? shown : QPalette());
        if (picture)
            pictures.push_back(std::move(*picture));
    }
    return pictures;
}

Status exportReport(const ReportExport& report)
{
    const std::string ending = report.file.extension().string();
    if (ending == ".html")
        return writeFileAtomically(report.file, html(report));
    if (ending == ".pdf") {
        const QByteArray pdf = reportPdf(*report.model, report.pictures, report.paper);
        return writeFileAtomically(
            report.file, std::string_view(pdf.constData(), static_cast<std::size_t>(pdf.size())));
    }
    return badInput(
        "expected a file name that ends in .html or .pdf, got \"" + report.file.filename().string() + "\"",
        report.file.string());
}

} // namespace palimpsest
