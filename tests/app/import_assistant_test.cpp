// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/dropped_files.h"
#include "core/base/file.h"
#include "core/network/safetensors.h"
#include "core/pipeline/project.h"
#include "tests/app/window_fixture.h"
#include "tests/core/formats/onnx_fixture.h"
#include "widgets/import/data_page.h"
#include "widgets/import/import_assistant.h"
#include "widgets/import/mapping_model.h"
#include "widgets/import/network_page.h"
#include "widgets/import/trial_page.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/project/catalogue_dialog.h"
#include "widgets/project/new_project_dialog.h"
#include "widgets/project/samples_view.h"
#include "widgets/project/task_editor.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

#include <cstdlib>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

QString text(const fs::path& path)
{
    return QString::fromStdString(path.string());
}

/// Row j adds the features k with k % 3 == j: nearly always right on the data of the tiny project.
std::vector<float> rightWeights()
{
    std::vector<float> weights;
    for (int j = 0; j < 3; ++j)
        for (int k = 0; k < 6; ++k)
            weights.push_back(k % 3 == j ? 1.0F : 0.0F);
    return weights;
}

std::string onnxFile()
{
    test::OnnxModel model;
    model.input("x", { 0, 6 }).output("y");
    model.initializer(test::onnxTensor("fc.weight", { 3, 6 }, rightWeights()));
    model.initializer(test::onnxTensor("fc.bias", { 3 }, { 0, 0, 0 }));
    model.node("Gemm", { "x", "fc.weight", "fc.bias" }, { "y" },
        { test::onnxAttribute("transB", std::int64_t { 1 }) });
    return model.bytes();
}

const char* const kLayers
    = R"({"format": "palimpsest-network", "version": 1, "name": "sums", "inputShape": [6],
    "layers": [{"type": "linear", "name": "out", "outputs": 3}]})";

void write(const fs::path& file, const std::string& content)
{
    ASSERT_TRUE(writeFileAtomically(file, content));
}

void writeWeights(const fs::path& file)
{
    Weights weights;
    weights.tensors
        = { { "out.weight", { 3, 6 }, rightWeights() }, { "out.bias", { 3 }, { 0.0F, 0.0F, 0.0F } } };
    ASSERT_TRUE(writeSafetensors(file, weights));
}

/// The real window on the tiny project, and a list of trusted files of its own.
class ImportAssistantTest : public test::WindowFixture {
protected:
    void SetUp() override
    {
        if (const char* before = std::getenv("XDG_CONFIG_HOME"))
            m_before = before;
        ASSERT_EQ(::setenv("XDG_CONFIG_HOME", (root / "config").c_str(), 1), 0);
        WindowFixture::SetUp();
        test::writeTinyProject(root / "tiny");
    }
    void TearDown() override
    {
        if (m_before.empty())
            ::unsetenv("XDG_CONFIG_HOME");
        else
            ::setenv("XDG_CONFIG_HOME", m_before.c_str(), 1);
    }

    /// Drops files on the window and waits until it is known what they are.
    void drop(const std::vector<fs::path>& files)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const fs::path& file : files)
            urls << QUrl::fromLocalFile(text(file));
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.get(), &enter);
        ASSERT_TRUE(enter.isAccepted());
        QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window.get(), &event);
        ASSERT_TRUE(QTest::qWaitFor([&] { return !window->imports().isLooking(); }, test::kPatienceMs));
    }
    ImportAssistant* assistant() { return window->imports().assistant(); }
    void settle()
    {
        QTest::qWait(20); // timers of fields
        ASSERT_TRUE(QTest::qWaitFor([&] { return !assistant()->isBusy(); }, test::kPatienceMs));
    }
    /// From the first page to the trial with the data of the first task.
    void goToTrial()
    {
        settle();
        ASSERT_TRUE(assistant()->canGoOn()) << assistant()->networkPage().problem().toStdString();
        assistant()->goOn();
        assistant()->dataPage().chooseTask(0);
        settle();
        ASSERT_TRUE(assistant()->canGoOn()) << assistant()->dataPage().problem().toStdString();
        assistant()->goOn();
        settle();
    }
    const Recipe& recipe() { return window->session().document().recipe(); }
    fs::path fixture(const char* name)
    {
        return fs::path(PALIMPSEST_SOURCE_DIR) / "tests/core/nn/networks" / name;
    }

    std::string m_before;
};

