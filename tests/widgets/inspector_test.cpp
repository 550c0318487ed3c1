// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "tests/widgets/run_fixture.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/inspector_facts.h"
#include "widgets/inspector/inspector_model.h"
#include "widgets/inspector/weight_histogram.h"
#include "widgets/pagemap/page_items.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/table_view.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace palimpsest {
namespace {

using test::networkRun;

SelectedItem taskItem(int task, int layer = -1)
{
    SelectedItem item;
    item.task = task;
    item.layer = layer;
    return item;
}

SelectedItem slotItem(int slot)
{
    SelectedItem item;
    item.slot = slot;
    return item;
}

TEST(WeightHistogram, CountsEveryWeightOnceInItsBin)
{
    Random random(1);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::vector<float>> pages(static_cast<std::size_t>(1 + random.below(4)));
        for (std::vector<float>& page : pages)
            for (std::uint64_t k = random.below(200); k > 0; --k)
                page.push_back(static_cast<float>(random.normal()));
        const std::size_t bins = 1 + random.below(30);
        const WeightHistogram histogram = makeWeightHistogram(pages, bins);
        for (std::size_t i = 0; i < pages.size(); ++i) {
            EXPECT_EQ(
                std::accumulate(histogram.counts[i].begin(), histogram.counts[i].end(), std::int64_t { 0 }),
                static_cast<std::int64_t>(pages[i].size()));
            EXPECT_EQ(histogram.totals[i], static_cast<std::int64_t>(pages[i].size()));
            std::vector<std::int64_t> plain(bins, 0);
            for (const float value : pages[i]) {
                std::size_t bin = 0;
                while (bin + 1 < bins
                    && value >= histogram.low + static_cast<double>(bin + 1) * histogram.binWidth)
                    ++bin;
                ++plain[bin];
            }
            // A value on the edge of two bins may be rounded into either.
            std::int64_t misplaced = 0;
            for (std::size_t bin = 0; bin < bins; ++bin)
                misplaced += std::abs(plain[bin] - histogram.counts[i][bin]);
            EXPECT_LE(misplaced, 2);
        }
    }
}

TEST(WeightHistogram, OddPages)
{
    constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
    const WeightHistogram one = makeWeightHistogram({ { 0.25F, 0.25F } }, 4);
    EXPECT_EQ(one.totals[0], 2);
    EXPECT_LT(one.low, 0.25);
    const WeightHistogram odd = makeWeightHistogram({ { kNaN, 1.0F, 2.0F }, {} }, 4);
    EXPECT_EQ(odd.totals, (std::vector<std::int64_t> { 2, 0 }));
    EXPECT_EQ(makeWeightHistogram({ { kNaN } }, 4).totals[0], 0);
    EXPECT_TRUE(makeWeightHistogram({}, 4).counts.empty());
}

TEST(WeightHistogram, LeavesPaddingOut)
{
    const auto run = networkRun();
    const TaskResults& task = run->tasks[1];
    std::size_t held = 0;
    for (std::int64_t page = 0; page < task.layout.pageCount; ++page)
        held += pageValues(task, page).size();
    const std::vector<std::uint8_t> valid = validityMask(task.layout);
    EXPECT_EQ(held, static_cast<std::size_t>(std::count(valid.begin(), valid.end(), std::uint8_t { 1 })));
    EXPECT_LT(held, valid.size()) << "the fixture has padding";
    for (int slot = 0; slot < run->pageMap->slotCount(); ++slot) {
        EXPECT_EQ(slotValues(*run, slot).empty(), run->pageMap->tenantsOf(slot).empty());
        if (run->pageMap->tenantsOf(slot).empty())
            continue;
        const std::vector<SlotTenant> most = weightiestTenants(*run, slot, 1);
        for (const SlotTenant& tenant : run->pageMap->tenantsOf(slot))
            EXPECT_GE(run->tasks[most[0].task].pageFisher[most[0].page],
                run->tasks[tenant.task].pageFisher[tenant.page]);
    }
    EXPECT_TRUE(slotValues(*networkRun(8, false), 0).empty()) << "there is no pool yet";
}

