// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/pipeline.h"

#include "core/base/json.h"
#include "core/nn/paged_executor.h"
#include "core/pipeline/run_session.h"
#include "core/pipeline/standalone_evaluation.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <set>
#include <stop_token>
#include <thread>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::fileText;
using test::replaceInFile;
using test::TemporaryFolder;
using test::writeTinyProject;

Result<JobEnd> run(const fs::path& folder, const RunOptions& options = {},
    const std::vector<std::string>& overrides = {}, std::stop_token stop = {})
{
    const auto project = Project::open(folder, overrides);
    if (!project)
        return project.error();
    JobChannel channel;
    return runPipeline(*project, options, channel, std::move(stop));
}

/// State of each stage by name.
std::map<std::string, StageStatus> statusOf(const fs::path& folder)
{
    const auto project = Project::open(folder);
    EXPECT_TRUE(project.ok()) << project.error().text();
    std::map<std::string, StageStatus> states;
    const auto stages = stageStatus(*project);
    EXPECT_TRUE(stages.ok());
    for (const StageStatus& status : *stages)
        states[std::string(toString(status.stage))] = status;
    return states;
}

std::map<std::string, std::string> resultFiles(const fs::path& folder)
{
    std::map<std::string, std::string> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / "results"))
        files[entry.path().filename().string()] = fileText(entry.path());
    return files;
}

Json reportWithoutMeasured(const fs::path& folder)
{
    const auto project = Project::open(folder);
    EXPECT_TRUE(project.ok());
    const auto model = buildReport(*project);
    EXPECT_TRUE(model.ok()) << model.error().text();
    Json json = toJson(*model);
    json.erase("measured");
    return json;
}

class PipelineTest : public testing::Test {
protected:
    void SetUp() override { writeTinyProject(folder()); }
    [[nodiscard]] fs::path folder() const { return m_root.path() / "tiny"; }
    [[nodiscard]] fs::path other() const { return m_root.path() / "other"; }

private:
    TemporaryFolder m_root;
};

TEST_F(PipelineTest, RunsEveryStageOnceAndThenNothing)
{
    for (const auto& [name, status] : statusOf(folder()))
        EXPECT_EQ(status.state, name == "import" ? StageState::Ready : StageState::Waiting) << name;
    const auto end = run(folder());
    ASSERT_TRUE(end.ok()) << end.error().text();
    EXPECT_EQ(*end, JobEnd::Finished);
    for (const auto& [name, status] : statusOf(folder()))
        EXPECT_EQ(status.state, StageState::Done) << name << ": " << status.reason;
    EXPECT_FALSE(fs::exists(ProjectFolder(folder()).checkpointFile()));

    std::map<std::string, fs::file_time_type> times;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder() / "results"))
        times[entry.path().filename().string()] = entry.last_write_time();
    EXPECT_EQ(times.size(), 17U) << "3 x 2 task parts, 2 sameSteps, 8 parts of the project, the recipe";
    ASSERT_TRUE(run(folder()).ok());
    for (const fs::directory_entry& entry : fs::directory_iterator(folder() / "results"))
        EXPECT_EQ(entry.last_write_time(), times.at(entry.path().filename().string())) << entry.path();
    const auto runs = ProjectFolder(folder()).readRuns();
    ASSERT_TRUE(runs.ok());
    EXPECT_EQ(runs->size(), 1U) << "asking twice for the same is one run";
}

TEST_F(PipelineTest, ReportAddsUpAndNamesEveryBaseline)
{
    ASSERT_TRUE(run(folder()).ok());
    const Json report = reportWithoutMeasured(folder());
    const Json& memory = report.at("memory");
    EXPECT_EQ(memory.at("virtualizedBytes").get<std::int64_t>(),
        memory.at("poolBytes").get<std::int64_t>() + memory.at("exclusiveBytes").get<std::int64_t>()
            + memory.at("privateBytes").get<std::int64_t>() + memory.at("tableBytes").get<std::int64_t>()
            + memory.at("scaleBytes").get<std::int64_t>());
    // Worked by hand: left 6*64+64 + 64*3+3, right 6*96+96 + 96*3+3 weights of 4 bytes.
    EXPECT_EQ(memory.at("standaloneBytes").get<std::int64_t>(), 4 * (643 + 963));
    EXPECT_EQ(memory.at("poolBytes").get<std::int64_t>(), 8 * 64 * 4);
    EXPECT_EQ(memory.at("exclusiveBytes").get<std::int64_t>(), 64 * 4);
    EXPECT_EQ(memory.at("privateBytes").get<std::int64_t>(), 4 * (64 + 3 + 96 + 3));
    ASSERT_EQ(report.at("tasks").size(), 2U);
    for (const Json& task : report.at("tasks")) {
        for (const char* name :
            { "standalone", "virtualized", "sameSteps", "float16", "int8", "int6", "int4" })
            EXPECT_TRUE(task.at("accuracy").contains(name)) << name;
        EXPECT_EQ(task.at("testSamples"), 120);
        EXPECT_GT(task.at("accuracy").at("standalone").get<double>(), 0.8) << "the data are nearly separable";
    }
}

