// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tune_controller.h"

#include "tests/app/window_fixture.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/project/number_field.h"
#include "widgets/tune/tune_dialog.h"
#include "widgets/tune/tune_view.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QUndoStack>

namespace palimpsest {
namespace {

/// The short way from a project to a packing, in the real window.
class TuneControllerTest : public test::WindowFixture {
protected:
    void SetUp() override
    {
        WindowFixture::SetUp();
        test::writeTinyProject(folder());
        open(folder());
    }
    [[nodiscard]] std::filesystem::path folder() const { return root / "tiny"; }
    TuneView* view() { return window->findChild<TuneView*>(); }
    TuneController* controller() { return window->findChild<TuneController*>(); }
    const Recipe& recipe() { return window->session().document().recipe(); }
    void typeTarget(const QString& size)
    {
        auto* const field = view()->findChild<NumberField*>(QStringLiteral("targetSize"));
        field->setText(size);
        QTest::keyClick(field, Qt::Key_Return);
    }
    void waitUntilRead()
    {
        ASSERT_TRUE(QTest::qWaitFor([&] { return !controller()->isReading(); }, test::kPatienceMs));
    }
};

TEST_F(TuneControllerTest, ATargetSizeLeadsToTheBestPackingAndItsAccuracies)
{
    window->showView(QStringLiteral("front"));
    const Recipe before = recipe();
    typeTarget(QStringLiteral("1.5 KB"));
    EXPECT_TRUE(controller()->isSearching());
    // Points come while the job runs.
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return view()->front() && view()->front()->points.size() >= 2; }, test::kPatienceMs));
    EXPECT_EQ(window->currentView(), view());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !controller()->isSearching(); }, test::kPatienceMs));
    waitUntilIdle();
    EXPECT_EQ(lastJob().title.section(QLatin1Char(':'), 1).trimmed(), QStringLiteral("all stages"))
        << "what was found is run";
    ASSERT_EQ(lastJob().state, JobState::Finished) << lastJob().error.text();
    const TuneFront front = *view()->front();
    const TunePoint point = front.points[bestPoint(front).value()];
    EXPECT_EQ(recipe().pages.poolPages, point.choice.poolPages);
    EXPECT_EQ(recipe().pages.poolStorage, point.choice.poolStorage);
    const auto results = window->session().results().results;
    ASSERT_TRUE(results && results->report);
    EXPECT_EQ(results->report->memory.virtualizedBytes(), point.bytes);
    EXPECT_LE(point.bytes, 1500);
    EXPECT_TRUE(window->notices().text(QStringLiteral("tune")).contains(QStringLiteral("Best found")))
        << window->notices().texts().join(QLatin1Char('\n')).toStdString();
    shoot(QStringLiteral("front-found"));

    // The search stays with the recipe, whatever of what it varies is edited.
    window->session().document().undoStack().undo();
    EXPECT_EQ(recipe(), before) << "taking the point was one step";
    waitUntilLoaded();
    waitUntilRead();
    ASSERT_NE(view()->front(), nullptr);
    EXPECT_EQ(view()->front()->points.size(), front.points.size());
}

TEST_F(TuneControllerTest, TheDialogSearchesWithoutTakingAndACancelKeepsThePoints)
{
    action("run.search")->trigger();
    auto* const dialog = window->findChild<TuneDialog*>();
    ASSERT_NE(dialog, nullptr);
    dialog->findChild<NumberField*>(QStringLiteral("tuneSize"))->setText(QStringLiteral("1.5 KB"));
    dialog->findChild<QCheckBox*>()->setChecked(false);
    ASSERT_TRUE(dialog->request());
    Q_EMIT dialog->searchRequested(*dialog->request());
    dialog->reject();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return view()->front() && !view()->front()->points.empty(); }, test::kPatienceMs));
    action("run.cancel")->trigger();
    waitUntilIdle();
    EXPECT_EQ(lastJob().state, JobState::Canceled);
    EXPECT_FALSE(controller()->isSearching());
    waitUntilRead();
    ASSERT_NE(view()->front(), nullptr);
    EXPECT_GE(view()->front()->points.size(), 1U);
    EXPECT_FALSE(window->session().document().isDirty()) << "the recipe is as it was";
}

TEST_F(TuneControllerTest, SaysWhyATargetCannotBeMet)
{
    typeTarget(QStringLiteral("10 B"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !controller()->isSearching(); }, test::kPatienceMs));
    waitUntilIdle();
    EXPECT_EQ(lastJob().state, JobState::Failed);
    EXPECT_TRUE(window->notices().text(QStringLiteral("job")).contains(QStringLiteral("at least")))
        << window->notices().texts().join(QLatin1Char('\n')).toStdString();
}

} // namespace
} // namespace palimpsest
