// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/network/network.h"
#include "core/project/settings.h"

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest {

/// Where one tensor lies in a task's page image.
struct TensorPlace {
    std::size_t tensor = 0; ///< index into Network::tensors
    std::int64_t offset = 0; ///< first weight in the page image, or in the private run where isPrivate
    std::int64_t size = 0; ///< weights
    bool isPrivate = false;
    bool isState = false; ///< no weight: always private, and absent from a Fisher
    bool operator==(const TensorPlace&) const = default;
};

/// How a network's weights are cut into pages: the formation (DESIGN.md 1).
///
/// The page image of a task is [pageCount, pageSize] float32, zero where there is padding. Private tensors
/// (and always the state that is no weight) lie one after the other in the private run, [privateSize].
///
/// Aligned: each tensor of a page or more is a run of its own, so no other tensor shares its last page; the
/// smaller paged tensors are one run after these, one after the other in the network's order, over page
/// borders. Reference: all paged tensors are one run in the network's order.
struct PageLayout {
    std::int64_t pageSize = 0; ///< weights
    std::int64_t pageCount = 0;
    std::int64_t privateSize = 0; ///< weights and state values of the private run
    std::vector<TensorPlace> places; ///< one a tensor, in the order of Network::tensors
    [[nodiscard]] std::int64_t imageSize() const { return pageCount * pageSize; }
    bool operator==(const PageLayout&) const = default;
};

/// 1 for each page that holds weights of the output layer (the last one with weights), [pageCount].
/// Two of them in one slot would tie rows of that layer, and so classes: MatchProblem::apart keeps them apart.
[[nodiscard]] std::vector<std::uint8_t> outputLayerPages(const Network& network, const PageLayout& layout);

/// Cuts a network into pages.
/// @return BadInput where pageSize is no power of two from 64 to 65,536 (Aligned), or is below 1 (Reference)
[[nodiscard]] Result<PageLayout> formPages(const Network& network, const PagesSettings& settings);

/// Copies weights, or a Fisher (which has no state tensors), into a page image.
/// @param image  out, [pageCount * pageSize]; padding becomes 0
/// @throws std::invalid_argument if a tensor or a span has another size than the layout says
void fillImage(const PageLayout& layout, const Weights& weights, std::span<float> image);
/// The same for one page of the image, [pageSize], for those who need a few of many pages.
/// @throws as fillImage(), or if there is no such page
void fillPage(const PageLayout& layout, const Weights& weights, std::int64_t page, std::span<float> values);
/// Copies private tensors into the private run [privateSize]; the state that a Fisher lacks becomes 0.
/// @throws as fillImage()
void fillPrivate(const PageLayout& layout, const Weights& weights, std::span<float> run);
/// The inverse of both: weights in the order of Network::tensors.
/// @throws as fillImage()
[[nodiscard]] Weights assembleWeights(const Network& network, const PageLayout& layout,
    std::span<const float> image, std::span<const float> run);
/// 1 where the image holds a weight, 0 where it is padding; [pageCount * pageSize].
[[nodiscard]] std::vector<std::uint8_t> validityMask(const PageLayout& layout);

} // namespace palimpsest
