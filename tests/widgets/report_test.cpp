// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/report/example_report.h"
#include "widgets/report/page_flow.h"
#include "widgets/report/report_pdf.h"
#include "widgets/report/text_block.h"
#include "widgets/style/palette.h"

#include <QPaintEngine>
#include <QPainter>
#include <QXmlStreamReader>
#include <gtest/gtest.h>

#include <vector>

namespace palimpsest {
namespace {

/// Text as it was painted: where, and on which page.
struct PaintedText {
    int page;
    QRectF box;
    QString text;
};

class TextCatcher : public QPaintEngine {
public:
    TextCatcher()
        : QPaintEngine(AllFeatures)
    {
    }
    bool begin(QPaintDevice* /*device*/) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState& changed) override
    {
        if (changed.state() & DirtyTransform)
            m_transform = changed.transform();
    }
    void drawPixmap(const QRectF& /*to*/, const QPixmap& /*map*/, const QRectF& /*from*/) override { }
    void drawPath(const QPainterPath& /*path*/) override { }
    void drawPolygon(const QPointF* /*points*/, int /*count*/, PolygonDrawMode /*mode*/) override { }
    void drawTextItem(const QPointF& at, const QTextItem& item) override
    {
        const QRectF box(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
        texts.push_back({ page, m_transform.mapRect(box), item.text() });
    }
    [[nodiscard]] Type type() const override { return User; }

    int page = 0;
    std::vector<PaintedText> texts;

private:
    QTransform m_transform;
};

/// A stack of pages that keeps the text painted on it.
class Paper : public QPaintDevice {
public:
    explicit Paper(QSizeF page)
        : m_page(page)
    {
    }
    [[nodiscard]] QPaintEngine* paintEngine() const override { return &m_engine; }
    [[nodiscard]] const std::vector<PaintedText>& texts() const { return m_engine.texts; }
    [[nodiscard]] QString allText() const
    {
        QString all;
        for (const PaintedText& one : texts())
            all += one.text + QLatin1Char(' ');
        return all;
    }
    [[nodiscard]] int pageOf(const QString& text) const
    {
        for (const PaintedText& one : texts())
            if (one.text.contains(text))
                return one.page;
        return -1;
    }
    /// Paints the flow and expects every text to lie on its page.
    void paint(const PageFlow& flow)
    {
        QPainter painter(this);
        flow.paint(
            painter, [](int page) { return QStringLiteral("page %1").arg(page); },
            [this] { ++m_engine.page; });
        painter.end();
        EXPECT_EQ(m_engine.page + 1, flow.pageCount());
        const QRectF inside = QRectF({}, m_page).adjusted(-1.0, -1.0, 1.0, 1.0);
        for (const PaintedText& one : texts())
            EXPECT_TRUE(inside.contains(one.box)) << one.text.toStdString() << " on page " << one.page;
    }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth:
            return static_cast<int>(m_page.width());
        case PdmHeight:
            return static_cast<int>(m_page.height());
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDevicePixelRatioScaled:
            return static_cast<int>(devicePixelRatioFScale());
        case PdmDevicePixelRatio:
        case PdmDepth:
            return 1;
        default:
            return QPaintDevice::metric(metric);
        }
    }

private:
    QSizeF m_page;
    mutable TextCatcher m_engine;
};

constexpr QSizeF kA4 { 672.0, 1024.0 };

QString words(int count)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += QStringLiteral("w%1 ").arg(i);
    return text.trimmed();
}

RecordedPicture square(const QString& title, double side)
{
    return *recordPicture(title, { side, side }, [](QPainter& painter, const QRectF& target) {
        painter.drawText(target, Qt::AlignCenter, QStringLiteral("inside"));
        return true;
    });
}

TEST(TextBlock, BreaksBetweenWordsAndInsideLongOnes)
{
    Paper paper(kA4);
    const TextBlock two(QStringLiteral("one\ntwo"), QFont(), 500.0, Qt::AlignLeft, &paper);
    EXPECT_EQ(two.lineCount(), 2);
    const TextBlock longWord(QString(400, QLatin1Char('x')), QFont(), 100.0, Qt::AlignLeft, &paper);
    EXPECT_GT(longWord.lineCount(), 3);
    const TextBlock none({}, QFont(), 100.0, Qt::AlignLeft, &paper);
    EXPECT_EQ(none.lineCount(), 0);
    EXPECT_EQ(none.height(), 0.0);
    EXPECT_EQ(two.linesWithin(0, two.height()), 2);
    EXPECT_EQ(two.linesWithin(0, two.height() - 1.0), 1);
    EXPECT_EQ(two.linesWithin(1, two.height()), 1);
}