TEST_F(ImportAssistantTest, LeadsFromADroppedFileToATaskThatUndoTakesOut)
{
    open(root / "tiny");
    write(root / "sums.onnx", onnxFile());
    const std::string before = test::fileText(root / "tiny/project.json");
    drop({ root / "sums.onnx" });
    ASSERT_NE(assistant(), nullptr);
    settle();
    NetworkPage& network = assistant()->networkPage();
    ASSERT_NE(network.network(), nullptr) << network.problem().toStdString();
    EXPECT_EQ(network.network()->content.format, "ONNX");
    EXPECT_EQ(network.network()->files.front().sha256.size(), 64U);
    auto* const mapping = network.findChild<MappingModel*>();
    ASSERT_EQ(mapping->rowCount(), 2);
    EXPECT_EQ(mapping->skipped(), 0);
    EXPECT_TRUE(mapping->index(0, MappingModel::SourceShapeColumn).data().toString().contains(u'6'));

    goToTrial();
    TrialPage& trial = assistant()->trialPage();
    ASSERT_TRUE(trial.trial().has_value()) << trial.problem().toStdString();
    EXPECT_EQ(trial.trial()->steps, (std::vector<std::string> { "standardise" })) << "as the task has it";
    EXPECT_EQ(trial.trial()->samples, 36) << "15 % of 240 training samples: no test sample is among them";
    EXPECT_GE(trial.trial()->correct, 34);
    EXPECT_EQ(trial.trial()->shown.size(), 12U);
    EXPECT_TRUE(trial.result().contains(QStringLiteral("of 36 validation samples")))
        << trial.result().toStdString();
    EXPECT_TRUE(trial.findChild<SamplesView*>()->prediction(0).contains(u'✓'));
    trial.tryCommon();
    settle();
    EXPECT_GE(trial.trial()->correct, 34);
    trial.setSteps(QStringLiteral("standardise"));
    settle();

    EXPECT_EQ(recipe().tasks.size(), 2U) << "nothing is changed before the end";
    EXPECT_FALSE(fs::exists(root / "tiny/networks/sums.json"));
    assistant()->goOn();
    ASSERT_TRUE(QTest::qWaitFor([&] { return recipe().tasks.size() == 3; }, test::kPatienceMs));
    const TaskSettings added = recipe().tasks.back();
    EXPECT_EQ(added.name, "sums");
    EXPECT_EQ(added.network, "networks/sums.json");
    EXPECT_EQ(added.weights, "networks/sums.safetensors");
    EXPECT_EQ(added.data, recipe().tasks[0].data);
    EXPECT_EQ(window->findChild<TaskEditor*>()->current(), 2) << "it is shown";

    action("edit.undo")->trigger();
    EXPECT_EQ(recipe().tasks.size(), 2U) << "one step";
    EXPECT_EQ(test::fileText(root / "tiny/project.json"), before) << "and the file was never touched";
    action("edit.redo")->trigger();
    ASSERT_EQ(recipe().tasks.size(), 3U);
    action("run.all")->trigger();
    waitUntilIdle();
    EXPECT_EQ(lastJob().state, JobState::Finished) << lastJob().error.text();

    // The files of a task that was removed are not written over: undo may bring it back.
    ASSERT_TRUE(window->session().document().removeTask(2));
    drop({ root / "sums.onnx" });
    goToTrial();
    assistant()->goOn();
    ASSERT_TRUE(QTest::qWaitFor([&] { return recipe().tasks.size() == 3; }, test::kPatienceMs));
    EXPECT_EQ(recipe().tasks.back().network, "networks/sums-2.json");
}