TEST_F(PipelineTest, EveryTrainedBaselineIsScoredAndCounted)
{
    const std::vector<std::string> overrides {
        "baselines=sameSteps,sameRecipe,int4Trained,int3Trained,ternaryTrained,smallTernary",
        "optimisation.steps=40", "pages.poolStorage=int8"
    };
    const auto end = run(folder(), {}, overrides);
    ASSERT_TRUE(end.ok()) << end.error().text();
    const auto project = Project::open(folder(), overrides);
    const auto model = buildReport(*project);
    ASSERT_TRUE(model.ok()) << model.error().text();
    for (const ReportTask& task : model->tasks)
        for (const std::string name :
            { "sameSteps", "sameRecipe", "int4Trained", "int3Trained", "ternaryTrained", "smallTernary" }) {
            EXPECT_TRUE(task.accuracy.contains(name)) << name;
            EXPECT_TRUE(task.validation.contains(name)) << name;
        }
    EXPECT_EQ(model->baselinesNotRun, (std::vector<std::string> { "float16", "int8", "int6", "int4" }));
    const auto& bytes = model->baselineBytes;
    EXPECT_FALSE(bytes.contains("sameRecipe")) << "it takes what the stand-alone networks take";
    EXPECT_GT(bytes.at("int4Trained"), bytes.at("int3Trained"));
    EXPECT_GT(bytes.at("int3Trained"), bytes.at("ternaryTrained"));
    // Worked by hand: [64, 6], [64], [3, 64], [3] and [96, 6], [96], [3, 96], [3] with five weights a byte, a scale of two
    // bytes for 128 weights and float16 for what has one axis.
    EXPECT_EQ(bytes.at("ternaryTrained"), (77 + 6) + (39 + 4) + 2 * 67 + (116 + 10) + (58 + 6) + 2 * 99);
    EXPECT_LE(bytes.at("smallTernary"), model->memory.virtualizedBytes());

    RunSession session(*project);
    for (std::size_t i = 0; i < session.taskCount(); ++i) {
        const BaselineResult& small = session.baseline("smallTernary", i);
        ASSERT_TRUE(small.network);
        EXPECT_EQ(small.network->inputShape, session.imported(i).network.inputShape);
        EXPECT_EQ(small.network->classes(), session.imported(i).network.classes());
        EXPECT_TRUE(checkWeights(*small.network, small.outcome.weights, "small").ok());
        EXPECT_FALSE(session.baseline("ternaryTrained", i).network);
    }
}

TEST_F(PipelineTest, SmallNetworksFitASmallPool)
{
    const std::vector<std::string> overrides { "baselines=smallTernary", "optimisation.steps=5",
        "pages.poolPages=4", "pages.poolStorage=ternary", "separation.exclusivePages=0" };
    const auto end = run(folder(), { .until = Stage::Place }, overrides);
    ASSERT_TRUE(end.ok()) << end.error().text();
    const auto project = Project::open(folder(), overrides);
    RunSession session(*project);
    EXPECT_LE(session.placed().baselineBytes.at("smallTernary"), session.placed().plan.virtualizedBytes());
    EXPECT_LT(session.baseline("smallTernary", 0).network->trainableCount(),
        session.imported(0).network.trainableCount());
}

