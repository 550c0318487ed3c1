// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_layout.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace palimpsest {
namespace {

constexpr std::int64_t kMinAlignedPageSize = 64;
constexpr std::int64_t kMaxAlignedPageSize = 65'536;

std::int64_t pagesFor(std::int64_t weightCount, std::int64_t pageSize)
{
    return (weightCount + pageSize - 1) / pageSize;
}

Status checkPageSize(const PagesSettings& settings)
{
    const std::int64_t size = settings.pageSize;
    if (settings.formation == Formation::Reference) {
        if (size < 1)
            return badInput(
                "pageSize must be at least 1 weight, got " + std::to_string(size), "pages.pageSize");
        return success();
    }
    const bool isPowerOfTwo = size > 0 && std::has_single_bit(static_cast<std::uint64_t>(size));
    if (!isPowerOfTwo || size < kMinAlignedPageSize || size > kMaxAlignedPageSize) {
        return badInput(
            "pageSize must be a power of two from 64 to 65536 weights with formation \"aligned\", got "
                + std::to_string(size) + "; choose one, or formation \"reference\"",
            "pages.pageSize");
    }
    return success();
}

void requireSize(std::size_t actual, std::int64_t expected, const std::string& what)
{
    if (actual != static_cast<std::size_t>(expected)) {
        throw std::invalid_argument(
            what + " holds " + std::to_string(actual) + " values, expected " + std::to_string(expected));
    }
}

/// Calls visit(place, values) for every place whose tensor is in `weights`.
template <class Visit> void visitTensors(const PageLayout& layout, const Weights& weights, Visit visit)
{
    const auto stateCount = std::count_if(
        layout.places.begin(), layout.places.end(), [](const TensorPlace& p) { return p.isState; });
    const std::size_t withoutState = layout.places.size() - static_cast<std::size_t>(stateCount);
    const std::size_t given = weights.tensors.size();
    if (given != layout.places.size() && given != withoutState) {
        throw std::invalid_argument("a layout of " + std::to_string(layout.places.size()) + " tensors ("
            + std::to_string(withoutState) + " without state) was given " + std::to_string(given));
    }
    const bool hasState = given == layout.places.size();
    std::size_t next = 0;
    for (const TensorPlace& place : layout.places) {
        if (place.isState && !hasState)
            continue;
        const Tensor& tensor = weights.tensors[next++];
        requireSize(tensor.values.size(), place.size, "tensor " + tensor.name);
        visit(place, std::span<const float>(tensor.values));
    }
}

} // namespace

Result<PageLayout> formPages(const Network& network, const PagesSettings& settings)
{
    PALIMPSEST_CHECK(checkPageSize(settings));
    PageLayout layout;
    layout.pageSize = settings.pageSize;
    const bool isAligned = settings.formation == Formation::Aligned;
    std::vector<std::size_t> run; // the paged tensors that are laid out without gaps
    for (std::size_t i = 0; i < network.tensors.size(); ++i) {
        const TensorSpec& spec = network.tensors[i];
        TensorPlace place { i, 0, spec.size(), false, isState(spec.role) };
        place.isPrivate
            = place.isState || (spec.shape.size() <= 1 && settings.smallTensors == SmallTensors::Private);
        if (place.isPrivate) {
            place.offset = layout.privateSize;
            layout.privateSize += place.size;
        } else if (isAligned && place.size >= layout.pageSize) {
            place.offset = layout.imageSize();
            layout.pageCount += pagesFor(place.size, layout.pageSize);
        } else {
            run.push_back(i);
        }
        layout.places.push_back(place);
    }
    std::int64_t next = layout.imageSize();
    for (const std::size_t i : run) {
        layout.places[i].offset = next;
        next += layout.places[i].size;
    }
    layout.pageCount = pagesFor(next, layout.pageSize);
    return layout;
}

void fillImage(const PageLayout& layout, const Weights& weights, std::span<float> image)
{
    requireSize(image.size(), layout.imageSize(), "page image");
    std::fill(image.begin(), image.end(), 0.0F);
    visitTensors(layout, weights, [&](const TensorPlace& place, std::span<const float> values) {
        if (!place.isPrivate)
            std::copy(values.begin(), values.end(), image.begin() + place.offset);
    });
}

void fillPage(const PageLayout& layout, const Weights& weights, std::int64_t page, std::span<float> values)
{
    requireSize(values.size(), layout.pageSize, "page");
    if (page < 0 || page >= layout.pageCount)
        throw std::invalid_argument(
            "fillPage: page " + std::to_string(page) + " of " + std::to_string(layout.pageCount));
    std::fill(values.begin(), values.end(), 0.0F);
    const std::int64_t begin = page * layout.pageSize;
    const std::int64_t end = begin + layout.pageSize;
    visitTensors(layout, weights, [&](const TensorPlace& place, std::span<const float> tensor) {
        const std::int64_t first = std::max(place.offset, begin);
        const std::int64_t last = std::min(place.offset + place.size, end);
        if (!place.isPrivate && first < last)
            std::copy(tensor.begin() + (first - place.offset), tensor.begin() + (last - place.offset),
                values.begin() + (first - begin));
    });
}

void fillPrivate(const PageLayout& layout, const Weights& weights, std::span<float> run)
{
    requireSize(run.size(), layout.privateSize, "private run");
    std::fill(run.begin(), run.end(), 0.0F);
    visitTensors(layout, weights, [&](const TensorPlace& place, std::span<const float> values) {
        if (place.isPrivate)
            std::copy(values.begin(), values.end(), run.begin() + place.offset);
    });
}

Weights assembleWeights(const Network& network, const PageLayout& layout, std::span<const float> image,
    std::span<const float> run)
{
    requireSize(image.size(), layout.imageSize(), "page image");
    requireSize(run.size(), layout.privateSize, "private run");
    requireSize(
        network.tensors.size(), static_cast<std::int64_t>(layout.places.size()), "network " + network.name);
    Weights weights;
    for (const TensorPlace& place : layout.places) {
        const TensorSpec& spec = network.tensors[place.tensor];
        const auto source
            = (place.isPrivate ? run : image)
                  .subspan(static_cast<std::size_t>(place.offset), static_cast<std::size_t>(place.size));
        weights.tensors.push_back({ spec.name, spec.shape, { source.begin(), source.end() } });
    }
    return weights;
}

std::vector<std::uint8_t> validityMask(const PageLayout& layout)
{
    std::vector<std::uint8_t> mask(static_cast<std::size_t>(layout.imageSize()), 0);
    for (const TensorPlace& place : layout.places) {
        if (!place.isPrivate)
            std::fill_n(mask.begin() + place.offset, place.size, std::uint8_t { 1 });
    }
    return mask;
}

std::vector<std::uint8_t> outputLayerPages(const Network& network, const PageLayout& layout)
{
    std::vector<std::uint8_t> pages(static_cast<std::size_t>(layout.pageCount));
    if (network.tensors.empty())
        return pages;
    const std::size_t output = network.tensors.back().layer;
    for (const TensorPlace& place : layout.places) {
        if (place.isPrivate || place.size == 0 || network.tensors[place.tensor].layer != output)
            continue;
        const std::int64_t last = (place.offset + place.size - 1) / layout.pageSize;
        for (std::int64_t page = place.offset / layout.pageSize; page <= last; ++page)
            pages[static_cast<std::size_t>(page)] = 1;
    }
    return pages;
}

} // namespace palimpsest
