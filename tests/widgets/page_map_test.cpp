// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_coloring.h"
#include "widgets/pagemap/page_map.h"
#include "widgets/pagemap/page_map_model.h"
#include "widgets/pagemap/page_map_panel.h"
#include "widgets/pagemap/page_map_view.h"
#include "widgets/style/palette.h"
#include "widgets/tables/table_view.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

namespace palimpsest {
namespace {

/// Two tasks over five slots. Task a: pages in slots 0, 2, 2, exclusive. Task b: slots 2, 4. Slots 1 and 3 are empty.
std::shared_ptr<const PageMap> smallMap()
{
    const std::vector<PageTable> tables { { { { false, 0 }, { false, 2 }, { false, 2 }, { true, 0 } } },
        { { { false, 2 }, { false, 4 } } } };
    const std::array costs { 0.0, 0.0, 1.0, 0.0, 0.01 };
    return std::make_shared<const PageMap>(makePageMap({ "a", "b" }, tables, costs, 512));
}

std::shared_ptr<const PageMap> largeMap(std::uint32_t slots)
{
    PageTable table;
    for (std::uint32_t slot = 0; slot < slots; ++slot)
        table.entries.push_back({ false, slot });
    const std::vector<double> costs(slots, 1.0);
    return std::make_shared<const PageMap>(makePageMap({ "a" }, std::span(&table, 1), costs, 64));
}

TEST(PageMap, GroupsTenantsBySlot)
{
    const auto map = smallMap();
    EXPECT_EQ(map->slotCount(), 5);
    EXPECT_EQ(map->exclusivePages, 1);
    EXPECT_EQ(map->tenantsOf(1).size(), 0U);
    const std::vector<Tenant> shared(map->tenantsOf(2).begin(), map->tenantsOf(2).end());
    EXPECT_EQ(shared, (std::vector<Tenant> { { 0, 1 }, { 0, 2 }, { 1, 0 } }));
    EXPECT_EQ(tenantsText(*map, 2).toStdString(), "a 1, a 2, b 0");
}

TEST(PageMap, RefusesWhatDoesNotFit)
{
    const std::vector<PageTable> tables { { { { false, 5 } } } };
    const std::array costs { 0.0, 0.0 };
    EXPECT_THROW(static_cast<void>(makePageMap({ "a" }, tables, costs, 64)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(makePageMap({ "a", "b" }, tables, costs, 64)), std::invalid_argument);
}

TEST(PageColoring, ShadesTenantsLinearlyAndCostsByTheirLogarithm)
{
    const auto map = smallMap();
    const PageColoring tenants(*map, PageQuantity::Tenants);
    EXPECT_LT(tenants.shade(*map, 1), 0.0) << "nobody uses it";
    EXPECT_DOUBLE_EQ(tenants.shade(*map, 0), 0.0);
    EXPECT_DOUBLE_EQ(tenants.shade(*map, 2), 1.0);
    EXPECT_EQ(tenants.highText(), QStringLiteral("3"));

    const PageColoring costs(*map, PageQuantity::Cost);
    EXPECT_DOUBLE_EQ(costs.shade(*map, 0), 0.0) << "cost 0 has no logarithm";
    EXPECT_NEAR(costs.shade(*map, 4), 0.0, 1e-6);
    EXPECT_DOUBLE_EQ(costs.shade(*map, 2), 1.0);
    EXPECT_EQ(costs.lowText(), QStringLiteral("0.01"));
}

TEST(PageMapModel, KeepsTheModelContract)
{
    PageMapModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);
    model.setPageMap(smallMap());
    EXPECT_EQ(model.rowCount(), 5);
    EXPECT_EQ(model.index(2, PageMapModel::TenantCountColumn).data().toInt(), 3);
    EXPECT_EQ(model.index(2, PageMapModel::TenantsColumn).data().toString(), QStringLiteral("a 1, a 2, b 0"));
    EXPECT_DOUBLE_EQ(model.index(2, PageMapModel::CostColumn).data(PageMapModel::kSortRole).toDouble(), 1.0);
    model.setPageMap(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
}

class PageMapViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        view.resize(400, 300);
        view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    }
    PageMapView view;
};

TEST_F(PageMapViewTest, ShowsEverySlotAndFindsItAgain)
{
    view.setPageMap(largeMap(1000));
    for (int slot = 0; slot < 1000; ++slot) {
        const QRectF cell = view.cellRect(slot);
        EXPECT_TRUE(QRectF(view.viewport()->rect()).adjusted(-1, -1, 1, 1).contains(cell)) << slot;
        EXPECT_EQ(view.slotAt(cell.center().toPoint()), slot);
    }
}

TEST_F(PageMapViewTest, PaintsTheColourOfTheSlot)
{
    const auto map = smallMap();
    view.setPageMap(map);
    view.setQuantity(PageQuantity::Cost);
    const QImage image = view.viewport()->grab().toImage();
    // A corner of the cell: its middle holds the number of pages.
    const auto colorOf = [&](int slot) {
        return image.pixelColor(
            (view.cellRect(slot).topLeft() + QPointF(4, 4)).toPoint() * image.devicePixelRatio());
    };
    EXPECT_EQ(colorOf(2), scaleColor(1.0).rgb());
    EXPECT_EQ(colorOf(0), scaleColor(0.0).rgb());
    EXPECT_EQ(colorOf(1), view.palette().color(QPalette::Midlight).rgb());
}

TEST_F(PageMapViewTest, MovesTheCurrentSlotByMouseAndKeys)
{
    view.setPageMap(smallMap());
    QSignalSpy changed(&view, &PageMapView::currentSlotChanged);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.cellRect(1).center().toPoint());
    EXPECT_EQ(view.currentSlot(), 1);
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_EQ(view.currentSlot(), 2);
    EXPECT_TRUE(view.accessibleDescription().contains(QStringLiteral("a 1, a 2, b 0")));
    QTest::keyClick(&view, Qt::Key_End);
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_EQ(view.currentSlot(), 4) << "the last slot is the end";
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Up);
    EXPECT_EQ(view.currentSlot(), 0);
    EXPECT_EQ(changed.count(), 4);
    view.setPageMap(nullptr);
    EXPECT_EQ(view.currentSlot(), -1);
}

