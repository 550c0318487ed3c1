// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/accuracy_model.h"
#include "widgets/models/memory_model.h"
#include "widgets/project/project_summary.h"
#include "widgets/style/empty_page.h"
#include "widgets/style/palette.h"
#include "widgets/style/text.h"
#include "widgets/tables/table_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <gtest/gtest.h>

#include <limits>

namespace palimpsest {
namespace {

std::shared_ptr<const ReportModel> smallReport()
{
    auto report = std::make_shared<ReportModel>();
    ReportTask kept;
    kept.name = "digits";
    kept.testSamples = 1234;
    kept.tolerance = 0.01;
    kept.accuracy
        = { { "standalone", 0.96 }, { "virtualized", 0.955 }, { "sameSteps", 0.97 }, { "int8", 0.96 } };
    ReportTask lost;
    lost.name = "vowels";
    lost.testSamples = 370;
    lost.tolerance = 0.01;
    lost.accuracy = { { "standalone", 0.94 }, { "virtualized", 0.925 }, { "int8", 0.94 } };
    report->tasks = { kept, lost };
    report->memory = { 4'000'000, 800'000, 100'000, 50'000, 1'000, 49'000, 1'200'000, 2'500'000, 0 };
    report->baselineBytes = { { "int8", 1'000'000 } };
    return report;
}

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

TEST(Text, WritesQuantitiesAsTheReportDoes)
{
    EXPECT_EQ(percentText(0.91324), QStringLiteral("91.32 %"));
    EXPECT_EQ(pointsText(0.0012), QStringLiteral("+0.12"));
    EXPECT_EQ(pointsText(-0.004), QStringLiteral("\u22120.40"));
    EXPECT_EQ(pointsText(-0.00001), QStringLiteral("0.00")) << "no sign on nothing";
    EXPECT_EQ(bytesText(43'900), QStringLiteral("43.9 KB"));
    EXPECT_EQ(countText(1'234'567), QStringLiteral("1,234,567"));
}

TEST(Palette, GrowsInLightnessWithTheValue)
{
    double before = -1.0;
    for (int i = 0; i <= 20; ++i) {
        const QColor color = scaleColor(i / 20.0);
        const double light = 0.2126 * color.redF() + 0.7152 * color.greenF() + 0.0722 * color.blueF();
        EXPECT_GT(light, before) << i;
        before = light;
    }
    EXPECT_EQ(scaleColor(-3.0), scaleColor(0.0));
    EXPECT_EQ(scaleColor(7.0), scaleColor(1.0));
    EXPECT_EQ(scaleColor(std::numeric_limits<double>::quiet_NaN()), scaleColor(0.0));
    EXPECT_EQ(readableOn(Qt::white), QColor(Qt::black));
    EXPECT_EQ(readableOn(Qt::black), QColor(Qt::white));
    EXPECT_EQ(taskColor(9), taskColor(1));
}

TEST(AccuracyModel, ShowsTasksBaselinesAndTheMean)
{
    AccuracyModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 0);
    model.setReport(smallReport());
    ASSERT_EQ(model.rowCount(), 3);
    ASSERT_EQ(model.columnCount(), AccuracyModel::FirstBaselineColumn + 2);
    EXPECT_EQ(cell(model, 0, AccuracyModel::TaskColumn), QStringLiteral("digits"));
    EXPECT_EQ(cell(model, 0, AccuracyModel::SamplesColumn), QStringLiteral("1,234"));
    EXPECT_EQ(cell(model, 0, AccuracyModel::ChangeColumn), QStringLiteral("\u22120.50"));
    EXPECT_TRUE(cell(model, 0, AccuracyModel::ToleranceColumn).contains(QStringLiteral("kept")));
    EXPECT_TRUE(cell(model, 1, AccuracyModel::ToleranceColumn).contains(QStringLiteral("exceeded")));
    EXPECT_EQ(model.headerData(AccuracyModel::FirstBaselineColumn, Qt::Horizontal).toString(),
        QStringLiteral("same steps"));
    EXPECT_EQ(cell(model, 2, AccuracyModel::StandaloneColumn), QStringLiteral("95.00 %"));
    EXPECT_EQ(cell(model, 2, AccuracyModel::ChangeColumn), QStringLiteral("\u22121.00"));
    EXPECT_EQ(cell(model, 2, AccuracyModel::FirstBaselineColumn), QString())
        << "vowels has no sameSteps: no mean";
    model.setReport(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(MemoryModel, AddsUp)
{
    MemoryModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setReport(smallReport());
    ASSERT_EQ(model.rowCount(), 9);
    EXPECT_EQ(cell(model, 6, MemoryModel::PartColumn), QStringLiteral("Virtualized"));
    EXPECT_EQ(
        cell(model, 6, MemoryModel::BytesColumn), QStringLiteral("1.00 MB")); // 800 + 100 + 50 + 1 + 49 KB
    EXPECT_EQ(cell(model, 6, MemoryModel::ShareColumn), QStringLiteral("25.00 %"));
    EXPECT_EQ(cell(model, 6, MemoryModel::NoteColumn), QStringLiteral("4.00 times smaller"));
    EXPECT_EQ(cell(model, 1, MemoryModel::NoteColumn), QStringLiteral("budget of level 1: 2.50 MB"));
    EXPECT_EQ(cell(model, 2, MemoryModel::NoteColumn), QString()) << "no budget is set for level 2";
    EXPECT_EQ(cell(model, 8, MemoryModel::PartColumn), QStringLiteral("Private int8"));
    model.setReport(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(TableView, CopiesAsTabSeparatedText)
{
    MemoryModel model;
    model.setReport(smallReport());
    TableView table;
    table.setModel(&model);
    table.show();
    table.selectRow(4);
    QTest::keySequence(&table, QKeySequence::Copy);
    EXPECT_EQ(QApplication::clipboard()->text(),
        QStringLiteral("Part\tSize\tShare\tRemark\nPage tables\t1.00 KB\t0.03 %\t\n"));
    table.clearSelection();
    EXPECT_EQ(table.selectionAsText().count(QLatin1Char('\n')), 10) << "all rows where none is selected";
}

TEST(ProjectSummary, ShowsNameAndTasks)
{
    Recipe recipe;
    recipe.name = "quickstart";
    recipe.description = "Four small tasks";
    TaskSettings task;
    task.name = "digits";
    task.network = "networks/digits.json";
    task.data.path = "digits.csv.gz";
    recipe.tasks = { task };
    ProjectSummary summary;
    summary.setProject(recipe, QStringLiteral("/tmp/quickstart"));
    EXPECT_EQ(
        summary.findChild<QLabel*>(QStringLiteral("projectName"))->text(), QStringLiteral("quickstart"));
    const auto* const tasks = summary.findChild<QTableWidget*>();
    ASSERT_EQ(tasks->rowCount(), 1);
    EXPECT_EQ(tasks->item(0, 1)->text(), QStringLiteral("networks/digits.json"));
}

TEST(EmptyPage, ShowsEitherContentOrHint)
{
    auto* const content = new QLabel(QStringLiteral("content"));
    EmptyPage page(content);
    page.show();
    page.showHint(QStringLiteral("Run the pipeline to fill this view."));
    EXPECT_FALSE(content->isVisible());
    EXPECT_EQ(page.hint(), QStringLiteral("Run the pipeline to fill this view."));
    page.showContent();
    EXPECT_TRUE(content->isVisible());
    EXPECT_EQ(page.hint(), QString());
}

} // namespace
} // namespace palimpsest