TEST_F(PipelineTest, DistillationLeavesSameStepsAlone)
{
    const auto fingerprint = [&](const std::string& override, const std::string& part) {
        const auto project
            = Project::open(folder(), { "baselines=sameSteps,sameRecipe,smallTernary", override });
        return project->planned(part).fingerprint;
    };
    EXPECT_NE(fingerprint("optimisation.steps=40", "sameSteps/left"),
        fingerprint("optimisation.steps=41", "sameSteps/left"));
    const std::string other = "optimisation.distillation=0.25";
    EXPECT_EQ(
        fingerprint(other, "sameSteps/left"), fingerprint("optimisation.distillation=0.5", "sameSteps/left"));
    EXPECT_NE(fingerprint(other, "sameRecipe/left"),
        fingerprint("optimisation.distillation=0.5", "sameRecipe/left"));
    EXPECT_EQ(fingerprint("pages.poolPages=7", "sameRecipe/left"),
        fingerprint("pages.poolPages=6", "sameRecipe/left"));
    EXPECT_NE(fingerprint("pages.poolPages=7", "smallTernary/left"),
        fingerprint("pages.poolPages=6", "smallTernary/left"));
}

TEST_F(PipelineTest, StatesNoAccuracyWhereTheRecipeSaysWhy)
{
    ASSERT_TRUE(run(folder()).ok());
    replaceInFile(folder() / "project.json", R"("name": "left",)",
        R"("name": "left", "noAccuracy": "its input is not known",)");
    const auto states = statusOf(folder());
    EXPECT_EQ(states.at("report").state, StageState::Stale);
    EXPECT_EQ(states.at("evaluate").state, StageState::Done) << "only the report tells it";
    ASSERT_TRUE(run(folder()).ok());

    const auto project = Project::open(folder());
    const auto model = buildReport(*project);
    ASSERT_TRUE(model.ok()) << model.error().text();
    const Json report = toJson(*model);
    const Json& left = report.at("tasks").at(0);
    EXPECT_TRUE(left.at("accuracy").empty());
    EXPECT_TRUE(left.at("validation").empty());
    EXPECT_NE(left.at("data").get<std::string>().find("no accuracy is stated: its input is not known"),
        std::string::npos)
        << left.at("data");
    for (const auto& [name, curve] : left.at("curves").items())
        EXPECT_TRUE(curve.at("accuracy").empty()) << name;
    const Json& right = report.at("tasks").at(1);
    const double change = right.at("accuracy").at("virtualized").get<double>()
        - right.at("accuracy").at("sameSteps").get<double>();
    EXPECT_NEAR(report.at("summary").at("meanChange").get<double>(), change, 1e-12)
        << "the mean is over the tasks whose accuracy is stated";
    const std::string page = toHtml(*model);
    EXPECT_NE(page.find("its input is not known"), std::string::npos);
    EXPECT_EQ(page.find("Accuracy of left"), std::string::npos) << "a chart without a bar says nothing";
    EXPECT_NE(page.find("Accuracy of right"), std::string::npos);
}

TEST_F(PipelineTest, EqualSeedsGiveEqualBytes)
{
    writeTinyProject(other());
    ASSERT_TRUE(run(folder()).ok());
    ASSERT_TRUE(run(other()).ok());
    EXPECT_EQ(resultFiles(folder()), resultFiles(other()));
    EXPECT_EQ(reportWithoutMeasured(folder()), reportWithoutMeasured(other()));
}

TEST_F(PipelineTest, AnotherSeedGivesOtherResults)
{
    writeTinyProject(other());
    replaceInFile(other() / "project.json", "\"seed\": 7", "\"seed\": 8");
    ASSERT_TRUE(run(folder(), { .until = Stage::Train }).ok());
    ASSERT_TRUE(run(other(), { .until = Stage::Train }).ok());
    const auto first = Project::open(folder());
    const auto second = Project::open(other());
    EXPECT_NE(RunSession(*first).trained(0).weights, RunSession(*second).trained(0).weights);
}

TEST_F(PipelineTest, ReasonNamesTheFileThatChanged)
{
    ASSERT_TRUE(run(folder(), { .until = Stage::Import }).ok());
    replaceInFile(folder() / "left-train.csv", "0", "1");
    EXPECT_EQ(statusOf(folder()).at("import").reason, "file changed: data/left-train.csv; 1 of 2 parts done");
}

