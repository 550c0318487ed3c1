// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report_export.h"

#include "tests/core/report/example_report.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"
#include "widgets/style/palette.h"
#include "widgets/view/view.h"

#include <QApplication>
#include <QPainter>
#include <QPalette>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

using test::fileText;
using test::TemporaryFolder;

/// A view that paints its title, or nothing.
class PlainView : public View {
public:
    PlainView(Selection& selection, const QString& title, bool isFilled)
        : View(selection)
        , m_title(title)
        , m_isFilled(isFilled)
    {
    }
    [[nodiscard]] QString id() const override { return m_title; }
    [[nodiscard]] QString title() const override { return m_title; }
    void setResults(const std::shared_ptr<const RunResults>& /*results*/) override { }
    bool paintTo(QPainter& painter, const QRectF& target) const override
    {
        paintedOn = palette().color(QPalette::Window);
        painter.drawText(target, Qt::AlignCenter, m_title);
        return m_isFilled;
    }
    [[nodiscard]] QString csv() const override { return {}; }

    mutable QColor paintedOn;

private:
    QString m_title;
    bool m_isFilled;
};

TEST(ReportExport, RecordsFilledViewsOnPaper)
{
    const QPalette before = QApplication::palette();
    QPalette dark(Qt::black);
    QApplication::setPalette(dark);
    Selection selection;
    PlainView filled(selection, QStringLiteral("Page map"), true);
    PlainView empty(selection, QStringLiteral("Fisher"), false);
    const std::vector<RecordedPicture> pictures = recordViews({ &filled, &empty });
    ASSERT_EQ(pictures.size(), 1U);
    EXPECT_EQ(pictures[0].title, QStringLiteral("Page map"));
    EXPECT_GE(pictures[0].size.width(), 640.0);
    EXPECT_EQ(filled.paintedOn, paperPalette().color(QPalette::Window));
    EXPECT_EQ(filled.palette().color(QPalette::Window), QApplication::palette().color(QPalette::Window));
    EXPECT_FALSE(filled.testAttribute(Qt::WA_SetPalette)) << "it must go on following the theme";
    QApplication::setPalette(before);
}

TEST(ReportExport, WritesBothFormsWithThePictures)
{
    const TemporaryFolder folder;
    Selection selection;
    PlainView view(selection, QStringLiteral("Page map"), true);
    ReportExport report { std::make_shared<const ReportModel>(exampleReport()), recordViews({ &view }),
        folder / "report.html", QPageSize::A4 };
    ASSERT_TRUE(exportReport(report));
    const std::string html = fileText(report.file);
    EXPECT_NE(html.find("data:image/svg+xml;base64,"), std::string::npos);
    EXPECT_NE(html.find("alt=\"Page map\""), std::string::npos);
    report.file = folder / "report.pdf";
    ASSERT_TRUE(exportReport(report));
    EXPECT_TRUE(fileText(report.file).starts_with("%PDF-"));
}

TEST(ReportExport, SaysWhatIsWrongInOneSentence)
{
    const TemporaryFolder folder;
    ReportExport report { std::make_shared<const ReportModel>(exampleReport()), {}, folder / "report.txt",
        QPageSize::A4 };
    const Status ending = exportReport(report);
    ASSERT_FALSE(ending);
    EXPECT_EQ(ending.error().kind, ErrorKind::BadInput);
    EXPECT_NE(ending.error().text().find("report.txt"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(report.file));

    report.file = folder / "missing" / "report.pdf";
    const Status place = exportReport(report);
    ASSERT_FALSE(place);
    EXPECT_NE(place.error().text().find("missing"), std::string::npos);
}

} // namespace
} // namespace palimpsest
