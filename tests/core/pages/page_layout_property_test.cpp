// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_layout.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace palimpsest {
namespace {

Network anyNetwork()
{
    Network network;
    network.name = "any";
    const auto tensorCount = *rc::gen::inRange(0, 12);
    for (int n = 0; n < tensorCount; ++n) {
        const auto role = *rc::gen::element(TensorRole::Weight, TensorRole::Bias, TensorRole::NormScale,
            TensorRole::RunningMean, TensorRole::RunningVariance);
        Shape shape { *rc::gen::inRange<std::int64_t>(1, 40) };
        if (role == TensorRole::Weight)
            shape.push_back(*rc::gen::inRange<std::int64_t>(1, 12));
        network.tensors.push_back({ "t" + std::to_string(n), shape, role, 0 });
    }
    return network;
}

PagesSettings anySettings()
{
    PagesSettings settings;
    settings.formation = *rc::gen::element(Formation::Aligned, Formation::Reference);
    settings.smallTensors = *rc::gen::element(SmallTensors::Private, SmallTensors::Paged);
    settings.pageSize = settings.formation == Formation::Aligned ? *rc::gen::element<std::int64_t>(64, 128)
                                                                 : *rc::gen::inRange<std::int64_t>(1, 200);
    return settings;
}

Weights anyWeights(const Network& network)
{
    Weights weights;
    float next = 1.0F;
    for (const TensorSpec& spec : network.tensors) {
        std::vector<float> values(static_cast<std::size_t>(spec.size()));
        std::iota(values.begin(), values.end(), next);
        next += static_cast<float>(values.size());
        weights.tensors.push_back({ spec.name, spec.shape, values });
    }
    return weights;
}

RC_GTEST_PROP(PageLayoutProperty, ImageAndPrivateRunHoldEveryWeightOnce, ())
{
    const Network network = anyNetwork();
    const PageLayout layout = formPages(network, anySettings()).value();
    const Weights weights = anyWeights(network);
    std::vector<float> image(static_cast<std::size_t>(layout.imageSize()), -1.0F);
    std::vector<float> run(static_cast<std::size_t>(layout.privateSize), -1.0F);
    fillImage(layout, weights, image);
    fillPrivate(layout, weights, run);
    RC_ASSERT(assembleWeights(network, layout, image, run) == weights);

    const std::vector<std::uint8_t> mask = validityMask(layout);
    std::size_t held = run.size();
    for (std::size_t k = 0; k < image.size(); ++k) {
        RC_ASSERT((mask[k] != 0) == (image[k] != 0.0F)); // weights count from 1, padding is 0
        held += mask[k];
    }
    std::int64_t all = 0;
    for (const TensorSpec& spec : network.tensors)
        all += spec.size();
    RC_ASSERT(held == static_cast<std::size_t>(all));
}

RC_GTEST_PROP(PageLayoutProperty, APageIsARowOfTheImage, ())
{
    const Network network = anyNetwork();
    const PageLayout layout = formPages(network, anySettings()).value();
    const Weights weights = anyWeights(network);
    std::vector<float> image(static_cast<std::size_t>(layout.imageSize()));
    fillImage(layout, weights, image);
    std::vector<float> page(static_cast<std::size_t>(layout.pageSize), -1.0F);
    for (std::int64_t i = 0; i < layout.pageCount; ++i) {
        fillPage(layout, weights, i, page);
        RC_ASSERT(std::equal(page.begin(), page.end(), image.begin() + i * layout.pageSize));
    }
    RC_ASSERT_THROWS_AS(fillPage(layout, weights, layout.pageCount, page), std::invalid_argument);
}

RC_GTEST_PROP(PageLayoutProperty, EveryPageHoldsAWeight, ())
{
    const PageLayout layout = formPages(anyNetwork(), anySettings()).value();
    const std::vector<std::uint8_t> mask = validityMask(layout);
    for (std::int64_t page = 0; page < layout.pageCount; ++page) {
        const auto first = mask.begin() + page * layout.pageSize;
        RC_ASSERT(std::count(first, first + layout.pageSize, std::uint8_t { 1 }) > 0);
    }
}

RC_GTEST_PROP(PageLayoutProperty, AlignedNeverMixesALargeTensorWithAnother, ())
{
    const Network network = anyNetwork();
    PagesSettings settings = anySettings();
    settings.formation = Formation::Aligned;
    settings.pageSize = 64;
    const PageLayout layout = formPages(network, settings).value();
    std::vector<int> ownersOfPage(static_cast<std::size_t>(layout.pageCount), 0);
    std::vector<bool> isOwnedByLarge(ownersOfPage.size(), false);
    for (const TensorPlace& place : layout.places) {
        if (place.isPrivate)
            continue;
        const bool isLarge = place.size >= layout.pageSize;
        if (isLarge)
            RC_ASSERT(place.offset % layout.pageSize == 0);
        for (std::int64_t page = place.offset / layout.pageSize;
             page <= (place.offset + place.size - 1) / layout.pageSize; ++page) {
            ++ownersOfPage[static_cast<std::size_t>(page)];
            if (isLarge)
                isOwnedByLarge[static_cast<std::size_t>(page)] = true;
        }
    }
    for (std::size_t page = 0; page < ownersOfPage.size(); ++page)
        RC_ASSERT(!isOwnedByLarge[page] || ownersOfPage[page] == 1);
}

} // namespace
} // namespace palimpsest
