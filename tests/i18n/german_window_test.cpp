// SPDX-License-Identifier: GPL-3.0-or-later
// The window in German. A program of its own: the language is chosen once.
#include "app/language.h"
#include "core/project/recipe.h"
#include "core/report/report_series.h"
#include "tests/app/window_fixture.h"
#include "tests/i18n/translation_file.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/pipeline/stage_button.h"
#include "widgets/project/setting_text.h"
#include "widgets/style/core_text.h"
#include "widgets/style/engine_text.h"
#include "widgets/view/view.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QTabBar>
#include <QTest>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace palimpsest {
namespace {

class GermanWindow : public test::WindowFixture {
protected:
    static void SetUpTestSuite() { useLanguage(Language::German); }

    /// Whether this is a source text that has another German one.
    static bool isEnglish(const QString& text)
    {
        static const auto kEnglish = [] {
            std::set<QString> english;
            std::set<QString> german;
            for (const test::TranslatedText& one :
                test::readTranslations(QStringLiteral(PALIMPSEST_GERMAN))) {
                english.insert(one.source);
                german.insert(one.forms.constFirst());
            }
            for (const QString& one : german)
                english.erase(one);
            for (const SettingInfo& info : recipeSettings())
                for (const std::string& choice : info.choices)
                    english.erase(QString::fromStdString(choice)); // as it stands in project.json
            return english;
        }();
        return kEnglish.contains(text);
    }
    static QStringList textsOf(const QWidget& widget)
    {
        QStringList texts { widget.toolTip(), widget.statusTip(), widget.accessibleName(),
            widget.accessibleDescription(), widget.windowTitle() };
        for (const char* property : { "text", "title", "placeholderText", "suffix", "specialValueText" })
            texts << widget.property(property).toString();
        for (const QAction* action : widget.actions())
            texts << action->text() << action->toolTip() << action->statusTip();
        if (const auto* tabs = qobject_cast<const QTabBar*>(&widget))
            for (int i = 0; i < tabs->count(); ++i)
                texts << tabs->tabText(i) << tabs->tabToolTip(i);
        if (const auto* box = qobject_cast<const QComboBox*>(&widget))
            for (int i = 0; i < box->count(); ++i)
                texts << box->itemText(i);
        if (const auto* header = qobject_cast<const QHeaderView*>(&widget); header && header->model())
            for (int i = 0; i < header->count(); ++i)
                for (const int role : { Qt::DisplayRole, Qt::ToolTipRole })
                    texts << header->model()->headerData(i, header->orientation(), role).toString();
        return texts;
    }
    /// No widget of the window says anything in English that has a German text.
    static void expectGerman(const QWidget& whole)
    {
        for (const QWidget* widget : whole.findChildren<QWidget*>())
            for (const QString& text : textsOf(*widget))
                EXPECT_FALSE(isEnglish(text))
                    << widget->metaObject()->className() << " " << widget->objectName().toStdString() << ": "
                    << text.toStdString();
    }
    /// No button and no label that is shown is narrower than its text.
    static void expectNothingIsClipped(const QWidget& whole, const QString& name)
    {
        for (const QWidget* widget : whole.findChildren<QWidget*>()) {
            const auto* label = qobject_cast<const QLabel*>(widget);
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool mayShrink = widget->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored
                || (label != nullptr && label->wordWrap()) || qobject_cast<const StageButton*>(widget);
            const bool hasText = !widget->property("text").toString().isEmpty();
            if ((label == nullptr && button == nullptr) || !hasText || mayShrink || !widget->isVisible())
                continue;
            EXPECT_GE(widget->width(), widget->minimumSizeHint().width())
                << name.toStdString() << ", " << widget->metaObject()->className() << ": "
                << widget->property("text").toString().toStdString();
        }
    }
};

TEST_F(GermanWindow, SpeaksGermanBeforeAndAfterARun)
{
    EXPECT_EQ(window->menuBar()->actions().constFirst()->text().toStdString(), "&Projekt");
    expectGerman(*window);
    shoot(*window, QStringLiteral("start"));
    runTiny();
    for (const View* view : window->views()) {
        window->showView(view->id());
        QTest::qWait(50);
        expectGerman(*window);
        expectNothingIsClipped(*window, view->id());
        shoot(*window, view->id());
    }
    window->selection().set({ .task = 0, .page = 1 });
    for (QDockWidget* dock : window->findChildren<QDockWidget*>()) {
        dock->raise();
        QTest::qWait(50);
        expectGerman(*window);
        expectNothingIsClipped(*window, dock->objectName());
        shoot(*window, dock->objectName());
    }
}

TEST_F(GermanWindow, DialogsAreGermanAndWideEnough)
{
    test::writeTinyProject(root / "tiny");
    open(root / "tiny");
    const auto check = [&](const QString& name) {
        QTest::qWait(50);
        int dialogs = 0;
        for (QWidget* dialog : QApplication::topLevelWidgets()) {
            if (!dialog->isVisible() || dialog == window.get())
                continue;
            ++dialogs;
            expectGerman(*dialog);
            expectNothingIsClipped(*dialog, name);
            shoot(*dialog, name);
            dialog->close();
        }
        EXPECT_EQ(dialogs, 1) << name.toStdString();
        QTest::qWait(10); // those that are deleted when they close
    };
    for (const char* id :
        { "project.new", "project.dataSets", "settings.shortcuts", "help.contents", "help.about" }) {
        action(id)->trigger();
        check(QLatin1String(id));
    }
    for (auto* button : window->findChildren<QAbstractButton*>())
        if (button->text() == QStringLiteral("Hinzufügen …"))
            button->click();
    check(QStringLiteral("addTask"));
}

TEST_F(GermanWindow, SaysInGermanWhyAStageIsNotDone)
{
    test::writeTinyProject(root / "tiny");
    open(root / "tiny");
    const auto* const train = window->findChild<StageButton*>(QStringLiteral("stage.train"));
    ASSERT_NE(train, nullptr);
    EXPECT_EQ(train->text().toStdString(), "Training");
    EXPECT_EQ(train->accessibleDescription().toStdString(), "wartet: nach Import");
}

TEST_F(GermanWindow, NoTwoEntriesOfAMenuHaveTheSameLetter)
{
    const auto check = [](const QString& name, const QList<QAction*>& actions) {
        std::map<QString, QString> taken;
        for (const QAction* action : actions) {
            const QString letter = QKeySequence::mnemonic(action->text()).toString();
            if (letter.isEmpty())
                continue;
            const auto [entry, isNew] = taken.emplace(letter, action->text());
            EXPECT_TRUE(isNew) << name.toStdString() << ": " << entry->second.toStdString() << ", "
                               << action->text().toStdString();
        }
    };
    check(QStringLiteral("menu bar"), window->menuBar()->actions());
    for (const QMenu* menu : window->menuBar()->findChildren<QMenu*>())
        check(menu->title(), menu->actions());
}

TEST_F(GermanWindow, EverySettingIsExplainedInGerman)
{
    for (const SettingInfo& info : recipeSettings()) {
        EXPECT_NE(coreText(info.help).toStdString(), info.help) << info.path;
        EXPECT_TRUE(settingToolTip(info).contains(QStringLiteral("In project.json: "))) << info.path;
    }
    EXPECT_EQ(settingLabel(QStringLiteral("pages.pageSize")).toStdString(), "Seitengröße");
    EXPECT_EQ(coreText(reportSeries("sameSteps").label).toStdString(), "gleiche Schritte");
}

TEST_F(GermanWindow, TranslatesWhatTheEnginePutsTogetherAndLeavesNamesAndErrors)
{
    const auto translated = [](const char* text) { return engineText(text).toStdString(); };
    EXPECT_EQ(translated("after train; 1 of 3 parts done"), "nach Training; 1 von 3 Teilen fertig");
    EXPECT_EQ(translated("train: epoch 2 of 5"), "train: Epoche 2 von 5") << "a task may be called train";
    EXPECT_EQ(translated("pages.pageSize was 64, is 128"), "pages.pageSize war 64, ist 128");
    EXPECT_EQ(translated("start: sweep 3, cost 0.012"), "Start: Durchgang 3, Kosten 0.012");
    EXPECT_EQ(translated("a.csv: expected 3 columns, got 2"), "a.csv: expected 3 columns, got 2");
    EXPECT_EQ(translated(""), "");
}

TEST_F(GermanWindow, QtsOwnButtonsAndKeysAreGerman)
{
    EXPECT_EQ(QCoreApplication::translate("QPlatformTheme", "Cancel").toStdString(), "Abbrechen");
    EXPECT_EQ(QKeySequence(Qt::CTRL | Qt::Key_S).toString(QKeySequence::NativeText).toStdString(), "Strg+S");
}

TEST_F(GermanWindow, AnotherLanguageIsKeptAndComesWithTheNextStart)
{
    EXPECT_TRUE(action("settings.language.system")->isChecked());
    action("settings.language.en")->trigger();
    EXPECT_EQ(settings.value(kLanguageKey).toString().toStdString(), "en");
    EXPECT_TRUE(window->notices().texts().join(QString()).contains(QStringLiteral("Sprache")));
    action("settings.language.de")->trigger();
    EXPECT_FALSE(window->notices().texts().join(QString()).contains(QStringLiteral("Sprache")));
    makeWindow();
    EXPECT_TRUE(action("settings.language.de")->isChecked());
}

TEST(Languages, AreCalledInSettingsAndOptionsByTheirCodes)
{
    for (const Language language : { Language::System, Language::English, Language::German })
        EXPECT_EQ(languageFromString(toString(language)), language);
    EXPECT_EQ(languageFromString(QStringLiteral("xx")), std::nullopt);
    EXPECT_EQ(resolved(Language::German), Language::German);
    EXPECT_NE(resolved(Language::System), Language::System);
}

} // namespace
} // namespace palimpsest
