// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/memory/memory_view.h"

#include "tests/widgets/example_results.h"
#include "widgets/memory/memory_bars.h"
#include "widgets/plots/stack_plot.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/table_view.h"

#include <QTest>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

using test::exampleResults;

double sumOf(const StackBar& bar)
{
    double sum = 0.0;
    for (const StackPart& part : bar.parts)
        sum += part.value;
    return sum;
}

TEST(MemoryBars, AddUp)
{
    const auto results = exampleResults();
    const std::vector<StackBar> bars = memoryBars(*results->report);
    ASSERT_EQ(bars.size(), 7U);
    EXPECT_EQ(bars[0].name, QStringLiteral("Networks as they were"));
    EXPECT_EQ(sumOf(bars[0]), 4e6);
    EXPECT_EQ(bars[1].name, QStringLiteral("Private float16")) << "the largest baseline first";
    EXPECT_EQ(bars[2].name, QStringLiteral("Private int8"));
    EXPECT_EQ(bars[3].name, QStringLiteral("Virtualized"));
    EXPECT_EQ(sumOf(bars[3]), 1e6); // 800 + 100 + 50 + 1 + 49 KB
    EXPECT_EQ(sumOf(bars[3]), static_cast<double>(results->report->memory.virtualizedBytes()));
    EXPECT_EQ(sumOf(bars[4]), 1.2e6);
    // Both levels together: the virtualized form and its scratch, nothing twice.
    EXPECT_EQ(sumOf(bars[5]), 2'091'000.0); // 800 + 50 + 1 + 40 + 1200 KB
    EXPECT_EQ(bars[5].limit, 2.5e6);
    EXPECT_EQ(bars[5].limitText, QStringLiteral("budget 2.50 MB, 409 KB left"));
    EXPECT_EQ(sumOf(bars[6]), 109'000.0); // 100 + 9 KB
    EXPECT_EQ(bars[6].limitText, QStringLiteral("budget 90.0 KB, exceeded by 19.0 KB"));
    EXPECT_EQ(sumOf(bars[5]) + sumOf(bars[6]), sumOf(bars[3]) + sumOf(bars[4]));
}

TEST(MemoryBars, LeavesOutALevelThatIsNotUsed)
{
    ReportModel report;
    report.memory.standaloneBytes = 100;
    report.memory.poolBytes = 10;
    const std::vector<StackBar> bars = memoryBars(report);
    ASSERT_EQ(bars.size(), 4U);
    EXPECT_TRUE(bars[3].limitText.isEmpty());
}

TEST(MemoryView, ShowsBarsAndTableOfTheSameParts)
{
    Selection selection;
    MemoryView view(selection);
    view.resize(900, 700);
    view.show();
    EXPECT_FALSE(view.findChild<EmptyPage*>()->hint().isEmpty());
    EXPECT_TRUE(view.csv().isEmpty());
    view.setResults(exampleResults());
    EXPECT_TRUE(view.findChild<EmptyPage*>()->hint().isEmpty());
    QTest::qWait(20);

    auto& plot = *view.findChild<StackPlot*>();
    auto& table = *view.findChild<TableView*>();
    auto* const canvas = plot.findChild<QWidget*>(QStringLiteral("canvas"));
    const auto clickAt = [&](double bytes, double row) {
        QTest::mouseClick(
            canvas, Qt::LeftButton, {}, (plot.toPixel({ bytes, row }) - QPointF(canvas->pos())).toPoint());
    };
    clickAt(850e3, 3); // exclusive pages lie from 800 to 900 KB
    EXPECT_EQ(table.currentIndex().data().toString(), QStringLiteral("Exclusive pages"));
    clickAt(2e6, 0);
    EXPECT_EQ(table.currentIndex().row(), 0);

    const QStringList lines = view.csv().split(QStringLiteral("\r\n"));
    EXPECT_EQ(lines.first(), QStringLiteral("bar,part,bytes,share"));
    EXPECT_TRUE(lines.contains(QStringLiteral("Virtualized,Exclusive pages,100000,0.1")));
    EXPECT_TRUE(lines.contains(QStringLiteral("\"Scratch, beside it\",Scratch network,1200000,1")));
    EXPECT_EQ(lines.size(), 1 + 3 + 5 + 1 + 5 + 2 + 1);
}

} // namespace
} // namespace palimpsest
