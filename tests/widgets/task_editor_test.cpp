// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/task_editor.h"

#include "core/base/json.h"
#include "tests/support/temporary_folder.h"
#include "widgets/project/class_count_model.h"
#include "widgets/project/layer_model.h"
#include "widgets/project/path_field.h"
#include "widgets/project/problem_label.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/samples_view.h"
#include "widgets/project/setting_row.h"
#include "widgets/project/settings_form.h"
#include "widgets/project/task_list.h"
#include "widgets/project/task_list_model.h"
#include "widgets/project/task_preview.h"
#include "widgets/style/empty_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QThread>
#include <QUndoStack>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <fstream>

namespace palimpsest {
namespace {

constexpr int kPatienceMs = 20000;

TaskSettings task(const std::string& name)
{
    TaskSettings settings;
    settings.name = name;
    settings.network = "networks/" + name + ".json";
    settings.data.format = "csv";
    settings.data.path = name + ".csv";
    return settings;
}

Recipe tasks(std::initializer_list<const char*> names)
{
    Recipe recipe;
    for (const char* name : names)
        recipe.tasks.push_back(task(name));
    return recipe;
}

Network twoLayers()
{
    const Result<Json> json
        = parseJson(R"({"format": "palimpsest-network", "version": 1, "name": "n", "inputShape": [1, 8, 8],
        "layers": [{"type": "conv2d", "outputs": 4, "kernel": 3}, {"type": "relu"}, {"type": "flatten"},
                   {"type": "linear", "outputs": 3}]})",
            {});
    return *parseNetwork(*json, "test");
}

DataPreview pictures()
{
    DataPreview data;
    data.sampleShape = data.inputShape = { 1, 8, 8 };
    for (std::int32_t i = 0; i < 5; ++i)
        data.samples.push_back({ std::vector<float>(64, static_cast<float>(i)), i % 3 });
    data.classCounts = { 100, 50, 7 };
    data.classNames = { "cat", "dog", "cow" };
    return data;
}

/// Readers that answer from memory and count their calls.
struct FakeFiles {
    std::atomic<int> networkReads = 0;
    std::atomic<int> dataReads = 0;
    std::atomic<bool> wasInGuiThread = false;
    PreviewReaders readers()
    {
        return { [this](const std::filesystem::path& file) -> Result<Network> {
                    ++networkReads;
                    wasInGuiThread = wasInGuiThread
                        || QThread::currentThread() == QCoreApplication::instance()->thread();
                    if (file.filename() == "missing.json")
                        return badInput("cannot be opened", file.string());
                    return twoLayers();
                },
            [this](const TaskSettings& settings, const std::filesystem::path& base,
                const std::stop_token&) -> Result<DataPreview> {
                ++dataReads;
                if (settings.data.path == "missing.csv")
                    return badInput("cannot be opened", (base / settings.data.path).string());
                DataPreview data = pictures();
                if (settings.data.path == "sound.csv")
                    data.inputShape = { 64 };
                return data;
            } };
    }
};

TEST(TaskListModel, KeepsTheModelContractThroughEveryEdit)
{
    RecipeDocument document;
    document.load(tasks({ "a", "b", "c", "d" }));
    TaskListModel model(document);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const auto names = [&] {
        QString text;
        for (int row = 0; row < model.rowCount(); ++row)
            text += model.index(row).data().toString() + u' ';
        return text.toStdString();
    };
    ASSERT_TRUE(document.moveTask(0, 2));
    EXPECT_EQ(names(), "b c a d ");
    ASSERT_TRUE(document.moveTask(3, 0));
    EXPECT_EQ(names(), "d b c a ");
    EXPECT_EQ(moved.count(), 2);
    ASSERT_TRUE(document.removeTask(1));
    ASSERT_TRUE(document.addTask(task("e"), 1));
    ASSERT_TRUE(document.addTask(task("f")));
    EXPECT_EQ(names(), "d e c a f ");
    EXPECT_EQ(removed.count(), 1);
    EXPECT_EQ(inserted.count(), 2);
    EXPECT_TRUE(model.setData(model.index(0), QStringLiteral("z")));
    EXPECT_EQ(names(), "z e c a f ");
    EXPECT_EQ(reset.count(), 0) << "the selection of a view outlives all of them";
    while (document.undoStack().canUndo())
        document.undoStack().undo();
    EXPECT_EQ(names(), "a b c d ");
    document.load(tasks({ "x" }));
    EXPECT_EQ(names(), "x ");
    EXPECT_EQ(reset.count(), 1);
}

