// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/compare_view.h"

#include "tests/widgets/example_results.h"
#include "widgets/compare/compare_model.h"
#include "widgets/compare/compare_rows.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/style/empty_page.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QImage>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

using test::exampleResults;
using Verdict = CompareRow::Verdict;

/// As the example, with a larger pool, another margin, and other accuracies.
std::shared_ptr<RunResults> otherResults()
{
    auto results = exampleResults();
    results->run = "r2";
    results->recipe.separation.margin = 0.5;
    results->recipe.tasks[1].training.epochs = 3;
    auto report = std::make_shared<ReportModel>(*results->report);
    report->memory.poolBytes = 1'000'000;
    report->tasks[0].accuracy["virtualized"] = 0.965; // + 1 point
    report->tasks[1].accuracy["virtualized"] = 0.905; // - 2 points
    report->matching.costBarycentre = 0.5;
    results->report = report;
    // alpha's pages 2 and 3 change places: they and whom they meet have other neighbours.
    std::swap(results->tasks[0].table.entries[2], results->tasks[0].table.entries[3]);
    std::vector<PageTable> tables;
    for (const TaskResults& task : results->tasks)
        tables.push_back(task.table);
    const std::vector<double> costs(3, 0.1);
    results->pageMap = std::make_shared<const PageMap>(
        makePageMap(results->pageMap->tasks, tables, costs, results->pageMap->pageSize));
    return results;
}

const CompareRow* find(const std::vector<CompareRow>& rows, const QString& name)
{
    const auto found = std::ranges::find(rows, name, &CompareRow::name);
    return found == rows.end() ? nullptr : &*found;
}

TEST(CompareRows, SaysWhatDiffersAndWhichIsBetter)
{
    const std::vector<CompareRow> rows = compareRuns(*exampleResults(), *otherResults());
    QStringList settings;
    for (std::size_t i = 1; !rows[i].isTitle; ++i)
        settings << rows[i].name + QLatin1Char('|') + rows[i].a + QLatin1Char('|') + rows[i].b;
    EXPECT_EQ(settings,
        (QStringList { QStringLiteral("Separation: Margin|0.25|0.5"), QStringLiteral("beta: Epochs|10|3") }));

    const CompareRow* alpha = find(rows, QStringLiteral("alpha"));
    ASSERT_NE(alpha, nullptr);
    EXPECT_EQ(alpha->difference, QStringLiteral("+1.00"));
    EXPECT_EQ(alpha->verdict, Verdict::Better);
    const CompareRow* beta = find(rows, QStringLiteral("beta"));
    EXPECT_EQ(beta->difference, QStringLiteral("\u22122.00"));
    EXPECT_EQ(beta->verdict, Verdict::Worse);
    EXPECT_EQ(find(rows, QStringLiteral("gamma"))->verdict, Verdict::None);
    const CompareRow* mean = find(rows, QStringLiteral("Mean of the tasks that both have"));
    EXPECT_EQ(mean->difference, QStringLiteral("\u22120.33")); // (1 - 2 + 0) / 3
    const CompareRow* pool = find(rows, QStringLiteral("Page pool"));
    EXPECT_EQ(pool->difference, QStringLiteral("+200 KB (+25.0 %)"));
    EXPECT_EQ(pool->verdict, Verdict::Worse) << "more bytes";
    const CompareRow* cost = find(rows, QStringLiteral("Barycentre cost"));
    EXPECT_EQ(cost->difference, QStringLiteral("\u22120.25 (\u221233.3 %)"));
    EXPECT_EQ(cost->verdict, Verdict::Better);
    const CompareRow* pages = find(rows, QStringLiteral("Pages with other neighbours, or another level"));
    ASSERT_NE(pages, nullptr);
    EXPECT_EQ(pages->difference,
        QStringLiteral("5 of 9")); // alpha's two, and beta 1, gamma 0 and gamma 1 whom they leave or join
}

