// SPDX-License-Identifier: GPL-3.0-or-later
// The page map's values: cells, items, difference, search, table and text.
#include "tests/widgets/run_fixture.h"
#include "widgets/pagemap/page_cells.h"
#include "widgets/pagemap/page_difference.h"
#include "widgets/pagemap/page_items.h"
#include "widgets/pagemap/page_map_csv.h"
#include "widgets/pagemap/page_search.h"
#include "widgets/pagemap/slot_model.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

namespace palimpsest {
namespace {

using test::largeRun;
using test::networkRun;
using test::randomRun;
using test::smallRun;

constexpr std::array kModes { PageMapMode::Pool, PageMapMode::Tasks };

SelectedItem slotItem(int slot)
{
    SelectedItem item;
    item.slot = slot;
    return item;
}

TEST(PageMap, GroupsTenantsBySlot)
{
    const auto run = smallRun();
    const PageMap& map = *run->pageMap;
    EXPECT_EQ(map.slotCount(), 5);
    EXPECT_EQ(map.exclusivePages, 1);
    EXPECT_EQ(map.tenantsOf(1).size(), 0U);
    const std::vector<SlotTenant> shared(map.tenantsOf(2).begin(), map.tenantsOf(2).end());
    EXPECT_EQ(shared, (std::vector<SlotTenant> { { 0, 1 }, { 0, 2 }, { 1, 0 } }));
    EXPECT_EQ(map.taskCountOf(1), 0);
    EXPECT_EQ(map.taskCountOf(2), 2) << "three pages of two tasks";
    EXPECT_EQ(map.taskCountOf(4), 1);
    EXPECT_EQ(tenantsText(*run, 2).toStdString(), "a:1, a:2, b:0");
    EXPECT_EQ(tenantsText(*run, 2, 1).toStdString(), "a:1, and 2 more");
}

TEST(PageMap, RefusesWhatDoesNotFit)
{
    const std::vector<PageTable> tables { { { { false, 5 } } } };
    const std::array costs { 0.0, 0.0 };
    EXPECT_THROW(static_cast<void>(makePageMap({ "a" }, tables, costs, 64)), std::invalid_argument);
    EXPECT_THROW(static_cast<void>(makePageMap({ "a", "b" }, tables, costs, 64)), std::invalid_argument);
}

TEST(PageCells, ShadesThePoolByHand)
{
    const auto run = smallRun();
    constexpr auto kLow = cell::kFirstShade;
    constexpr std::uint8_t kHigh = cell::kFirstShade + cell::kShadeCount - 1;
    using Codes = std::vector<std::uint8_t>;

    const PageCells tenants = makePageCells(*run, PageMapMode::Pool, PageQuantity::Tenants);
    EXPECT_EQ(tenants.codes, (Codes { kLow, cell::kEmpty, kHigh, cell::kEmpty, kLow }));
    EXPECT_EQ(tenants.scale, (ValueScale { 1.0, 3.0, false }));
    EXPECT_TRUE(tenants.has(cell::kEmpty));
    EXPECT_FALSE(tenants.has(cell::kExclusive));

    const PageCells tasks = makePageCells(*run, PageMapMode::Pool, PageQuantity::Tasks);
    EXPECT_EQ(tasks.codes, tenants.codes) << "slot 2 has two tasks, the others one";
    EXPECT_EQ(tasks.scale, (ValueScale { 1.0, 2.0, false }));

    const PageCells costs = makePageCells(*run, PageMapMode::Pool, PageQuantity::Cost);
    EXPECT_EQ(costs.codes, (Codes { kLow, cell::kEmpty, kHigh, cell::kEmpty, kLow }))
        << "cost 0 has no logarithm";
    EXPECT_FLOAT_EQ(static_cast<float>(costs.scale.low), 0.01F);

    const PageCells fisher = makePageCells(*run, PageMapMode::Pool, PageQuantity::Fisher);
    EXPECT_EQ(fisher.scale, (ValueScale { 1.0, 20.0, true })) << "slots hold 1, 15 and 20";
    EXPECT_EQ(fisher.codes[4], kHigh);
    EXPECT_EQ(fisher.codes[2], kLow + std::lround(std::log(15.0) / std::log(20.0) * (cell::kShadeCount - 1)));

    const PageCells level = makePageCells(*run, PageMapMode::Pool, PageQuantity::Level);
    EXPECT_EQ(
        level.codes, (Codes { cell::kShared, cell::kEmpty, cell::kShared, cell::kEmpty, cell::kShared }));
    EXPECT_TRUE(level.scale.isEmpty());
}

TEST(PageCells, GivesTasksARowEach)
{
    const auto run = smallRun();
    const PageCells tenants = makePageCells(*run, PageMapMode::Tasks, PageQuantity::Tenants);
    EXPECT_EQ(tenants.rows, 2);
    EXPECT_EQ(tenants.columns, 4);
    constexpr auto kLow = cell::kFirstShade;
    constexpr std::uint8_t kHigh = cell::kFirstShade + cell::kShadeCount - 1;
    EXPECT_EQ(tenants.codes,
        (std::vector<std::uint8_t> {
            kLow, kHigh, kHigh, cell::kExclusive, kHigh, kLow, cell::kNone, cell::kNone }));
    const PageCells fisher = makePageCells(*run, PageMapMode::Tasks, PageQuantity::Fisher);
    EXPECT_EQ(fisher.scale, (ValueScale { 1.0, 20.0, true }))
        << "exclusive pages have a Fisher information too";
    EXPECT_GT(fisher.codes[3], cell::kFirstShade);
}

TEST(PageCells, EveryCodeIsWhatItsValueSays)
{
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto run = randomRun({ 40, 7, 0, 65 }, 30, seed);
        for (const PageMapMode mode : kModes) {
            for (const PageQuantity quantity :
                { PageQuantity::Tenants, PageQuantity::Tasks, PageQuantity::Cost, PageQuantity::Fisher }) {
                const PageCells cells = makePageCells(*run, mode, quantity);
                double highest = -1.0;
                std::uint8_t highestCode = 0;
                for (std::size_t i = 0; i < cells.codes.size(); ++i) {
                    const auto index = static_cast<std::int64_t>(i);
                    const CellIndex cell = mode == PageMapMode::Pool
                        ? CellIndex { 0, index }
                        : CellIndex { index / cells.columns, index % cells.columns };
                    const bool isThere = !itemAt(*run, mode, cell).isEmpty();
                    EXPECT_EQ(cells.codes[i] != cell::kNone, isThere);
                    std::optional<double> value;
                    if (isThere)
                        value = cellValue(*run, mode, quantity, cell.row, cell.column);
                    EXPECT_EQ(cells.codes[i] >= cell::kFirstShade, value.has_value());
                    EXPECT_LT(cells.codes[i], cell::kFirstShade + cell::kShadeCount);
                    if (const double here = value.value_or(-1.0); here > highest) {
                        highest = here;
                        highestCode = cells.codes[i];
                    }
                }
                EXPECT_EQ(highestCode, *std::max_element(cells.codes.begin(), cells.codes.end()))
                    << "a larger value never has a lower code";
            }
        }
    }
}

TEST(PageItems, CellsAndItemsNameEachOther)
{
    const auto run = randomRun({ 40, 7, 65 }, 30, 3);
    for (const PageMapMode mode : kModes) {
        const std::int64_t rows = mode == PageMapMode::Pool ? 1 : 3;
        for (std::int64_t row = -1; row <= rows; ++row) {
            for (std::int64_t column = -1; column <= 70; ++column) {
                const SelectedItem item = itemAt(*run, mode, { row, column });
                if (item.isEmpty())
                    continue;
                EXPECT_EQ(cellOf(*run, mode, item), (CellIndex { row, column }));
            }
        }
    }
    EXPECT_TRUE(itemAt(*run, PageMapMode::Tasks, { 1, 7 }).isEmpty()) << "past the task's last page";
    EXPECT_TRUE(cellOf(*run, PageMapMode::Pool, slotItem(30)).isNone());
}

TEST(PageItems, ATaskALayerAndASlotHaveTheirCells)
{
    const auto run = networkRun();
    SelectedItem item;
    item.task = 0;
    const std::size_t pages = run->tasks[0].table.entries.size();
    EXPECT_EQ(cellsOfGroup(*run, PageMapMode::Tasks, item).size(), pages);
    item.layer = 2;
    const std::vector<CellIndex> layer = cellsOfGroup(*run, PageMapMode::Tasks, item);
    std::vector<std::int64_t> columns;
    for (const CellIndex& cell : layer)
        columns.push_back(cell.column);
    EXPECT_EQ(columns, run->tasks[0].pagesOf(2));
    item.layer = 1;
    EXPECT_TRUE(cellsOfGroup(*run, PageMapMode::Tasks, item).empty()) << "an activation has no weights";

    for (int slot = 0; slot < run->pageMap->slotCount(); ++slot) {
        EXPECT_EQ(cellsOfSlot(*run, PageMapMode::Tasks, slotItem(slot)).size(),
            run->pageMap->tenantsOf(slot).size());
        EXPECT_TRUE(cellsOfSlot(*run, PageMapMode::Pool, slotItem(slot)).empty());
    }
    const QString text = cellText(*run, PageMapMode::Tasks, { 0, 0 });
    EXPECT_TRUE(text.contains(QStringLiteral("left:0"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("first"))) << text.toStdString();
}

TEST(PageDifference, NumbersOfSlotsDoNotMatter)
{
    const auto run = randomRun({ 40, 7, 65 }, 30, 3);
    auto renumbered = std::make_shared<RunResults>(*run);
    std::vector<PageTable> tables;
    for (TaskResults& task : renumbered->tasks) {
        for (PageRef& entry : task.table.entries)
            if (!entry.exclusive)
                entry.index = 29 - entry.index;
        tables.push_back(task.table);
    }
    std::reverse(
        renumbered->tasks.begin(), renumbered->tasks.end()); // the recipe's order does not matter either
    std::reverse(tables.begin(), tables.end());
    std::vector<std::string> names;
    for (const TaskResults& task : renumbered->tasks)
        names.push_back(task.name);
    renumbered->pageMap
        = std::make_shared<const PageMap>(makePageMap(names, tables, std::vector<double>(30, 1.0), 64));
    const PageDifference difference(*run, *renumbered);
    EXPECT_EQ(difference.changedPages(), 0);
    EXPECT_EQ(difference.comparablePages(), 40 + 7 + 65);
}

TEST(PageDifference, FindsWhatMoved)
{
    const auto before = smallRun();
    const auto now = smallRun();
    now->tasks[0].table.entries[0] = { true, 1 }; // a:0 was in slot 0
    now->tasks[0].table.entries[3] = { false, 4 }; // a:3 was exclusive
    std::vector<PageTable> tables { now->tasks[0].table, now->tasks[1].table };
    now->pageMap = std::make_shared<const PageMap>(
        makePageMap({ "a", "b" }, tables, std::array { 0.0, 0.0, 1.0, 0.0, 0.01 }, 512));
    const PageDifference difference(*now, *before);
    EXPECT_EQ(difference.pageCode(0, 0), cell::kNowExclusive);
    EXPECT_EQ(difference.pageCode(0, 1), cell::kSame);
    EXPECT_EQ(difference.pageCode(0, 3), cell::kNowShared);
    EXPECT_EQ(difference.pageCode(1, 0), cell::kSame);
    EXPECT_EQ(difference.pageCode(1, 1), cell::kOtherNeighbours);
    EXPECT_EQ(difference.slotCode(2), cell::kSame);
    EXPECT_EQ(difference.slotCode(4), cell::kNowShared);
    EXPECT_EQ(difference.changedPages(), 3);

    const PageCells cells = makePageCells(*now, PageMapMode::Tasks, PageQuantity::Change, before.get());
    EXPECT_EQ(cells.codes[0], cell::kNowExclusive);
    EXPECT_EQ(cells.codes[5], cell::kOtherNeighbours);
    EXPECT_EQ(
        makePageCells(*now, PageMapMode::Pool, PageQuantity::Change, before.get()).codes[1], cell::kEmpty);
}

TEST(PageDifference, PagesOfAnotherSizeCannotBeCompared)
{
    const auto run = smallRun();
    const auto other = smallRun();
    auto map = std::make_shared<PageMap>(*other->pageMap);
    map->pageSize = 256;
    other->pageMap = map;
    EXPECT_EQ(PageDifference(*run, *other).comparablePages(), 0);
    EXPECT_EQ(PageDifference(*run, RunResults {}).pageCode(0, 0), cell::kNotComparable);
    EXPECT_EQ(PageDifference().slotCode(3), cell::kNotComparable);
}

TEST(PageSearch, UnderstandsPagesSlotsLayersAndTasks)
{
    const auto run = networkRun(8);
    const auto find = [&](const char* text) {
        QStringList found;
        for (const SelectedItem& item : searchPages(*run, QString::fromUtf8(text)))
            found << itemText(*run, item);
        return found.join(QLatin1Char('|')).toStdString();
    };
    EXPECT_EQ(find("left:2"), "page left:2");
    EXPECT_EQ(find(" LEFT : 2 "), "page left:2");
    EXPECT_EQ(find("slot 7"), "slot 7");
    EXPECT_EQ(find("#7"), "slot 7");
    EXPECT_EQ(find("7"), "slot 7");
    EXPECT_EQ(find("slot 8"), "");
    EXPECT_EQ(find("right"), "task right");
    EXPECT_EQ(find("first"), "layer first of left|layer first of right");
    EXPECT_EQ(find("right:last"), "layer last of right");
    EXPECT_EQ(find("l"), "task left|layer last of left|layer last of right") << "activations have no pages";
    EXPECT_EQ(find("left:99"), "");
    EXPECT_EQ(find("left:"), "");
    EXPECT_EQ(find("nothing"), "");
    EXPECT_EQ(find("  "), "");
    EXPECT_EQ(find("99999999999999999999"), "");
    EXPECT_EQ(find("left:-1"), "");
}

TEST(PageMapCsv, HasALineAPage)
{
    const QStringList lines = pageMapCsv(*smallRun()).split(QStringLiteral("\r\n"));
    ASSERT_EQ(lines.size(), 8);
    EXPECT_EQ(lines[0].toStdString(), "task,page,layers,level,slot,tenants,slot_cost_nats,page_fisher");
    EXPECT_EQ(lines[1].toStdString(), "a,0,,1,0,1,0,1");
    EXPECT_EQ(lines[4].toStdString(), "a,3,,2,,,,4");
    EXPECT_EQ(lines[5].toStdString(), "b,0,,1,2,3,1,10");
    EXPECT_TRUE(pageMapCsv(RunResults {}).isEmpty());
    auto odd = smallRun();
    odd->tasks[0].name = "with \"quotes\", and comma";
    EXPECT_TRUE(pageMapCsv(*odd).contains(QStringLiteral("\"with \"\"quotes\"\", and comma\",0")));
}

TEST(SlotModel, KeepsTheModelContract)
{
    SlotModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);
    model.setResults(smallRun());
    EXPECT_EQ(model.rowCount(), 5);
    EXPECT_EQ(model.index(2, SlotModel::TenantCountColumn).data().toInt(), 3);
    EXPECT_EQ(model.index(2, SlotModel::TenantsColumn).data().toString(), QStringLiteral("a:1, a:2, b:0"));
    EXPECT_EQ(model.index(2, SlotModel::FisherColumn).data().toString(), QStringLiteral("15"));

    const QPersistentModelIndex slot2(model.index(2, SlotModel::SlotColumn));
    model.sort(SlotModel::CostColumn, Qt::DescendingOrder);
    EXPECT_EQ(model.slotAt(0), 2) << "1 > 0.01 > 0";
    EXPECT_EQ(model.slotAt(1), 4);
    EXPECT_EQ(model.slotAt(2), 0) << "equal ones by number";
    EXPECT_EQ(slot2.row(), 0);
    EXPECT_EQ(slot2.data().toInt(), 2);
    for (int slot = 0; slot < 5; ++slot)
        EXPECT_EQ(model.slotAt(model.rowOf(slot)), slot);
    model.sort(SlotModel::TenantsColumn, Qt::AscendingOrder);
    EXPECT_EQ(model.slotAt(4), 4) << "b:1 is the last";
    model.setResults(smallRun());
    EXPECT_EQ(model.slotAt(4), 4) << "the order stays";
    model.setResults(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(SlotModel, SortsManySlotsBesideTheWindow)
{
    SlotModel model;
    const auto run = randomRun({ 50'000 }, 30'000, 1);
    model.setResults(run);
    QSignalSpy sorted(&model, &SlotModel::sorted);
    model.sort(SlotModel::CostColumn, Qt::AscendingOrder);
    EXPECT_TRUE(model.isBusy());
    model.sort(SlotModel::CostColumn, Qt::DescendingOrder); // the newest wins
    ASSERT_TRUE(QTest::qWaitFor([&] { return !model.isBusy(); }, 30'000));
    EXPECT_EQ(sorted.count(), 1);
    std::set<int> seen;
    float before = 2.0F;
    for (int row = 0; row < model.rowCount(); ++row) {
        const float cost = run->pageMap->costs[static_cast<std::size_t>(model.slotAt(row))];
        EXPECT_LE(cost, before);
        before = cost;
        seen.insert(model.slotAt(row));
    }
    EXPECT_EQ(static_cast<int>(seen.size()), model.rowCount());
}

} // namespace
} // namespace palimpsest
