// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace palimpsest {
namespace {

/// conv 70 + 10, batch norm 10 + 10 (+ 10 + 10 of state), dense 130 + 2.
Network smallNetwork()
{
    Network network;
    network.name = "small";
    network.tensors = {
        { "conv.weight", { 10, 7 }, TensorRole::Weight, 0 },
        { "conv.bias", { 10 }, TensorRole::Bias, 0 },
        { "norm.scale", { 10 }, TensorRole::NormScale, 1 },
        { "norm.shift", { 10 }, TensorRole::NormShift, 1 },
        { "norm.mean", { 10 }, TensorRole::RunningMean, 1 },
        { "norm.variance", { 10 }, TensorRole::RunningVariance, 1 },
        { "tiny.weight", { 2, 3 }, TensorRole::Weight, 2 },
        { "dense.weight", { 2, 65 }, TensorRole::Weight, 3 },
        { "dense.bias", { 2 }, TensorRole::Bias, 3 },
    };
    return network;
}

/// Every value is another one: 1, 2, 3, ... in the order of the tensors.
Weights countingWeights(const Network& network, bool withState)
{
    Weights weights;
    float next = 1.0F;
    for (const TensorSpec& spec : network.tensors) {
        if (isState(spec.role) && !withState)
            continue;
        std::vector<float> values(static_cast<std::size_t>(spec.size()));
        std::iota(values.begin(), values.end(), next);
        next += static_cast<float>(values.size());
        weights.tensors.push_back({ spec.name, spec.shape, values });
    }
    return weights;
}

PagesSettings settings(std::int64_t pageSize, Formation formation, SmallTensors small)
{
    PagesSettings result;
    result.pageSize = pageSize;
    result.formation = formation;
    result.smallTensors = small;
    return result;
}

TEST(PageLayout, AlignedPutsEachLargeTensorOnPagesOfItsOwn)
{
    const Result<PageLayout> layout
        = formPages(smallNetwork(), settings(64, Formation::Aligned, SmallTensors::Private));
    ASSERT_TRUE(layout.ok());
    EXPECT_EQ(layout->pageSize, 64);
    // conv: pages 0, 1 (70 weights); dense: pages 2, 3, 4 (130); tiny.weight: page 5
    EXPECT_EQ(layout->pageCount, 6);
    EXPECT_EQ(layout->places[0].offset, 0);
    EXPECT_EQ(layout->places[7].offset, 128);
    EXPECT_EQ(layout->places[6].offset, 320);
    // Private: bias 10, scale 10, shift 10, mean 10, variance 10, bias 2, in order.
    EXPECT_EQ(layout->privateSize, 52);
    EXPECT_EQ(layout->places[5].offset, 40);
    EXPECT_EQ(layout->places[8].offset, 50);
    EXPECT_TRUE(layout->places[8].isPrivate);
    EXPECT_FALSE(layout->places[8].isState);
    EXPECT_TRUE(layout->places[4].isState);
}

TEST(PageLayout, AlignedPacksSmallPagedTensorsTogetherBehindTheLargeOnes)
{
    const Result<PageLayout> layout
        = formPages(smallNetwork(), settings(64, Formation::Aligned, SmallTensors::Paged));
    ASSERT_TRUE(layout.ok());
    // 2 pages of conv, 3 of dense, then 10 + 10 + 10 + 6 + 2 = 38 weights on one page.
    EXPECT_EQ(layout->pageCount, 6);
    EXPECT_EQ(layout->places[1].offset, 320); // conv.bias
    EXPECT_EQ(layout->places[2].offset, 330); // norm.scale
    EXPECT_EQ(layout->places[6].offset, 350); // tiny.weight
    EXPECT_EQ(layout->places[8].offset, 356); // dense.bias
    EXPECT_EQ(layout->privateSize, 20) << "state is private in any case";
}

TEST(PageLayout, ATensorOfExactlyOnePageStartsOnAPage)
{
    Network network;
    network.tensors = { { "a", { 3, 3 }, TensorRole::Weight, 0 }, { "b", { 8, 8 }, TensorRole::Weight, 0 } };
    const Result<PageLayout> layout
        = formPages(network, settings(64, Formation::Aligned, SmallTensors::Private));
    ASSERT_TRUE(layout.ok());
    EXPECT_EQ(layout->pageCount, 2);
    EXPECT_EQ(layout->places[1].offset, 0);
    EXPECT_EQ(layout->places[0].offset, 64);
}

TEST(PageLayout, ReferenceConcatenatesInSourceOrder)
{
    const Result<PageLayout> layout
        = formPages(smallNetwork(), settings(100, Formation::Reference, SmallTensors::Paged));
    ASSERT_TRUE(layout.ok());
    EXPECT_EQ(layout->pageCount, 3); // 70 + 10 + 10 + 10 + 6 + 130 + 2 = 238
    EXPECT_EQ(layout->places[6].offset, 100);
    EXPECT_EQ(layout->places[7].offset, 106);
    EXPECT_EQ(layout->places[8].offset, 236);
}

TEST(PageLayout, WholeLastPageIsNotFollowedByAnEmptyOne)
{
    Network network;
    network.tensors = { { "a", { 2, 100 }, TensorRole::Weight, 0 } };
    const Result<PageLayout> layout
        = formPages(network, settings(100, Formation::Reference, SmallTensors::Paged));
    ASSERT_TRUE(layout.ok());
    EXPECT_EQ(layout->pageCount, 2); // the references make a third, all-zero page here
}

TEST(PageLayout, NetworkWithoutPagedTensorsHasNoPages)
{
    Network network;
    network.tensors = { { "scale", { 5 }, TensorRole::NormScale, 0 } };
    const Result<PageLayout> layout
        = formPages(network, settings(64, Formation::Aligned, SmallTensors::Private));
    ASSERT_TRUE(layout.ok());
    EXPECT_EQ(layout->pageCount, 0);
    EXPECT_EQ(layout->privateSize, 5);
    EXPECT_TRUE(validityMask(*layout).empty());
}

TEST(PageLayout, RefusesPageSizesThatTheFormationCannotHave)
{
    for (const std::int64_t size : { -64, 0, 1, 32, 63, 100, 1000, 131'072 }) {
        const Result<PageLayout> layout
            = formPages(smallNetwork(), settings(size, Formation::Aligned, SmallTensors::Private));
        ASSERT_FALSE(layout.ok()) << size;
        EXPECT_EQ(layout.error().kind, ErrorKind::BadInput);
        EXPECT_NE(layout.error().text().find("power of two from 64 to 65536"), std::string::npos);
        EXPECT_NE(layout.error().text().find("got " + std::to_string(size)), std::string::npos);
    }
    EXPECT_FALSE(formPages(smallNetwork(), settings(0, Formation::Reference, SmallTensors::Paged)).ok());
    EXPECT_TRUE(formPages(smallNetwork(), settings(1, Formation::Reference, SmallTensors::Paged)).ok());
}

TEST(PageLayout, FisherWithoutStateFillsTheSamePlaces)
{
    const Network network = smallNetwork();
    const PageLayout layout
        = formPages(network, settings(64, Formation::Aligned, SmallTensors::Paged)).value();
    const Weights fisher = countingWeights(network, false);
    std::vector<float> image(static_cast<std::size_t>(layout.imageSize()), -1.0F);
    std::vector<float> run(static_cast<std::size_t>(layout.privateSize), -1.0F);
    fillImage(layout, fisher, image);
    fillPrivate(layout, fisher, run);
    EXPECT_EQ(image[128], 107.0F) << "dense.weight follows 70 + 30 + 6 values";
    EXPECT_EQ(image[350], 101.0F) << "tiny.weight";
    EXPECT_EQ(run, std::vector<float>(20, 0.0F)) << "the state that it lacks";
}

TEST(PageLayout, RefusesWeightsOfAnotherNetwork)
{
    const Network network = smallNetwork();
    const PageLayout layout
        = formPages(network, settings(64, Formation::Aligned, SmallTensors::Private)).value();
    Weights weights = countingWeights(network, true);
    std::vector<float> image(static_cast<std::size_t>(layout.imageSize()));
    std::vector<float> tooShort(image.size() - 1);
    EXPECT_THROW(fillImage(layout, weights, tooShort), std::invalid_argument);
    weights.tensors[0].values.pop_back();
    EXPECT_THROW(fillImage(layout, weights, image), std::invalid_argument);
    weights.tensors.pop_back();
    EXPECT_THROW(fillImage(layout, weights, image), std::invalid_argument);
}

} // namespace
} // namespace palimpsest