TEST(CompareRows, ARunWithItselfHasNoDifference)
{
    const auto results = exampleResults();
    const std::vector<CompareRow> rows = compareRuns(*results, *results);
    EXPECT_NE(find(rows, QStringLiteral("None: both runs have the same settings")), nullptr);
    for (const CompareRow& row : rows)
        EXPECT_EQ(row.verdict, Verdict::None) << row.name.toStdString();
    EXPECT_EQ(find(rows, QStringLiteral("Page pool"))->difference, QStringLiteral("0"));
}

TEST(CompareRows, TakesWhatBothHave)
{
    auto less = exampleResults();
    less->report = nullptr;
    less->pageMap = nullptr;
    less->tasks.pop_back();
    less->recipe.tasks.pop_back();
    const std::vector<CompareRow> rows = compareRuns(*exampleResults(), *less);
    EXPECT_EQ(find(rows, QStringLiteral("Page pool")), nullptr);
    const CompareRow* gone = find(rows, QStringLiteral("Task gamma"));
    ASSERT_NE(gone, nullptr);
    EXPECT_EQ(gone->b, QStringLiteral("not there"));
}

TEST(CompareModel, MarksBetterAndWorseByMoreThanColour)
{
    CompareModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const std::vector<CompareRow> rows = compareRuns(*exampleResults(), *otherResults());
    model.setRows(rows, QStringLiteral("r1"), QStringLiteral("r2"));
    const auto row = static_cast<int>(find(rows, QStringLiteral("beta")) - rows.data());
    const QModelIndex cell = model.index(row, CompareModel::DifferenceColumn);
    EXPECT_EQ(cell.data().toString(), QStringLiteral("\u25BC \u22122.00"));
    EXPECT_EQ(cell.data(Qt::AccessibleTextRole).toString(), QStringLiteral("\u22122.00, worse"));
    const QColor onLight = cell.data(Qt::ForegroundRole).value<QBrush>().color();
    model.setBackground(Qt::black);
    EXPECT_TRUE(cell.data(Qt::ForegroundRole).canConvert<QBrush>());
    EXPECT_NE(
        model.index(row - 1, CompareModel::DifferenceColumn).data(Qt::ForegroundRole).value<QBrush>().color(),
        onLight);
    EXPECT_EQ(model.headerData(CompareModel::BColumn, Qt::Horizontal).toString(), QStringLiteral("B: r2"));
}

class CompareViewTest : public testing::Test {
protected:
    CompareViewTest()
    {
        view.resize(1000, 800);
        view.show();
        view.setRuns({ { QStringLiteral("r2"), QStringLiteral("r2, margin 0.5") },
            { QStringLiteral("r1"), QStringLiteral("r1") } });
    }
    QComboBox& picker(const char* name)
    {
        for (QComboBox* box : view.findChildren<QComboBox*>())
            if (box->accessibleName() == QLatin1String(name))
                return *box;
        throw std::logic_error("no such picker");
    }
    void choose(const char* name, int index)
    {
        picker(name).setCurrentIndex(index);
        Q_EMIT picker(name).activated(index);
    }
    QString hint() { return view.findChild<EmptyPage*>()->hint(); }

    Selection selection;
    CompareView view { selection };
    QSignalSpy requested { &view, &CompareView::runRequested };
};

TEST_F(CompareViewTest, AsksForRunsAndComparesThem)
{
    EXPECT_FALSE(hint().isEmpty());
    EXPECT_TRUE(view.csv().isEmpty());
    choose("Run A", 2);
    ASSERT_EQ(requested.size(), 1);
    EXPECT_EQ(requested[0][0].toString(), QStringLiteral("r1"));
    EXPECT_EQ(requested[0][1].value<CompareView::Side>(), CompareView::Side::A);
    EXPECT_TRUE(hint().contains(QStringLiteral("Reading the run r1")));
    choose("Run B", 1);
    ASSERT_EQ(requested.size(), 2);
    view.setSide(CompareView::Side::A, exampleResults());
    view.setSide(CompareView::Side::B, exampleResults()); // r1, that nobody asked for on this side
    EXPECT_FALSE(hint().isEmpty());
    view.setSide(CompareView::Side::B, otherResults());
    EXPECT_TRUE(hint().isEmpty());
    EXPECT_TRUE(
        view.csv().contains(QStringLiteral("Memory,Page pool,800 KB,1.00 MB,+200 KB (+25.0 %),worse\r\n")))
        << view.csv().toStdString();

    QTest::mouseClick(view.findChild<QPushButton*>(), Qt::LeftButton); // swap
    EXPECT_EQ(requested.size(), 2) << "both are there";
    EXPECT_TRUE(view.csv().contains(
        QStringLiteral("Memory,Page pool,1.00 MB,800 KB,\u2212200 KB (\u221220.0 %),better\r\n")));

    view.setRuns({ { QStringLiteral("r3"), QStringLiteral("r3") } });
    EXPECT_FALSE(hint().isEmpty()) << "the runs were cleaned up";
}

