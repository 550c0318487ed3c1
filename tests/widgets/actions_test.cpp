// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/action_registry.h"
#include "widgets/actions/shortcut_editor.h"
#include "widgets/actions/shortcut_help.h"
#include "widgets/actions/shortcut_model.h"
#include "widgets/tables/table_view.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

#include <stdexcept>

namespace palimpsest {
namespace {

const QString kOpen = QStringLiteral("project.open");
const QString kRun = QStringLiteral("run.all");
const QString kHelp = QStringLiteral("help.contents");

class ActionsTest : public testing::Test {
protected:
    void SetUp() override
    {
        registry.add(kOpen, QStringLiteral("Project"), QStringLiteral("&Open …"),
            QStringLiteral("Opens a project"), { QKeySequence(Qt::CTRL | Qt::Key_O) });
        registry.add(kRun, QStringLiteral("Run"), QStringLiteral("&Run all"),
            QStringLiteral("Runs what is not done"), { QKeySequence(Qt::Key_F5) });
        registry.add(
            kHelp, QStringLiteral("Help"), QStringLiteral("&Contents"), QStringLiteral("Opens help"));
    }
    QList<QKeySequence> keys(const QString& id) { return registry.action(id)->shortcuts(); }

    ActionRegistry registry;
};

TEST_F(ActionsTest, MakesActionsInOrder)
{
    ASSERT_EQ(registry.entries().size(), 3);
    EXPECT_EQ(registry.entries()[1].action, registry.action(kRun));
    EXPECT_EQ(registry.action(kRun)->objectName(), kRun);
    EXPECT_EQ(registry.action(kRun)->toolTip(), QStringLiteral("Runs what is not done (F5)"));
    EXPECT_EQ(registry.action(kHelp)->toolTip(), QStringLiteral("Opens help"));
    EXPECT_EQ(registry.action(QStringLiteral("none")), nullptr);
    EXPECT_EQ(registry.actionWith(QKeySequence(Qt::Key_F5)), registry.action(kRun));
    EXPECT_EQ(registry.actionWith(QKeySequence()), nullptr) << "actions without a shortcut do not share one";
}

TEST_F(ActionsTest, RefusesASecondNameAndASecondShortcut)
{
    EXPECT_THROW(registry.add(kRun, {}, {}, {}), std::logic_error);
    EXPECT_THROW(
        registry.add(QStringLiteral("other"), {}, {}, {}, { QKeySequence(Qt::Key_F5) }), std::logic_error);
    EXPECT_EQ(registry.entries().size(), 3);
}

TEST_F(ActionsTest, TakesAShortcutFromAnother)
{
    QSignalSpy changed(&registry, &ActionRegistry::shortcutsChanged);
    registry.setShortcuts(kOpen, { QKeySequence(Qt::Key_F5), QKeySequence(Qt::Key_F6) });
    EXPECT_EQ(changed.count(), 1);
    EXPECT_TRUE(keys(kRun).isEmpty());
    EXPECT_EQ(keys(kOpen).size(), 2);
    EXPECT_EQ(registry.action(kRun)->toolTip(), QStringLiteral("Runs what is not done"));
    registry.resetShortcuts();
    EXPECT_EQ(keys(kRun), QList { QKeySequence(Qt::Key_F5) });
    EXPECT_EQ(keys(kOpen), QList { QKeySequence(Qt::CTRL | Qt::Key_O) });
}

TEST_F(ActionsTest, KeepsOnlyWhatDiffersFromTheDefaults)
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    settings.setValue(QStringLiteral("shortcuts/gone"), QStringLiteral("F9"));
    registry.setShortcuts(kOpen, { QKeySequence(Qt::Key_F5) }); // takes it from run
    registry.save(settings);
    settings.beginGroup(QStringLiteral("shortcuts"));
    EXPECT_EQ(settings.childKeys(), (QStringList { kOpen, kRun }));
    settings.endGroup();

    registry.resetShortcuts();
    registry.load(settings);
    EXPECT_EQ(keys(kOpen), QList { QKeySequence(Qt::Key_F5) });
    EXPECT_TRUE(keys(kRun).isEmpty());
    registry.resetShortcuts();
    registry.save(settings);
    EXPECT_FALSE(settings.contains(QStringLiteral("shortcuts/") + kOpen));
}

TEST_F(ActionsTest, ModelKeepsItsContract)
{
    ShortcutModel model(registry);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.index(0, ShortcutModel::ActionColumn).data().toString(), QStringLiteral("Open"));
    EXPECT_EQ(model.index(1, ShortcutModel::ShortcutColumn).data().toString(), QStringLiteral("F5"));
    registry.setShortcuts(kRun, { QKeySequence(Qt::Key_F6) });
    EXPECT_EQ(model.index(1, ShortcutModel::ShortcutColumn).data().toString(), QStringLiteral("F6"));
    EXPECT_EQ(model.index(1, ShortcutModel::DefaultColumn).data().toString(), QStringLiteral("F5"));
}

TEST_F(ActionsTest, EditorSearchesRecordsAndResets)
{
    ShortcutEditor editor(registry);
    editor.show();
    auto* const table = editor.findChild<TableView*>();
    auto* const sentence = editor.findChild<QLabel*>(QStringLiteral("shortcutSentence"));
    const auto press = [&](const QString& text) {
        for (QPushButton* button : editor.findChildren<QPushButton*>()) {
            if (button->text().remove(QLatin1Char('&')) == text) {
                ASSERT_TRUE(button->isEnabled()) << text.toStdString();
                button->click();
                return;
            }
        }
        FAIL() << text.toStdString();
    };
    editor.findChild<QLineEdit*>()->setText(QStringLiteral("opens a"));
    ASSERT_EQ(table->model()->rowCount(), 1) << "by the tool tip, in any case";
    table->selectRow(0);
    EXPECT_TRUE(sentence->text().contains(QStringLiteral("Ctrl+O"))) << sentence->text().toStdString();

    auto* const record = editor.findChild<QKeySequenceEdit*>();
    record->setKeySequence(QKeySequence(Qt::Key_F5));
    EXPECT_TRUE(sentence->text().contains(QStringLiteral("Run all"))) << sentence->text().toStdString();
    press(QStringLiteral("Assign"));
    EXPECT_EQ(keys(kOpen), QList { QKeySequence(Qt::Key_F5) });
    EXPECT_TRUE(keys(kRun).isEmpty());
    press(QStringLiteral("Remove"));
    EXPECT_TRUE(keys(kOpen).isEmpty());
    press(QStringLiteral("Default"));
    EXPECT_EQ(keys(kOpen), QList { QKeySequence(Qt::CTRL | Qt::Key_O) });
    press(QStringLiteral("Defaults for all"));
    EXPECT_EQ(keys(kRun), QList { QKeySequence(Qt::Key_F5) });
}

TEST_F(ActionsTest, HelpPageNamesEveryAction)
{
    registry.setShortcuts(kHelp, { QKeySequence(Qt::Key_F1) });
    const QString page = shortcutHelp(registry);
    EXPECT_TRUE(page.contains(QStringLiteral("## Project")));
    EXPECT_TRUE(page.contains(QStringLiteral("| Contents | F1 | Opens help |"))) << page.toStdString();
    EXPECT_TRUE(page.contains(QStringLiteral("| Run all | F5 | Runs what is not done |")));
}

} // namespace
} // namespace palimpsest
