// SPDX-License-Identifier: GPL-3.0-or-later
// The page map as it is seen and used: raster, view and page.
#include "core/base/random.h"
#include "tests/widgets/run_fixture.h"
#include "widgets/pagemap/cell_raster.h"
#include "widgets/pagemap/page_map_bench.h"
#include "widgets/pagemap/page_map_legend.h"
#include "widgets/pagemap/page_map_page.h"
#include "widgets/pagemap/page_map_view.h"
#include "widgets/pagemap/slot_model.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/palette.h"
#include "widgets/tables/table_view.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPicture>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace palimpsest {
namespace {

using test::largeRun;
using test::networkRun;
using test::randomRun;
using test::smallRun;

CellIndex slotCell(std::int64_t slot)
{
    return { 0, slot };
}

SelectedItem slotItem(int slot)
{
    SelectedItem item;
    item.slot = slot;
    return item;
}

/// Colour k for code k, so that a picture can be read back.
std::array<QRgb, 256> readableColors()
{
    std::array<QRgb, 256> colors {};
    for (std::size_t code = 0; code < colors.size(); ++code)
        colors[code] = qRgb(static_cast<int>(code), 0, 0);
    return colors;
}

TEST(CellRaster, PaintsEachCellWhereItLies)
{
    Random random(1);
    for (int round = 0; round < 50; ++round) {
        const auto columns = static_cast<std::int64_t>(1 + random.uniform() * 20.0);
        std::vector<std::uint8_t> codes(static_cast<std::size_t>(1 + random.uniform() * 200.0));
        for (std::uint8_t& code : codes)
            code = static_cast<std::uint8_t>(1 + random.uniform() * 254.0);
        CellRaster raster;
        raster.setCells(codes, columns, CellRaster::Coarser::BothWays);
        const double size = 1.0 + random.uniform() * 9.0;
        const QPointF origin(random.uniform() * 60.0 - 40.0, random.uniform() * 60.0 - 40.0);
        QImage image(64, 48, QImage::Format_RGB32);
        raster.paint(image,
            QRectF(origin,
                QSizeF(size * static_cast<double>(columns), size * static_cast<double>(raster.rows()))),
            readableColors());
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const double column = std::floor((x + 0.5 - origin.x()) / size);
                const double row = std::floor((y + 0.5 - origin.y()) / size);
                const double index = row * static_cast<double>(columns) + column;
                const bool isCell = column >= 0 && column < static_cast<double>(columns) && row >= 0
                    && index < static_cast<double>(codes.size());
                ASSERT_EQ(qRed(image.pixel(x, y)), isCell ? codes[static_cast<std::size_t>(index)] : 0)
                    << x << ", " << y;
            }
        }
    }
}

TEST(CellRaster, APixelShowsTheHighestOfItsCells)
{
    // One remarkable cell among a million stays visible at any zoom.
    std::vector<std::uint8_t> codes(1'000'000, 20);
    codes[123'456] = 200;
    CellRaster raster;
    raster.setCells(codes, 1000, CellRaster::Coarser::BothWays);
    for (const double width : { 1000.0, 700.0, 499.0, 250.0, 100.0, 3.0 }) {
        QImage image(static_cast<int>(width), static_cast<int>(width), QImage::Format_RGB32);
        raster.paint(image, QRectF(0.0, 0.0, width, width), readableColors());
        int highest = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                highest = std::max(highest, qRed(image.pixel(x, y)));
        EXPECT_EQ(highest, 200) << width;
    }
    EXPECT_LT(raster.extraBytes(), 400'000) << "a third of a byte a cell";
}

TEST(CellRaster, KeepsRowsApartWhereOnlyColumnsAreMany)
{
    std::vector<std::uint8_t> codes(3 * 4096, 1);
    std::fill(codes.begin() + 4096, codes.begin() + 2 * 4096, std::uint8_t { 9 });
    CellRaster raster;
    raster.setCells(codes, 4096, CellRaster::Coarser::AlongRows);
    QImage image(10, 3, QImage::Format_RGB32);
    raster.paint(image, QRectF(0.0, 0.0, 10.0, 3.0), readableColors());
    EXPECT_EQ(qRed(image.pixel(5, 0)), 1);
    EXPECT_EQ(qRed(image.pixel(5, 1)), 9);
    EXPECT_EQ(qRed(image.pixel(5, 2)), 1);
}

class PageMapViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        view.resize(400, 300);
        view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    }
    [[nodiscard]] QRectF room() const { return QRectF(view.viewport()->rect()).adjusted(-1, -1, 1, 1); }
    PageMapView view;
};