TEST(PageFlow, LosesNoWordOfALongParagraph)
{
    Paper paper(kA4);
    PageFlow flow(paper, kA4, paperPalette());
    flow.paragraph(words(5000));
    EXPECT_GT(flow.pageCount(), 1);
    paper.paint(flow);
    // A word may be painted in pieces; their order is that of the text, with the foot of each page in between.
    QString all = paper.allText();
    all.remove(QLatin1Char(' '));
    qsizetype at = 0;
    for (int i = 0; i < 5000; ++i) {
        at = all.indexOf(QStringLiteral("w%1").arg(i), at);
        ASSERT_NE(at, -1) << i;
    }
}

TEST(PageFlow, KeepsAHeadingWithWhatFollows)
{
    // Whatever the place on the page: the heading is never the last thing on it.
    for (int lines = 40; lines < 75; ++lines) {
        Paper paper(kA4);
        PageFlow flow(paper, kA4, paperPalette());
        for (int i = 0; i < lines; ++i)
            flow.paragraph(QStringLiteral("line"));
        flow.heading(QStringLiteral("Section"), 2);
        flow.heading(QStringLiteral("Part"), 3);
        flow.table({ { { QStringLiteral("Column") } }, { { QStringLiteral("cell") } } });
        paper.paint(flow);
        EXPECT_EQ(paper.pageOf(QStringLiteral("Section")), paper.pageOf(QStringLiteral("cell"))) << lines;
        EXPECT_EQ(paper.pageOf(QStringLiteral("Part")), paper.pageOf(QStringLiteral("cell"))) << lines;
    }
}

TEST(PageFlow, RepeatsTheHeadOfATableOnEachPage)
{
    Paper paper(kA4);
    PageFlow flow(paper, kA4, paperPalette());
    FlowTable table { { { QStringLiteral("Name") }, { QStringLiteral("Count"), true } }, {} };
    for (int i = 0; i < 300; ++i)
        table.rows.push_back({ QStringLiteral("row%1").arg(i), QString::number(i) });
    flow.table(table);
    paper.paint(flow);
    int heads = 0;
    for (const PaintedText& one : paper.texts())
        heads += one.text == QStringLiteral("Name") ? 1 : 0;
    EXPECT_GT(flow.pageCount(), 2);
    EXPECT_EQ(heads, flow.pageCount());
    EXPECT_GE(paper.pageOf(QStringLiteral("row299")), 2);
}

TEST(PageFlow, DividesARowThatIsLongerThanAPage)
{
    Paper paper(kA4);
    PageFlow flow(paper, kA4, paperPalette());
    FlowTable table { { { QStringLiteral("Setting") }, { QStringLiteral("Value") } }, {} };
    table.rows.push_back({ QStringLiteral("short"), QStringLiteral("value") });
    table.rows.push_back({ QStringLiteral("description"), words(6000) });
    table.rows.push_back({ QStringLiteral("last"), QString(3000, QLatin1Char('x')) });
    flow.table(table);
    paper.paint(flow);
    EXPECT_GT(flow.pageCount(), 2);
    EXPECT_NE(paper.pageOf(QStringLiteral("w5999")), -1);
    EXPECT_NE(paper.pageOf(QStringLiteral("last")), -1);
}

TEST(PageFlow, BringsAWideTableOntoThePage)
{
    Paper paper(kA4);
    PageFlow flow(paper, kA4, paperPalette());
    FlowTable table;
    QStringList row;
    for (int i = 0; i < 24; ++i) {
        table.columns.push_back({ QStringLiteral("a long title %1").arg(i), true });
        row << QStringLiteral("123,456,%1").arg(i);
    }
    table.rows.push_back(row);
    flow.table(table);
    paper.paint(flow); // expects all text inside
}

