// SPDX-License-Identifier: Apache-2.0
// Fisher information that comes from a file: fisher.source, tasks[].fisher.
#include "core/base/random.h"
#include "core/network/safetensors.h"
#include "core/pipeline/benchmarks.h"
#include "core/pipeline/import_network.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/run_session.h"
#include "tests/core/io/hdf5_fixture.h"
#include "tests/core/io/shared_folder.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::replaceInFile;
using test::TemporaryFolder;
using test::writeTinyProject;

Result<JobEnd> run(const Project& project, Stage until)
{
    JobChannel channel;
    return runPipeline(project, { .until = until }, channel, {});
}

std::string errorOf(const Result<Project>& project)
{
    return project.ok() ? "opened" : project.error().text();
}

class FisherSourceTest : public testing::Test {
protected:
    void SetUp() override { writeTinyProject(folder()); }
    [[nodiscard]] fs::path folder() const { return m_root.path() / "tiny"; }

    /// Runs with computed Fisher information, keeps it in files, and gives the settings that name them.
    std::vector<std::string> keepFisher()
    {
        const auto project = Project::open(folder());
        EXPECT_TRUE(run(*project, Stage::Fisher).ok());
        RunSession session(*project);
        std::vector<std::string> settings { "fisher.source=file" };
        for (std::size_t i = 0; i < session.taskCount(); ++i) {
            const std::string& name = session.task(i).name;
            EXPECT_TRUE(
                writeSafetensors(folder() / (name + ".fisher.safetensors"), session.fisher(i).fisher));
            settings.push_back("tasks." + name + ".fisher=" + name + ".fisher.safetensors");
        }
        return settings;
    }

private:
    TemporaryFolder m_root;
};

TEST_F(FisherSourceTest, AFileStandsForTheComputation)
{
    const auto computed = Project::open(folder());
    const std::vector<std::string> settings = keepFisher();
    const auto fromFile = Project::open(folder(), settings);
    ASSERT_TRUE(fromFile.ok()) << errorOf(fromFile);
    ASSERT_TRUE(run(*computed, Stage::Match).ok());
    ASSERT_TRUE(run(*fromFile, Stage::Match).ok());
    RunSession one(*computed);
    RunSession other(*fromFile);
    for (std::size_t i = 0; i < one.taskCount(); ++i) {
        EXPECT_EQ(one.fisher(i).fisher, other.fisher(i).fisher);
        EXPECT_EQ(one.fisher(i).samples, 100);
        EXPECT_EQ(other.fisher(i).samples, 0) << "none were drawn";
    }
    EXPECT_EQ(one.matched().match.tables, other.matched().match.tables);
    EXPECT_EQ(one.matched().match.costBarycentre, other.matched().match.costBarycentre);
}

TEST_F(FisherSourceTest, GoesStaleWithTheFileAlone)
{
    std::vector<std::string> settings = keepFisher();
    settings.emplace_back("fisher.labels=all"); // is not looked at
    const auto project = Project::open(folder(), settings);
    ASSERT_TRUE(run(*project, Stage::Fisher).ok());
    const auto fisherStage = [&](const std::vector<std::string>& more) {
        std::vector<std::string> all = settings;
        all.insert(all.end(), more.begin(), more.end());
        const auto changed = Project::open(folder(), all);
        EXPECT_TRUE(changed.ok()) << errorOf(changed);
        return stageStatus(*changed)->at(static_cast<std::size_t>(Stage::Fisher));
    };
    EXPECT_EQ(fisherStage({ "fisher.samples=50", "fisher.labels=sampled" }).state, StageState::Done);
    EXPECT_EQ(fisherStage({ "tasks.left.training.epochs=5" }).state, StageState::Done)
        << "a file does not change with the weights";

    Weights other = *readSafetensors(folder() / "left.fisher.safetensors");
    other.tensors[0].values[0] += 1.0F;
    ASSERT_TRUE(writeSafetensors(folder() / "left.fisher.safetensors", other));
    const StageStatus stale = fisherStage({});
    EXPECT_EQ(stale.state, StageState::Stale);
    EXPECT_EQ(stale.partsDone, 1U) << "the other task keeps its own";
    EXPECT_NE(stale.reason.find("file changed: fisher"), std::string::npos) << stale.reason;
}

TEST_F(FisherSourceTest, ComputedResultsDoNotDependOnIt)
{
    const auto without = Project::open(folder());
    const std::vector<std::string> settings = keepFisher();
    const auto named = Project::open(folder(), { settings[1], settings[2] }); // the files, not the source
    EXPECT_EQ(without->planned("fisher/left").fingerprint, named->planned("fisher/left").fingerprint);
    const auto fromFile = Project::open(folder(), settings);
    EXPECT_NE(without->planned("fisher/left").fingerprint, fromFile->planned("fisher/left").fingerprint);
    EXPECT_EQ(without->planned("train/left").fingerprint, fromFile->planned("train/left").fingerprint);
}

