// SPDX-License-Identifier: Apache-2.0
#include "core/io/reference_network.h"
#include "core/matching/matching.h"
#include "core/matching/separation.h"
#include "core/pages/page_layout.h"
#include "random_problem.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <numeric>

namespace palimpsest {
namespace {

std::filesystem::path networkFolder()
{
    const char* shared = std::getenv("PALIMPSEST_SHARED");
    const std::filesystem::path root
        = shared != nullptr ? shared : std::filesystem::path(PALIMPSEST_SOURCE_DIR) / ".." / "shared";
    return root / "reference" / "onelevel";
}

/// The five networks of the references on 665 pages of 100, in the references' order.
class ReferenceNetworks : public testing::Test {
protected:
    void SetUp() override
    {
        const std::filesystem::path folder = networkFolder();
        if (!std::filesystem::exists(folder / "mnist.h5"))
            GTEST_SKIP() << "no reference networks in " << folder
                         << "; PALIMPSEST_SHARED names another folder";
        PagesSettings pages;
        pages.pageSize = 100;
        pages.formation = Formation::Reference;
        pages.smallTensors = SmallTensors::Paged;
        for (const std::string name : { "mnist", "gsc", "gtsrb", "cifar10", "svhn" }) {
            const Result<ImportedNetwork> imported = readReferenceNetwork(folder / (name + ".h5"));
            ASSERT_TRUE(imported.ok()) << imported.error().text();
            ASSERT_TRUE(imported->fisher.has_value());
            const PageLayout layout = formPages(imported->network, pages).value();
            const auto size = static_cast<std::size_t>(layout.imageSize());
            fillImage(layout, imported->weights, m_weights.emplace_back(size));
            fillImage(layout, *imported->fisher, m_fisher.emplace_back(size));
            m_valid.push_back(validityMask(layout));
            m_problem.names.push_back(name);
        }
        for (std::size_t t = 0; t < m_weights.size(); ++t) {
            m_problem.tasks.push_back({ m_weights[t], m_fisher[t], m_valid[t],
                static_cast<std::int64_t>(m_weights[t].size() / 100) });
        }
        m_problem.pageSize = 100;
        m_problem.slotCount = 665;
    }

    [[nodiscard]] MatchResult match(
        MatchingStrategy strategy, CostKind cost = CostKind::Barycentre, std::uint64_t seed = 1)
    {
        return matchPages(m_problem, matchingSettings(strategy, cost), seed, m_job.context()).value();
    }

    std::vector<std::vector<float>> m_weights, m_fisher;
    std::vector<std::vector<std::uint8_t>> m_valid;
    MatchProblem m_problem;
    Unwatched m_job;
};

TEST_F(ReferenceNetworks, HaveTheReferencesPageCounts)
{
    std::vector<std::int64_t> counts;
    for (const TaskPages& task : m_problem.tasks)
        counts.push_back(task.pageCount);
    EXPECT_EQ(counts, (std::vector<std::int64_t> { 458, 656, 665, 455, 455 }));
}

TEST_F(ReferenceNetworks, IdentityCostsWhatAnIndependentProgramFound)
{
    const MatchResult result = match(MatchingStrategy::Identity);
    EXPECT_NEAR(result.costPairwise, 374.6, 0.05); // ALGORITHMS.md 3.1
    EXPECT_NEAR(result.costBarycentre, 7.05, 0.005);
}

TEST_F(ReferenceNetworks, GreedyIsAsGoodAsTheReferences)
{
    double sum = 0.0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed)
        sum += match(MatchingStrategy::Reference, CostKind::Pairwise, seed).costPairwise;
    EXPECT_NEAR(sum / 10.0, 115.0, 8.0);
}

TEST_F(ReferenceNetworks, DescentComesNearTheBound)
{
    const MatchResult result = match(MatchingStrategy::Descent, CostKind::Pairwise);
    EXPECT_LE(result.costPairwise, 20.0);
    const LowerBounds bounds = lowerBounds(m_problem, m_job.context()).value().value();
    EXPECT_NEAR(bounds.pairwise, 18.19, 0.05);
    EXPECT_NEAR(bounds.barycentre, 0.00256, 0.00001);
    EXPECT_GE(result.costPairwise, bounds.pairwise);
}

TEST_F(ReferenceNetworks, DescentOnTheBarycentreBeatsTheGreedyTenfold)
{
    EXPECT_LE(match(MatchingStrategy::Descent).costBarycentre, 0.0131);
}

TEST_F(ReferenceNetworks, ExclusivePagesByPriceHalveTheCost)
{
    m_problem.exclusiveLimit = 269; // a tenth of all pages
    const MatchResult result = match(MatchingStrategy::Descent);
    EXPECT_EQ(result.exclusiveCount, 269);
    EXPECT_LE(result.costBarycentre, 0.0069); // ALGORITHMS.md 4.4: 0.0063 to 0.0069
}

TEST_F(ReferenceNetworks, DensityTakesAsManyPagesAsTheReferencesRule)
{
    SeparationSettings settings;
    settings.strategy = SeparationStrategy::Density;
    const Separation separation = separatePages(m_problem.tasks, 100, settings, 0, 400).value();
    std::vector<int> counts;
    for (const std::vector<std::uint8_t>& flags : separation.exclusive)
        counts.push_back(std::accumulate(flags.begin(), flags.end(), 0));
    EXPECT_EQ(counts, (std::vector<int> { 29, 2, 21, 5, 6 })); // ALGORITHMS.md 4.4
}

} // namespace
} // namespace palimpsest