TEST(InspectorModel, KeepsTheModelContract)
{
    const auto run = networkRun();
    InspectorModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);
    for (int slot = 0; slot < run->pageMap->slotCount(); ++slot) {
        model.setItem(run, slotItem(slot));
        EXPECT_EQ(model.kind(), InspectorModel::Kind::Tenants);
        EXPECT_EQ(static_cast<std::size_t>(model.rowCount()), run->pageMap->tenantsOf(slot).size());
    }
    model.setItem(run, taskItem(1));
    EXPECT_EQ(model.kind(), InspectorModel::Kind::Layers);
    ASSERT_EQ(model.rowCount(), 2) << "the activation has no weights";
    EXPECT_EQ(model.index(0, 0).data().toString(), QStringLiteral("first"));
    EXPECT_EQ(model.index(0, 2).data().toString(), QStringLiteral("672")) << "6 x 96 + 96";
    EXPECT_EQ(model.itemAt(1), taskItem(1, 2));
    model.setItem(run, taskItem(1, 0));
    EXPECT_EQ(model.kind(), InspectorModel::Kind::Pages);
    EXPECT_EQ(static_cast<std::size_t>(model.rowCount()), run->tasks[1].pagesOf(0).size());
    model.setItem(run, slotItem(999));
    EXPECT_EQ(model.kind(), InspectorModel::Kind::Nothing);
    model.setItem(nullptr, slotItem(0));
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(InspectorFacts, SayWhatIsKnownAndLinkTheRest)
{
    const auto run = networkRun();
    const auto all = [&](const SelectedItem& item) {
        QString text = inspectorFacts(*run, item).title;
        for (const auto& [name, value] : inspectorFacts(*run, item).facts)
            text += QLatin1Char('|') + name + QLatin1Char('=') + value;
        return text;
    };
    const SelectedItem page = pageItem(*run, 0, 0);
    const QString text = all(page);
    EXPECT_TRUE(text.startsWith(QStringLiteral("Page left:0"))) << text.toStdString();
    EXPECT_TRUE(text.contains(itemLink(taskItem(0)))) << text.toStdString();
    EXPECT_TRUE(text.contains(itemLink(taskItem(0, 0)))) << text.toStdString();
    EXPECT_TRUE(all(taskItem(1)).contains(QStringLiteral("Exclusive")));
    EXPECT_TRUE(all(taskItem(1, 0)).contains(QStringLiteral("Kind=linear")));
    EXPECT_TRUE(all(slotItem(0)).startsWith(QStringLiteral("Slot 0")));
    for (const SelectedItem& none :
        { SelectedItem {}, slotItem(99), taskItem(9), taskItem(0, 99), pageItem(*run, 0, 999) })
        EXPECT_TRUE(inspectorFacts(*run, none).title.isEmpty());
    EXPECT_TRUE(inspectorFacts(RunResults {}, slotItem(0)).title.isEmpty());

    EXPECT_EQ(itemOfLink(itemLink(page)), page);
    for (const char* wrong : { "", "1/2/3", "1/2/3/x", "1/2/3/4/5", "http://example.org" })
        EXPECT_FALSE(itemOfLink(QString::fromUtf8(wrong))) << wrong;

    auto odd = networkRun();
    odd->tasks[0].name = "<b>&";
    EXPECT_TRUE(inspectorFacts(*odd, page).facts[0].second.contains(QStringLiteral("&lt;b&gt;&amp;")));
}

class InspectorTest : public testing::Test {
protected:
    InspectorTest()
    {
        inspector.resize(300, 600);
        inspector.show();
    }
    QString title() const { return inspector.findChild<QLabel*>(QStringLiteral("inspectorTitle"))->text(); }
    QString hint() const { return inspector.findChild<EmptyPage*>()->hint(); }
    template <class T> T* child() const { return inspector.findChild<T*>(); }

    Selection selection;
    Inspector inspector { selection };
};