TEST_F(FisherSourceTest, SaysWhatIsWrongInOneSentence)
{
    EXPECT_NE(
        errorOf(Project::open(folder(), { "fisher.source=file" })).find("tasks.left.fisher: expected a file"),
        std::string::npos);
    const std::vector<std::string> settings = keepFisher();
    const auto openWith = [&](const std::string& file) {
        std::vector<std::string> all = settings;
        all.push_back("tasks.right.fisher=" + file);
        return Project::open(folder(), all);
    };
    EXPECT_NE(errorOf(openWith("nobody.safetensors")).find("nobody.safetensors"), std::string::npos);
    const auto failure = [&](const std::string& file) -> std::string {
        const auto project = openWith(file);
        if (!project.ok())
            return project.error().text();
        const auto end = run(*project, Stage::Fisher);
        return end.ok() ? "ran" : end.error().text();
    };
    EXPECT_NE(failure("left.fisher.safetensors").find("expected the shape"), std::string::npos)
        << failure("left.fisher.safetensors");

    const auto project = Project::open(folder());
    RunSession session(*project);
    const Weights& weights = session.trained(1).weights;
    ASSERT_TRUE(writeSafetensors(folder() / "weights.safetensors", weights));
    EXPECT_NE(
        failure("weights.safetensors").find("expected Fisher information of 0 and more"), std::string::npos)
        << failure("weights.safetensors");

    // A network without Fisher information beside it.
    ASSERT_TRUE(writeSafetensors(folder() / "networks/right.safetensors", weights));
    EXPECT_NE(failure("networks/right.json").find("without it"), std::string::npos)
        << failure("networks/right.json");

    fs::resize_file(folder() / "right.fisher.safetensors", 40);
    const std::string cut = failure("right.fisher.safetensors");
    EXPECT_NE(cut.find("fisher of task right failed"), std::string::npos) << cut;
    EXPECT_NE(cut.find("right.fisher.safetensors"), std::string::npos) << cut;
}

TEST_F(FisherSourceTest, ValidateReadsTheFile)
{
    const std::vector<std::string> settings = keepFisher();
    EXPECT_TRUE(validateProject(*Project::open(folder(), settings)).ok());
    fs::resize_file(folder() / "right.fisher.safetensors", 40);
    const auto lines = validateProject(*Project::open(folder(), settings));
    ASSERT_FALSE(lines.ok());
    EXPECT_NE(lines.error().text().find("right.fisher.safetensors"), std::string::npos);
}

/// A network as the references keep them, made up: 6 x 6 x 1 -> `channels` of 2 x 2 -> 3.
void writeReferenceFile(const fs::path& path, std::size_t channels, std::uint64_t seed)
{
    const std::string c = std::to_string(channels);
    const std::string flat = std::to_string(4 * channels);
    Hdf5Writer writer(path);
    writer.texts("order", { "weight_0", "bias_0", "weight_1", "bias_1" });
    writer.texts("layers",
        { "Conv2D weight_0 (3, 3, 1, " + c + ") stride [1, 1, 1, 1] VALID -> (4, 4, " + c + ")",
            "+ bias_0 (" + c + ",)", "LeakyRelu alpha 0.2 (LeakyRelu)",
            "MaxPool [1, 2, 2, 1] stride [1, 2, 2, 1] VALID -> (2, 2, " + c + ") (neuron_1)",
            "Reshape -> (" + flat + ",)", "dropout", "MatMul weight_1 (" + flat + ", 3) -> (3,)",
            "+ bias_1 (3,)" });
    writer.numbers("input_shape_nhwc", { 6, 6, 1 });
    Random random(seed);
    for (const bool isFisher : { false, true }) {
        const auto tensor = [&](const char* name, const std::vector<hsize_t>& shape) {
            hsize_t size = 1;
            for (const hsize_t axis : shape)
                size *= axis;
            std::vector<float> values(size);
            for (float& value : values)
                value = static_cast<float>(
                    isFisher ? std::pow(10.0, -4.0 * random.uniform()) : random.normal());
            writer.dataset<float>((isFisher ? "/fisher/" : "/weights/") + std::string(name), H5T_NATIVE_FLOAT,
                H5T_IEEE_F32LE, shape, values);
        };
        tensor("weight_0", { 3, 3, 1, channels });
        tensor("bias_0", { channels });
        tensor("weight_1", { 4 * channels, 3 });
        tensor("bias_1", { 3 });
    }
}

/// A csv file with `each` samples of each class, all numbers made up.
void writeSamples(const fs::path& file, std::int64_t classes, std::int64_t values, int each)
{
    std::ofstream out(file);
    Random random(3);
    for (std::int64_t i = 0; i < classes * each; ++i) {
        for (std::int64_t k = 0; k < values; ++k)
            out << static_cast<int>(256.0 * random.uniform()) << ',';
        out << i % classes << '\n';
    }
}

