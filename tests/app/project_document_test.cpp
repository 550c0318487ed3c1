// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document/project_document.h"

#include "app/document/new_project.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/project/recipe.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::fileText;

constexpr int kPatienceMs = 20000;

/// A tiny project and a document that has it open.
class ProjectDocumentTest : public testing::Test {
protected:
    void SetUp() override
    {
        test::writeTinyProject(folder);
        open(document);
    }
    void open(ProjectDocument& one)
    {
        QSignalSpy opened(&one, &ProjectDocument::opened);
        one.setAutosaveDelay(0);
        one.open(folder);
        ASSERT_TRUE(opened.wait(kPatienceMs));
    }
    static void edit(ProjectDocument& one, const char* path, const char* value)
    {
        const Status status = one.recipe().set(QString::fromUtf8(path), QString::fromUtf8(value));
        ASSERT_TRUE(status) << status.error().text();
    }
    void waitForRecovery(ProjectDocument& one)
    {
        ASSERT_TRUE(
            QTest::qWaitFor([&] { return fs::exists(recoveryFile(folder)) && !one.isBusy(); }, kPatienceMs));
    }
    bool save()
    {
        QSignalSpy saved(&document, &ProjectDocument::saved);
        document.save();
        return saved.wait(kPatienceMs);
    }
    Recipe stored()
    {
        const Result<RecipeFile> file = readRecipeFile(folder / "project.json");
        EXPECT_TRUE(file) << file.error().text();
        return file ? file->recipe : Recipe {};
    }
    void change(const std::string& from, const std::string& to)
    {
        test::replaceInFile(folder / "project.json", from, to);
    }

    test::TemporaryFolder root;
    fs::path folder = root / "tiny";
    ProjectDocument document;
};

TEST_F(ProjectDocumentTest, OpensAndSavesAndKeepsOneBackup)
{
    EXPECT_EQ(document.recipe().recipe().name, "tiny");
    EXPECT_FALSE(document.recipe().isDirty());
    const std::string before = fileText(folder / "project.json");
    edit(document, "pages.poolPages", "9");
    EXPECT_TRUE(document.recipe().isDirty());
    ASSERT_TRUE(save());
    EXPECT_FALSE(document.recipe().isDirty());
    EXPECT_EQ(stored(), document.recipe().recipe());
    EXPECT_EQ(fileText(folder / "project.json.bak"), before) << "to the bit";
    document.recipe().undoStack().undo();
    EXPECT_TRUE(document.recipe().isDirty()) << "undo goes behind the save";
    ASSERT_TRUE(save());
    EXPECT_EQ(stored().pages.poolPages, 8);
}

TEST_F(ProjectDocumentTest, WritesOnlyWhatAPersonWroteAndWhatIsNotTheDefault)
{
    edit(document, "tasks.left.weight", "2");
    ASSERT_TRUE(save());
    const Result<Json> json = parseJson(fileText(folder / "project.json"), {});
    ASSERT_TRUE(json);
    EXPECT_FALSE(json->contains("matching")) << "all its settings have their defaults";
    EXPECT_EQ(json->at("pages").size(), 2U);
    EXPECT_EQ(json->at("tasks").at(0).at("weight"), 2);
    EXPECT_FALSE(json->at("tasks").at(1).contains("weight"));
    edit(document, "tasks.left.weight", "1");
    ASSERT_TRUE(save());
    EXPECT_EQ(parseJson(fileText(folder / "project.json"), {})->at("tasks").at(0).at("weight"), 1)
        << "a key that is there stays there";
}

TEST_F(ProjectDocumentTest, SavesTwiceInARowWithoutWaiting)
{
    edit(document, "seed", "11");
    document.save();
    edit(document, "seed", "12");
    QSignalSpy elsewhere(&document, &ProjectDocument::changedElsewhere);
    ASSERT_TRUE(save());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document.isBusy(); }, kPatienceMs));
    EXPECT_EQ(elsewhere.count(), 0) << "its own save is no foreign change";
    EXPECT_EQ(stored().seed, 12U);
    EXPECT_FALSE(document.recipe().isDirty());
}

TEST_F(ProjectDocumentTest, TakesTheChangeOfAnotherProgramWhereNothingIsUnsaved)
{
    QSignalSpy reloaded(&document, &ProjectDocument::reloaded);
    change("\"seed\": 7", "\"seed\": 8");
    document.checkFile();
    ASSERT_TRUE(reloaded.count() > 0 || reloaded.wait(kPatienceMs));
    EXPECT_EQ(reloaded.at(0).at(0).toStringList(), QStringList { QStringLiteral("Seed 7 → 8") });
    EXPECT_EQ(document.recipe().recipe().seed, 8U);
    EXPECT_FALSE(document.recipe().isDirty());
    document.recipe().undoStack().undo();
    EXPECT_EQ(document.recipe().recipe().seed, 7U) << "that can be undone too";
}

