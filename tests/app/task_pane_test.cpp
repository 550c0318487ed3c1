// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/window_fixture.h"
#include "widgets/project/catalogue_dialog.h"
#include "widgets/project/catalogue_model.h"
#include "widgets/project/layer_model.h"
#include "widgets/project/task_editor.h"
#include "widgets/project/task_list.h"
#include "widgets/project/task_preview.h"

#include <QDockWidget>
#include <QListView>
#include <QTabWidget>

namespace palimpsest {
namespace {

class TaskPaneTest : public test::WindowFixture { };

TEST_F(TaskPaneTest, EditsTasksAndFollowsTheOneSelection)
{
    test::writeTinyProject(root / "tiny");
    auto* const editor = window->findChild<TaskEditor*>();
    ASSERT_NE(editor, nullptr);
    EXPECT_FALSE(editor->isEnabled()) << "no project is open";
    open(root / "tiny");
    EXPECT_TRUE(editor->isEnabled());
    EXPECT_TRUE(window->selection().item().isEmpty()) << "opening selects nothing";

    SelectedItem right;
    right.task = 1;
    right.page = 0;
    window->selection().set(right);
    EXPECT_EQ(editor->current(), 1);
    EXPECT_EQ(window->selection().item(), right) << "following does not narrow the selection";

    window->findChild<QDockWidget*>(QStringLiteral("dock.tasks"))->raise();
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    editor->list().view()->setFocus();
    QTest::keyClick(editor->list().view(), Qt::Key_Up);
    EXPECT_EQ(window->selection().item().task, 0);
    EXPECT_EQ(window->selection().item().page, -1);

    editor->findChild<QTabWidget*>()->setCurrentWidget(&editor->preview());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !editor->preview().isBusy(); }, test::kPatienceMs));
    EXPECT_EQ(editor->preview().findChild<LayerModel*>()->rowCount(), 3)
        << "read by the engine's own readers";

    editor->list().findChild<QAction*>(QStringLiteral("duplicateTask"))->trigger();
    EXPECT_EQ(window->session().document().recipe().tasks.size(), 3U);
    action("edit.undo")->trigger();
    EXPECT_EQ(window->session().document().recipe().tasks.size(), 2U);
}

TEST_F(TaskPaneTest, ShowsTheCatalogueOfDataSetsOnce)
{
    action("project.dataSets")->trigger();
    action("project.dataSets")->trigger();
    const auto dialogs = window->findChildren<CatalogueDialog*>();
    ASSERT_EQ(dialogs.size(), 1);
    EXPECT_TRUE(dialogs[0]->isVisible());
    EXPECT_FALSE(dialogs[0]->isModal());
    EXPECT_GE(dialogs[0]->findChild<CatalogueModel*>()->rowCount(), 14)
        << "four of the quickstart, ten of the references";
}

} // namespace
} // namespace palimpsest