TEST_F(PipelineTest, PartsWeighAsManyTasksAsTheyWorkOn)
{
    const auto project = Project::open(folder());
    ASSERT_TRUE(project.ok());
    for (const StagePart& part : partsOf(Stage::Optimise, project->recipe()))
        EXPECT_EQ(workOf(part, project->recipe()), part.name == "optimise" ? 2.0 : 1.0) << part.name;
}

/// The joint steps of two tasks are half of the stage, the same steps of each task alone a quarter: what the time left is told by.
TEST_F(PipelineTest, ProgressOfAStageFollowsTheWork)
{
    const auto project = Project::open(folder());
    ASSERT_TRUE(project.ok());
    JobChannel channel;
    ASSERT_TRUE(runPipeline(*project, { .until = Stage::Match }, channel, {}).ok());
    std::stop_source stop;
    std::jthread watcher([&] {
        double last = 0.0;
        while (!stop.stop_requested()) {
            const JobChannel::Update update = channel.take();
            if (update.stage == "optimise" && update.phase.starts_with("step ")) {
                EXPECT_LE(update.fraction, 0.5) << update.phase;
                EXPECT_GE(update.fraction, last);
                last = update.fraction;
            } else if (update.stage == "optimise" && update.phase.starts_with("right: step ")) {
                EXPECT_GE(update.fraction, 0.75) << update.phase;
            }
            std::this_thread::yield();
        }
    });
    EXPECT_TRUE(runPipeline(*project, { .until = Stage::Optimise }, channel, {}).ok());
    stop.request_stop();
}

TEST_F(PipelineTest, PageSizeLeavesTrainingAlone)
{
    ASSERT_TRUE(run(folder()).ok());
    replaceInFile(folder() / "project.json", "\"pageSize\": 64", "\"pageSize\": 128");
    const auto states = statusOf(folder());
    for (const char* name : { "import", "train", "fisher" })
        EXPECT_EQ(states.at(name).state, StageState::Done) << name;
    for (const char* name :
        { "pages", "separate", "match", "optimise", "evaluate", "place", "execute", "report" })
        EXPECT_EQ(states.at(name).state, StageState::Stale) << name;
    EXPECT_EQ(states.at("pages").reason, "pages.pageSize was 64, is 128");
    EXPECT_NE(states.at("optimise").reason.find("2 of 3 parts done"), std::string::npos)
        << "the stand-alone baseline does not depend on pages: " << states.at("optimise").reason;

    const auto before = resultFiles(folder());
    ASSERT_TRUE(run(folder()).ok());
    const auto after = resultFiles(folder());
    for (const auto& [name, bytes] : before)
        EXPECT_EQ(after.at(name), bytes) << "results of the earlier run stay: " << name;
    EXPECT_EQ(after.size(), before.size() + 9U) << "8 stages without training, and the recipe";
}

TEST_F(PipelineTest, AugmentationTakesPartInAllTrainingAndInNothingElse)
{
    const auto fingerprint = [&](const std::vector<std::string>& more, const std::string& part) {
        std::vector<std::string> overrides { "baselines=sameSteps,sameRecipe,smallTernary" };
        overrides.insert(overrides.end(), more.begin(), more.end());
        const auto project = Project::open(folder(), overrides);
        return project->planned(part).fingerprint;
    };
    const std::string noise = "tasks.left.augmentation.noise=0.2";
    EXPECT_EQ(fingerprint({ noise }, "import/left"), fingerprint({}, "import/left"));
    for (const char* part :
        { "train/left", "sameSteps/left", "sameRecipe/left", "smallTernary/left", "optimise" })
        EXPECT_NE(fingerprint({ noise }, part), fingerprint({}, part)) << part;
    for (const char* part : { "train/right", "sameSteps/right", "sameRecipe/right" })
        EXPECT_EQ(fingerprint({ noise }, part), fingerprint({}, part)) << part;
    // A setting at its default is not told, so that results from before it was there stay good.
    const auto project = Project::open(folder());
    for (const char* part : { "train/left", "sameSteps/left", "optimise" })
        for (const char* later : { "augmentation", "optimiser\"", "momentum", "freezeFinished" })
            EXPECT_EQ(project->planned(part).inputs.find(later), std::string::npos) << part << ", " << later;
    EXPECT_NE(fingerprint({ "optimisation.freezeFinished=true" }, "optimise"), fingerprint({}, "optimise"));
    EXPECT_EQ(fingerprint({ "optimisation.freezeFinished=true" }, "sameSteps/left"),
        fingerprint({}, "sameSteps/left"));
    EXPECT_NE(
        fingerprint({ "optimisation.optimiser=sgd" }, "sameSteps/left"), fingerprint({}, "sameSteps/left"));
    EXPECT_EQ(fingerprint({ "optimisation.momentum=0.5" }, "optimise"), fingerprint({}, "optimise"));

    ASSERT_TRUE(run(folder(), { .until = Stage::Optimise }, { noise, "optimisation.optimiser=sgd" }).ok());
    const auto refused = run(folder(), {}, { "tasks.left.augmentation.flip=true" });
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
    EXPECT_NE(refused.error().text().find(
                  "tasks.left: train of task left failed: augmentation.flip needs pictures"),
        std::string::npos)
        << refused.error().text();
}