TEST_F(ProjectDocumentTest, NoticesAChangeByItself)
{
    QSignalSpy reloaded(&document, &ProjectDocument::reloaded);
    change("\"seed\": 7", "\"seed\": 8");
    EXPECT_TRUE(reloaded.wait(kPatienceMs));
}

TEST_F(ProjectDocumentTest, NeverWritesOverAChangeThatItHasNotShown)
{
    edit(document, "seed", "100");
    QSignalSpy elsewhere(&document, &ProjectDocument::changedElsewhere);
    QSignalSpy saved(&document, &ProjectDocument::saved);
    change("\"poolPages\": 8", "\"poolPages\": 10");
    const std::string foreign = fileText(folder / "project.json");
    document.save();
    ASSERT_TRUE(elsewhere.wait(kPatienceMs));
    EXPECT_EQ(elsewhere.at(0).at(0).toStringList(),
        (QStringList { QStringLiteral("Seed 100 → 7"), QStringLiteral("Pool pages 8 → 10") }));
    EXPECT_EQ(saved.count(), 0);
    EXPECT_EQ(fileText(folder / "project.json"), foreign);
    EXPECT_EQ(document.recipe().recipe().seed, 100U);
    EXPECT_TRUE(document.recipe().isDirty());

    document.saveAnyway();
    ASSERT_TRUE(saved.wait(kPatienceMs));
    EXPECT_EQ(stored(), document.recipe().recipe());
    EXPECT_EQ(fileText(folder / "project.json.bak"), foreign) << "what the other one wrote is kept";
}

TEST_F(ProjectDocumentTest, ReloadingKeepsUnsavedEditsOnTheUndoStack)
{
    edit(document, "seed", "100");
    change("\"poolPages\": 8", "\"poolPages\": 10");
    QSignalSpy reloaded(&document, &ProjectDocument::reloaded);
    document.reload();
    ASSERT_TRUE(reloaded.wait(kPatienceMs));
    EXPECT_EQ(document.recipe().recipe(), stored());
    EXPECT_FALSE(document.recipe().isDirty());
    document.recipe().undoStack().undo();
    EXPECT_EQ(document.recipe().recipe().seed, 100U);
    EXPECT_EQ(document.recipe().recipe().pages.poolPages, 8);
}

TEST_F(ProjectDocumentTest, KeepsEditsWhileTheFileIsHalfWritten)
{
    edit(document, "seed", "100");
    const std::string whole = fileText(folder / "project.json");
    QSignalSpy problem(&document, &ProjectDocument::fileProblem);
    std::ofstream(folder / "project.json") << whole.substr(0, whole.size() / 2);
    document.checkFile();
    ASSERT_TRUE(problem.count() > 0 || problem.wait(kPatienceMs));
    document.checkFile();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document.isBusy(); }, kPatienceMs));
    EXPECT_EQ(problem.count(), 1) << "once";
    EXPECT_EQ(document.recipe().recipe().seed, 100U);
    QSignalSpy saved(&document, &ProjectDocument::saved);
    document.saveAnyway();
    ASSERT_TRUE(saved.wait(kPatienceMs));
    EXPECT_EQ(stored().seed, 100U);
    EXPECT_EQ(fileText(folder / "project.json.unreadable"), whole.substr(0, whole.size() / 2));
}

TEST_F(ProjectDocumentTest, OpensADamagedProjectFromItsBackup)
{
    edit(document, "seed", "21");
    ASSERT_TRUE(save());
    document.close();
    std::ofstream(folder / "project.json") << R"({"format": "palimpsest-project", "version": 99})";
    QSignalSpy failed(&document, &ProjectDocument::openFailed);
    document.open(folder);
    ASSERT_TRUE(failed.wait(kPatienceMs));
    EXPECT_TRUE(failed.at(0).at(1).toBool()) << "there is a backup";
    const auto error = failed.at(0).at(0).value<Error>();
    EXPECT_NE(error.message.find("version 99"), std::string::npos) << error.text();
    EXPECT_FALSE(document.isOpen());

    QSignalSpy opened(&document, &ProjectDocument::opened);
    document.openBackup(folder);
    ASSERT_TRUE(opened.wait(kPatienceMs));
    EXPECT_EQ(document.recipe().recipe().seed, 7U) << "as it was before the save";
    EXPECT_TRUE(document.recipe().isDirty()) << "it stands in no project.json yet";
    ASSERT_TRUE(save());
    EXPECT_EQ(stored().seed, 7U);
    EXPECT_NE(fileText(folder / "project.json.unreadable").find("99"), std::string::npos);
}