TEST_F(PageMapViewTest, ShowsEveryCellAndFindsItAgain)
{
    view.setResults(randomRun({ 37, 90, 11 }, 1000, 2));
    for (const PageMapMode mode : { PageMapMode::Pool, PageMapMode::Tasks }) {
        view.setMode(mode);
        const std::array<std::int64_t, 3> pages { 37, 90, 11 };
        for (std::int64_t row = 0; row < (mode == PageMapMode::Pool ? 1 : 3); ++row) {
            const std::int64_t columns
                = mode == PageMapMode::Pool ? 1000 : pages[static_cast<std::size_t>(row)];
            for (std::int64_t column = 0; column < columns; ++column) {
                const QRectF cell = view.cellRect({ row, column });
                EXPECT_TRUE(room().contains(cell)) << row << ", " << column;
                EXPECT_EQ(view.cellAt(cell.center().toPoint()), (CellIndex { row, column }));
            }
        }
    }
}

TEST_F(PageMapViewTest, PaintsTheColourOfTheSlot)
{
    view.setResults(smallRun());
    view.setQuantity(PageQuantity::Cost);
    const QImage image = view.viewport()->grab().toImage();
    // A corner of the cell: its middle holds a number.
    const auto colorOf = [&](int slot) {
        return image.pixelColor(
            (view.cellRect(slotCell(slot)).topLeft() + QPointF(4, 4)).toPoint() * image.devicePixelRatio());
    };
    EXPECT_EQ(colorOf(2), scaleColor(1.0).rgb());
    EXPECT_EQ(colorOf(0), scaleColor(0.0).rgb());
    EXPECT_NE(colorOf(1), scaleColor(0.0).rgb()) << "nobody uses it";
}

TEST_F(PageMapViewTest, MovesTheCurrentCellByKeysAndSelectsByEnter)
{
    view.setResults(smallRun());
    QSignalSpy activated(&view, &PageMapView::itemActivated);
    QSignalSpy texts(&view, &PageMapView::currentTextChanged);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.cellRect(slotCell(1)).center().toPoint());
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated[0][0].value<SelectedItem>(), slotItem(1));
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_EQ(view.currentCell(), slotCell(2));
    EXPECT_EQ(activated.count(), 1) << "moving is not selecting";
    EXPECT_TRUE(view.accessibleDescription().contains(QStringLiteral("a:1, a:2, b:0")));
    EXPECT_TRUE(texts.last()[0].toString().contains(QStringLiteral("a:1, a:2, b:0")));
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(activated.last()[0].value<SelectedItem>(), slotItem(2));
    QTest::keyClick(&view, Qt::Key_End);
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_EQ(view.currentCell(), slotCell(4)) << "the last slot is the end";
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Up);
    EXPECT_EQ(view.currentCell(), slotCell(0));

    view.setMode(PageMapMode::Tasks);
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Down);
    EXPECT_EQ(view.currentCell(), (CellIndex { 1, 0 }));
    QTest::keyClick(&view, Qt::Key_End);
    EXPECT_EQ(view.currentCell(), (CellIndex { 1, 1 })) << "the task's own last page";
    QTest::keyClick(&view, Qt::Key_Home, Qt::ControlModifier);
    EXPECT_EQ(view.currentCell(), (CellIndex { 0, 0 }));
    view.setResults(nullptr);
    EXPECT_TRUE(view.currentCell().isNone());
    for (const int key : { Qt::Key_Left, Qt::Key_End, Qt::Key_Plus, Qt::Key_Return })
        QTest::keyClick(&view, static_cast<Qt::Key>(key)); // nothing to move in
}