TEST(TaskListModel, ADroppedRowIsMoved)
{
    RecipeDocument document;
    document.load(tasks({ "a", "b", "c" }));
    TaskListModel model(document);
    const std::unique_ptr<QMimeData> data(model.mimeData({ model.index(0) }));
    QSignalSpy moved(&model, &TaskListModel::moved);
    EXPECT_FALSE(model.dropMimeData(data.get(), Qt::MoveAction, 3, 0, {})) << "the view must remove nothing";
    EXPECT_EQ(document.recipe().tasks[2].name, "a");
    ASSERT_EQ(moved.count(), 1);
    EXPECT_EQ(moved.at(0).at(0).toInt(), 2);
    model.dropMimeData(data.get(), Qt::MoveAction, 1, 0, {}); // row 0 to before row 1: where it is
    EXPECT_EQ(document.undoStack().count(), 1);
}

struct Editor {
    FakeFiles files;
    RecipeDocument document;
    TaskEditor editor { document, files.readers() };
    explicit Editor(const Recipe& recipe)
    {
        document.load(recipe);
        editor.setFolder(QStringLiteral("/project"));
        editor.resize(500, 700);
        editor.show();
    }
    void trigger(const char* action) { editor.list().findChild<QAction*>(QLatin1String(action))->trigger(); }
    std::string names() const
    {
        std::string text;
        for (const TaskSettings& settings : document.recipe().tasks)
            text += settings.name + " ";
        return text;
    }
    /// Shows the preview and waits until it is read.
    void preview()
    {
        editor.findChild<QTabWidget*>()->setCurrentIndex(1);
        ASSERT_TRUE(QTest::qWaitFor([&] { return !editor.preview().isBusy(); }, kPatienceMs));
    }
    QString problems() const
    {
        QString text;
        for (const auto* label : editor.preview().findChildren<ProblemLabel*>())
            text += label->problem();
        return text;
    }
};

TEST(TaskEditor, DuplicatesMovesAndRemovesWithTheSelection)
{
    Editor e(tasks({ "a", "b", "c" }));
    EXPECT_EQ(e.editor.current(), 0);
    QSignalSpy current(&e.editor, &TaskEditor::currentChanged);
    e.editor.select(1);
    EXPECT_EQ(current.count(), 1);
    EXPECT_EQ(e.editor.form().row(QStringLiteral("tasks[].name"))->path(), QStringLiteral("tasks[1].name"));
    e.trigger("moveTaskDown");
    EXPECT_EQ(e.names(), "a c b ");
    EXPECT_EQ(e.editor.current(), 2) << "the selection goes with the task";
    EXPECT_FALSE(e.editor.list().findChild<QAction*>(QStringLiteral("moveTaskDown"))->isEnabled());
    e.trigger("duplicateTask");
    EXPECT_EQ(e.names(), "a c b b-2 ");
    EXPECT_EQ(e.editor.current(), 3);
    e.trigger("removeTask");
    EXPECT_EQ(e.names(), "a c b ");
    EXPECT_EQ(e.editor.current(), 2);
    e.trigger("moveTaskUp");
    e.document.undoStack().undo();
    EXPECT_EQ(e.names(), "a c b ");
    EXPECT_EQ(e.editor.current(), 2) << "undo takes the selected task back, and the selection with it";
    for (int i = 0; i < 3; ++i)
        e.trigger("removeTask");
    EXPECT_EQ(e.editor.current(), -1);
    EXPECT_FALSE(e.editor.list().findChild<EmptyPage*>()->hint().isEmpty());
    e.document.undoStack().undo();
    EXPECT_EQ(e.editor.list().view()->model()->rowCount(), 1);
}

TEST(TaskEditor, RenamesInTheListAndSaysWhyNot)
{
    Editor e(tasks({ "a", "b" }));
    auto* const model = e.editor.list().view()->model();
    EXPECT_FALSE(model->setData(model->index(0, 0), QStringLiteral("b")));
    auto* const problem = e.editor.list().findChild<ProblemLabel*>();
    EXPECT_TRUE(problem->problem().contains(QStringLiteral("also the name")))
        << problem->problem().toStdString();
    EXPECT_TRUE(model->setData(model->index(0, 0), QStringLiteral(" z ")));
    EXPECT_EQ(e.names(), "z b ");
    EXPECT_EQ(problem->problem(), QString());
}

