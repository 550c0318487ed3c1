// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/import/import_assistant.h"

#include "core/base/json.h"
#include "widgets/import/data_page.h"
#include "widgets/import/import_text.h"
#include "widgets/import/mapping_model.h"
#include "widgets/import/network_page.h"
#include "widgets/import/trial_model.h"
#include "widgets/import/trial_page.h"
#include "widgets/project/recipe_document.h"
#include "widgets/worker/newest_task.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <memory>

namespace palimpsest {
namespace {

constexpr int kPatienceMs = 20000;

NetworkImport twoTensors()
{
    const Result<Json> json
        = parseJson(R"({"format": "palimpsest-network", "version": 1, "name": "n", "inputShape": [4],
        "layers": [{"type": "linear", "name": "out", "outputs": 3}]})",
            {});
    NetworkImport content;
    content.format = "ONNX";
    content.network.network = *parseNetwork(*json, "test");
    content.tensors = { { "fc.w", { 4, 3 }, "out.weight", { 3, 4 }, "transposed" },
        { "fc.b", { 3 }, "out.bias", { 3 }, "" }, { "Adam/fc.w", { 4, 3 }, "", {}, "optimiser state" } };
    return content;
}

TEST(MappingModel, ShowsWhereEachTensorWent)
{
    MappingModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setNetwork(twoTensors());
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.skipped(), 1);
    const auto cell = [&](int row, MappingModel::Column column) {
        return model.index(row, column).data().toString().toStdString();
    };
    EXPECT_EQ(cell(0, MappingModel::SourceColumn), "fc.w");
    EXPECT_EQ(cell(0, MappingModel::SourceShapeColumn), "[4, 3]");
    EXPECT_EQ(cell(0, MappingModel::LayerColumn), "out");
    EXPECT_EQ(cell(0, MappingModel::TargetShapeColumn), "[3, 4]");
    EXPECT_EQ(cell(0, MappingModel::NoteColumn), "transposed");
    EXPECT_EQ(cell(2, MappingModel::LayerColumn), "skipped");
    EXPECT_EQ(cell(2, MappingModel::NoteColumn), "optimiser state");
    model.clear();
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(TrialModel, KeepsTheBestFirst)
{
    TrialModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setTrials({ { { "scale=255" }, 100, 90, {} }, { {}, 100, 10, {} } });
    EXPECT_EQ(model.add({ { "l2" }, 100, 50, {} }), 1);
    EXPECT_EQ(model.find({ "l2" }), 1);
    EXPECT_EQ(model.find({ "grey" }), -1);
    EXPECT_EQ(model.add({ { "l2" }, 100, 95, {} }), 0) << "replaces the one before";
    EXPECT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.index(0, TrialModel::RightColumn).data().toString(), QStringLiteral("95 of 100"));
    EXPECT_EQ(model.index(2, TrialModel::StepsColumn).data().toString(), QStringLiteral("(none)"));
}

TEST(ImportText, ReadsShapes)
{
    EXPECT_EQ(shapeFromText(QStringLiteral("3, 32, 32")), (Shape { 3, 32, 32 }));
    EXPECT_EQ(shapeFromText(QStringLiteral("[3,32,32]")), (Shape { 3, 32, 32 }));
    EXPECT_EQ(shapeFromText(QStringLiteral("1x28 × 28")), (Shape { 1, 28, 28 }));
    EXPECT_EQ(shapeFromText(QStringLiteral("6")), (Shape { 6 }));
    for (const char* wrong : { "", " ", "three", "3, -1", "0", "1,2,3,4", "3.5", "99999999999999999999" })
        EXPECT_FALSE(shapeFromText(QString::fromLatin1(wrong))) << wrong;
}

TEST(ImportText, GivesTheRangeOfWilson)
{
    // Worked by hand: 90 of 100 with z = 1.96: (0.9 + 0.019208) / 1.038416 -+ 1.96 / 1.038416 * sqrt(0.0009 + 0.00009604).
    const ShareRange range = likelyShare(90, 100);
    EXPECT_NEAR(range.low, 0.8256, 1e-4);
    EXPECT_NEAR(range.high, 0.9448, 1e-4);
    EXPECT_NEAR(likelyShare(100, 100).high, 1.0, 1e-12);
    EXPECT_EQ(likelyShare(0, 0).high, 1.0);
}

TEST(ImportText, NamesFieldsInsteadOfOptions)
{
    const QString said = sentenceOf(
        badInput("the graph is not beside it; name its layer list with --layers FILE.json", "/a/b.index"),
        QStringLiteral("/a/b.index"));
    EXPECT_EQ(said, QStringLiteral("The graph is not beside it; choose its layer list below."));
    EXPECT_TRUE(sentenceOf(badInput("cannot be read", "/a/c"), QStringLiteral("/a/b"))
                    .startsWith(QStringLiteral("/a/c")))
        << "another file is named";
}