TEST_F(ProjectDocumentTest, SaysWhatAFolderWithoutAProjectLacksAndKeepsTheOpenOne)
{
    QSignalSpy failed(&document, &ProjectDocument::openFailed);
    document.open(root / "nowhere");
    ASSERT_TRUE(failed.wait(kPatienceMs));
    EXPECT_FALSE(failed.at(0).at(1).toBool());
    EXPECT_EQ(document.folder(), folder);
    EXPECT_EQ(document.recipe().recipe().name, "tiny");
}

TEST_F(ProjectDocumentTest, ASecondWindowMayReadAndThenEdit)
{
    ProjectDocument second;
    open(second);
    EXPECT_TRUE(second.recipe().readOnlyReason().contains(
        QStringLiteral("process %1").arg(QCoreApplication::applicationPid())))
        << second.recipe().readOnlyReason().toStdString();
    EXPECT_FALSE(second.recipe().set(QStringLiteral("seed"), QStringLiteral("9")));
    QSignalSpy failed(&second, &ProjectDocument::saveFailed);
    second.save();
    EXPECT_EQ(failed.count(), 1);

    edit(document, "seed", "33");
    ASSERT_TRUE(save());
    EXPECT_TRUE(QTest::qWaitFor([&] { return second.recipe().recipe().seed == 33U; }, kPatienceMs))
        << "it follows";
    document.close();
    ASSERT_TRUE(QTest::qWaitFor([&] { return second.recipe().readOnlyReason().isEmpty(); }, kPatienceMs));
    edit(second, "seed", "34");
    QSignalSpy saved(&second, &ProjectDocument::saved);
    second.save();
    ASSERT_TRUE(saved.wait(kPatienceMs));
    EXPECT_EQ(stored().seed, 34U);
}

TEST_F(ProjectDocumentTest, EditsWhileAJobRuns)
{
    const auto run = ProjectLock::acquire(folder);
    ASSERT_TRUE(run);
    edit(document, "seed", "5");
    EXPECT_TRUE(save());
}

TEST_F(ProjectDocumentTest, OffersUnsavedEditsAfterACrash)
{
    document.close();
    {
        ProjectDocument lost;
        open(lost);
        edit(lost, "pages.poolPages", "12");
        waitForRecovery(lost);
    } // as if it had been killed: no save, no close()
    QSignalSpy found(&document, &ProjectDocument::recoveryFound);
    open(document);
    ASSERT_EQ(found.count(), 1);
    const auto offer = found.at(0).at(0).value<RecoveryOffer>();
    EXPECT_EQ(offer.differences, QStringList { QStringLiteral("Pool pages 8 → 12") });
    EXPECT_FALSE(offer.isFileNewer);
    EXPECT_FALSE(offer.time.isEmpty());
    EXPECT_EQ(document.recipe().recipe().pages.poolPages, 8) << "nothing is taken unasked";
    document.acceptRecovery();
    EXPECT_EQ(document.recipe().recipe().pages.poolPages, 12);
    EXPECT_TRUE(document.recipe().isDirty());
    ASSERT_TRUE(save());
    EXPECT_FALSE(fs::exists(recoveryFile(folder)));
    EXPECT_EQ(stored().pages.poolPages, 12);
}

TEST_F(ProjectDocumentTest, KeepsOfferedEditsUntilTheyAreAnswered)
{
    document.close();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document.isBusy(); }, kPatienceMs));
    Recipe lost = stored();
    lost.seed = 55;
    ASSERT_TRUE(writeRecovery(folder, lost, "another hash"));
    QSignalSpy found(&document, &ProjectDocument::recoveryFound);
    open(document);
    ASSERT_EQ(found.count(), 1);
    EXPECT_TRUE(found.at(0).at(0).value<RecoveryOffer>().isFileNewer);
    edit(document, "seed", "56"); // without an answer
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return fs::exists(olderRecoveryFile(folder)) && !document.isBusy(); }, kPatienceMs));
    ASSERT_TRUE(save());
    EXPECT_FALSE(fs::exists(recoveryFile(folder)));

    ProjectDocument again;
    document.close();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document.isBusy(); }, kPatienceMs));
    QSignalSpy offered(&again, &ProjectDocument::recoveryFound);
    open(again);
    ASSERT_EQ(offered.count(), 1) << "and offered once more";
    again.dismissRecovery();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !again.isBusy(); }, kPatienceMs));
    EXPECT_FALSE(fs::exists(olderRecoveryFile(folder)));
    EXPECT_EQ(again.recipe().recipe().seed, 56U);
}

TEST_F(ProjectDocumentTest, UndoingAllEditsNeedsNoRecovery)
{
    edit(document, "seed", "100");
    waitForRecovery(document);
    document.recipe().undoStack().undo();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !fs::exists(recoveryFile(folder)); }, kPatienceMs));
}