TEST_F(PageMapViewTest, ZoomsAboutThePointerAndBack)
{
    view.setPageMap(largeMap(1000));
    const QPointF anchor(123, 81);
    const int slot = view.slotAt(anchor.toPoint());
    ASSERT_GE(slot, 0);
    view.setZoom(4.0, anchor);
    EXPECT_DOUBLE_EQ(view.zoom(), 4.0);
    EXPECT_EQ(view.slotAt(anchor.toPoint()), slot);
    view.setCurrentSlot(999);
    EXPECT_TRUE(QRectF(view.viewport()->rect()).adjusted(-1, -1, 1, 1).contains(view.cellRect(999)))
        << "the current slot comes into view";
    QTest::keyClick(&view, Qt::Key_0);
    EXPECT_DOUBLE_EQ(view.zoom(), 1.0);
    view.setZoom(1e9, anchor);
    EXPECT_NEAR(view.cellRect(0).width(), 96.0, 1e-6) << "a cell has a largest size";
}

TEST_F(PageMapViewTest, HoldsAMillionSlots)
{
    view.setPageMap(largeMap(1'000'000));
    EXPECT_GE(view.slotAt(view.viewport()->rect().center()), 0);
    const QImage image = view.viewport()->grab().toImage();
    EXPECT_EQ(image.pixel(image.rect().center()), scaleColor(0.0).rgb());
}

TEST(PageMapPanel, SelectsInTheMapAndInTheTable)
{
    PageMapPanel panel;
    panel.resize(800, 400);
    panel.show();
    panel.setPageMap(smallMap());
    auto* const view = panel.findChild<PageMapView*>();
    auto* const table = panel.findChild<TableView*>();
    view->setCurrentSlot(2);
    EXPECT_EQ(table->currentIndex().siblingAtColumn(PageMapModel::SlotColumn).data().toInt(), 2);
    table->sortByColumn(PageMapModel::CostColumn, Qt::DescendingOrder);
    EXPECT_EQ(table->model()->index(0, PageMapModel::SlotColumn).data().toInt(), 2) << "1 > 0.01 > 0";
    table->setCurrentIndex(table->model()->index(1, 0));
    EXPECT_EQ(view->currentSlot(), 4);
    panel.setPageMap(nullptr);
    EXPECT_EQ(table->model()->rowCount(), 0);
}

} // namespace
} // namespace palimpsest