TEST_F(InspectorTest, FollowsTheSelection)
{
    EXPECT_FALSE(hint().isEmpty());
    inspector.setResults(networkRun());
    EXPECT_TRUE(hint().contains(QStringLiteral("Nothing is selected")));
    const int used = pageItem(*networkRun(), 0, 0).slot;
    ASSERT_GE(used, 0);
    selection.set(slotItem(used));
    EXPECT_EQ(title(), QStringLiteral("Slot %1").arg(used));
    EXPECT_TRUE(hint().isEmpty());
    EXPECT_TRUE(child<CurvePlot>()->isVisible());
    selection.set(taskItem(0));
    EXPECT_EQ(title(), QStringLiteral("Task left"));
    EXPECT_FALSE(child<CurvePlot>()->isVisible());
    selection.set(slotItem(99));
    EXPECT_TRUE(hint().contains(QStringLiteral("not part of this run")));
    inspector.setResults(nullptr);
    EXPECT_FALSE(hint().isEmpty());
}

TEST_F(InspectorTest, RowsAndLinksSelect)
{
    const auto run = networkRun();
    inspector.setResults(run);
    selection.set(taskItem(0));
    auto* const table = child<TableView>();
    table->setFocus();
    table->setCurrentIndex(table->model()->index(1, 0));
    EXPECT_EQ(selection.item(), taskItem(0)) << "looking at a row is not selecting it";
    QTest::keyClick(table, Qt::Key_Return);
    EXPECT_EQ(selection.item(), taskItem(0, 2));
    EXPECT_EQ(title(), QStringLiteral("Layer last"));
    auto* const facts = inspector.findChild<QLabel*>(QStringLiteral("inspectorFacts"));
    Q_EMIT facts->linkActivated(itemLink(taskItem(0)));
    EXPECT_EQ(selection.item(), taskItem(0));
    Q_EMIT facts->linkActivated(QStringLiteral("nonsense"));
    EXPECT_EQ(selection.item(), taskItem(0));
}

TEST_F(InspectorTest, GoesBackAndForward)
{
    inspector.setResults(networkRun());
    inspector.goBack(); // nowhere
    selection.set(slotItem(1));
    selection.set(taskItem(0));
    selection.set(slotItem(2));
    inspector.goBack();
    EXPECT_EQ(selection.item(), taskItem(0));
    inspector.goBack();
    EXPECT_EQ(selection.item(), slotItem(1));
    inspector.goBack();
    EXPECT_EQ(selection.item(), slotItem(1)) << "the first is the end";
    inspector.goForward();
    EXPECT_EQ(selection.item(), taskItem(0));
    selection.set(taskItem(1)); // another way from here
    inspector.goForward();
    EXPECT_EQ(selection.item(), taskItem(1));
    for (int i = 0; i < 300; ++i)
        selection.set(slotItem(i % 2));
    for (int i = 0; i < 300; ++i)
        inspector.goBack();
    EXPECT_EQ(selection.item().task, -1) << "it remembers the last hundred";
}

TEST_F(InspectorTest, CountsLargePagesBesideTheWindow)
{
    auto run = networkRun();
    auto map = std::make_shared<PageMap>(*run->pageMap);
    map->pageSize = 1 << 20; // only its size decides
    run->pageMap = map;
    inspector.setResults(run);
    selection.set(pageItem(*run, 0, 0));
    EXPECT_TRUE(inspector.isBusy());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !inspector.isBusy(); }, 30'000));
    EXPECT_TRUE(child<CurvePlot>()->isVisible());
}

TEST_F(InspectorTest, ShowsAPageBeforeThereIsAPool)
{
    auto run = networkRun(8, false);
    run->pageMap.reset();
    for (TaskResults& task : run->tasks)
        task.table = {};
    inspector.setResults(run);
    selection.set(pageItem(*run, 0, 0));
    EXPECT_EQ(title(), QStringLiteral("Page left:0"));
    EXPECT_FALSE(child<TableView>()->isVisible());
    EXPECT_TRUE(child<CurvePlot>()->isVisible()) << "the stand-alone weights are there";
}

} // namespace
} // namespace palimpsest
