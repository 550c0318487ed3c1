// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/report_pdf.h"

#include "widgets/report/page_flow.h"
#include "widgets/style/palette.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>

#include <stdexcept>

namespace palimpsest {

QByteArray reportPdf(
    const ReportModel& model, const std::vector<RecordedPicture>& pictures, QPageSize::PageSizeId paper)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(
        96); // what views paint and recorded pictures are measured in; all lengths are fractional
    writer.setPageSize(QPageSize(paper));
    writer.setPageMargins(QMarginsF(16.0, 14.0, 16.0, 12.0), QPageLayout::Millimeter);
    const QString project = QString::fromStdString(model.project);
    writer.setTitle(QCoreApplication::translate("ReportPdf", "%1: Palimpsest report").arg(project));
    writer.setCreator(QStringLiteral("Palimpsest %1").arg(QString::fromStdString(model.version)));

    PageFlow flow(writer, writer.pageLayout().paintRect(QPageLayout::Inch).size() * 96.0, paperPalette());
    flowReport(flow, model, pictures);
    QPainter painter;
    if (!painter.begin(&writer))
        throw std::logic_error("QPdfWriter does not begin to write into memory");
    const auto foot = [&](int page) {
        return QCoreApplication::translate("ReportPdf", "%1: page %2 of %3")
            .arg(project, QString::number(page), QString::number(flow.pageCount()));
    };
    flow.paint(painter, foot, [&] { writer.newPage(); });
    painter.end();
    return buffer.data();
}

} // namespace palimpsest