/// The costs of the project's match stage must be those of `bench match` for the same strategy, to the bit.
void expectCostsOfBench(const fs::path& folder, Recipe recipe, const MatchBenchRequest& request)
{
    JobChannel channel;
    const auto lines = benchMatch(request, JobContext(channel, {}));
    ASSERT_TRUE(lines.ok()) << lines.error().text();
    int compared = 0;
    for (const Json& line : *lines) {
        const auto strategy = *fromString<MatchingStrategy>(line.at("strategy").get<std::string>());
        if (strategy == MatchingStrategy::Random || strategy == MatchingStrategy::Reference)
            continue; // drawn with another seed
        recipe.matching.strategy = strategy;
        recipe.matching.cost = *fromString<CostKind>(line.at("cost").get<std::string>());
        const auto project = Project::fromRecipe(folder, recipe, {});
        ASSERT_TRUE(project.ok()) << errorOf(project);
        const auto end = run(*project, Stage::Match);
        ASSERT_TRUE(end.ok()) << end.error().text();
        RunSession session(*project);
        const MatchStageResult& result = session.matched();
        EXPECT_EQ(result.match.costBarycentre, line.at("costBarycentre").get<double>()) << line;
        EXPECT_EQ(result.match.costPairwise, line.at("costPairwise").get<double>()) << line;
        ASSERT_TRUE(result.bounds.has_value());
        EXPECT_EQ(result.bounds->barycentre, line.at("lowerBoundBarycentre").get<double>());
        EXPECT_EQ(result.bounds->pairwise, line.at("lowerBoundPairwise").get<double>());
        ++compared;
    }
    EXPECT_EQ(compared, 5);
}

Recipe referenceRecipe()
{
    Recipe recipe;
    recipe.threads = 1;
    recipe.fisher.source = FisherSource::File;
    recipe.pages.formation = Formation::Reference;
    recipe.pages.smallTensors = SmallTensors::Paged;
    return recipe;
}

TEST(MatchingCosts, OfImportedNetworksAreThoseOfBenchMatch)
{
    const TemporaryFolder root;
    const fs::path folder = root.path() / "project";
    fs::create_directories(folder);
    Recipe recipe = referenceRecipe();
    recipe.pages.pageSize = 10;
    std::uint64_t seed = 1;
    const std::vector<std::pair<std::string, std::size_t>> networks { { "b", 4 }, { "a", 3 }, { "c", 5 } };
    for (const auto& [name, channels] : networks) {
        writeReferenceFile(root.path() / (name + ".h5"), channels, seed++);
        writeSamples(folder / (name + ".csv"), 3, 36, 4);
        TaskSettings task;
        task.name = name;
        task.network = "networks/" + name + ".json";
        task.data.format = "csv";
        task.data.path = name + ".csv";
        task.data.sampleShape = { 1, 6, 6 };
        recipe.tasks.push_back(task);
    }
    recipe.pages.poolPages = 13; // 5 channels: 45 + 5 + 60 + 3 weights in pages of 10 are 12
    std::ofstream(folder / "project.json") << toJson(recipe).dump();
    for (const auto& [name, channels] : networks) {
        const auto report = importNetwork({ { root.path() / (name + ".h5") }, {} }, folder, name);
        ASSERT_TRUE(report.ok()) << report.error().text();
    }
    const auto imported = readRecipe(folder);
    ASSERT_TRUE(imported.ok()) << imported.error().text();
    EXPECT_EQ(imported->tasks[1].fisher, "networks/a.fisher.safetensors")
        << "the import names what it brought";
    expectCostsOfBench(folder, *imported, { root.path(), { "b", "a", "c" }, 10, 13, "reference", 1 });
}

TEST(MatchingCosts, OfTheReferencesNetworksAreThoseOfBenchMatch)
{
    const fs::path networks = sharedFolder() / "reference/onelevel";
    if (sharedFolder().empty() || !fs::exists(networks / "mnist.h5"))
        GTEST_SKIP()
            << "no reference networks: set PALIMPSEST_SHARED to the folder that holds reference/onelevel";
    const fs::path sample = fs::path(PALIMPSEST_SOURCE_DIR) / "projects/onelevel";
    const TemporaryFolder root;
    fs::copy(sample, root.path(), fs::copy_options::recursive);
    auto recipe = readRecipe(sample);
    ASSERT_TRUE(recipe.ok()) << recipe.error().text();
    std::vector<std::string> order;
    for (TaskSettings& task : recipe->tasks) {
        // Matching looks at no data: made-up samples of the right shape will do, and save the time of reading real ones.
        const auto network = readNetwork(sample / task.network);
        ASSERT_TRUE(network.ok()) << network.error().text();
        writeSamples(
            root.path() / (task.name + ".csv"), network->classes(), elementCount(network->inputShape), 2);
        task.data = {};
        task.data.format = "csv";
        task.data.path = task.name + ".csv";
        task.data.sampleShape = network->inputShape;
        task.preprocess = { "scale=255" };
        task.split = {};
        task.weights = task.fisher = (networks / (task.name + ".h5")).string();
        order.push_back(task.name);
    }
    recipe->fisher.source = FisherSource::File;
    EXPECT_EQ(order, (std::vector<std::string> { "mnist", "gsc", "gtsrb", "cifar10", "svhn" }));
    expectCostsOfBench(root.path(), *recipe, { networks, order, 100, 665, "reference", 1 });
}

} // namespace
} // namespace palimpsest