/// An assistant on an engine that answers from values.
class ImportAssistantPages : public testing::Test {
protected:
    void SetUp() override
    {
        Recipe recipe;
        recipe.tasks.resize(1);
        recipe.tasks[0].name = "other";
        recipe.tasks[0].network = "networks/other.json";
        recipe.tasks[0].data.format = "csv";
        recipe.tasks[0].data.path = "other.csv";
        recipe.tasks[0].preprocess = { "scale=16" };
        document.load(recipe);
        engine.look = [this](const std::filesystem::path&) -> Result<ImportFile> { return file; };
        engine.trust = [this](const std::filesystem::path&, const std::string& hash) -> Status {
            file.isTrusted = hash == file.sha256;
            return success();
        };
        engine.read = [this](const std::filesystem::path& path,
                          const ImportOptions& options) -> Result<SharedNetwork> {
            ++reads;
            lastOptions = options;
            ReadNetwork network;
            network.content = twoTensors();
            network.files = { { path, 1000, "abc" } };
            return std::make_shared<const ReadNetwork>(network);
        };
        engine.data = [](const TaskSettings& task, const std::stop_token&) -> Result<DataPreview> {
            if (task.data.path == "other.csv")
                return DataPreview { { 4 }, { 4 }, { { { 1, 2, 3, 4 }, 0 } }, { 5, 5, 5 }, {}, 0.0 };
            return badInput("there is no such file", task.data.path);
        };
        engine.tryOut = [](const ReadNetwork&, const TaskSettings& task,
                            const std::optional<std::vector<std::string>>& steps,
                            const std::stop_token&) -> Result<ImportTrials> {
            ImportTrials trials;
            trials.data = task.data;
            trials.sampleShape = { 4 };
            trials.trials = { { steps.value_or(std::vector<std::string> { "l2" }), 100, 97,
                { { { 1, 2, 3, 4 }, 0, 1 } } } };
            return trials;
        };
        engine.store = [](const ReadNetwork&, const TaskSettings& task) -> Result<TaskSettings> {
            TaskSettings stored = task;
            stored.network = "networks/" + task.name + ".json";
            return stored;
        };
        file.format = "ONNX";
        assistant = std::make_unique<ImportAssistant>(document, engine, worker, QStringLiteral("/project"));
        assistant->show();
    }
    void settle()
    {
        QTest::qWait(20);
        ASSERT_TRUE(QTest::qWaitFor([&] { return !assistant->isBusy(); }, kPatienceMs));
    }
    QPushButton* button(const char* name) { return assistant->findChild<QPushButton*>(QLatin1String(name)); }

    RecipeDocument document;
    NewestTask worker;
    ImportEngine engine;
    ImportFile file;
    std::atomic<int> reads = 0;
    ImportOptions lastOptions;
    std::unique_ptr<ImportAssistant> assistant;
};

TEST_F(ImportAssistantPages, CanBeWalkedByItsButtons)
{
    EXPECT_FALSE(button("importNext")->isEnabled()) << "no file yet";
    assistant->setFiles({ QStringLiteral("/a/digits.onnx") });
    settle();
    ASSERT_TRUE(button("importNext")->isEnabled());
    EXPECT_FALSE(button("importBack")->isEnabled());
    button("importNext")->click();
    EXPECT_EQ(assistant->page(), 1);
    EXPECT_FALSE(button("importNext")->isEnabled()) << "no data yet";
    assistant->dataPage().chooseTask(0);
    settle();
    button("importNext")->click();
    settle();
    EXPECT_EQ(assistant->trialPage().trial()->steps, (std::vector<std::string> { "scale=16" }))
        << "of the task's data";
    button("importBack")->click();
    EXPECT_EQ(assistant->page(), 1);
    button("importNext")->click();
    EXPECT_TRUE(assistant->trialPage().trial().has_value()) << "is kept where nothing changed";
    QSignalSpy accepted(assistant.get(), &QDialog::accepted);
    button("importNext")->click();
    settle();
    ASSERT_EQ(accepted.count(), 1);
    EXPECT_EQ(assistant->added(), 1);
    EXPECT_EQ(document.recipe().tasks[1].name, "digits");
    EXPECT_EQ(document.recipe().tasks[1].preprocess, (std::vector<std::string> { "scale=16" }));
}

TEST_F(ImportAssistantPages, ReadsNothingBeforeTheFileIsTrusted)
{
    file.isProgram = true;
    file.takesShape = true;
    file.sha256 = "abc";
    assistant->setFiles({ QStringLiteral("/a/digits.pt") });
    settle();
    EXPECT_TRUE(assistant->networkPage().asksForTrust());
    EXPECT_EQ(reads, 0);
    assistant->networkPage().setShape(QStringLiteral("4"));
    settle();
    EXPECT_EQ(reads, 0) << "typing a shape is no trust";
    button("trust")->click();
    settle();
    EXPECT_GE(reads, 1);
    assistant->networkPage().setShape(QStringLiteral("4"));
    settle();
    EXPECT_EQ(lastOptions.inputShape, (Shape { 4 }));
    EXPECT_FALSE(lastOptions.trust) << "the list of trusted files alone decides";
}

TEST_F(ImportAssistantPages, OffersWhatIsKnownAndFetchesWhatIsMissing)
{
    KnownData missing;
    missing.title = QStringLiteral("Letters");
    missing.isPresent = false;
    KnownData present;
    present.title = QStringLiteral("Digits");
    present.data.path = "other.csv";
    assistant->setKnownData({ missing, present });
    assistant->setFiles({ QStringLiteral("/a/digits.onnx") });
    settle();
    assistant->goOn();
    settle();
    EXPECT_TRUE(assistant->canGoOn()) << "the file is called as the data are";
    EXPECT_EQ(assistant->dataPage().task().data.path, "other.csv");
    assistant->dataPage().chooseKnown(0);
    EXPECT_FALSE(assistant->canGoOn());
    QSignalSpy wanted(assistant.get(), &ImportAssistant::fetchRequested);
    button("importFetch")->click();
    ASSERT_EQ(wanted.count(), 1);
    missing.isPresent = true;
    missing.data.path = "other.csv";
    assistant->setKnownData({ missing, present });
    settle();
    EXPECT_TRUE(assistant->canGoOn()) << "it has come";
}

TEST_F(ImportAssistantPages, GoesWhileItWorks)
{
    assistant->setFiles({ QStringLiteral("/a/digits.onnx") });
    assistant.reset();
    QTest::qWait(50); // what the worker brings is for nobody
    document.load({});
}

} // namespace
} // namespace palimpsest
