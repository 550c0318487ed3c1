// SPDX-License-Identifier: Apache-2.0
#include "core/data/samples.h"

#include <cstring>
#include <stdexcept>

namespace palimpsest {

namespace {

std::size_t checkedIndex(std::int64_t index, std::size_t count)
{
    if (index < 0 || static_cast<std::size_t>(index) >= count)
        throw std::out_of_range(
            "select: sample " + std::to_string(index) + " of " + std::to_string(count) + " samples");
    return static_cast<std::size_t>(index);
}

template <class T>
std::vector<T> pick(
    const std::vector<T>& values, std::span<const std::int64_t> indices, std::size_t width = 1)
{
    std::vector<T> picked;
    picked.reserve(indices.size() * width);
    for (const std::int64_t index : indices) {
        const auto first = values.begin()
            + static_cast<std::ptrdiff_t>(
                checkedIndex(index, width == 0 ? 0 : values.size() / width) * width);
        picked.insert(picked.end(), first, first + static_cast<std::ptrdiff_t>(width));
    }
    return picked;
}

} // namespace

Shape RawSamples::sampleShape() const
{
    const Shape& shape = x.shape();
    return shape.empty() ? Shape {} : Shape(shape.begin() + 1, shape.end());
}

LabelledSamples select(const LabelledSamples& samples, std::span<const std::int64_t> indices)
{
    LabelledSamples selected;
    selected.x = pick(samples.x, indices, samples.sampleSize());
    selected.sampleShape = samples.sampleShape;
    selected.y = pick(samples.y, indices);
    selected.classes = samples.classes;
    return selected;
}

RawSamples select(const RawSamples& samples, std::span<const std::int64_t> indices)
{
    RawSamples selected;
    Shape shape = samples.sampleShape();
    const std::size_t width = static_cast<std::size_t>(elementCount(shape)) * byteSize(samples.x.type());
    shape.insert(shape.begin(), static_cast<std::int64_t>(indices.size()));
    selected.x = Array(samples.x.type(), shape);
    for (std::size_t i = 0; i < indices.size(); ++i)
        std::memcpy(selected.x.bytes().subspan(i * width, width).data(),
            samples.x.bytes().subspan(checkedIndex(indices[i], samples.count()) * width, width).data(),
            width);
    selected.y = pick(samples.y, indices);
    if (!samples.group.empty())
        selected.group = pick(samples.group, indices);
    if (!samples.isValidation.empty())
        selected.isValidation = pick(samples.isValidation, indices);
    selected.sampleRate = samples.sampleRate;
    selected.classNames = samples.classNames;
    return selected;
}

} // namespace palimpsest
