// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/what_if.h"

#include "core/pipeline/pipeline.h"
#include "core/pipeline/run_session.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

namespace palimpsest {
namespace {

using test::TemporaryFolder;
using test::writeTinyProject;

class WhatIfTest : public testing::Test {
protected:
    void SetUp() override { writeTinyProject(folder); }

    Project run(std::optional<Stage> until, const std::vector<std::string>& overrides = {})
    {
        Project project = Project::open(folder, overrides).value();
        RunOptions options;
        options.until = until;
        JobChannel channel;
        const auto end = runPipeline(project, options, channel, {});
        EXPECT_TRUE(end) << end.error().text();
        return project;
    }
    [[nodiscard]] Recipe recipe(const std::vector<std::string>& overrides = {}) const
    {
        return readRecipe(folder, overrides).value();
    }
    [[nodiscard]] WhatIf load() const
    {
        auto whatIf = WhatIf::load(folder, recipe());
        EXPECT_TRUE(whatIf) << whatIf.error().text();
        return std::move(whatIf).value();
    }
    [[nodiscard]] JobContext context() { return { m_channel, m_stop.get_token() }; }

    TemporaryFolder root;
    std::filesystem::path folder = root / "tiny";
    JobChannel m_channel;
    std::stop_source m_stop;
};

void expectSame(const MemoryPlan& a, const MemoryPlan& b)
{
    EXPECT_EQ(a.standaloneBytes, b.standaloneBytes);
    EXPECT_EQ(a.poolBytes, b.poolBytes);
    EXPECT_EQ(a.exclusiveBytes, b.exclusiveBytes);
    EXPECT_EQ(a.privateBytes, b.privateBytes);
    EXPECT_EQ(a.tableBytes, b.tableBytes);
    EXPECT_EQ(a.scaleBytes, b.scaleBytes);
    EXPECT_EQ(a.scratchBytes, b.scratchBytes);
    EXPECT_EQ(a.level2Bytes, b.level2Bytes);
}

TEST_F(WhatIfTest, KnowsTheBytesBeforeAnythingIsRun)
{
    const WhatIf before = load();
    EXPECT_FALSE(before.canPredictCost());
    EXPECT_NE(before.costProblem().find("left is trained"), std::string::npos) << before.costProblem();
    EXPECT_FALSE(before.cost(WhatIfRequest::from(recipe()), WhatIf::kQuickWork, context()));
    const WhatIfBytes predicted = before.bytes(WhatIfRequest::from(recipe())).value();
    EXPECT_TRUE(predicted.budgetProblem.empty());

    const Project project = run(Stage::Place);
    RunSession session(project);
    expectSame(predicted.plan, session.placed().plan);
    EXPECT_EQ(predicted.slotCount, session.pages().slotCount);
}

TEST_F(WhatIfTest, SaysWhichStageIsMissing)
{
    run(Stage::Train);
    EXPECT_NE(load().costProblem().find("Fisher information of left"), std::string::npos);
    run(Stage::Fisher);
    EXPECT_TRUE(load().canPredictCost());
}

TEST_F(WhatIfTest, PredictsWhatTheStagesFindForOtherSettings)
{
    run(Stage::Fisher);
    for (const std::vector<std::string>& overrides : std::vector<std::vector<std::string>> { {},
             { "pages.pageSize=128", "pages.poolPages=4", "separation.exclusivePages=2" },
             { "pages.poolPages=3" }, { "pages.smallTensors=paged", "separation.exclusivePages=0" },
             { "pages.formation=reference", "pages.pageSize=50", "pages.poolPages=12" },
             { "separation.strategy=density", "separation.margin=0.5" }, { "matching.strategy=sequential" },
             { "matching.strategy=random" }, { "tasks.left.weight=3" } }) {
        const std::string name = overrides.empty() ? "as it is" : overrides[0];
        const WhatIfRequest request = WhatIfRequest::from(recipe(overrides));
        // The tasks' loss weights are read when it is loaded.
        const WhatIf whatIf = WhatIf::load(folder, recipe(overrides)).value();
        const CostEstimate cost = whatIf.cost(request, WhatIf::kQuickWork, context()).value();
        const WhatIfBytes bytes = whatIf.bytes(request).value();
        const Project project = run(Stage::Match, overrides);
        RunSession session(project);
        EXPECT_TRUE(cost.isExact) << name;
        EXPECT_EQ(cost.cost, session.matched().match.costBarycentre) << name;
        EXPECT_EQ(cost.exclusiveCount, session.matched().match.exclusiveCount) << name;
        EXPECT_EQ(bytes.slotCount, session.pages().slotCount) << name;
        EXPECT_GE(bytes.exclusivePages, session.matched().match.exclusiveCount) << name;
        if (request.separation.strategy == SeparationStrategy::Density) {
            EXPECT_EQ(bytes.exclusivePages, session.matched().match.exclusiveCount);
        }
    }
}

TEST_F(WhatIfTest, TellsWhatABudgetDoesNotHold)
{
    const WhatIf whatIf = load();
    WhatIfRequest request = WhatIfRequest::from(recipe());
    request.budgets.level1Bytes = 5000;
    const WhatIfBytes tooLarge = whatIf.bytes(request).value();
    EXPECT_NE(tooLarge.budgetProblem.find("budgets.level1Bytes"), std::string::npos)
        << tooLarge.budgetProblem;
    EXPECT_GT(tooLarge.plan.poolBytes, 0) << "the bytes are known all the same";

    request.budgets.level1Bytes = 100'000;
    request.pages.poolPages = 0; // as many as fit
    const WhatIfBytes fitting = whatIf.bytes(request).value();
    EXPECT_TRUE(fitting.budgetProblem.empty()) << fitting.budgetProblem;
    EXPECT_LE(fitting.plan.level1Bytes(), 100'000);
    request.budgets.level1Bytes = 100;
    EXPECT_FALSE(whatIf.bytes(request)) << "not even one slot";

    request = WhatIfRequest::from(recipe());
    request.budgets.level2Bytes = 10;
    EXPECT_NE(whatIf.bytes(request).value().budgetProblem.find("budgets.level2Bytes"), std::string::npos);
}

TEST_F(WhatIfTest, RefusesASizeThatIsNone)
{
    const WhatIf whatIf = load();
    WhatIfRequest request = WhatIfRequest::from(recipe());
    request.pages.pageSize = 100;
    const auto bytes = whatIf.bytes(request);
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().kind, ErrorKind::BadInput);
}

TEST_F(WhatIfTest, NeedsNoDataForTheBytes)
{
    std::filesystem::remove(folder / "left-train.csv");
    const WhatIf whatIf = load();
    EXPECT_TRUE(whatIf.bytes(WhatIfRequest::from(recipe())));
    EXPECT_NE(whatIf.costProblem().find("left-train.csv"), std::string::npos) << whatIf.costProblem();
    std::filesystem::remove(folder / "networks/left.json");
    EXPECT_FALSE(WhatIf::load(folder, recipe()));
}

TEST_F(WhatIfTest, ADamagedResultIsASentence)
{
    const Project project = run(Stage::Fisher);
    std::filesystem::resize_file(project.resultFile("fisher/left"), 100);
    const WhatIf whatIf = load();
    EXPECT_FALSE(whatIf.canPredictCost());
    EXPECT_NE(whatIf.costProblem().find("fisher-left"), std::string::npos) << whatIf.costProblem();
    EXPECT_TRUE(whatIf.bytes(WhatIfRequest::from(recipe())));
}

TEST_F(WhatIfTest, IsCanceled)
{
    run(Stage::Fisher);
    const WhatIf whatIf = load();
    m_stop.request_stop();
    const auto cost = whatIf.cost(WhatIfRequest::from(recipe()), WhatIf::kQuickWork, context());
    ASSERT_FALSE(cost);
    EXPECT_EQ(cost.error().kind, ErrorKind::Canceled);
}

} // namespace
} // namespace palimpsest