TEST(PageFlow, PutsPicturesOnPagesWhole)
{
    Paper paper(kA4);
    PageFlow flow(paper, kA4, paperPalette());
    for (int i = 0; i < 5; ++i)
        flow.picture(square(QStringLiteral("Picture%1").arg(i), 200.0 * (i + 1)));
    paper.paint(flow);
    for (int i = 0; i < 5; ++i)
        EXPECT_NE(paper.pageOf(QStringLiteral("Picture%1").arg(i)), -1);
    EXPECT_TRUE(paper.allText().contains(QStringLiteral("inside")));
}

TEST(RecordedPicture, IsEmptyWhereAViewPaintsNothing)
{
    const auto refuse = [](QPainter& /*painter*/, const QRectF& /*target*/) { return false; };
    EXPECT_FALSE(recordPicture(QStringLiteral("x"), { 10.0, 10.0 }, refuse));
    const auto accept = [](QPainter& /*painter*/, const QRectF& /*target*/) { return true; };
    EXPECT_FALSE(recordPicture(QStringLiteral("x"), { 0.0, 10.0 }, accept));
}

TEST(RecordedPicture, BecomesSvgWithItsTitleAndText)
{
    QXmlStreamReader reader(svgOf(square(QStringLiteral("A <map>"), 100.0)));
    QString title;
    bool hasText = false;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == QStringLiteral("title"))
            title = reader.readElementText();
        else if (reader.name() == QStringLiteral("text"))
            hasText = hasText || reader.readElementText().contains(QStringLiteral("inside"));
    }
    EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString();
    EXPECT_EQ(title, QStringLiteral("A <map>"));
    EXPECT_TRUE(hasText);
}

TEST(ReportPdf, SaysAllThatTheModelSays)
{
    ReportModel model = exampleReport();
    model.settings = R"({"seed": 1, "tasks": [{"name": "fashion", "preprocess": ["scale=255", "l2"]}]})";
    Paper paper(kA4);
    PageFlow flow(paper, kA4, paperPalette());
    flowReport(flow, model, { square(QStringLiteral("Page map"), 300.0) });
    paper.paint(flow);
    const QString all = paper.allText();
    for (const ReportTask& task : model.tasks)
        EXPECT_TRUE(all.contains(QString::fromStdString(task.name))) << task.name;
    for (const ReportStage& stage : model.stages)
        EXPECT_TRUE(all.contains(QString::fromStdString(stage.name))) << stage.name;
    for (const char* text :
        { "Accuracy", "Memory", "Page map", "tasks[0].preprocess", "[\"scale=255\",\"l2\"]" })
        EXPECT_TRUE(all.contains(QLatin1String(text))) << text;
}

TEST(ReportPdf, TakesModelsWithLittleAndWithMuch)
{
    ReportModel large = exampleReport();
    for (int i = 0; i < 60; ++i) {
        ReportTask task = large.tasks[0];
        task.name = "task with a long name " + std::to_string(i);
        for (int b = 0; b < 12; ++b)
            task.accuracy["own baseline " + std::to_string(b)] = 0.5;
        large.tasks.push_back(task);
    }
    for (const ReportModel& model : { ReportModel {}, bareReport(), large }) {
        Paper paper(kA4);
        PageFlow flow(paper, kA4, paperPalette());
        flowReport(flow, model, {});
        paper.paint(flow);
    }
}

TEST(ReportPdf, IsAPdfOfThePaperThatWasAskedFor)
{
    const QByteArray a4 = reportPdf(exampleReport(), {}, QPageSize::A4);
    const QByteArray letter = reportPdf(exampleReport(), {}, QPageSize::Letter);
    EXPECT_TRUE(a4.startsWith("%PDF-"));
    EXPECT_TRUE(a4.trimmed().endsWith("%%EOF"));
    EXPECT_TRUE(a4.contains("/MediaBox [0 0 595.000000 842.000000]"))
        << a4.mid(a4.indexOf("/MediaBox"), 40).toStdString();
    EXPECT_TRUE(letter.contains("/MediaBox [0 0 612.000000 792.000000]"))
        << letter.mid(letter.indexOf("/MediaBox"), 40).toStdString();
}

} // namespace
} // namespace palimpsest
