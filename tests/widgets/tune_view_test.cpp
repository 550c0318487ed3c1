// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tune/tune_view.h"

#include "widgets/plots/curve_plot.h"
#include "widgets/project/number_field.h"
#include "widgets/project/recipe_document.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/table_view.h"
#include "widgets/tune/tune_dialog.h"
#include "widgets/tune/tune_model.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDir>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

TunePoint point(
    const TuneFront& front, const TuneChoice& choice, std::int64_t bytes, std::vector<double> tasks)
{
    return { choice, bytes, static_cast<double>(front.standaloneBytes) / static_cast<double>(bytes),
        accuracyAgainst(std::move(tasks), front.referenceAccuracy), {} };
}

/// Three points, of which the second is beaten by the third, and two rivals.
std::shared_ptr<TuneFront> exampleFront()
{
    auto front = std::make_shared<TuneFront>();
    front->project = "example";
    front->tasks = { "alpha", "beta" };
    front->reference = "sameSteps";
    front->steps = 900;
    front->referenceAccuracy = { 0.9, 0.8 };
    front->standaloneBytes = 2'000'000;
    front->target.bytes = 46'000;
    front->points
        = { point(*front, { Storage::Ternary, Storage::Ternary, 336, 0, 900 }, 45'000, { 0.899, 0.79 }),
              point(*front, { Storage::Int8, Storage::Int8, 80, 0, 300 }, 44'000, { 0.5, 0.7 }),
              point(*front, { Storage::Int4, Storage::Int8, 100, 8, 900 }, 30'000, { 0.88, 0.78 }) };
    front->rivals = { { "int8", 500'000, accuracyAgainst({ 0.9, 0.8 }, front->referenceAccuracy) },
        { "int4", 250'000, accuracyAgainst({ 0.85, 0.8 }, front->referenceAccuracy) } };
    return front;
}

std::shared_ptr<TuneFront> withMore(const TuneFront& before)
{
    auto front = std::make_shared<TuneFront>(before);
    front->points.push_back(
        point(*front, { Storage::Ternary, Storage::Ternary, 300, 0, 900 }, 40'000, { 0.9, 0.8 }));
    return front;
}

class TuneViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        view.resize(900, 700);
        view.show();
    }
    [[nodiscard]] QString hint() const { return view.findChild<EmptyPage*>()->hint(); }
    [[nodiscard]] TableView* table() const { return view.findChild<TableView*>(); }
    [[nodiscard]] CurvePlot* plot() const { return view.findChild<CurvePlot*>(); }
    [[nodiscard]] QPushButton* button(const QString& text) const
    {
        for (QPushButton* one : view.findChildren<QPushButton*>())
            if (one->text() == text)
                return one;
        return nullptr;
    }
    [[nodiscard]] NumberField* target() const { return view.findChild<NumberField*>(); }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }

    Selection selection;
    TuneView view { selection };
};

TEST_F(TuneViewTest, SaysHowToFillItAndHasNothingToExport)
{
    EXPECT_TRUE(hint().contains(QStringLiteral("46 KB"))) << hint().toStdString();
    EXPECT_TRUE(view.csv().isEmpty());
    QImage image(100, 100, QImage::Format_RGB32);
    QPainter painter(&image);
    EXPECT_FALSE(view.paintTo(painter, image.rect()));
    EXPECT_FALSE(button(QStringLiteral("&Take this point"))->isEnabled());
}

TEST_F(TuneViewTest, ListsFrontAndRivalsBySizeAndMarksTheBest)
{
    view.setFront(exampleFront());
    EXPECT_TRUE(hint().isEmpty());
    ASSERT_EQ(table()->model()->rowCount(), 4) << "two points of the front, two rivals";
    EXPECT_EQ(
        cell(0, TuneModel::NameColumn), QStringLiteral("100 int4 and 8 exclusive int8 pages, 900 steps"));
    EXPECT_EQ(cell(1, TuneModel::NameColumn), QStringLiteral("\u2605 336 ternary pages, 900 steps"));
    EXPECT_EQ(cell(1, TuneModel::BytesColumn), QStringLiteral("45.0 KB"));
    EXPECT_EQ(cell(1, TuneModel::MeanColumn), QStringLiteral("\u22120.55"));
    EXPECT_EQ(cell(1, TuneModel::WorstColumn), QStringLiteral("\u22121.00"));
    EXPECT_EQ(cell(1, TuneModel::TaskColumn), QStringLiteral("beta"));
    EXPECT_EQ(cell(2, TuneModel::NameColumn), QStringLiteral("private int4"));
    view.findChild<QCheckBox*>()->setChecked(true);
    EXPECT_EQ(table()->model()->rowCount(), 5) << "with what was tried and is beaten";
    EXPECT_GT(view.csv().count(QLatin1Char('\n')), 5);
}

TEST_F(TuneViewTest, AGrowingFrontKeepsTheSelectionAndNeverResets)
{
    view.setFront(exampleFront());
    const QAbstractItemModelTester tester(
        table()->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    table()->setCurrentIndex(table()->model()->index(1, 0));
    const TunePoint* const selected = view.selectedPoint();
    ASSERT_NE(selected, nullptr);
    const TuneChoice choice = selected->choice;
    QSignalSpy resets(table()->model(), &QAbstractItemModel::modelReset);
    // The new point beats the selected one: it goes from the list, unless all that was tried is shown.
    view.findChild<QCheckBox*>()->setChecked(true);
    view.setFront(withMore(*view.front()));
    EXPECT_EQ(resets.count(), 0);
    ASSERT_NE(view.selectedPoint(), nullptr);
    EXPECT_EQ(view.selectedPoint()->choice, choice);
    EXPECT_EQ(table()->model()->rowCount(), 6);
    EXPECT_TRUE(cell(1, 0).startsWith(QStringLiteral("\u2605 300 ternary"))) << cell(1, 0).toStdString();
    view.findChild<QCheckBox*>()->setChecked(false);
    EXPECT_EQ(table()->model()->rowCount(), 4);
    view.setFront(nullptr);
    EXPECT_EQ(table()->model()->rowCount(), 0);
}

TEST_F(TuneViewTest, TakesAPointAsOneStepThatCanBeUndone)
{
    RecipeDocument document;
    QObject::connect(
        &view, &TuneView::pointTaken, &document, [&](const QList<SettingEdit>& edits, const QString& text) {
            EXPECT_TRUE(document.set(edits, text).ok());
        });
    QObject::connect(
        &document, &RecipeDocument::recipeChanged, &view, [&] { view.setRecipe(document.recipe()); });
    Recipe recipe;
    recipe.tasks.resize(1);
    recipe.tasks[0].name = "alpha";
    recipe.tasks[0].network = "alpha.json";
    recipe.tasks[0].data.format = "csv";
    recipe.tasks[0].data.path = "alpha.csv";
    recipe.pages.poolPages = 7;
    document.load(recipe);
    view.setFront(exampleFront());
    table()->setCurrentIndex(table()->model()->index(0, 0));
    QPushButton* const take = button(QStringLiteral("&Take this point"));
    ASSERT_TRUE(take->isEnabled());
    take->click();
    EXPECT_EQ(document.recipe().pages.poolStorage, Storage::Int4);
    EXPECT_EQ(document.recipe().pages.exclusiveStorage, Storage::Int8);
    EXPECT_EQ(document.recipe().pages.poolPages, 100);
    EXPECT_EQ(document.recipe().separation.exclusivePages, 8);
    EXPECT_EQ(document.recipe().optimisation.steps, 900);
    EXPECT_FALSE(take->isEnabled()) << "the recipe says it already";
    EXPECT_TRUE(cell(0, 0).endsWith(QStringLiteral("\u2713"))) << cell(0, 0).toStdString();
    document.undoStack().undo();
    EXPECT_EQ(document.recipe(), recipe);
    EXPECT_TRUE(take->isEnabled());
    table()->setCurrentIndex(table()->model()->index(2, 0));
    EXPECT_FALSE(take->isEnabled()) << "a rival is no setting of the recipe";
}

TEST_F(TuneViewTest, AClickInThePlotSelectsTheRow)
{
    view.setFront(exampleFront());
    QTest::qWait(50);
    auto* const canvas = plot()->findChild<QWidget*>(QStringLiteral("canvas"));
    const QPointF place = plot()->toPixel({ 45'000.0, -0.55 }) - QPointF(canvas->pos());
    QTest::mouseClick(canvas, Qt::LeftButton, {}, place.toPoint());
    ASSERT_NE(view.selectedPoint(), nullptr);
    EXPECT_EQ(view.selectedPoint()->bytes, 45'000);
}

TEST_F(TuneViewTest, ATargetSizeAndEnterBeginASearch)
{
    QSignalSpy asked(&view, &TuneView::searchRequested);
    QTest::keyClicks(target(), QStringLiteral("46 KB"));
    QTest::keyClick(target(), Qt::Key_Return);
    ASSERT_EQ(asked.count(), 1);
    const auto request = asked.at(0).at(0).value<TuneRequest>();
    EXPECT_EQ(request.target.bytes, 46'000);
    EXPECT_TRUE(request.takesBest);
    view.setSearching(true);
    QTest::keyClick(target(), Qt::Key_Return);
    EXPECT_EQ(asked.count(), 1) << "one search at a time";
    EXPECT_TRUE(hint().contains(QStringLiteral("prepares"))) << hint().toStdString();
    view.setSearching(false);
    target()->setText(QStringLiteral("much"));
    QTest::keyClick(target(), Qt::Key_Return);
    EXPECT_EQ(asked.count(), 1) << "no size";
}

TEST_F(TuneViewTest, ShowsTheRivalsThatTheReportKnows)
{
    ReportModel report;
    report.baselineBytes = { { "int8", 500'000 }, { "ternaryTrained", 147'000 }, { "smallTernary", 45'000 } };
    for (const char* name : { "beta", "alpha" }) {
        ReportTask& task = report.tasks.emplace_back();
        task.name = name;
        task.validation = { { "int8", 0.1 }, { "ternaryTrained", name[0] == 'a' ? 0.91 : 0.79 } };
    }
    const TuneFront front = withRivalsOf(*exampleFront(), report);
    ASSERT_EQ(front.rivals.size(), 3U)
        << "int8 is there already, smallTernary was not scored on validation samples";
    EXPECT_EQ(front.rivals.back().name, "ternaryTrained");
    EXPECT_EQ(front.rivals.back().bytes, 147'000);
    EXPECT_NEAR(front.rivals.back().accuracy.worstChange, -0.01, 1e-12);
    report.tasks.pop_back();
    EXPECT_EQ(withRivalsOf(*exampleFront(), report).rivals.size(), 2U) << "of other tasks";
}

TEST_F(TuneViewTest, PointsFarBelowStayOutOfThePlotButInTheTable)
{
    auto front = exampleFront();
    front->points.push_back(
        point(*front, { Storage::Binary, Storage::Binary, 10, 0, 900 }, 3'000, { 0.1, 0.1 }));
    view.setFront(front);
    EXPECT_EQ(table()->model()->rowCount(), 5);
    QTest::qWait(50);
    EXPECT_GT(plot()->range().top(), -30.0) << "the others would be pressed flat";
}

TEST_F(TuneViewTest, IsPaintedWithItsTable)
{
    view.setFront(exampleFront());
    QImage image(800, 600, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    ASSERT_TRUE(view.paintTo(painter, image.rect()));
    painter.end();
    const QString folder = qEnvironmentVariable("PALIMPSEST_SHOTS");
    if (!folder.isEmpty()) {
        QTest::qWait(100);
        EXPECT_TRUE(image.save(QDir(folder).filePath(QStringLiteral("front-picture.png"))));
        EXPECT_TRUE(view.grab().save(QDir(folder).filePath(QStringLiteral("front-view.png"))));
    }
}

TEST(TuneDialog, GivesWhatIsSetAndSaysWhatIsMissing)
{
    TuneDialog dialog(std::nullopt, 2'000'000);
    QSignalSpy asked(&dialog, &TuneDialog::searchRequested);
    const auto field = [&](const char* name) { return dialog.findChild<NumberField*>(QLatin1String(name)); };
    const auto radio = [&](const char* text) -> QRadioButton* {
        for (QRadioButton* one : dialog.findChildren<QRadioButton*>())
            if (one->text() == QLatin1String(text))
                return one;
        return nullptr;
    };
    EXPECT_FALSE(dialog.request()) << "no size yet";
    QTest::keyClicks(field("tuneSize"), QStringLiteral("46 KB"));
    ASSERT_TRUE(dialog.request());
    EXPECT_EQ(dialog.request()->target.bytes, 46'000);
    EXPECT_EQ(dialog.request()->seconds, 600.0);

    radio("Largest &drop")->setChecked(true);
    EXPECT_FALSE(dialog.request()->target.bytes);
    EXPECT_DOUBLE_EQ(dialog.request()->target.maxDrop.value(), 0.002);
    field("tuneMinutes")->setText(QStringLiteral("0"));
    EXPECT_FALSE(dialog.request());
    field("tuneMinutes")->setText(QStringLiteral("2"));
    dialog.findChild<QCheckBox*>()->setChecked(false);
    ASSERT_TRUE(dialog.request());
    EXPECT_EQ(dialog.request()->seconds, 120.0);
    EXPECT_FALSE(dialog.request()->takesBest);

    radio("&Whole front")->setChecked(true);
    EXPECT_EQ(dialog.request()->target, TuneTarget {});
    EXPECT_FALSE(dialog.request()->takesBest) << "without a target no point is the best";
    for (QPushButton* button : dialog.findChildren<QPushButton*>())
        if (button->isDefault())
            button->click();
    EXPECT_EQ(asked.count(), 1);
}

} // namespace
} // namespace palimpsest
