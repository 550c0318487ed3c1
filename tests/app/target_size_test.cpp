// SPDX-License-Identifier: GPL-3.0-or-later
// What a newcomer does: a new project, a size, run, and see whether the accuracies hold.
#include "core/pipeline/what_if.h"
#include "core/report/report_model.h"
#include "tests/app/window_fixture.h"
#include "widgets/models/accuracy_model.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/project/number_field.h"
#include "widgets/results/result_strip.h"
#include "widgets/whatif/what_if_panel.h"

#include <QLineEdit>
#include <QPushButton>
#include <QUndoStack>

namespace palimpsest {
namespace {

class TargetSizeTest : public test::WindowFixture { };

TEST_F(TargetSizeTest, LeadsToARunOfThatSize)
{
    test::writeTinyProject(root / "tiny");
    open(root / "tiny");
    const Recipe before = window->session().document().recipe();
    WhatIfRequest request = WhatIfRequest::from(before);
    request.pages.poolPages = 5;
    const std::int64_t target
        = WhatIf::load(root / "tiny", before).value().bytes(request).value().plan.virtualizedBytes();

    window->notices().button(QStringLiteral("toRun"), QStringLiteral("Target size …"))->click();
    auto* const panel = window->findChild<WhatIfPanel*>();
    auto* const field = panel->findChild<NumberField*>(QStringLiteral("whatIfTarget"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel->isVisible(); }, test::kPatienceMs));
    EXPECT_EQ(window->focusWidget(), field);
    QTest::keyClicks(field->findChild<QLineEdit*>(), QString::number(target));
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel->choice().poolPages == 5; }, test::kPatienceMs));
    shoot(QStringLiteral("target"));
    QPushButton* run = nullptr;
    for (QPushButton* button : panel->findChildren<QPushButton*>())
        if (button->text().remove(QLatin1Char('&')) == QStringLiteral("Apply and run"))
            run = button;
    ASSERT_NE(run, nullptr);
    QTest::mouseClick(run, Qt::LeftButton);
    waitUntilIdle();
    ASSERT_EQ(lastJob().state, JobState::Finished) << lastJob().error.text();

    const auto results = window->session().results().results;
    ASSERT_TRUE(results && results->report);
    EXPECT_EQ(results->report->memory.virtualizedBytes(), target);
    EXPECT_TRUE(window->findChild<ResultStrip*>()->text().contains(QStringLiteral("tolerance")))
        << "whether the accuracies hold";
    EXPECT_EQ(window->findChild<AccuracyModel*>()->rowCount(), 3) << "two tasks and their mean";
    shoot(QStringLiteral("target-done"));

    window->session().document().undoStack().undo();
    EXPECT_EQ(window->session().document().recipe(), before) << "the size was one step";
    waitUntilLoaded();
}

} // namespace
} // namespace palimpsest