TEST_F(ImportAssistantTest, SaysBesideTheFileThatItIsCutOff)
{
    open(root / "tiny");
    writeWeights(root / "cut.safetensors");
    const std::string whole = test::fileText(root / "cut.safetensors");
    write(root / "cut.safetensors", whole.substr(0, whole.size() - 7));
    write(root / "cut.json", kLayers);
    drop({ root / "cut.safetensors" });
    ASSERT_NE(assistant(), nullptr);
    settle();
    EXPECT_FALSE(assistant()->canGoOn());
    const QString problem = assistant()->networkPage().problem();
    EXPECT_FALSE(problem.isEmpty());
    EXPECT_TRUE(problem.endsWith(u'.')) << problem.toStdString();
    EXPECT_FALSE(problem.contains(QStringLiteral("--")))
        << "no option of the command line: " << problem.toStdString();

    writeWeights(root / "cut.safetensors"); // mended, and chosen again
    assistant()->setFiles({ text(root / "cut.safetensors") });
    settle();
    EXPECT_TRUE(assistant()->canGoOn()) << assistant()->networkPage().problem().toStdString();
    EXPECT_EQ(assistant()->networkPage().problem(), QString());
}

TEST_F(ImportAssistantTest, AsksForTheLayerListOfBareWeights)
{
    open(root / "tiny");
    fs::create_directories(root / "elsewhere");
    writeWeights(root / "bare.safetensors");
    write(root / "elsewhere/sums.json", kLayers);
    drop({ root / "bare.safetensors" });
    ASSERT_NE(assistant(), nullptr);
    settle();
    EXPECT_FALSE(assistant()->canGoOn());
    assistant()->setFiles({ text(root / "elsewhere/sums.json"), text(root / "bare.safetensors") });
    settle();
    ASSERT_TRUE(assistant()->canGoOn()) << assistant()->networkPage().problem().toStdString();
    EXPECT_EQ(assistant()->networkPage().network()->files.size(), 2U);
    goToTrial();
    EXPECT_GE(assistant()->trialPage().trial()->correct, 34);
}

TEST_F(ImportAssistantTest, ReadsAProgramOnlyWhenItIsTrustedOnceForEachContent)
{
    open(root / "tiny");
    fs::copy_file(fixture("mlp.pt"), root / "mlp.pt");
    drop({ root / "mlp.pt" });
    ASSERT_NE(assistant(), nullptr);
    settle();
    NetworkPage& page = assistant()->networkPage();
    EXPECT_TRUE(page.asksForTrust());
    EXPECT_EQ(page.network(), nullptr) << "not read, not run";
    EXPECT_FALSE(assistant()->canGoOn());

    fs::remove(root / "mlp.pt"); // other content than that whose hash was shown
    fs::copy_file(fixture("mlp.scripted.pt"), root / "mlp.pt");
    page.findChild<QPushButton*>(QStringLiteral("trust"))->click();
    settle();
    EXPECT_TRUE(page.asksForTrust()) << "it is asked again, about the new content";
    EXPECT_EQ(page.network(), nullptr);
    page.trust();
    settle();
    EXPECT_FALSE(page.asksForTrust());
    EXPECT_NE(page.network(), nullptr) << page.problem().toStdString();
    assistant()->reject();

    drop({ root / "mlp.pt" });
    settle();
    EXPECT_FALSE(assistant()->networkPage().asksForTrust()) << "once for each content";
    EXPECT_NE(assistant()->networkPage().network(), nullptr);
}

