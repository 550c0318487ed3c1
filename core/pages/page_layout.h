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
    std::int64_t offset = 0; ///< first weight in the page image (paged) or in the private run (private), in weights
    std::int64_t size = 0; ///< weights
    bool isPrivate = false;
    bool operator==(const TensorPlace&) const = default;
};

/// How a network's weights are cut into pages: the formation (DESIGN.md 1).
///
/// The page image of a task is [pageCount, pageSize] float32, zero where there is padding. Private tensors (and always
/// the state that is no weight) lie one after the other in the private run, [privateSize].
struct PageLayout {
    std::int64_t pageSize = 0; ///< weights
    std::int64_t pageCount = 0;
    std::int64_t privateSize = 0; ///< weights and state values of the private run
    std::vector<TensorPlace> places; ///< one a tensor, in the order of Network::tensors
    [[nodiscard]] std::int64_t imageSize() const { return pageCount * pageSize; }
    bool operator==(const PageLayout&) const = default;
};

/// Cuts a network into pages.
/// @return BadInput where pageSize is no power of two from 64 to 65,536 with formation Aligned, or < 1 with Reference
[[nodiscard]] Result<PageLayout> formPages(const Network& network, const PagesSettings& settings);

/// Copies weights into a page image. `image` [pageCount * pageSize]; padding becomes 0.
void fillImage(const PageLayout& layout, const Weights& weights, std::span<float> image);
/// Copies private tensors into the private run [privateSize].
void fillPrivate(const PageLayout& layout, const Weights& weights, std::span<float> run);
/// The inverse of both: weights in the order of Network::tensors.
[[nodiscard]] Weights assembleWeights(
    const Network& network, const PageLayout& layout, std::span<const float> image, std::span<const float> run);
/// 1 where the image holds a weight, 0 where it is padding; [pageCount * pageSize].
[[nodiscard]] std::vector<std::uint8_t> validityMask(const PageLayout& layout);

} // namespace palimpsest