TEST_F(CompareViewTest, FollowsWhatIsShownNow)
{
    view.setResults(otherResults());
    choose("Run A", 2);
    view.setSide(CompareView::Side::A, exampleResults());
    EXPECT_TRUE(hint().isEmpty());
    EXPECT_EQ(requested.size(), 1) << "what is shown needs not be read";
    view.setResults(nullptr);
    EXPECT_FALSE(hint().isEmpty());
    view.setSide(CompareView::Side::A, nullptr); // it cannot be read
    EXPECT_EQ(picker("Run A").currentIndex(), -1);
}

TEST_F(CompareViewTest, ChoosesTheNewestFinishedRunBeforeWhatIsShown)
{
    view.hide();
    const QList<RunChoice> runs { { QStringLiteral("r4"), QStringLiteral("r4"), false },
        { QStringLiteral("r3"), QStringLiteral("r3"), true },
        { QStringLiteral("r2"), QStringLiteral("r2"), true },
        { QStringLiteral("r1"), QStringLiteral("r1"), true } };
    auto shown = std::make_shared<RunResults>(*otherResults());
    shown->run = "r3";
    view.setResults(shown);
    view.setRuns(runs);
    EXPECT_TRUE(requested.isEmpty()) << "nobody looks";
    view.show();
    ASSERT_EQ(requested.size(), 1);
    EXPECT_EQ(requested[0][0].toString(), QStringLiteral("r2"));
    EXPECT_EQ(picker("Run A").currentText(), QStringLiteral("r2"));
    choose("Run A", 4);
    view.setRuns(runs);
    EXPECT_EQ(requested.size(), 2);
    EXPECT_EQ(picker("Run A").currentText(), QStringLiteral("r1")) << "what the user chose stays";
}

TEST_F(CompareViewTest, ExplainsWhatIsMissingWhereThereIsOneRun)
{
    view.setResults(otherResults());
    view.setRuns({ { QStringLiteral("r2"), QStringLiteral("r2"), true } });
    EXPECT_TRUE(hint().contains(QStringLiteral("change a setting, run it again"))) << hint().toStdString();
}

TEST_F(CompareViewTest, MovesBothPlotsTogether)
{
    view.setResults(otherResults());
    choose("Run A", 2);
    view.setSide(CompareView::Side::A, exampleResults());
    QTest::qWait(30);
    const auto plots = view.findChildren<CurvePlot*>();
    ASSERT_EQ(plots.size(), 2);
    EXPECT_EQ(plots[0]->range(), plots[1]->range());
    QTest::keyClick(plots[0], Qt::Key_Right);
    QTest::keyClick(plots[1], Qt::Key_Plus);
    EXPECT_EQ(plots[0]->range(), plots[1]->range());
    EXPECT_FALSE(plots[0]->isFollowing());
    QTest::keyClick(plots[1], Qt::Key_F);
    QTest::qWait(30);
    EXPECT_TRUE(plots[0]->isFollowing());
    EXPECT_EQ(plots[0]->range(), plots[1]->range());
    QImage image(800, 600, QImage::Format_RGB32);
    QPainter painter(&image);
    EXPECT_TRUE(view.paintTo(painter, image.rect()));
}

} // namespace
} // namespace palimpsest