TEST_F(PipelineTest, OverridesMakeARunOfTheirOwn)
{
    ASSERT_TRUE(run(folder()).ok());
    const std::string recipe = fileText(folder() / "project.json");
    ASSERT_TRUE(run(folder(), {}, { "matching.strategy=random" }).ok());
    EXPECT_EQ(fileText(folder() / "project.json"), recipe);
    const auto first = Project::openRun(folder(), "r1");
    const auto second = Project::openRun(folder(), "r2");
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(buildReport(*first)->matching.strategy, "descent");
    EXPECT_EQ(buildReport(*second)->matching.strategy, "random");
    EXPECT_EQ(second->overrides(), std::vector<std::string> { "matching.strategy=random" });
    EXPECT_EQ(buildReport(*Project::openRun(folder()))->run, "r2") << "without an id: the newest";

    ASSERT_TRUE(pruneRuns(folder(), 1).ok());
    EXPECT_FALSE(Project::openRun(folder(), "r1").ok());
    EXPECT_TRUE(buildReport(*Project::openRun(folder(), "r2")).ok()) << "a kept run keeps all its results";
}

TEST_F(PipelineTest, OnlyEvaluateReadsTheTestSplit)
{
    // A test split that nobody can read: every stage that must not look at it works all the same.
    test::replaceInFile(folder() / "left-test.csv", ",", ",no number,");
    const auto until = run(folder(), { .until = Stage::Optimise });
    ASSERT_TRUE(until.ok()) << until.error().text();
    const auto end = run(folder());
    ASSERT_FALSE(end.ok());
    EXPECT_EQ(end.error().kind, ErrorKind::BadInput);
    EXPECT_NE(end.error().text().find("evaluate"), std::string::npos) << end.error().text();
    EXPECT_NE(end.error().text().find("left-test.csv"), std::string::npos) << end.error().text();
    EXPECT_EQ(statusOf(folder()).at("evaluate").state, StageState::Failed);
    EXPECT_EQ(statusOf(folder()).at("optimise").state, StageState::Done);
}

TEST_F(PipelineTest, CancelKeepsWhatIsDone)
{
    ASSERT_TRUE(run(folder(), { .until = Stage::Fisher }).ok());
    const auto before = resultFiles(folder());
    std::stop_source stop;
    stop.request_stop();
    const auto end = run(folder(), {}, {}, stop.get_token());
    ASSERT_TRUE(end.ok());
    EXPECT_EQ(*end, JobEnd::Canceled);
    EXPECT_EQ(resultFiles(folder()), before);
    EXPECT_EQ(statusOf(folder()).at("pages").state, StageState::Ready) << "a cancel is no failure";
}

TEST_F(PipelineTest, FromRunsDoneStagesAgainWithTheSameResult)
{
    ASSERT_TRUE(run(folder(), { .until = Stage::Match }).ok());
    const auto before = resultFiles(folder());
    ASSERT_TRUE(run(folder(), { .from = Stage::Fisher, .until = Stage::Match }).ok());
    EXPECT_EQ(resultFiles(folder()), before);
}

TEST_F(PipelineTest, FromKeepsOldResultsUntilNewOnesAreThere)
{
    ASSERT_TRUE(run(folder(), { .until = Stage::Match }).ok());
    const auto before = resultFiles(folder());
    std::stop_source stop;
    stop.request_stop();
    const auto end = run(folder(), { .from = Stage::Train, .until = Stage::Match }, {}, stop.get_token());
    ASSERT_TRUE(end.ok());
    EXPECT_EQ(*end, JobEnd::Canceled);
    EXPECT_EQ(resultFiles(folder()), before);
    EXPECT_EQ(statusOf(folder()).at("match").state, StageState::Done);
}