TEST_F(PageMapViewTest, EscapeSelectsNothing)
{
    view.setResults(smallRun());
    QSignalSpy activated(&view, &PageMapView::itemActivated);
    QTest::keyClick(&view, Qt::Key_Escape);
    EXPECT_EQ(activated.count(), 0) << "nothing is selected";
    view.setSelected(slotItem(2));
    QTest::keyClick(&view, Qt::Key_Escape);
    ASSERT_EQ(activated.count(), 1);
    EXPECT_TRUE(activated[0][0].value<SelectedItem>().isEmpty());
}

TEST_F(PageMapViewTest, DraggingMovesTheMapAndSelectsNothing)
{
    view.setResults(largeRun(1000));
    view.setZoom(6.0, view.viewport()->rect().center());
    QSignalSpy activated(&view, &PageMapView::itemActivated);
    const QPoint from = view.viewport()->rect().center();
    const QRectF before = view.cellRect(slotCell(500));
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(view.viewport(), from + QPoint(30, 20));
    QTest::mouseMove(view.viewport(), from + QPoint(40, 30));
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, from + QPoint(40, 30));
    EXPECT_EQ(activated.count(), 0);
    EXPECT_EQ(view.cellRect(slotCell(500)).topLeft() - before.topLeft(), QPointF(40, 30));
}

TEST_F(PageMapViewTest, ZoomsAboutThePointerAndBack)
{
    view.setResults(largeRun(1000));
    const QPointF anchor(123, 81);
    const CellIndex cell = view.cellAt(anchor.toPoint());
    ASSERT_FALSE(cell.isNone());
    view.setZoom(4.0, anchor);
    EXPECT_DOUBLE_EQ(view.zoom(), 4.0);
    EXPECT_EQ(view.cellAt(anchor.toPoint()), cell);
    view.setCurrentCell(slotCell(999));
    EXPECT_TRUE(room().contains(view.cellRect(slotCell(999)))) << "the current cell comes into view";
    view.setResults(largeRun(1000));
    EXPECT_DOUBLE_EQ(view.zoom(), 4.0) << "new results of the same size change nothing";
    QTest::keyClick(&view, Qt::Key_0);
    EXPECT_DOUBLE_EQ(view.zoom(), 1.0);
    view.setZoom(1e9, anchor);
    EXPECT_LE(view.cellRect(slotCell(0)).width(), 7.0 * view.fontMetrics().height())
        << "a cell has a largest size";
    view.setZoom(1e-9, anchor);
    EXPECT_DOUBLE_EQ(view.zoom(), 1.0);
}

TEST_F(PageMapViewTest, FadesWhatASelectedTaskDoesNotUse)
{
    view.setResults(smallRun());
    SelectedItem item;
    item.task = 1; // slots 2 and 4
    view.setSelected(item);
    const std::vector<std::uint8_t>& codes = view.cells().codes;
    EXPECT_EQ(codes[0] & cell::kHighlight, 0);
    EXPECT_NE(codes[2] & cell::kHighlight, 0);
    EXPECT_NE(codes[4] & cell::kHighlight, 0);
    const QImage image = view.viewport()->grab().toImage();
    const auto colorOf = [&](int slot) {
        return image.pixelColor(
            (view.cellRect(slotCell(slot)).topLeft() + QPointF(4, 4)).toPoint() * image.devicePixelRatio());
    };
    EXPECT_EQ(colorOf(2), scaleColor(1.0).rgb());
    EXPECT_NE(colorOf(0), scaleColor(0.0).rgb());
    view.setSelected({});
    EXPECT_EQ(view.cells().codes[2] & cell::kHighlight, 0);
}