TEST(TaskEditor, IsLockedWhileReadOnly)
{
    Editor e(tasks({ "a", "b" }));
    e.document.setReadOnly(QStringLiteral("Another window has it."));
    for (const char* name : { "addTask", "duplicateTask", "removeTask", "moveTaskDown" })
        EXPECT_FALSE(e.editor.list().findChild<QAction*>(QLatin1String(name))->isEnabled()) << name;
}

TEST(TaskPreview, ShowsLayersSamplesAndClassesFromAWorkerThread)
{
    Editor e(tasks({ "a" }));
    EXPECT_EQ(e.files.dataReads, 0) << "nothing is read before it is looked at";
    e.preview();
    auto* const layers = e.editor.preview().findChild<LayerModel*>();
    ASSERT_EQ(layers->rowCount(), 4);
    EXPECT_EQ(layers->index(0, LayerModel::ShapeColumn).data().toString(), QStringLiteral("[4, 6, 6]"));
    EXPECT_EQ(layers->index(0, LayerModel::WeightsColumn).data().toString(), QStringLiteral("40"))
        << "4 x 9 + 4";
    EXPECT_EQ(layers->index(3, LayerModel::WeightsColumn).data().toString(), QStringLiteral("435"))
        << "144 x 3 + 3";
    EXPECT_EQ(layers->index(1, LayerModel::WeightsColumn).data().toString(), QString());
    auto* const classes = e.editor.preview().findChild<ClassCountModel*>();
    ASSERT_EQ(classes->rowCount(), 3);
    EXPECT_EQ(classes->index(2, ClassCountModel::NameColumn).data().toString(), QStringLiteral("2  cow"));
    EXPECT_EQ(classes->index(0, ClassCountModel::CountColumn).data().toString(), QStringLiteral("100"));
    EXPECT_EQ(e.editor.preview().findChild<SamplesView*>()->caption(1), QStringLiteral("dog"));
    EXPECT_EQ(e.problems(), QString());
    EXPECT_FALSE(e.files.wasInGuiThread);
    EXPECT_EQ(e.files.networkReads, 1);

    ASSERT_TRUE(e.document.set(QStringLiteral("tasks[0].weight"), QStringLiteral("2")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !e.editor.preview().isBusy(); }, kPatienceMs));
    EXPECT_EQ(e.files.dataReads, 1) << "a setting that has nothing to do with the files";
    ASSERT_TRUE(e.document.set(QStringLiteral("tasks[0].data.classes"), QStringLiteral("3")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !e.editor.preview().isBusy(); }, kPatienceMs));
    EXPECT_EQ(e.files.dataReads, 2);
    EXPECT_EQ(e.files.networkReads, 1);
}

TEST(TaskPreview, SaysWhatIsWrongWithFilesAndWithTheirFit)
{
    Recipe recipe = tasks({ "a", "missing", "sound" });
    Editor e(recipe);
    e.editor.select(1);
    e.preview();
    EXPECT_TRUE(e.problems().contains(QStringLiteral("missing.json"))) << e.problems().toStdString();
    EXPECT_TRUE(e.problems().contains(QStringLiteral("missing.csv"))) << e.problems().toStdString();
    e.editor.select(2);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !e.editor.preview().isBusy(); }, kPatienceMs));
    EXPECT_TRUE(e.problems().contains(QStringLiteral("[64] after preprocessing")))
        << e.problems().toStdString();
    e.editor.select(0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !e.editor.preview().isBusy(); }, kPatienceMs));
    EXPECT_EQ(e.problems(), QString());

    DataPreview data = pictures();
    data.classCounts.push_back(1);
    EXPECT_NE(previewMismatch(twoLayers(), data).find("3 outputs"), std::string::npos);
}

TEST(SamplesView, DrawsPicturesAndCurvesOfEveryShape)
{
    for (const Shape& shape : { Shape { 1, 8, 8 }, Shape { 3, 5, 7 }, Shape { 2, 4, 4 }, Shape { 3, 20 },
             Shape { 12, 29 }, Shape { 9 }, Shape { 1 }, Shape { 2, 3, 4, 5 }, Shape { 2, 100000 } }) {
        DataPreview data;
        data.sampleShape = shape;
        const auto size = static_cast<std::size_t>(elementCount(shape));
        for (std::int32_t i = 0; i < 3; ++i) {
            PreviewSample sample { std::vector<float>(size), i };
            for (std::size_t k = 0; k < size; ++k)
                sample.values[k] = static_cast<float>((k * 7 + static_cast<std::size_t>(i)) % 13);
            data.samples.push_back(sample);
        }
        SamplesView view;
        view.resize(300, 200);
        view.setData(data);
        const QImage image = view.grab().toImage();
        int inked = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                inked += image.pixelColor(x, y) != view.palette().color(QPalette::Window) ? 1 : 0;
        EXPECT_GT(inked, 1000) << toString(shape) << " is not to be seen";
        EXPECT_GE(view.heightForWidth(100), view.heightForWidth(1000));
    }
    SamplesView constant;
    DataPreview data = pictures();
    data.samples.resize(1);
    data.samples[0].values[0] = std::nanf("");
    constant.setData(data);
    EXPECT_FALSE(constant.grab().isNull()) << "values that are all the same, or none";
}