TEST_F(PipelineTest, FromDoesRunThemAgain)
{
    ASSERT_TRUE(run(folder(), { .until = Stage::Pages }).ok());
    const auto project = Project::open(folder());
    const fs::path file = project->resultFile("pages");
    const auto old = fs::last_write_time(file) - std::chrono::hours(1);
    fs::last_write_time(file, old);
    ASSERT_TRUE(run(folder(), { .from = Stage::Pages, .until = Stage::Pages }).ok());
    EXPECT_GT(fs::last_write_time(file), old);
}

TEST_F(PipelineTest, DamagedResultIsOneSentenceAndOneFile)
{
    ASSERT_TRUE(run(folder(), { .until = Stage::Train }).ok());
    const auto project = Project::open(folder());
    const fs::path file = project->resultFile("train/left");
    fs::resize_file(file, fs::file_size(file) / 2);
    const auto end = run(folder());
    ASSERT_FALSE(end.ok());
    EXPECT_NE(end.error().text().find(file.filename().string()), std::string::npos) << end.error().text();
    fs::remove(file);
    EXPECT_TRUE(run(folder()).ok());
}

TEST_F(PipelineTest, RefusesWhatDoesNotFit)
{
    const auto textOf = [&](const std::vector<std::string>& overrides) {
        const auto end = run(folder(), {}, overrides);
        return end.ok() ? std::string("no error") : end.error().text();
    };
    EXPECT_NE(textOf({ "pages.pageSize=100" }).find("power of two"), std::string::npos);
    EXPECT_NE(textOf({ "pages.page=100" }).find("pageSize"), std::string::npos) << "names the nearest key";
    EXPECT_NE(textOf({ "budgets.level1Bytes=1000" }).find("1000"), std::string::npos);
    replaceInFile(folder() / "networks/left.json", "\"outputs\": 3", "\"outputs\": 4");
    EXPECT_NE(textOf({}).find("3 classes"), std::string::npos) << textOf({});
    fs::remove(folder() / "right-train.csv");
    EXPECT_NE(textOf({}).find("right-train.csv"), std::string::npos) << textOf({});
    EXPECT_TRUE(fs::exists(folder() / "project.json"));
}

TEST_F(PipelineTest, ASecondRunIsLockedOut)
{
    const auto lock = ProjectLock::acquire(folder());
    ASSERT_TRUE(lock.ok());
    const auto end = run(folder());
    ASSERT_FALSE(end.ok());
    EXPECT_EQ(end.error().kind, ErrorKind::Locked);
}

/// Runs the project, exports it and checks the bundle against the run: bytes, scores and every logit.
void expectBundleOfRun(
    const fs::path& folder, const fs::path& bundle, const std::vector<std::string>& overrides)
{
    const auto end = run(folder, {}, overrides);
    ASSERT_TRUE(end.ok()) << end.error().text();
    const auto project = Project::open(folder, overrides);
    const Result<BundleSize> size = exportProject(*project, bundle);
    ASSERT_TRUE(size.ok()) << size.error().text();
    EXPECT_EQ(size->storedBytes, buildReport(*project)->memory.virtualizedBytes());

    RunSession session(*project);
    const Result<Bundle> read = readBundle(bundle);
    ASSERT_TRUE(read.ok()) << read.error().text();
    const StoredState& state = session.optimised().state;
    StoredState stored { read->pool, read->exclusive, {} };
    std::vector<JointTask> bundled;
    for (const BundleTask& task : read->tasks) {
        stored.privateRuns.push_back(task.privateRun);
        bundled.push_back(
            { .name = task.name, .network = &task.network, .layout = &task.layout, .table = &task.table });
    }
    const fs::path level2 = folder / "level2.bin";
    ASSERT_TRUE(writeExclusivePages(level2, state.exclusive).ok());
    auto own = PagedExecutor::create(*session.jointTasks(false), state, level2);
    auto exported = PagedExecutor::create(bundled, stored, exclusivePagesFile(bundle));
    ASSERT_TRUE(own.ok() && exported.ok());
    const std::vector<float> input { 0.5F, -1.0F, 2.0F, 0.0F, 0.25F, -3.0F, 1.0F, 1.0F, 0.0F, 0.0F, 4.0F,
        -0.5F };
    for (std::size_t i = 0; i < read->tasks.size(); ++i) {
        EXPECT_EQ(exported->run(i, input, 2), own->run(i, input, 2));
        EvaluationRequest request;
        request.bundle = bundle;
        request.task = read->tasks[i].name;
        request.data = folder / (request.task + "-test.csv");
        JobChannel channel;
        const Result<Score> score = evaluateStandalone(request, JobContext(channel, {}));
        ASSERT_TRUE(score.ok()) << score.error().text();
        const Score& expected = session.evaluated().scores.at(i).at("virtualized");
        EXPECT_EQ(score->correct, expected.correct);
        EXPECT_EQ(score->samples, expected.samples);
        EXPECT_EQ(score->loss, expected.loss);
    }
}