TEST_F(PageMapViewTest, HoldsAMillionCells)
{
    const auto run = largeRun(1'000'000);
    view.setResults(run);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !view.isBusy(); }, 30'000));
    EXPECT_FALSE(view.cellAt(view.viewport()->rect().center()).isNone());
    const QImage image = view.viewport()->grab().toImage();
    EXPECT_EQ(image.pixel(image.rect().center()), scaleColor(0.0).rgb());
    EXPECT_LT(view.extraBytes(), 2'000'000);
    // What is asked for while cells are being made is no mix of two runs.
    view.setMode(PageMapMode::Tasks);
    view.setResults(smallRun());
    view.setSelected(slotItem(2));
    EXPECT_FALSE(view.viewport()->grab().isNull());
    EXPECT_EQ(view.cells().codes.size(), 8U);
}

TEST_F(PageMapViewTest, SurvivesNewResultsWhileCellsAreMade)
{
    view.setResults(smallRun());
    view.setResults(largeRun(200'000));
    EXPECT_TRUE(view.isBusy());
    EXPECT_FALSE(view.viewport()->grab().isNull()) << "still the old ones";
    QTest::keyClick(&view, Qt::Key_End);
    EXPECT_EQ(view.currentCell(), slotCell(4));
    view.setResults(smallRun());
    EXPECT_FALSE(view.isBusy());
    QTest::qWait(50);
    EXPECT_EQ(view.cells().codes.size(), 5U);
}

class PageMapPageTest : public testing::Test {
protected:
    void SetUp() override
    {
        page.resize(900, 500);
        page.show();
    }
    template <class T> T* child() { return page.findChild<T*>(); }
    Selection selection;
    PageMapPage page { selection };
};

TEST_F(PageMapPageTest, SaysHowToFillItWhileThereIsNothing)
{
    EXPECT_FALSE(child<EmptyPage>()->hint().isEmpty());
    EXPECT_TRUE(page.csv().isEmpty());
    QPicture unused;
    QPainter painter(&unused);
    EXPECT_FALSE(page.paintTo(painter, QRectF(0, 0, 400, 300)));
    page.setResults(smallRun());
    EXPECT_TRUE(child<EmptyPage>()->hint().isEmpty());
    page.setResults(nullptr);
    EXPECT_FALSE(child<EmptyPage>()->hint().isEmpty());
}

TEST_F(PageMapPageTest, SaysWhatItWaitsForBeforeThereArePages)
{
    auto run = networkRun();
    run->pageMap.reset();
    for (TaskResults& task : run->tasks) {
        task.table = {};
        task.layout = {};
        task.pageFisher.clear();
    }
    page.setResults(run); // what a job has after the stage import
    EXPECT_TRUE(child<EmptyPage>()->hint().contains(QStringLiteral("as soon as"))) << "and no empty grid";
}

TEST_F(PageMapPageTest, NamesOfTheRunAreExamplesToSearchFor)
{
    page.setResults(networkRun());
    EXPECT_TRUE(child<QLineEdit>()->placeholderText().contains(QStringLiteral("left:0")))
        << child<QLineEdit>()->placeholderText().toStdString();
}

TEST_F(PageMapPageTest, ShowsPagesBeforeTheyAreMatched)
{
    auto run = networkRun();
    run->pageMap.reset();
    run->pool.clear();
    for (TaskResults& task : run->tasks)
        task.table = {};
    page.setResults(run);
    EXPECT_TRUE(child<EmptyPage>()->hint().isEmpty());
    EXPECT_EQ(page.map().mode(), PageMapMode::Tasks);
    EXPECT_EQ(page.map().quantity(), PageQuantity::Fisher);
    page.setResults(networkRun());
    EXPECT_EQ(page.map().mode(), PageMapMode::Pool) << "what the user had chosen comes back";
    EXPECT_EQ(page.map().quantity(), PageQuantity::Tenants);
}

TEST_F(PageMapPageTest, OneSelectionForMapTableAndEverybodyElse)
{
    page.setResults(smallRun());
    auto* const table = child<TableView>();
    page.map().setFocus();
    page.map().setCurrentCell(slotCell(2));
    QTest::keyClick(&page.map(), Qt::Key_Return);
    EXPECT_EQ(selection.item(), slotItem(2));
    EXPECT_EQ(table->currentIndex().siblingAtColumn(SlotModel::SlotColumn).data().toInt(), 2);

    table->sortByColumn(SlotModel::CostColumn, Qt::DescendingOrder);
    EXPECT_EQ(selection.item(), slotItem(2)) << "sorting selects nothing else";
    EXPECT_EQ(table->currentIndex().row(), 0);
    table->setCurrentIndex(table->model()->index(1, 0));
    EXPECT_EQ(selection.item(), slotItem(4));
    EXPECT_EQ(page.map().currentCell(), slotCell(4));

    SelectedItem item; // as another view would
    item.task = 0;
    item.page = 1;
    item.slot = 2;
    selection.set(item);
    EXPECT_EQ(page.map().currentCell(), slotCell(2));
    EXPECT_EQ(selection.item(), item) << "showing a selection does not change it";
    page.setMode(PageMapMode::Tasks);
    EXPECT_EQ(page.map().currentCell(), (CellIndex { 0, 1 }));
    page.setResults(nullptr);
    EXPECT_EQ(table->model()->rowCount(), 0);
    EXPECT_EQ(selection.item(), item);
}

TEST_F(PageMapPageTest, FindsAndGoesRound)
{
    page.setResults(networkRun());
    auto* const search = child<QLineEdit>();
    QTest::keyClicks(search, QStringLiteral("first"));
    QTest::keyClick(search, Qt::Key_Return);
    EXPECT_EQ(selection.item().task, 0);
    EXPECT_EQ(selection.item().layer, 0);
    page.findNext();
    EXPECT_EQ(selection.item().task, 1);
    page.findNext();
    EXPECT_EQ(selection.item().task, 0);
    page.findNext(false);
    EXPECT_EQ(selection.item().task, 1);
    search->setText(QStringLiteral("nobody"));
    QSignalSpy status(&page, &View::statusChanged);
    page.findNext();
    ASSERT_EQ(status.count(), 1);
    EXPECT_TRUE(status[0][0].toString().contains(QStringLiteral("nobody")));
    EXPECT_EQ(selection.item().task, 1);
}

TEST_F(PageMapPageTest, OffersTheChangeAgainstAnotherRun)
{
    page.setResults(smallRun());
    auto other = smallRun();
    other->run = "r1";
    page.compareWith(other);
    page.setQuantity(PageQuantity::Change);
    EXPECT_EQ(page.map().quantity(), PageQuantity::Change);
    EXPECT_TRUE(child<PageMapLegend>()->text().contains(QStringLiteral("same")))
        << child<PageMapLegend>()->text().toStdString();
    page.compareWith(nullptr);
    EXPECT_EQ(page.map().quantity(), PageQuantity::Tenants);
}

TEST_F(PageMapPageTest, PaintsItselfForExport)
{
    page.setResults(networkRun());
    for (const PageMapMode mode : { PageMapMode::Pool, PageMapMode::Tasks }) {
        page.setMode(mode);
        QImage image(600, 400, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        ASSERT_TRUE(page.paintTo(painter, QRectF(0, 0, 600, 400)));
        painter.end();
        int painted = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                painted += image.pixel(x, y) != qRgb(255, 255, 255) ? 1 : 0;
        EXPECT_GT(painted, 600 * 400 / 20);
    }
}

TEST(PageMapBench, CountsFramesAndBytes)
{
    const PageMapBenchResult result = benchPageMap(100'000);
    EXPECT_EQ(result.cells, 100'000);
    EXPECT_GT(result.panFramesPerSecond, 0.0);
    EXPECT_GT(result.zoomFramesPerSecond, 0.0);
    EXPECT_EQ(result.plainBytes, 16 * 100'000 + 4);
    // The frame does not grow with the cells; a million of them are held to three times the plain data.
    EXPECT_LT(result.totalBytes - 4 * 1280 * 800, 2 * result.plainBytes);
    std::printf("%d cells: pan %.0f/s, zoom %.0f/s, slowest frame %.1f ms, %lld of %lld bytes\n",
        result.cells, result.panFramesPerSecond, result.zoomFramesPerSecond, result.slowestFrameMs,
        static_cast<long long>(result.totalBytes), static_cast<long long>(result.plainBytes));
}

} // namespace
} // namespace palimpsest
