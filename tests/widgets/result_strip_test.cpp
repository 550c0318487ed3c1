// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/result_strip.h"

#include "tests/widgets/example_results.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

using test::exampleResults;

TEST(ResultStrip, SaysHowMuchSmallerAndWhichTaskLosesMost)
{
    const auto run = exampleResults();
    // 800,000 + 100,000 + 50,000 + 1,000 + 49,000 of 4,000,000 bytes; beta falls from 94 to 92.5 %, 1 point is accepted.
    EXPECT_EQ(
        memorySentence(*run->report), QStringLiteral("1.00 MB instead of 4.00 MB: 4.00 times smaller."));
    EXPECT_EQ(accuracySentence(*run->report),
        QStringLiteral(
            "✗ 2 of 3 tasks keep their tolerance; beta loses most: −1.50 points, accepted are −1.00."));
}

TEST(ResultStrip, NamesTheTaskThatIsNearestToItsToleranceWhereAllKeepIt)
{
    ReportModel report = *exampleResults()->report;
    report.tasks[1].tolerance = 0.03; // alpha is 0.5 points from its own, beta 1.5
    EXPECT_EQ(accuracySentence(report),
        QStringLiteral(
            "✓ All tasks keep their tolerance; alpha is nearest to it: −0.50 points, accepted are −1.00."));
}

TEST(ResultStrip, IsHiddenWithoutAReportAndAfterItsEnd)
{
    const auto run = exampleResults();
    QWidget window;
    ResultStrip strip(&window);
    window.show();
    EXPECT_FALSE(strip.isVisible());
    strip.setReport(run->report.get());
    EXPECT_TRUE(strip.isVisible());
    EXPECT_TRUE(strip.text().contains(QStringLiteral("smaller. ✗")));
    strip.setReport(nullptr);
    EXPECT_FALSE(strip.isVisible());
    EXPECT_TRUE(strip.text().isEmpty());
}

TEST(ResultStrip, SentencesLeadToTheirViews)
{
    ResultStrip strip;
    strip.setReport(exampleResults()->report.get());
    const QSignalSpy wished(&strip, &ResultStrip::viewRequested);
    for (QLabel* label : strip.findChildren<QLabel*>()) {
        EXPECT_NE(label->focusPolicy(), Qt::NoFocus) << "the keyboard reaches it";
        Q_EMIT label->linkActivated(label->text().section(QLatin1Char('"'), 1, 1));
    }
    ASSERT_EQ(wished.size(), 2);
    EXPECT_EQ(wished.at(0).constFirst().toString(), QStringLiteral("memory"));
    EXPECT_EQ(wished.at(1).constFirst().toString(), QStringLiteral("accuracy"));
}

TEST(ResultStrip, SaysNothingOfTasksThatWereNotMeasured)
{
    ReportModel report = *exampleResults()->report;
    for (ReportTask& task : report.tasks)
        task.accuracy.clear();
    EXPECT_TRUE(accuracySentence(report).isEmpty());
    report.memory = {};
    EXPECT_TRUE(memorySentence(report).isEmpty());
}

} // namespace
} // namespace palimpsest