TEST_F(ProjectDocumentTest, ClosingGivesUnsavedEditsUp)
{
    edit(document, "seed", "100");
    waitForRecovery(document);
    QSignalSpy closed(&document, &ProjectDocument::closed);
    document.close();
    EXPECT_EQ(closed.count(), 1);
    EXPECT_FALSE(document.isOpen());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document.isBusy(); }, kPatienceMs));
    EXPECT_FALSE(fs::exists(recoveryFile(folder)));
    EXPECT_EQ(stored().seed, 7U);
}

TEST_F(ProjectDocumentTest, SaysWhatIsWrongWithADamagedRecoveryAndOpensAllTheSame)
{
    document.close();
    for (const char* text :
        { "", "{", "[]", R"({"format": "palimpsest-recovery", "version": 2, "recipe": {}})",
            R"({"format": "palimpsest-recovery", "version": 1, "recipe": {"seed": -1}})" }) {
        std::ofstream(recoveryFile(folder)) << text;
        ProjectDocument one;
        QSignalSpy problem(&one, &ProjectDocument::fileProblem);
        open(one);
        EXPECT_EQ(problem.count(), 1) << text;
        EXPECT_TRUE(fs::exists(recoveryFile(folder))) << "it is not thrown away";
    }
}

TEST_F(ProjectDocumentTest, SaysThatASaveFailedAndStaysDirty)
{
    edit(document, "seed", "100");
    fs::create_directories(folder / "project.json.bak/in the way");
    QSignalSpy failed(&document, &ProjectDocument::saveFailed);
    document.save();
    ASSERT_TRUE(failed.wait(kPatienceMs));
    EXPECT_TRUE(document.recipe().isDirty());
    EXPECT_EQ(stored().seed, 7U) << "what was saved before is whole";
    fs::remove_all(folder / "project.json.bak");
    EXPECT_TRUE(save());
}

/// Run by the next test in a process of its own.
TEST(ProjectDocumentCrash, DISABLED_EditsAndIsKilled)
{
    ProjectDocument document;
    document.setAutosaveDelay(0);
    QSignalSpy opened(&document, &ProjectDocument::opened);
    const fs::path folder = qEnvironmentVariable("PALIMPSEST_TEST_FOLDER").toStdString();
    document.open(folder);
    ASSERT_TRUE(opened.wait(kPatienceMs));
    ASSERT_TRUE(document.recipe().set(QStringLiteral("seed"), QStringLiteral("77")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return fs::exists(recoveryFile(folder)); }, kPatienceMs));
    ::raise(SIGKILL);
}

TEST_F(ProjectDocumentTest, SurvivesKill9)
{
    document.close();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !document.isBusy(); }, kPatienceMs));
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PALIMPSEST_TEST_FOLDER"), QString::fromStdString(folder.string()));
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(),
        { QStringLiteral("--gtest_filter=ProjectDocumentCrash.*"),
            QStringLiteral("--gtest_also_run_disabled_tests") });
    ASSERT_TRUE(child.waitForFinished(kPatienceMs * 3));
    ASSERT_EQ(child.exitStatus(), QProcess::CrashExit) << child.readAll().toStdString();

    QSignalSpy found(&document, &ProjectDocument::recoveryFound);
    open(document);
    EXPECT_TRUE(document.recipe().readOnlyReason().isEmpty()) << "the lock of a killed process is free";
    ASSERT_EQ(found.count(), 1);
    document.acceptRecovery();
    EXPECT_EQ(document.recipe().recipe().seed, 77U);
}

TEST(NewProject, IsMadeFromEverySampleAndHasItsName)
{
    const test::TemporaryFolder root;
    const QList<SampleChoice> choices = sampleChoices();
    ASSERT_FALSE(choices.isEmpty());
    EXPECT_EQ(choices.front().name, QStringLiteral("quickstart")) << "where one begins";
    EXPECT_EQ(choices.back().name, QStringLiteral("empty"));
    for (const SampleChoice& choice : choices) {
        const std::string name = choice.name.toStdString();
        EXPECT_FALSE(choice.description.isEmpty()) << name;
        const Status made = createProject(root / name, name, "My " + name);
        ASSERT_TRUE(made) << made.error().text();
        const Result<RecipeFile> file = readRecipeFile(root / name / "project.json");
        ASSERT_TRUE(file) << file.error().text();
        EXPECT_EQ(file->recipe.name, "My " + name);
        EXPECT_FALSE(createProject(root / name, name, "again")) << "it is not empty";
    }
    EXPECT_FALSE(createProject(root / "x", "no such sample", "x"));
}

} // namespace
} // namespace palimpsest