TEST(AddTaskDialog, AddsATaskFromItsFiles)
{
    const test::TemporaryFolder root;
    const QString folder = QString::fromStdString(root.path().string());
    std::ofstream(root / "tones.csv") << "1,2\n";
    FakeFiles files;
    RecipeDocument document;
    document.load(tasks({ "tones" }));
    AddTaskDialog dialog(document, files.readers(), {}, folder);
    dialog.show();
    QPushButton* add = nullptr;
    for (auto* button : dialog.findChildren<QPushButton*>())
        if (button->isDefault())
            add = button;
    ASSERT_NE(add, nullptr);
    EXPECT_FALSE(add->isEnabled());
    dialog.setNetwork(folder + QStringLiteral("/networks/tones.json"));
    EXPECT_FALSE(add->isEnabled());
    dialog.setData(folder + QStringLiteral("/tones.csv"));
    EXPECT_TRUE(add->isEnabled());
    ASSERT_TRUE(QTest::qWaitFor([&] { return dialog.task().data.format == "csv"; }, kPatienceMs))
        << "by its name";
    auto* const preprocess = dialog.findChild<QLineEdit*>(QStringLiteral("preprocess"));
    QTest::keyClicks(preprocess, QStringLiteral("scale=255, standardise"));
    auto* const name = dialog.findChild<QLineEdit*>(QStringLiteral("taskName"));
    EXPECT_EQ(name->text(), QStringLiteral("tones-2")) << "a free name";
    name->setText(QStringLiteral("tones"));
    EXPECT_FALSE(add->isEnabled()) << "that one is taken";
    name->setText(QStringLiteral("noises"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return files.dataReads > 0; }, kPatienceMs))
        << "and shows what the files hold";
    add->click();
    EXPECT_EQ(dialog.result(), QDialog::Accepted);
    EXPECT_EQ(dialog.added(), 1);
    const TaskSettings& added = document.recipe().tasks.at(1);
    EXPECT_EQ(added.name, "noises");
    EXPECT_EQ(added.network, "networks/tones.json");
    EXPECT_EQ(added.data.path, "tones.csv");
    EXPECT_EQ(added.data.format, "csv");
    EXPECT_EQ(added.preprocess, (std::vector<std::string> { "scale=255", "standardise" }));
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("Add task noises"));
}

TEST(AddTaskDialog, FillsInADataSetThatIsKnown)
{
    KnownData known { QStringLiteral("Digits"), {}, {}, true };
    known.data.format = "csv";
    known.data.path = "/data/digits.csv.gz";
    known.data.sampleShape = { 1, 8, 8 };
    known.split.test = 0.25;
    FakeFiles files;
    RecipeDocument document;
    AddTaskDialog dialog(document, files.readers(), { known }, QStringLiteral("/project"));
    auto* const set = dialog.findChild<QComboBox*>(QStringLiteral("knownData"));
    set->setCurrentIndex(1);
    Q_EMIT set->activated(1);
    EXPECT_EQ(dialog.task().name, "digits");
    EXPECT_EQ(dialog.task().data, known.data) << "also what the dialog has no field for";
    EXPECT_EQ(dialog.task().split.test, 0.25);
    dialog.setData(QStringLiteral("/data/own.ts"));
    EXPECT_EQ(set->currentIndex(), 0);
    EXPECT_TRUE(dialog.task().data.sampleShape.empty()) << "own files are not what was known";
}

TEST(LayerModel, KeepsTheModelContract)
{
    LayerModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setNetwork(twoLayers());
    EXPECT_EQ(model.rowCount(), 4);
    model.clear();
    EXPECT_EQ(model.rowCount(), 0);
    ClassCountModel counts;
    const QAbstractItemModelTester second(&counts, QAbstractItemModelTester::FailureReportingMode::Fatal);
    counts.setData(pictures());
    EXPECT_EQ(counts.rowCount(), 3);
    counts.setData(std::nullopt);
}

} // namespace
} // namespace palimpsest