TEST_F(PipelineTest, ExportedBundleScoresAsTheRunDid)
{
    int number = 0;
    for (const std::string storage :
        { "float32", "float16", "int8", "int6", "int4", "int3", "ternary", "binary" })
        for (const std::string exclusive : { "0", "2" }) {
            SCOPED_TRACE(storage + " with " + exclusive + " exclusive pages");
            expectBundleOfRun(folder(), other() / std::to_string(number++),
                { "optimisation.steps=10", "baselines=", "pages.poolStorage=" + storage,
                    "pages.exclusiveStorage=" + std::string(storage == "ternary" ? "int8" : storage),
                    "pages.privateStorage=" + std::string(storage == "binary" ? "int8" : "auto"),
                    "separation.exclusivePages=" + exclusive });
        }
}

/// The samples of a csv file of six values and a label as series of two dimensions; `more` is put behind each of them.
void writeSeries(const fs::path& csv, const fs::path& ts, const std::string& more)
{
    std::ifstream in(csv);
    std::ofstream out(ts);
    out << "@problemName tiny\n@timeStamps false\n@univariate false\n@classLabel true 0 1 2\n@data\n";
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> fields { "" };
        for (const char c : line)
            if (c == ',')
                fields.emplace_back();
            else
                fields.back() += c;
        out << fields.at(0) << ',' << fields.at(1) << ',' << fields.at(2) << more << ':' << fields.at(3)
            << ',' << fields.at(4) << ',' << fields.at(5) << more << ':' << fields.at(6) << '\n';
    }
}

TEST_F(PipelineTest, ABundleScoresSeriesThatAreLongerThanThoseOfItsTraining)
{
    writeSeries(folder() / "left-train.csv", folder() / "left-train.ts", "");
    writeSeries(folder() / "left-test.csv", folder() / "left-test.ts", ",9,8");
    replaceInFile(folder() / "project.json", R"("csv", "path": "left-train.csv", "test": "left-test.csv")",
        R"("ts", "path": "left-train.ts", "test": "left-test.ts")");
    replaceInFile(
        folder() / "networks/left.json", "[6], \"layers\": [", R"([2, 3], "layers": [{"type": "flatten"}, )");
    const auto end = run(folder());
    ASSERT_TRUE(end.ok()) << end.error().text();
    const auto project = Project::open(folder());
    ASSERT_TRUE(exportProject(*project, other()).ok());
    EvaluationRequest request;
    request.bundle = other();
    request.task = "left";
    request.data = folder() / "left-test.ts";
    JobChannel channel;
    const Result<Score> score = evaluateStandalone(request, JobContext(channel, {}));
    ASSERT_TRUE(score.ok()) << score.error().text();
    RunSession session(*project);
    EXPECT_EQ(score->loss, session.evaluated().scores.at(0).at("virtualized").loss);
}

TEST_F(PipelineTest, ABundleIsNeverWrittenOver)
{
    ASSERT_TRUE(run(folder()).ok());
    const auto project = Project::open(folder());
    ASSERT_TRUE(exportProject(*project, other()).ok());
    EXPECT_FALSE(exportProject(*project, other()).ok());
    EXPECT_TRUE(fs::exists(other() / "manifest.json"));
}

} // namespace
} // namespace palimpsest