TEST_F(ImportAssistantTest, SaysBesideTheShapeThatItIsWrong)
{
    open(root / "tiny");
    fs::copy_file(fixture("residual.pt"), root / "residual.pt");
    drop({ root / "residual.pt" });
    ASSERT_NE(assistant(), nullptr);
    settle();
    NetworkPage& page = assistant()->networkPage();
    page.trust();
    settle();
    EXPECT_TRUE(page.problem().contains(QStringLiteral("Shape of one sample")))
        << page.problem().toStdString();
    page.setShape(QStringLiteral("three"));
    settle();
    EXPECT_TRUE(page.problem().contains(QStringLiteral("three"))) << page.problem().toStdString();
    page.setShape(QStringLiteral("4, 8, 8"));
    settle();
    EXPECT_FALSE(page.problem().isEmpty());
    EXPECT_FALSE(assistant()->canGoOn());
    page.setShape(QStringLiteral("3 x 8 x 8"));
    settle();
    EXPECT_EQ(page.problem(), QString());
    ASSERT_TRUE(assistant()->canGoOn());

    assistant()->goOn(); // four outputs; the tiny data have three classes of six numbers
    assistant()->dataPage().chooseTask(0);
    settle();
    EXPECT_FALSE(assistant()->canGoOn());
    EXPECT_FALSE(assistant()->dataPage().problem().isEmpty());
}

TEST_F(ImportAssistantTest, SaysWhatIsWrongWithPreprocessingAndName)
{
    open(root / "tiny");
    write(root / "sums.onnx", onnxFile());
    drop({ root / "sums.onnx" });
    goToTrial();
    TrialPage& page = assistant()->trialPage();
    page.setSteps(QStringLiteral("blur"));
    settle();
    EXPECT_FALSE(assistant()->canGoOn());
    EXPECT_TRUE(page.problem().contains(QStringLiteral("blur"))) << page.problem().toStdString();
    page.setSteps({});
    settle();
    EXPECT_TRUE(assistant()->canGoOn());
    page.setName(QStringLiteral("left"));
    EXPECT_FALSE(assistant()->canGoOn()) << "there is such a task";
    EXPECT_FALSE(page.problem().isEmpty());
    page.setName(QStringLiteral("sums"));
    window->session().document().setReadOnly(QStringLiteral("Another window has it."));
    EXPECT_FALSE(assistant()->canGoOn());
}

TEST_F(ImportAssistantTest, TakesALayerListWithoutWeights)
{
    open(root / "tiny");
    write(root / "sums.json", kLayers);
    drop({ root / "sums.json" });
    goToTrial();
    EXPECT_EQ(assistant()->trialPage().trial()->samples, 0);
    assistant()->goOn();
    ASSERT_TRUE(QTest::qWaitFor([&] { return recipe().tasks.size() == 3; }, test::kPatienceMs));
    EXPECT_EQ(recipe().tasks.back().weights, "") << "the stage train makes them";
    EXPECT_TRUE(readNetwork(root / "tiny" / recipe().tasks.back().network));
}

TEST_F(ImportAssistantTest, NeverOpensTheTestSplit)
{
    open(root / "tiny");
    fs::remove(root / "tiny/left-test.csv");
    write(root / "sums.onnx", onnxFile());
    drop({ root / "sums.onnx" });
    goToTrial();
    EXPECT_TRUE(assistant()->trialPage().trial().has_value())
        << assistant()->trialPage().problem().toStdString();
}

TEST_F(ImportAssistantTest, BeginsWithDroppedData)
{
    open(root / "tiny");
    fs::copy_file(root / "tiny/left-train.csv", root / "numbers.csv");
    drop({ root / "numbers.csv" });
    ASSERT_NE(assistant(), nullptr);
    settle();
    EXPECT_EQ(assistant()->page(), 0) << "the network is missing";
    write(root / "sums.onnx", onnxFile());
    assistant()->setFiles({ text(root / "sums.onnx") });
    settle();
    assistant()->goOn();
    settle();
    EXPECT_TRUE(assistant()->canGoOn())
        << "the data are there: " << assistant()->dataPage().problem().toStdString();
    EXPECT_EQ(assistant()->dataPage().task().data.format, "csv");
}

