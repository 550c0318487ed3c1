// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/recipe.h"
#include "widgets/actions/action_registry.h"
#include "widgets/help/help_browser.h"
#include "widgets/help/help_text.h"

#include <QAction>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QTest>
#include <QTextBlock>
#include <gtest/gtest.h>

#include <set>

namespace palimpsest {
namespace {

class HelpTest : public testing::Test {
protected:
    void SetUp() override
    {
        registry.add(QStringLiteral("run.all"), QStringLiteral("Run"), QStringLiteral("Run &all"),
            QStringLiteral("Runs every stage"), { QKeySequence(Qt::Key_F5) });
        library = HelpLibrary(QStringLiteral("en"), &registry);
    }
    /// Anchors of all headings of a page.
    static std::set<QString> anchors(const HelpPage& page)
    {
        std::set<QString> found;
        for (const QString& line : page.markdown.split(QLatin1Char('\n')))
            if (line.startsWith(QLatin1Char('#')))
                found.insert(headingAnchor(line.section(QLatin1Char(' '), 1)));
        return found;
    }

    ActionRegistry registry;
    HelpLibrary library { QStringLiteral("en") };
};

TEST_F(HelpTest, EveryPageHasATitleOfItsOwn)
{
    std::set<QString> titles;
    for (const HelpPage& page : library.pages()) {
        EXPECT_FALSE(page.title.isEmpty()) << page.id.toStdString();
        EXPECT_TRUE(titles.insert(page.title).second) << page.title.toStdString();
    }
    EXPECT_GE(titles.size(), 15U);
}

TEST_F(HelpTest, EveryLinkLeadsSomewhere)
{
    static const QRegularExpression link(QStringLiteral("(!?)\\[[^\\]]*\\]\\(([^)#]*)#?([^)]*)\\)"));
    std::set<QString> reached { QStringLiteral("index") };
    for (const HelpPage& page : library.pages()) {
        for (auto found = link.globalMatch(page.markdown); found.hasNext();) {
            const QRegularExpressionMatch match = found.next();
            const QString where = page.id + QStringLiteral(": ") + match.captured(0);
            if (!match.captured(1).isEmpty()) {
                EXPECT_FALSE(QImage(QStringLiteral(":/help/shots/") + match.captured(2)).isNull())
                    << where.toStdString();
                continue;
            }
            ASSERT_TRUE(match.captured(2).endsWith(QStringLiteral(".md"))) << where.toStdString();
            const HelpPage* const target = library.page(match.captured(2).chopped(3));
            ASSERT_NE(target, nullptr) << where.toStdString();
            reached.insert(target->id);
            if (!match.captured(3).isEmpty()) {
                EXPECT_EQ(anchors(*target).count(match.captured(3)), 1U) << where.toStdString();
            }
        }
    }
    for (const HelpPage& page : library.pages())
        EXPECT_EQ(reached.count(page.id), 1U) << page.id.toStdString() << " is linked from nowhere";
}

TEST_F(HelpTest, ATranslatedPageLeadsNowhereElse)
{
    static const QRegularExpression target(QStringLiteral("\\]\\(([^)]*)\\)"));
    const auto targets = [](const HelpPage& page) {
        QStringList all;
        for (auto found = target.globalMatch(page.markdown); found.hasNext();)
            all << found.next().captured(1).section(QLatin1Char('#'), 0, 0);
        all.sort();
        return all;
    };
    const HelpLibrary german(QStringLiteral("de"));
    const HelpLibrary english(QStringLiteral("en"));
    ASSERT_EQ(german.pages().size(), english.pages().size());
    for (const HelpPage& page : english.pages()) {
        const HelpPage* const other = german.page(page.id);
        ASSERT_NE(other, nullptr) << page.id.toStdString();
        const QStringList known = targets(page); // a page may be ahead of its translation, never behind
        for (const QString& one : targets(*other))
            EXPECT_TRUE(known.contains(one)) << page.id.toStdString() << ": " << one.toStdString();
    }
}

TEST_F(HelpTest, AnUnknownLanguageIsEnglish)
{
    const HelpLibrary other(QStringLiteral("xx"));
    EXPECT_EQ(other.page(QStringLiteral("words"))->markdown, library.page(QStringLiteral("words"))->markdown);
    EXPECT_EQ(other.page(QStringLiteral("keyboard")), nullptr) << "there are no actions";
}

TEST_F(HelpTest, SettingsAndShortcutsAreThoseOfTheProgram)
{
    const QString settings = library.page(QStringLiteral("settings"))->markdown;
    for (const SettingInfo& info : recipeSettings()) {
        QString path = QString::fromStdString(info.path);
        path.replace(QLatin1Char('['), QStringLiteral("\\["))
            .replace(QLatin1Char(']'), QStringLiteral("\\]"));
        EXPECT_TRUE(settings.contains(path + QStringLiteral(" |"))) << info.path;
    }
    const QString keyboard = library.page(QStringLiteral("keyboard"))->markdown;
    EXPECT_TRUE(keyboard.contains(QStringLiteral("Run all")));
    EXPECT_TRUE(keyboard.contains(QStringLiteral("F5")));
}

TEST_F(HelpTest, SearchWantsAllWordsAndPutsTitlesFirst)
{
    EXPECT_TRUE(library.search(QStringLiteral("  ")).empty());
    EXPECT_TRUE(library.search(QStringLiteral("xyzzy")).empty());
    EXPECT_TRUE(library.search(QStringLiteral("pool xyzzy")).empty());
    const auto hits = library.search(QStringLiteral("FISHER"));
    ASSERT_GT(hits.size(), 2U);
    EXPECT_EQ(hits.front().page, QStringLiteral("fisher"));
    EXPECT_GT(hits.front().count, 0);
    EXPECT_LT(library.search(QStringLiteral("fisher tenants")).size(), hits.size());
}

TEST(HelpText, AnchorsAreLowerCaseWithDashes)
{
    EXPECT_EQ(headingAnchor(QStringLiteral("The pool: slots, 2.")), QStringLiteral("the-pool-slots-2"));
    EXPECT_EQ(headingAnchor(QStringLiteral("Größe")), QStringLiteral("größe"));
}

TEST_F(HelpTest, BrowserFollowsLinksBackAndForth)
{
    HelpBrowser browser(library);
    browser.showPage(QStringLiteral("pipeline"));
    auto* const text = browser.findChild<HelpText*>();
    EXPECT_EQ(browser.pageId(), QStringLiteral("pipeline"));
    EXPECT_TRUE(text->toPlainText().contains(QStringLiteral("optimise")));
    text->setSource(QUrl(QStringLiteral("settings.md#pages")));
    EXPECT_EQ(browser.pageId(), QStringLiteral("settings"));
    EXPECT_EQ(text->textCursor().block().text(), QStringLiteral("Pages"));
    text->setSource(QUrl(QStringLiteral("https://example.org/x.md")));
    EXPECT_EQ(browser.pageId(), QStringLiteral("settings")) << "no page of ours";
    const auto* const list = browser.findChild<QListWidget*>();
    EXPECT_EQ(list->currentItem()->data(Qt::UserRole).toString(), QStringLiteral("settings"));
    EXPECT_TRUE(browser.windowTitle().contains(list->currentItem()->text()));
    text->backward();
    EXPECT_EQ(browser.pageId(), QStringLiteral("pipeline"));
    EXPECT_EQ(list->currentItem()->data(Qt::UserRole).toString(), QStringLiteral("pipeline"));
    text->forward();
    EXPECT_EQ(browser.pageId(), QStringLiteral("settings"));
    browser.showPage(QStringLiteral("no such page"));
    EXPECT_EQ(browser.pageId(), QStringLiteral("index"));
}

TEST_F(HelpTest, PicturesAreNoWiderThanThePage)
{
    HelpBrowser browser(library);
    browser.showPage(QStringLiteral("index"));
    browser.resize(600, 400);
    QTest::qWait(0);
    const auto* const text = browser.findChild<HelpText*>();
    int pictures = 0;
    for (QTextBlock block = text->document()->begin(); block.isValid(); block = block.next())
        for (auto part = block.begin(); !part.atEnd(); ++part)
            if (const QTextImageFormat format = part.fragment().charFormat().toImageFormat();
                format.isValid()) {
                ++pictures;
                EXPECT_GT(format.width(), 100.0);
                EXPECT_LE(format.width(), text->viewport()->width());
            }
    EXPECT_EQ(pictures, 1);
}

TEST_F(HelpTest, EscapeClosesIt)
{
    HelpBrowser browser(library);
    browser.showPage(QStringLiteral("index"));
    ASSERT_TRUE(QTest::qWaitForWindowActive(&browser));
    QTest::keyClick(browser.findChild<HelpText*>(), Qt::Key_Escape);
    EXPECT_FALSE(browser.isVisible());
}

TEST_F(HelpTest, SearchFieldListsPagesAndOpensThem)
{
    HelpBrowser browser(library);
    browser.showPage(QStringLiteral("index"));
    auto* const search = browser.findChild<QLineEdit*>();
    auto* const list = browser.findChild<QListWidget*>();
    const int all = list->count();
    EXPECT_EQ(all, static_cast<int>(library.pages().size()));
    QTest::keyClicks(search, QStringLiteral("histogram"));
    EXPECT_LT(list->count(), all);
    QTest::keyClick(search, Qt::Key_Return);
    EXPECT_EQ(browser.pageId(), list->item(0)->data(Qt::UserRole).toString());
    EXPECT_EQ(
        browser.findChild<HelpText*>()->textCursor().selectedText().toLower(), QStringLiteral("histogram"));
    search->setText(QStringLiteral("xyzzy"));
    QTest::keyClick(search, Qt::Key_Return);
    search->clear();
    EXPECT_EQ(list->count(), all);
}

} // namespace
} // namespace palimpsest
