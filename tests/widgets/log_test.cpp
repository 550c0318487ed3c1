// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/log/log_filter.h"
#include "widgets/log/log_model.h"
#include "widgets/log/log_view.h"
#include "widgets/tables/table_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

QString text(const QAbstractItemModel& model, int row)
{
    return model.index(row, LogModel::TextColumn).data().toString();
}

TEST(LogModel, ShowsEntriesInBatches)
{
    LogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 1000; ++i)
        model.add(LogLevel::Info, QString::number(i));
    EXPECT_EQ(model.rowCount(), 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return model.rowCount() == 1000; }, 60'000)) << "without anyone's help";
    EXPECT_EQ(inserted.count(), 1);
    EXPECT_EQ(text(model, 999), QStringLiteral("999"));
}

TEST(LogModel, CountsRepeatedEntries)
{
    LogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.add(LogLevel::Error, QStringLiteral("disk full"));
    model.add(LogLevel::Error, QStringLiteral("disk full"));
    model.flush();
    ASSERT_EQ(model.rowCount(), 1);
    EXPECT_EQ(text(model, 0), QStringLiteral("disk full (2 times)"));
    model.add(LogLevel::Error, QStringLiteral("disk full")); // joins what is shown already
    model.add(LogLevel::Info, QStringLiteral("disk full")); // another level
    model.flush();
    ASSERT_EQ(model.rowCount(), 2);
    EXPECT_EQ(text(model, 0), QStringLiteral("disk full (3 times)"));
}

TEST(LogModel, KeepsTheNewest)
{
    LogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (int i = 0; i < LogModel::kMaxEntries - 1; ++i)
        model.add(LogLevel::Info, QString::number(i));
    model.flush();
    for (int i = 0; i < 3; ++i)
        model.add(LogLevel::Info, QStringLiteral("new %1").arg(i));
    model.flush();
    EXPECT_EQ(model.rowCount(), LogModel::kMaxEntries);
    EXPECT_EQ(text(model, 0), QStringLiteral("2"));
    for (int i = 0; i < 5 * LogModel::kMaxEntries; ++i)
        model.add(LogLevel::Info, QStringLiteral("burst %1").arg(i));
    model.flush();
    EXPECT_EQ(model.rowCount(), LogModel::kMaxEntries);
    EXPECT_EQ(text(model, LogModel::kMaxEntries - 1), QStringLiteral("burst 49999"));
    model.clear();
    EXPECT_EQ(model.rowCount(), 0);
}

class LogViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        model.add(LogLevel::Info, QStringLiteral("train: left: epoch 1"));
        model.add(LogLevel::Warning, QStringLiteral("few validation samples"));
        model.add(LogLevel::Error, QStringLiteral("match: disk full"));
        model.flush();
        view.resize(600, 120);
        view.show();
    }
    LogModel model;
    LogView view { model };
    TableView* table = view.findChild<TableView*>();
};

TEST_F(LogViewTest, FiltersByTextAndLevel)
{
    EXPECT_EQ(table->model()->rowCount(), 3);
    view.findChild<QComboBox*>()->setCurrentIndex(1);
    ASSERT_EQ(table->model()->rowCount(), 2);
    view.findChild<QLineEdit*>()->setText(QStringLiteral("DISK"));
    ASSERT_EQ(table->model()->rowCount(), 1);
    EXPECT_EQ(text(*table->model(), 0), QStringLiteral("match: disk full"));
    view.copy();
    const QString copied = QApplication::clipboard()->text();
    EXPECT_TRUE(copied.contains(QStringLiteral("error\tmatch: disk full"))) << copied.toStdString();
    EXPECT_FALSE(copied.contains(QStringLiteral("validation")));
}

TEST_F(LogViewTest, FollowsUntilOneScrollsUp)
{
    const auto fill = [&](int count) {
        for (int i = 0; i < count; ++i)
            model.add(LogLevel::Info, QStringLiteral("line %1").arg(model.rowCount() + i));
        model.flush();
        QCoreApplication::processEvents();
    };
    const auto* const bar = table->verticalScrollBar();
    fill(200);
    ASSERT_GT(bar->maximum(), 0);
    EXPECT_EQ(bar->value(), bar->maximum());
    table->scrollToTop();
    fill(10);
    EXPECT_EQ(bar->value(), 0) << "the view does not jump while one reads";
    table->scrollToBottom();
    fill(10);
    EXPECT_EQ(bar->value(), bar->maximum());
}

} // namespace
} // namespace palimpsest