TEST_F(ImportAssistantTest, AsksForAProjectWhereNoneIsOpen)
{
    write(root / "sums.onnx", onnxFile());
    drop({ root / "sums.onnx" });
    EXPECT_EQ(assistant(), nullptr);
    auto* const dialog = window->findChild<NewProjectDialog*>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_EQ(dialog->sample(), QStringLiteral("empty"));
    open(root / "tiny");
    ASSERT_NE(assistant(), nullptr) << "as soon as there is one it goes on";
    settle();
    EXPECT_NE(assistant()->networkPage().network(), nullptr);
}

TEST_F(ImportAssistantTest, SaysWhatCannotBeDropped)
{
    open(root / "tiny");
    write(root / "letter.txt", "dear reader");
    drop({ root / "letter.txt" });
    EXPECT_EQ(assistant(), nullptr);
    const QString notice = window->notices().text(QStringLiteral("import"));
    EXPECT_TRUE(notice.contains(QStringLiteral("letter.txt"))) << notice.toStdString();
    EXPECT_TRUE(notice.contains(QStringLiteral("ONNX"))) << notice.toStdString();
}

TEST_F(ImportAssistantTest, ClosesWithTheWindowWhileItReads)
{
    open(root / "tiny");
    write(root / "sums.onnx", onnxFile());
    drop({ root / "sums.onnx" });
    ASSERT_NE(assistant(), nullptr);
    makeWindow(); // deletes the one before
    EXPECT_EQ(assistant(), nullptr);
}

TEST(DroppedFiles, AreSortedByWhatTheyHold)
{
    using Kind = DroppedFiles::Kind;
    const test::TemporaryFolder root;
    const auto kindOf = [](const std::vector<fs::path>& files) { return sortDropped(files).kind; };
    for (const char* name :
        { "a.onnx", "a.json", "a.safetensors", "a.csv", "b.txt", "train-images-idx3-ubyte" })
        write(root / name, "x");
    fs::create_directories(root / "pictures/cat");
    write(root / "pictures/cat/1.png", "x");
    fs::create_directories(root / "model");
    for (const char* name : { "model/m.index", "model/m.meta", "model/m.data-00000-of-00001" })
        write(root / name, "x");
    fs::create_directories(root / "nothing");
    EXPECT_EQ(kindOf({ root / "a.onnx" }), Kind::Network);
    EXPECT_EQ(kindOf({ root / "a.csv" }), Kind::Data);
    EXPECT_EQ(kindOf({ root / "pictures" }), Kind::Data);
    EXPECT_EQ(kindOf({ root / "train-images-idx3-ubyte" }), Kind::Data);
    EXPECT_EQ(sortDropped({ root / "train-images-idx3-ubyte" }).files.front(), root.path());
    EXPECT_EQ(kindOf({ root / "a.json", root / "a.safetensors" }), Kind::Network);
    EXPECT_EQ(kindOf({ root / "model" }), Kind::Network);
    const DroppedFiles three = sortDropped(
        { root / "model/m.meta", root / "model/m.index", root / "model/m.data-00000-of-00001" });
    EXPECT_EQ(three.kind, Kind::Network);
    EXPECT_EQ(three.files, (std::vector<fs::path> { root / "model/m.index" }));
    for (const fs::path& other : { root / "b.txt", root / "nothing", root / "not-there" }) {
        EXPECT_EQ(kindOf({ other }), Kind::Unknown) << other;
        EXPECT_FALSE(sortDropped({ other }).problem.empty()) << other;
    }
    EXPECT_EQ(kindOf({ root / "a.onnx", root / "a.csv" }), Kind::Unknown);
}

} // namespace
} // namespace palimpsest
