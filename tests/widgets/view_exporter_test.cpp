// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/export/view_exporter.h"

#include "tests/support/temporary_folder.h"
#include "tests/widgets/example_results.h"
#include "widgets/accuracy/accuracy_view.h"
#include "widgets/memory/memory_view.h"
#include "widgets/tables/table_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFile>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QXmlStreamReader>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

using test::exampleResults;
using test::TemporaryFolder;

class ViewExporterTest : public testing::Test {
protected:
    ViewExporterTest()
    {
        view.resize(800, 600);
        view.setResults(exampleResults());
    }
    [[nodiscard]] QString path(const char* name) const
    {
        return QString::fromStdString((folder / name).string());
    }
    static QByteArray bytesOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    TemporaryFolder folder;
    Selection selection;
    MemoryView view { selection };
    ViewExporter exporter;
    QSignalSpy saved { &exporter, &ViewExporter::saved };
    QSignalSpy failed { &exporter, &ViewExporter::failed };
};

TEST_F(ViewExporterTest, SavesAPictureWithThePixelsThatAreAskedFor)
{
    exporter.save(view, path("memory.png"), { { 400, 300 }, 3.0 });
    ASSERT_TRUE(saved.wait());
    const QImage image(path("memory.png"));
    EXPECT_EQ(image.size(), QSize(1200, 900));
    // It is painted, and not over its edges: some colour within, none at the corners.
    EXPECT_EQ(image.pixelColor(2, 2), view.palette().color(QPalette::Base));
    bool hasColor = false;
    for (int x = 0; x < image.width() && !hasColor; x += 3)
        for (int y = 0; y < image.height() && !hasColor; y += 3)
            hasColor = image.pixelColor(x, y).hslSaturation() > 100;
    EXPECT_TRUE(hasColor);
}

TEST_F(ViewExporterTest, SavesADrawingOfTextsAndLines)
{
    exporter.save(view, path("memory.svg"));
    ASSERT_TRUE(saved.wait());
    QXmlStreamReader xml(bytesOf(path("memory.svg")));
    QStringList texts;
    int images = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        images += xml.name() == QStringLiteral("image");
        if (xml.name() == QStringLiteral("text"))
            texts << xml.readElementText().trimmed();
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    EXPECT_EQ(images, 0) << "all of it is vectors";
    EXPECT_TRUE(texts.contains(QStringLiteral("Networks as they were")));
    EXPECT_TRUE(texts.contains(QStringLiteral("2.09 MB of 2.50 MB")));
    EXPECT_TRUE(texts.contains(QStringLiteral("holds the current network; part of level 1, not of the sum")));
}

TEST_F(ViewExporterTest, SavesData)
{
    exporter.save(view, path("memory.csv"));
    ASSERT_TRUE(saved.wait());
    EXPECT_EQ(bytesOf(path("memory.csv")), view.csv().toUtf8());
}

TEST_F(ViewExporterTest, SaysWhyNothingWasSaved)
{
    exporter.save(view, path("memory.bmp"));
    ASSERT_EQ(failed.size(), 1);
    EXPECT_NE(failed[0][0].value<Error>().text().find("memory.bmp"), std::string::npos);

    exporter.save(view, path("no/such/folder.png"));
    ASSERT_TRUE(failed.wait());
    EXPECT_NE(failed[1][0].value<Error>().text().find("folder.png"), std::string::npos);

    exporter.save(AccuracyView(selection), path("empty.csv"));
    ASSERT_EQ(failed.size(), 3);
    EXPECT_FALSE(QFile::exists(path("empty.csv")));
    EXPECT_TRUE(saved.isEmpty());
}

TEST_F(ViewExporterTest, Copies)
{
    exporter.copyPicture(view);
    EXPECT_EQ(QApplication::clipboard()->image().size(), QSize(1600, 1200));
    exporter.copyData(view);
    EXPECT_EQ(QApplication::clipboard()->text(), view.csv());
}

TEST_F(ViewExporterTest, ATableOffersToBeSavedWhereSomeoneListens)
{
    QStandardItemModel model(1, 2);
    model.setHorizontalHeaderLabels({ QStringLiteral("a"), QStringLiteral("b, c") });
    model.setItem(0, 0, new QStandardItem(QStringLiteral("say \"x\"")));
    model.setItem(0, 1, new QStandardItem(QStringLiteral("2")));
    TableView table;
    table.setModel(&model);
    const auto actions = [&table] {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, table.mapToGlobal(QPoint()));
        QApplication::sendEvent(table.viewport(), &event);
        QMenu* const menu = table.findChild<QMenu*>();
        const qsizetype count = menu == nullptr ? 0 : menu->actions().size();
        delete menu;
        return count;
    };
    EXPECT_EQ(actions(), 1);
    QObject::connect(
        &table, &TableView::saveRequested, &exporter, [&] { exporter.saveTable(model, path("table.csv")); });
    EXPECT_EQ(actions(), 2);
    Q_EMIT table.saveRequested();
    ASSERT_TRUE(saved.wait());
    EXPECT_EQ(bytesOf(path("table.csv")), QByteArray("a,\"b, c\"\r\n\"say \"\"x\"\"\",2\r\n"));
}

} // namespace
} // namespace palimpsest
